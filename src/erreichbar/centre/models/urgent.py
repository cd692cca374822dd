"""What is known of an urgent matter: its dates, the flat it is about, what was checked. Never journalled but the day."""

from django.db import models

from erreichbar.centre.models.fields import both_or_none, check
from erreichbar.centre.models.ticket import Ticket


class UrgentMatter(models.Model):
    """What a decision about a ticket needs. The dates are days; when the ticket is due stands with it and never changes.

    The place of the new flat is not the citizen's: it decides which body is competent, never which unit.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="urgent_matter")
    dates = models.JSONField(default=dict, help_text="dates known, by their id in the office file: {id: ISO date}")
    deadline = models.DateField(null=True, help_text="the day by whose end it must be decided, none: no date is known")
    deadline_why = models.JSONField(null=True, help_text="which date that comes from: {de, en}")
    new_postal_code = models.CharField(max_length=5, default="", help_text="of the new flat, empty: not known")
    body = models.CharField(
        max_length=40, default="", help_text="the competent body of the office file, empty: not known"
    )
    contact_told_at = models.DateTimeField(null=True, help_text="when the citizen was told how to reach another body")
    flat = models.JSONField(
        default=dict, help_text="address (text), size_m2, persons, and cents: rent, service, heating"
    )
    checked = models.JSONField(default=list, help_text="ids of the checklist that were checked")

    class Meta:
        constraints = [check("urgent_matter_why", both_or_none("deadline", "deadline_why"))]
