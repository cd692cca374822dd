"""Decisions about urgent matters, and whether they have left the office in writing."""

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.fields import both_or_none, check, not_after, one_of, reference, word
from erreichbar.centre.models.ticket import Ticket
from erreichbar.centre.models.user import User
from erreichbar.record.words import DecisionOutcome, DispatchForm

STANDS = Q(withdrawn_at__isnull=True)
"""The decisions that were not taken back."""


class Decision(models.Model):
    """A decision, by whom, with what authority and why. What it rests on is kept as it was then."""

    ref = reference()
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="decisions")
    outcome = word(DecisionOutcome)
    authority = models.CharField(max_length=40, help_text="id of the authority in the office file")
    authority_said = models.JSONField(help_text="that authority in words, as they were then: {de, en}")
    reason = models.TextField(help_text="why it was decided so")
    unchecked = models.JSONField(default=list, help_text="ids of the checklist that had not been checked")
    unchecked_why = models.TextField(default="", help_text="why it was decided without them")
    flat = models.JSONField(default=dict, help_text="the flat it is about, as of the urgent matter then")
    assured = models.PositiveIntegerField(null=True, help_text="cents a month that are assured, none: not about a flat")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    dispatched_at = models.DateTimeField(null=True, help_text="when it left the office in writing")
    dispatched_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    dispatch_form = word(DispatchForm, null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            check("decision_outcome", one_of("outcome", DecisionOutcome)),
            check("decision_dispatch_form", Q(dispatch_form__isnull=True) | one_of("dispatch_form", DispatchForm)),
            check("decision_dispatched", both_or_none("dispatched_at", "dispatch_form")),
            check("decision_dispatched_after", not_after("decided_at", "dispatched_at")),
            check("decision_withdrawn_after", not_after("decided_at", "withdrawn_at")),
            check("decision_sent_stands", Q(dispatched_at__isnull=True) | STANDS),
            models.UniqueConstraint(name="centre_decision_one_stands", fields=["ticket"], condition=STANDS),
        ]
