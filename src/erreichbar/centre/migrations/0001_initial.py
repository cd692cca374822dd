import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import erreichbar.centre.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "username",
                    models.CharField(help_text="id of the person in the office file", max_length=40, unique=True),
                ),
                ("role", models.CharField(max_length=20)),
                ("is_active", models.BooleanField(default=True, help_text="false once she has left the office file")),
                (
                    "is_virtual",
                    models.BooleanField(default=False, help_text="an automatic colleague of the training line"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["agent", "case_worker", "duty_officer", "team_leader", "manager", "auditor", "admin"],
                            )
                        ),
                        name="centre_user_role",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionKey",
            fields=[
                ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("action", models.CharField(max_length=40)),
                ("result", models.TextField(help_text="JSON; references and codes only")),
                ("done_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="AdoptedModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("adopted_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Command",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("args", models.JSONField(default=dict)),
                ("written_at", models.DateTimeField()),
                ("handled_at", models.DateTimeField(null=True)),
                ("refused", models.JSONField(help_text="why it was not carried out: {code, de, en}", null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("handled_at__isnull", True)), fields=["id"], name="centre_command_open"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("moment", models.CharField(help_text="copy: ISO 8601, UTC, milliseconds", max_length=24)),
                ("kind", models.CharField(help_text="copy", max_length=40)),
                ("previous", models.CharField(help_text="copy: entry_hash of the entry before", max_length=64)),
                ("entry_hash", models.CharField(help_text="SHA-256 of line as stored", max_length=64)),
                (
                    "line",
                    models.TextField(help_text="canonical JSON of sequence, moment, kind, previous, payload_hash"),
                ),
                (
                    "payload",
                    models.TextField(help_text="canonical JSON of the event's fields, none once erased", null=True),
                ),
                (
                    "salt",
                    models.CharField(
                        help_text="16 random bytes, hexadecimal, none once erased", max_length=32, null=True
                    ),
                ),
                ("call", models.CharField(help_text="copy from the payload, for finding", max_length=13, null=True)),
                ("ticket", models.CharField(help_text="copy from the payload, for finding", max_length=13, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("call__isnull", False)), fields=["call"], name="centre_journal_call"
                    ),
                    models.Index(
                        condition=models.Q(("ticket__isnull", False)), fields=["ticket"], name="centre_journal_ticket"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("sequence__gte", 1)), name="centre_journal_sequence")
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField()),
                ("entry_hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="centre_journal_one_head")],
            },
        ),
        migrations.CreateModel(
            name="NumberRight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("presented", models.CharField(max_length=20)),
                ("basis", models.CharField(help_text="on what the right rests", max_length=200)),
                ("valid_from", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "checked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("presented__in", ["withheld", "centre", "own"])),
                        name="centre_number_right_presented",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("name", models.CharField(help_text="name of the file", max_length=255)),
                ("text", models.TextField()),
                ("imported_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=erreichbar.centre.refs.new_ref, editable=False, max_length=13, unique=True
                    ),
                ),
                ("given_name", models.CharField(max_length=80)),
                ("family_name", models.CharField(max_length=80)),
                (
                    "search_name",
                    models.CharField(
                        help_text="family and given name without case and accents, to be found under other spellings",
                        max_length=161,
                    ),
                ),
                ("date_of_birth", models.DateField(null=True)),
                ("benefit_unit_number", models.CharField(blank=True, max_length=40)),
                ("postal_code", models.CharField(blank=True, max_length=10)),
                ("language", models.CharField(default="de", max_length=20)),
                ("channel", models.CharField(default="telephone", max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["search_name", "date_of_birth"], name="centre_person_name"),
                    models.Index(fields=["benefit_unit_number"], name="centre_person_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["de", "en", "tr", "ar", "ru", "uk"])),
                        name="centre_person_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["telephone", "email", "letter"])),
                        name="centre_person_channel",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("e164", models.CharField(db_index=True, max_length=16)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="numbers", to="centre.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "e164"), name="centre_person_number")],
            },
        ),
        migrations.CreateModel(
            name="StaffPseudonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="first day of the month, UTC")),
                (
                    "ref",
                    models.CharField(
                        default=erreichbar.centre.refs.new_ref, editable=False, max_length=13, unique=True
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pseudonyms",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "month"), name="centre_pseudonym_month")],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="seat",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("state", models.CharField(default="off", max_length=20)),
                ("since", models.DateTimeField()),
                (
                    "call",
                    models.CharField(
                        help_text="reference of the call or attempt, while there is one", max_length=13, null=True
                    ),
                ),
                (
                    "wraps_up",
                    models.CharField(help_text="the call whose wrap-up is being done", max_length=13, null=True),
                ),
                (
                    "automatic",
                    models.BooleanField(
                        default=False, help_text="filled by an automatic colleague of the training line"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["off", "ready", "ringing", "talking", "wrap_up", "pause"])),
                        name="centre_seat_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("call__isnull", False),
                            models.Q(("state__in", ["ringing", "talking"]), _negated=True),
                            _connector="OR",
                        ),
                        name="centre_seat_call",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("call__isnull", True), ("state__in", ["ringing", "talking"]), _connector="OR"
                        ),
                        name="centre_seat_no_call",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wraps_up__isnull", True), ("state", "wrap_up"), _connector="OR"),
                        name="centre_seat_wraps_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=erreichbar.centre.refs.new_ref, editable=False, max_length=13, unique=True
                    ),
                ),
                (
                    "line_name",
                    models.CharField(help_text="what carries it: training, asterisk, virtual", max_length=20),
                ),
                ("line", models.CharField(max_length=20)),
                (
                    "e164",
                    models.CharField(
                        db_index=True, help_text="caller's number, if shown and readable", max_length=16, null=True
                    ),
                ),
                ("withheld", models.BooleanField()),
                ("in_service_hours", models.BooleanField()),
                ("state", models.CharField(default="arrived", max_length=20)),
                (
                    "checks",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="how many pieces of knowledge were confirmed"
                    ),
                ),
                ("arrived_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(max_length=20, null=True)),
                ("ended_by", models.CharField(max_length=20, null=True)),
                (
                    "training_words",
                    models.JSONField(
                        default=dict, help_text="what a virtual citizen says; real calls are never written down"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        help_text="who is rung or talks",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        help_text="who calls, once identified",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="calls",
                        to="centre.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "ended"), _negated=True),
                        fields=["state"],
                        name="centre_call_going_on",
                    ),
                    models.Index(fields=["user", "answered_at"], name="centre_call_of_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("line__in", ["centre", "direct"])), name="centre_call_line"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["arrived", "waiting", "ringing", "talking", "ended"])),
                        name="centre_call_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__isnull", True),
                            ("outcome__in", ["answered", "abandoned", "turned_away", "out_of_hours"]),
                            _connector="OR",
                        ),
                        name="centre_call_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withheld", False), ("e164__isnull", True), _connector="OR"),
                        name="centre_call_withheld",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            models.Q(("answered_at__gte", models.F("arrived_at")), ("arrived_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="centre_call_answered_after_arrival",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            models.Q(("arrived_at__isnull", False), ("ended_at__gte", models.F("arrived_at"))),
                            _connector="OR",
                        ),
                        name="centre_call_ended_after_arrival",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("outcome__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("outcome__isnull", False)),
                            _connector="OR",
                        ),
                        name="centre_call_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state", "ended")),
                            models.Q(
                                models.Q(("state__in", ["arrived", "waiting", "ringing", "talking"])),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="centre_call_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user__isnull", False),
                            models.Q(("state__in", ["ringing", "talking"]), _negated=True),
                            _connector="OR",
                        ),
                        name="centre_call_talks_with",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("outcome__isnull", True)),
                            models.Q(
                                models.Q(("outcome__in", ["abandoned", "turned_away", "out_of_hours"])),
                                ("answered_at__isnull", True),
                            ),
                            models.Q(("answered_at__isnull", False), ("outcome__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("outcome", "answered")),
                            _connector="OR",
                        ),
                        name="centre_call_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("line_name__in", ["training", "virtual"]), ("training_words", {}), _connector="OR"
                        ),
                        name="centre_call_real_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=erreichbar.centre.refs.new_ref, editable=False, max_length=13, unique=True
                    ),
                ),
                ("reason", models.CharField(help_text="contact reason of the office file", max_length=40)),
                ("raised_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="matters", to="centre.call"
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="matters",
                        to="centre.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at__isnull", True),
                            models.Q(("raised_at__isnull", False), ("settled_at__gte", models.F("raised_at"))),
                            _connector="OR",
                        ),
                        name="centre_matter_settled_after_raised",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("settled_at__isnull", True), ("call__isnull", False), _connector="OR"),
                        name="centre_matter_settled_in_call",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=erreichbar.centre.refs.new_ref, editable=False, max_length=13, unique=True
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="what the citizen is told, 7 digits and a check digit", max_length=8, unique=True
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(help_text="moment of the present version")),
                (
                    "changed_how",
                    models.CharField(default="opened", help_text="what made the present version", max_length=20),
                ),
                ("reason", models.CharField(help_text="contact reason of the office file", max_length=40)),
                ("urgent", models.BooleanField(help_text="whether the reason was urgent or immediate")),
                (
                    "answers",
                    models.JSONField(default=dict, help_text="answers to the questions of the reason, by their id"),
                ),
                ("unit", models.CharField(help_text="the responsible unit of the office file", max_length=40)),
                ("assigned_why", models.JSONField(help_text="why it lies there: {de, en}")),
                ("number", models.CharField(help_text="where to call back, E.164", max_length=16, null=True)),
                (
                    "window_from",
                    models.TimeField(help_text="from when on the citizen wishes to be called, office time", null=True),
                ),
                ("window_to", models.TimeField(null=True)),
                ("language", models.CharField(max_length=20)),
                ("channel", models.CharField(max_length=20)),
                ("opened_at", models.DateTimeField()),
                ("due_elapsed", models.DateTimeField(help_text="due, 48 literal hours")),
                ("due_service_hours", models.DateTimeField(help_text="due, 48 hours of open time")),
                (
                    "due_working_days",
                    models.DateTimeField(help_text="due, end of service on the second working day after"),
                ),
                (
                    "last_chance",
                    models.DateTimeField(
                        help_text="last staffed minute before due_elapsed, none: impossible", null=True
                    ),
                ),
                (
                    "due_why",
                    models.JSONField(help_text="how each moment came about: {clock: [{code, from, to, de, en}]}"),
                ),
                (
                    "attempted_at",
                    models.DateTimeField(help_text="earliest of first attempt, reached, resolved", null=True),
                ),
                ("attempts_made", models.PositiveSmallIntegerField(default=0)),
                ("last_attempt_at", models.DateTimeField(null=True)),
                ("reached_at", models.DateTimeField(null=True)),
                ("reached_with", models.CharField(max_length=20, null=True)),
                (
                    "without_contact",
                    models.BooleanField(default=False, help_text="reached by the channel she chose, not by talking"),
                ),
                ("resolved_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(max_length=20, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        help_text="on whose list, none for the pool",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ticket", to="centre.matter"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tickets",
                        to="centre.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["unit", "due_elapsed"],
                        name="centre_ticket_of_unit",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["holder", "due_elapsed"],
                        name="centre_ticket_of_holder",
                    ),
                    models.Index(fields=["person", "opened_at"], name="centre_ticket_of_person"),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)), fields=["number"], name="centre_ticket_number"
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["due_elapsed"],
                        name="centre_ticket_due",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["telephone", "email", "letter"])),
                        name="centre_ticket_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["de", "en", "tr", "ar", "ru", "uk"])),
                        name="centre_ticket_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__isnull", True),
                            ("outcome__in", ["settled", "decided", "referred", "done_not_told"]),
                            _connector="OR",
                        ),
                        name="centre_ticket_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reached_with__isnull", True),
                            ("reached_with__in", ["responsible", "substitute", "duty_officer", "agent", "nobody"]),
                            _connector="OR",
                        ),
                        name="centre_ticket_reached_with",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reached_at__isnull", True),
                            models.Q(("attempted_at__isnull", False), ("reached_at__gte", models.F("attempted_at"))),
                            _connector="OR",
                        ),
                        name="centre_ticket_attempted_before_reached",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resolved_at__isnull", True),
                            models.Q(("reached_at__isnull", False), ("resolved_at__gte", models.F("reached_at"))),
                            _connector="OR",
                        ),
                        name="centre_ticket_reached_before_resolved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reached_at__isnull", True), ("reached_with__isnull", True)),
                            models.Q(("reached_at__isnull", False), ("reached_with__isnull", False)),
                            _connector="OR",
                        ),
                        name="centre_ticket_reached_with_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("without_contact", False), ("reached_at__isnull", False), _connector="OR"),
                        name="centre_ticket_without_contact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("outcome__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("outcome__isnull", False)),
                            _connector="OR",
                        ),
                        name="centre_ticket_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__isnull", True), ("resolved_at__isnull", True)),
                            models.Q(("outcome", "done_not_told"), ("resolved_at__isnull", True)),
                            models.Q(
                                models.Q(("outcome__in", ["settled", "decided", "referred"])),
                                ("resolved_at", models.F("closed_at")),
                            ),
                            _connector="OR",
                        ),
                        name="centre_ticket_resolved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_elapsed__gte", models.F("opened_at"))),
                        name="centre_ticket_due_after_opening",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_chance__isnull", True),
                            ("last_chance__lte", models.F("due_elapsed")),
                            _connector="OR",
                        ),
                        name="centre_ticket_last_chance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("window_from__isnull", True), ("window_to__isnull", True)),
                            models.Q(("window_from__isnull", False), ("window_to__isnull", False)),
                            _connector="OR",
                        ),
                        name="centre_ticket_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "telephone"), _negated=True),
                            ("number__isnull", False),
                            _connector="OR",
                        ),
                        name="centre_ticket_callable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            ("number__isnull", False),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="centre_ticket_for_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=erreichbar.centre.refs.new_ref, editable=False, max_length=13, unique=True
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("presented", models.CharField(max_length=20)),
                ("state", models.CharField(default="dialling", max_length=20)),
                ("started_at", models.DateTimeField()),
                ("connected_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(max_length=20, null=True)),
                ("outcome", models.CharField(max_length=20, null=True)),
                ("recorded_at", models.DateTimeField(null=True)),
                (
                    "training_words",
                    models.JSONField(
                        default=dict, help_text="what a virtual citizen says; real calls are never written down"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        help_text="whom: never two calls to one citizen",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="centre.person",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="centre.ticket"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["dialling", "talking", "ended"])), name="centre_attempt_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("presented__in", ["withheld", "centre", "own"])),
                        name="centre_attempt_presented",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__isnull", True),
                            (
                                "outcome__in",
                                ["reached", "not_answered", "busy", "voicemail", "other_person", "wrong_number"],
                            ),
                            _connector="OR",
                        ),
                        name="centre_attempt_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("connected_at__isnull", True),
                            models.Q(("connected_at__gte", models.F("started_at")), ("started_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="centre_attempt_connected_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            models.Q(("ended_at__gte", models.F("started_at")), ("started_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="centre_attempt_ended_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__isnull", True), ("recorded_at__isnull", True)),
                            models.Q(("outcome__isnull", False), ("recorded_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="centre_attempt_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state", "ended")),
                            models.Q(("ended_at__isnull", True), ("state__in", ["dialling", "talking"])),
                            _connector="OR",
                        ),
                        name="centre_attempt_ended",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("ticket",),
                        name="centre_attempt_one_a_ticket",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person",),
                        name="centre_attempt_one_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user",),
                        name="centre_attempt_one_a_user",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TicketNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("written_at", models.DateTimeField()),
                ("text", models.TextField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="centre.ticket"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="call",
            name="joined",
            field=models.ForeignKey(
                help_text="the open ticket it was taken up on",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="joined_calls",
                to="centre.ticket",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="ring_back_of",
            field=models.ForeignKey(
                help_text="the open ticket it is taken to answer",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="ring_backs",
                to="centre.ticket",
            ),
        ),
    ]
