"""The web process's application."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erreichbar.site.settings")
application = get_asgi_application()
