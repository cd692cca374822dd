"""Urgent matters: what their decision needs, what was decided, the last staffed minute before their date."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import erreichbar.centre.refs
from erreichbar.centre.guards import guard_again


class Migration(migrations.Migration):
    """Urgent matters, their decisions, and an outcome that is longer than twenty letters."""

    dependencies = [
        ("centre", "0010_provider"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=erreichbar.centre.refs.new_ref, editable=False, max_length=13, unique=True
                    ),
                ),
                ("outcome", models.CharField(max_length=20)),
                ("authority", models.CharField(help_text="id of the authority in the office file", max_length=40)),
                ("authority_said", models.JSONField(help_text="that authority in words, as they were then: {de, en}")),
                ("reason", models.TextField(help_text="why it was decided so")),
                (
                    "unchecked",
                    models.JSONField(default=list, help_text="ids of the checklist that had not been checked"),
                ),
                ("unchecked_why", models.TextField(default="", help_text="why it was decided without them")),
                (
                    "flat",
                    models.JSONField(default=dict, help_text="the flat it is about, as of the urgent matter then"),
                ),
                (
                    "assured",
                    models.PositiveIntegerField(
                        help_text="cents a month that are assured, none: not about a flat", null=True
                    ),
                ),
                ("decided_at", models.DateTimeField()),
                ("dispatched_at", models.DateTimeField(help_text="when it left the office in writing", null=True)),
                ("dispatch_form", models.CharField(max_length=20, null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="UrgentMatter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dates",
                    models.JSONField(
                        default=dict, help_text="dates known, by their id in the office file: {id: ISO date}"
                    ),
                ),
                (
                    "deadline",
                    models.DateField(
                        help_text="the day by whose end it must be decided, none: no date is known", null=True
                    ),
                ),
                ("deadline_why", models.JSONField(help_text="which date that comes from: {de, en}", null=True)),
                (
                    "new_postal_code",
                    models.CharField(default="", help_text="of the new flat, empty: not known", max_length=5),
                ),
                (
                    "body",
                    models.CharField(
                        default="", help_text="the competent body of the office file, empty: not known", max_length=40
                    ),
                ),
                (
                    "contact_told_at",
                    models.DateTimeField(help_text="when the citizen was told how to reach another body", null=True),
                ),
                (
                    "flat",
                    models.JSONField(
                        default=dict, help_text="address (text), size_m2, persons, and cents: rent, service, heating"
                    ),
                ),
                ("checked", models.JSONField(default=list, help_text="ids of the checklist that were checked")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="ticket",
            name="centre_ticket_outcome",
        ),
        migrations.RemoveConstraint(
            model_name="ticket",
            name="centre_ticket_resolved",
        ),
        migrations.AddField(
            model_name="ticket",
            name="decide_by",
            field=models.DateTimeField(
                help_text="last staffed minute before the date of an urgent matter, none: it has none, or nobody is there",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="outcome",
            field=models.CharField(max_length=40, null=True),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__isnull", True),
                    ("outcome__in", ["settled", "decided", "referred", "done_not_told", "written_assurance_sent"]),
                    _connector="OR",
                ),
                name="centre_ticket_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__isnull", True), ("resolved_at__isnull", True)),
                    models.Q(("outcome", "done_not_told"), ("resolved_at__isnull", True)),
                    models.Q(
                        models.Q(("outcome__in", ["settled", "decided", "referred", "written_assurance_sent"])),
                        ("resolved_at", models.F("closed_at")),
                    ),
                    _connector="OR",
                ),
                name="centre_ticket_resolved",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="dispatched_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="ticket",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="centre.ticket"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="urgentmatter",
            name="ticket",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="urgent_matter", to="centre.ticket"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["approved", "approved_in_part", "refused", "not_needed"])),
                name="centre_decision_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dispatch_form__isnull", True),
                    ("dispatch_form__in", ["signed_letter", "handed_over", "qualified_signature", "de_mail"]),
                    _connector="OR",
                ),
                name="centre_decision_dispatch_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dispatch_form__isnull", True), ("dispatched_at__isnull", True)),
                    models.Q(("dispatch_form__isnull", False), ("dispatched_at__isnull", False)),
                    _connector="OR",
                ),
                name="centre_decision_dispatched",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dispatched_at__isnull", True),
                    models.Q(("decided_at__isnull", False), ("dispatched_at__gte", models.F("decided_at"))),
                    _connector="OR",
                ),
                name="centre_decision_dispatched_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(("decided_at__isnull", False), ("withdrawn_at__gte", models.F("decided_at"))),
                    _connector="OR",
                ),
                name="centre_decision_withdrawn_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("dispatched_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"),
                name="centre_decision_sent_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("ticket",),
                name="centre_decision_one_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="urgentmatter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deadline__isnull", True), ("deadline_why__isnull", True)),
                    models.Q(("deadline__isnull", False), ("deadline_why__isnull", False)),
                    _connector="OR",
                ),
                name="centre_urgent_matter_why",
            ),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
