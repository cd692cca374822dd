"""Commands from desks to the floor, and the keys of what was done."""

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.user import User


class Command(models.Model):
    """What somebody asks the floor to do. Carried out in order, each once."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    args = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    refused = models.JSONField(null=True, help_text="why it was not carried out: {code, de, en}")

    class Meta:
        indexes = [models.Index(fields=["id"], name="centre_command_open", condition=Q(handled_at__isnull=True))]


class ActionKey(models.Model):
    """A change that was made, so that it is not made twice, with what it returned."""

    key = models.CharField(max_length=200, primary_key=True)
    action = models.CharField(max_length=40)
    result = models.TextField(help_text="JSON; references and codes only")
    done_at = models.DateTimeField(db_index=True)
