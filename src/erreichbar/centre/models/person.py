"""Citizens, with as little data as a callback needs."""

from django.db import models

from erreichbar.centre.models.fields import both_or_none, check, one_of, reference, word
from erreichbar.record.words import Channel, Language


class Person(models.Model):
    """Somebody who called, or for whom somebody called."""

    ref = reference()
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    search_name = models.CharField(
        max_length=161, help_text="family and given name without case and accents, to be found under other spellings"
    )
    date_of_birth = models.DateField(null=True)
    benefit_unit_number = models.CharField(max_length=40, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    language = word(Language, default=Language.GERMAN.value)
    channel = word(Channel, default=Channel.TELEPHONE.value)
    email = models.EmailField(blank=True)
    may_show_number = models.BooleanField(default=True, help_text="whether a callback may show a number of ours")
    may_leave_message = models.BooleanField(null=True, help_text="SMS, voice mail, e-mail unasked; none: was not asked")
    safe_from = models.TimeField(null=True, help_text="she may be called from then on only, office time")
    safe_to = models.TimeField(null=True)

    class Meta:
        constraints = [
            check("person_language", one_of("language", Language)),
            check("person_channel", one_of("channel", Channel)),
            check("person_safe_times", both_or_none("safe_from", "safe_to")),
        ]
        indexes = [
            models.Index(fields=["search_name", "date_of_birth"], name="centre_person_name"),
            models.Index(fields=["benefit_unit_number"], name="centre_person_unit"),
        ]

    @property
    def name(self) -> str:
        """Given and family name, as spoken."""
        return f"{self.given_name} {self.family_name}".strip()


class PersonNumber(models.Model):
    """A number under which somebody can be called. Several people may share one."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="numbers")
    e164 = models.CharField(max_length=16, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="centre_person_number", fields=["person", "e164"])]
