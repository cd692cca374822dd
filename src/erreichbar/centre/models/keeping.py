"""How promises are kept: which steps were taken, and what is to be told in writing."""

from django.db import models

from erreichbar.centre.models.fields import check, one_of, reference, word
from erreichbar.centre.models.ticket import Ticket
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


class Message(models.Model):
    """Something the citizen of a ticket is to be told in writing.

    Where it goes and what it says is found out when it is sent, so neither address nor text is kept here. ``facts`` is
    what was true when it was queued and the text needs (moments, names of the office's people).
    """

    ref = reference()
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages")
    kind = word(MessageKind)
    channel = word(MessageChannel)
    language = word(Language)
    facts = models.JSONField(default=dict)
    queued_at = models.DateTimeField()

    class Meta:
        constraints = [
            check("message_kind", one_of("kind", MessageKind)),
            check("message_channel", one_of("channel", MessageChannel)),
            check("message_language", one_of("language", Language)),
        ]
