"""Applications made by telephone."""

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.call import Call
from erreichbar.centre.models.fields import both_or_none, check, one_of, reference, word
from erreichbar.centre.models.matter import Matter
from erreichbar.centre.models.person import Person
from erreichbar.centre.models.user import User
from erreichbar.record.words import Mistake

PENDING = Q(taken_over_at__isnull=True, withdrawn_at__isnull=True)
"""The applications that do not stand in the case file yet."""


class Application(models.Model):
    """What somebody applied for in a conversation, and when. Written once; until the case file has it, it cannot be deleted.

    ``person`` is none while it is not known who applied: a declaration is never refused for that.
    """

    ref = reference()
    code = models.CharField(max_length=8, unique=True, help_text="read aloud as proof, 7 digits and a check digit")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="applications")
    call = models.ForeignKey(
        Call, null=True, on_delete=models.PROTECT, related_name="applications", help_text="her call, none: another way"
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="applications")
    number = models.CharField(max_length=16, null=True, help_text="E.164, from which she called or where she is called")
    kind = models.CharField(max_length=40, help_text="what for: id from the office file")
    made_at = models.DateTimeField(help_text="when the conversation began in which it was declared")
    works_back_to = models.DateField(help_text="computed once")
    law = models.JSONField(help_text="by which law, as it stood when: {de, en}")
    unit = models.CharField(max_length=40, blank=True, help_text="who is responsible, empty: could not be told")
    organisation = models.CharField(max_length=40, blank=True, help_text="which other organisation took it, empty: we")
    recorded_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="none: no one here"
    )
    taken_over_at = models.DateTimeField(null=True, help_text="since when it stands in the case file")
    taken_over_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    mistake = word(Mistake, null=True, help_text="why it was withdrawn")

    class Meta:
        constraints = [
            check("application_mistake", Q(mistake__isnull=True) | one_of("mistake", Mistake)),
            check("application_withdrawn", both_or_none("withdrawn_at", "mistake")),
            check("application_taken_over", both_or_none("taken_over_at", "taken_over_by")),
            check("application_ends_once", Q(taken_over_at__isnull=True) | Q(withdrawn_at__isnull=True)),
            check("application_of_somebody", Q(taken_over_at__isnull=True) | Q(person__isnull=False)),
            models.UniqueConstraint(
                name="centre_application_once",
                fields=["matter", "kind", "made_at"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["unit", "made_at"], name="centre_application_pending", condition=PENDING)]

    @property
    def is_pending(self) -> bool:
        """Whether it still has to be taken over into the case file."""
        return self.taken_over_at is None and self.withdrawn_at is None
