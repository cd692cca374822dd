"""The web process's application: pages in threads of their own, the streams of live pages beside them.

Django's way to answer a page asynchronously takes a new thread, and with it a new connection to the database, for each request; that costs
more than most answers do. Only the streams need it, which wait most of the time.
"""

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erreichbar.site.settings")

STREAM = "/live"
WORKERS = 8
"""So many pages are answered at once, each thread with a connection that it keeps."""
streams = get_asgi_application()
_pages: Any = get_wsgi_application()  # Django types its answers, not the protocol
pages = WSGIMiddleware(_pages, workers=WORKERS)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer a request."""
    chosen: Any = pages if scope["type"] == "http" and scope["path"] != STREAM else streams
    await chosen(scope, receive, send)
