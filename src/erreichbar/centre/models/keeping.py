"""How promises are kept: which steps were taken, and what is told in writing."""

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.fields import check, not_after, one_of, reference, word
from erreichbar.centre.models.ticket import Ticket
from erreichbar.centre.models.user import User
from erreichbar.record.words import LadderStep, Language, MessageChannel, MessageKind


class StepTaken(models.Model):
    """A step of the ladder that was taken: each once a ticket, whatever becomes of it."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="steps")
    step = word(LadderStep)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            check("step_taken_step", one_of("step", LadderStep)),
            models.UniqueConstraint(name="centre_step_taken_once", fields=["ticket", "step"]),
        ]


WAITING = Q(sent_at__isnull=True, given_up_at__isnull=True)
"""The messages that have not gone out yet."""


class Message(models.Model):
    """Something to be told in writing: to the citizen of a ticket, or (a digest) to somebody of the office.

    Where it goes and what it says is found out when it is sent, so neither address nor text is kept here. ``facts`` is
    what was true when it was queued and the text needs (moments, names of the office's people).
    """

    ref = reference()
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="messages")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+", help_text="of the office")
    kind = word(MessageKind)
    channel = word(MessageChannel)
    language = word(Language)
    facts = models.JSONField(default=dict)
    queued_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True, help_text="why the last try failed, without addresses")
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            check("message_kind", one_of("kind", MessageKind)),
            check("message_channel", one_of("channel", MessageChannel)),
            check("message_language", one_of("language", Language)),
            check("message_to_somebody", Q(ticket__isnull=False) | Q(user__isnull=False)),
            check("message_sent_after_queued", not_after("queued_at", "sent_at")),
            check("message_ends_once", Q(sent_at__isnull=True) | Q(given_up_at__isnull=True)),
        ]
        indexes = [models.Index(fields=["queued_at"], name="centre_message_waiting", condition=WAITING)]
