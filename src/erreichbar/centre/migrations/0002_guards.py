"""What no statement may change: ``centre.guards``."""

from django.db import migrations

from erreichbar.centre.guards import guard, unguard


class Migration(migrations.Migration):
    """Guards."""

    dependencies = [("centre", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
