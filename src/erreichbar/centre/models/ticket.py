"""Tickets: what could not be settled at once, and was promised."""

from django.db import models
from django.db.models import F, Q

from erreichbar.centre.models.fields import both_or_none, check, not_after, one_of, reference, word
from erreichbar.centre.models.matter import Matter
from erreichbar.centre.models.person import Person
from erreichbar.centre.models.user import User
from erreichbar.record.words import Channel, LadderStep, Language, TalkedWith, TicketOutcome

OPEN = Q(closed_at__isnull=True)
"""The tickets that are open."""
RUNNING = OPEN & (Q(reached_at=None) | Q(decide_by__isnull=False))
"""The open tickets with something that runs out: the citizen is not reached, or an urgent matter has a date and no decision."""


class Ticket(models.Model):
    """A promise. When it is due was computed once, at opening; nothing that happens later restarts a clock.

    ``version`` counts what people decided about it (assigned, reached, closed, reopened), so that two of them
    cannot overwrite each other.
    """

    ref = reference()
    code = models.CharField(max_length=8, unique=True, help_text="what the citizen is told, 7 digits and a check digit")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(help_text="moment of the present version")
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    changed_how = models.CharField(max_length=20, default="opened", help_text="what made the present version")
    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="ticket")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="tickets")
    reason = models.CharField(max_length=40, help_text="contact reason of the office file")
    urgent = models.BooleanField(help_text="whether the reason was urgent or immediate")
    answers = models.JSONField(default=dict, help_text="answers to the questions of the reason, by their id")

    unit = models.CharField(max_length=40, help_text="the responsible unit of the office file")
    holder = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="tickets", help_text="on whose list, none for the pool"
    )
    responsible = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="whose it is while she is there, none for the pool; the holder may stand in for her",
    )  # fmt: skip
    assigned_why = models.JSONField(help_text="why it lies there: {de, en}")

    number = models.CharField(max_length=16, null=True, help_text="where to call back, E.164")
    window_from = models.TimeField(null=True, help_text="from when on the citizen wishes to be called, office time")
    window_to = models.TimeField(null=True)
    language = word(Language)
    channel = word(Channel)

    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    due_elapsed = models.DateTimeField(help_text="due, 48 literal hours")
    due_service_hours = models.DateTimeField(help_text="due, 48 hours of open time")
    due_working_days = models.DateTimeField(help_text="due, end of service on the second working day after")
    last_chance = models.DateTimeField(null=True, help_text="last staffed minute before due_elapsed, none: impossible")
    due_why = models.JSONField(help_text="how each moment came about: {clock: [{code, from, to, de, en}]}")

    attempted_at = models.DateTimeField(null=True, help_text="earliest of first attempt, reached, resolved")
    attempts_made = models.PositiveSmallIntegerField(default=0)
    last_attempt_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    reached_with = word(TalkedWith, null=True)
    without_contact = models.BooleanField(default=False, help_text="reached by the channel she chose, not by talking")
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = word(TicketOutcome, longest=40, null=True)

    decide_by = models.DateTimeField(
        null=True,
        help_text="last staffed minute before the date of an urgent matter, none: it has none, or nobody is there",
    )
    nobody = models.BooleanField(default=False, help_text="whether the office has nobody who may deal with it")
    next_step = word(LadderStep, null=True)
    next_step_at = models.DateTimeField(null=True, help_text="when that step of the ladder falls due, none: no more")
    waiting_since = models.DateTimeField(null=True, help_text="since when the citizen is to answer; no clock stops")
    waiting_until = models.DateTimeField(null=True, help_text="when the wait ends by itself")

    class Meta:
        constraints = [
            check("ticket_channel", one_of("channel", Channel)),
            check("ticket_language", one_of("language", Language)),
            check("ticket_outcome", Q(outcome__isnull=True) | one_of("outcome", TicketOutcome)),
            check("ticket_reached_with", Q(reached_with__isnull=True) | one_of("reached_with", TalkedWith)),
            check("ticket_attempted_before_reached", not_after("attempted_at", "reached_at")),
            check("ticket_reached_before_resolved", not_after("reached_at", "resolved_at")),
            check("ticket_reached_with_somebody", both_or_none("reached_at", "reached_with")),
            check("ticket_without_contact", Q(without_contact=False) | Q(reached_at__isnull=False)),
            check("ticket_next_step", both_or_none("next_step", "next_step_at")),
            check("ticket_waiting", both_or_none("waiting_since", "waiting_until")),
            check(
                "ticket_waits_for_an_answer",
                Q(waiting_since__isnull=True) | Q(closed_at__isnull=True, reached_at__isnull=False),
            ),
            check("ticket_closed", both_or_none("closed_at", "outcome")),
            check(
                "ticket_resolved",
                Q(resolved_at__isnull=True, outcome__isnull=True)
                | Q(resolved_at__isnull=True, outcome=TicketOutcome.DONE_NOT_TOLD.value)
                | Q(one_of("outcome", TicketOutcome, but=TicketOutcome.DONE_NOT_TOLD), resolved_at=F("closed_at")),
            ),
            check("ticket_due_after_opening", Q(due_elapsed__gte=F("opened_at"))),
            check("ticket_last_chance", Q(last_chance__isnull=True) | Q(last_chance__lte=F("due_elapsed"))),
            check("ticket_window", both_or_none("window_from", "window_to")),
            check("ticket_callable", ~Q(channel=Channel.TELEPHONE.value) | Q(number__isnull=False)),
            check(
                "ticket_for_somebody",
                Q(person__isnull=False) | Q(number__isnull=False) | Q(closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_elapsed"], name="centre_ticket_of_unit", condition=OPEN),
            models.Index(fields=["holder", "due_elapsed"], name="centre_ticket_of_holder", condition=OPEN),
            models.Index(fields=["person", "opened_at"], name="centre_ticket_of_person"),
            models.Index(fields=["number"], name="centre_ticket_number", condition=OPEN),
            models.Index(fields=["due_elapsed"], name="centre_ticket_due", condition=OPEN),
            models.Index(fields=["next_step_at"], name="centre_ticket_step", condition=OPEN),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be dealt with."""
        return self.closed_at is None

    @property
    def is_impossible_by_calendar(self) -> bool:
        """Whether nobody is there between opening and the due moment of the headline clock."""
        return self.last_chance is None


class TicketNote(models.Model):
    """What colleagues wrote to each other about a ticket. Never journalled."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = models.TextField()
