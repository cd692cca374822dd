"""Matters: what citizens call about. Several may come up in one call."""

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.call import Call
from erreichbar.centre.models.fields import check, not_after, reference
from erreichbar.centre.models.person import Person
from erreichbar.centre.models.user import User


class Matter(models.Model):
    """One matter of one citizen: settled in the call, or turned into a ticket, or neither yet."""

    ref = reference()
    call = models.ForeignKey(Call, null=True, on_delete=models.PROTECT, related_name="matters")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="matters")
    reason = models.CharField(max_length=40, help_text="contact reason of the office file")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            check("matter_settled_after_raised", not_after("raised_at", "settled_at")),
            check("matter_settled_in_call", Q(settled_at__isnull=True) | Q(call__isnull=False)),
        ]
