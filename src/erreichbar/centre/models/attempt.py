"""Attempts to call a citizen back."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.fields import both_or_none, check, not_after, one_of, reference, word
from erreichbar.centre.models.person import Person
from erreichbar.centre.models.ticket import Ticket
from erreichbar.centre.models.user import User
from erreichbar.record.words import AttemptOutcome, EndedBy, PresentedNumber, Role


class AttemptState(StrEnum):
    """Where an attempt is."""

    DIALLING = "dialling"
    TALKING = "talking"
    ENDED = "ended"


class Attempt(models.Model):
    """One attempt. Its reference is also the reference of the outgoing call."""

    ref = reference()
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+", help_text="whom: never two calls to one citizen"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = word(Role)
    presented = word(PresentedNumber)
    state = word(AttemptState, default=AttemptState.DIALLING.value)
    started_at = models.DateTimeField()
    connected_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = word(EndedBy, null=True)
    outcome = word(AttemptOutcome, null=True)
    recorded_at = models.DateTimeField(null=True)
    training_words = models.JSONField(
        default=dict, help_text="what a virtual citizen says; real calls are never written down"
    )

    class Meta:
        constraints = [
            check("attempt_state", one_of("state", AttemptState)),
            check("attempt_presented", one_of("presented", PresentedNumber)),
            check("attempt_outcome", Q(outcome__isnull=True) | one_of("outcome", AttemptOutcome)),
            check("attempt_connected_after_start", not_after("started_at", "connected_at")),
            check("attempt_ended_after_start", not_after("started_at", "ended_at")),
            check("attempt_recorded", both_or_none("outcome", "recorded_at")),
            check(
                "attempt_ended",
                Q(state=AttemptState.ENDED.value, ended_at__isnull=False)
                | Q(ended_at__isnull=True, state__in=["dialling", "talking"]),
            ),
            models.UniqueConstraint(
                name="centre_attempt_one_a_ticket", fields=["ticket"], condition=Q(ended_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="centre_attempt_one_a_person", fields=["person"], condition=Q(ended_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="centre_attempt_one_a_user", fields=["user"], condition=Q(ended_at__isnull=True)
            ),
        ]
