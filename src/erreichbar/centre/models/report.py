"""What other organisations reported."""

from django.db import models

from erreichbar.centre.models.ticket import Ticket


class Report(models.Model):
    """A report of another organisation, by its own reference. The same reference again is the same report."""

    organisation = models.CharField(max_length=40, help_text="id in the office file")
    reference = models.CharField(max_length=80)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="reports")
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="centre_report_once", fields=["organisation", "reference"])]
