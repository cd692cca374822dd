"""How promises are kept: which steps were taken, and what is to be told in writing."""

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.application import Application
from erreichbar.centre.models.fields import check, one_of, reference, word
from erreichbar.centre.models.ticket import Ticket
from erreichbar.record.words import LadderStep, Language, MessageChannel, MessageKind, MessageProblem


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
    """Something a citizen is to be told in writing, about a ticket or about an application that she made.

    Where it goes and what it says is found out when it is sent, so neither address nor text is kept here. ``facts`` is
    what was true when it was queued and the text needs (moments, names of the office's people).
    """

    ref = reference()
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="messages")
    application = models.ForeignKey(Application, null=True, on_delete=models.CASCADE, related_name="messages")
    kind = word(MessageKind)
    channel = word(MessageChannel)
    language = word(Language)
    facts = models.JSONField(default=dict)
    queued_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, help_text="none: at once")
    problem = word(MessageProblem, null=True, help_text="why the last try failed, none: it did not")
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            check("message_kind", one_of("kind", MessageKind)),
            check("message_channel", one_of("channel", MessageChannel)),
            check("message_language", one_of("language", Language)),
            check("message_problem", Q(problem__isnull=True) | one_of("problem", MessageProblem)),
            check("message_about_something", Q(ticket__isnull=False) | Q(application__isnull=False)),
            check("message_ends_once", Q(sent_at__isnull=True) | Q(given_up_at__isnull=True)),
        ]
        indexes = [models.Index(fields=["channel", "queued_at"], name="centre_message_waiting", condition=WAITING)]
