"""Steps of the ladder, what is to be told in writing, waits, and how a citizen may be called."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

import erreichbar.centre.refs
from erreichbar.centre.guards import guard_again


def look_at_once(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What is due now finds out the next step of every open ticket when it looks at it first."""
    waiting = apps.get_model("centre", "Ticket").objects.filter(closed_at=None, reached_at=None)
    waiting.update(next_step="reassign", next_step_at=F("opened_at"))


class Migration(migrations.Migration):
    """How promises are kept."""

    dependencies = [
        ("centre", "0003_presence"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=erreichbar.centre.refs.new_ref, editable=False, max_length=13, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("channel", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=20)),
                ("facts", models.JSONField(default=dict)),
                ("queued_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StepTaken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=20)),
                ("taken_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="may_leave_message",
            field=models.BooleanField(help_text="SMS, voice mail, e-mail unasked; none: was not asked", null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="may_show_number",
            field=models.BooleanField(default=True, help_text="whether a callback may show a number of ours"),
        ),
        migrations.AddField(
            model_name="person",
            name="safe_from",
            field=models.TimeField(help_text="she may be called from then on only, office time", null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="safe_to",
            field=models.TimeField(null=True),
        ),
        migrations.AddField(
            model_name="ticket",
            name="next_step",
            field=models.CharField(max_length=20, null=True),
        ),
        migrations.AddField(
            model_name="ticket",
            name="next_step_at",
            field=models.DateTimeField(help_text="when that step of the ladder falls due, none: no more", null=True),
        ),
        migrations.AddField(
            model_name="ticket",
            name="nobody",
            field=models.BooleanField(default=False, help_text="whether the office has nobody who may deal with it"),
        ),
        migrations.AddField(
            model_name="ticket",
            name="waiting_since",
            field=models.DateTimeField(help_text="since when the citizen is to answer; no clock stops", null=True),
        ),
        migrations.AddField(
            model_name="ticket",
            name="waiting_until",
            field=models.DateTimeField(help_text="when the wait ends by itself", null=True),
        ),
        migrations.RunPython(look_at_once, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)), fields=["next_step_at"], name="centre_ticket_step"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("safe_from__isnull", True), ("safe_to__isnull", True)),
                    models.Q(("safe_from__isnull", False), ("safe_to__isnull", False)),
                    _connector="OR",
                ),
                name="centre_person_safe_times",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_step__isnull", True), ("next_step_at__isnull", True)),
                    models.Q(("next_step__isnull", False), ("next_step_at__isnull", False)),
                    _connector="OR",
                ),
                name="centre_ticket_next_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("waiting_since__isnull", True), ("waiting_until__isnull", True)),
                    models.Q(("waiting_since__isnull", False), ("waiting_until__isnull", False)),
                    _connector="OR",
                ),
                name="centre_ticket_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("waiting_since__isnull", True),
                    models.Q(("closed_at__isnull", True), ("reached_at__isnull", False)),
                    _connector="OR",
                ),
                name="centre_ticket_waits_for_an_answer",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="ticket",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="centre.ticket"
            ),
        ),
        migrations.AddField(
            model_name="steptaken",
            name="ticket",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="centre.ticket"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["missed_callback", "promise_broken"])), name="centre_message_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email", "sms", "letter"])), name="centre_message_channel"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["de", "en", "tr", "ar", "ru", "uk"])),
                name="centre_message_language",
            ),
        ),
        migrations.AddConstraint(
            model_name="steptaken",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["reassign", "remind", "tell_leader", "broken"])),
                name="centre_step_taken_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="steptaken",
            constraint=models.UniqueConstraint(fields=("ticket", "step"), name="centre_step_taken_once"),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
