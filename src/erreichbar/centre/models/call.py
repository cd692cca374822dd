"""Citizens' calls."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.fields import both_or_none, check, not_after, one_of, reference, word
from erreichbar.centre.models.person import Person
from erreichbar.centre.models.user import User
from erreichbar.record.words import CallOutcome, EndedBy, Line


class CallState(StrEnum):
    """Where a call is."""

    ARRIVED = "arrived"
    WAITING = "waiting"
    RINGING = "ringing"
    TALKING = "talking"
    ENDED = "ended"


class Call(models.Model):
    """A citizen's call, from its arrival to its end."""

    ref = reference()
    line_name = models.CharField(max_length=20, help_text="what carries it: training, asterisk, virtual")
    line = word(Line)
    e164 = models.CharField(max_length=16, null=True, db_index=True, help_text="caller's number, if shown and readable")
    withheld = models.BooleanField()
    in_service_hours = models.BooleanField()
    state = word(CallState, default=CallState.ARRIVED.value)
    user = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="who is rung or talks"
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="calls", help_text="who calls, once identified"
    )
    checks = models.PositiveSmallIntegerField(default=0, help_text="how many pieces of knowledge were confirmed")
    ring_back_of = models.ForeignKey(
        "centre.Ticket", null=True, on_delete=models.SET_NULL, related_name="ring_backs",
        help_text="the open ticket it is taken to answer",
    )  # fmt: skip
    joined = models.ForeignKey(
        "centre.Ticket", null=True, on_delete=models.SET_NULL, related_name="joined_calls",
        help_text="the open ticket it was taken up on",
    )  # fmt: skip
    arrived_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = word(CallOutcome, null=True)
    ended_by = word(EndedBy, null=True)
    training_words = models.JSONField(
        default=dict, help_text="what a virtual citizen says; real calls are never written down"
    )

    class Meta:
        constraints = [
            check("call_line", one_of("line", Line)),
            check("call_state", one_of("state", CallState)),
            check("call_outcome", Q(outcome__isnull=True) | one_of("outcome", CallOutcome)),
            check("call_withheld", Q(withheld=False) | Q(e164__isnull=True)),
            check("call_answered_after_arrival", not_after("arrived_at", "answered_at")),
            check("call_ended_after_arrival", not_after("arrived_at", "ended_at")),
            check("call_over", both_or_none("ended_at", "outcome")),
            check(
                "call_ended",
                Q(state=CallState.ENDED.value, ended_at__isnull=False)
                | Q(one_of("state", CallState, but=CallState.ENDED), ended_at__isnull=True),
            ),
            check("call_talks_with", Q(user__isnull=False) | ~Q(state__in=["ringing", "talking"])),
            check(
                "call_answered",
                Q(answered_at__isnull=True, outcome__isnull=True)
                | Q(one_of("outcome", CallOutcome, but=CallOutcome.ANSWERED), answered_at__isnull=True)
                | Q(answered_at__isnull=False, outcome__isnull=True)
                | Q(answered_at__isnull=False, outcome=CallOutcome.ANSWERED.value),
            ),
            check("call_real_words", Q(line_name__in=["training", "virtual"]) | Q(training_words={})),
        ]
        indexes = [
            models.Index(fields=["state"], name="centre_call_going_on", condition=~Q(state=CallState.ENDED.value)),
            models.Index(fields=["user", "answered_at"], name="centre_call_of_user"),
        ]
