"""Who is not there, and whose a ticket is while somebody stands in."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

import erreichbar.centre.refs
from erreichbar.centre.guards import guard_again


def whose(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """So far nobody stood in for anybody: a ticket was whose list it lay on."""
    apps.get_model("centre", "Ticket").objects.filter(holder__isnull=False).update(responsible=F("holder"))


class Migration(migrations.Migration):
    """Presence."""

    dependencies = [
        ("centre", "0002_guards"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.AddField(
            model_name="ticket",
            name="responsible",
            field=models.ForeignKey(
                help_text="whose it is while she is there, none for the pool; the holder may stand in for her",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(whose, migrations.RunPython.noop),
        migrations.CreateModel(
            name="TimeTaken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=erreichbar.centre.refs.new_ref, editable=False, max_length=13, unique=True
                    ),
                ),
                ("start", models.DateTimeField()),
                ("end", models.DateTimeField(help_text="none: until further notice", null=True)),
                ("kind", models.CharField(max_length=20)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="time_taken",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "start"], name="centre_time_taken_of_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["absent", "appointment", "protected"])),
                        name="centre_time_taken_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__isnull", True), ("end__gt", models.F("start")), _connector="OR"),
                        name="centre_time_taken_ends_after_start",
                    ),
                ],
            },
        ),
    ]
