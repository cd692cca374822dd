"""What is in force: the office file, the access model, the right to show a number."""

from django.db import models

from erreichbar.centre.models.fields import check, one_of, word
from erreichbar.centre.models.user import User
from erreichbar.record.words import PresentedNumber


class OfficeFile(models.Model):
    """An office file as it was imported. The last one is in force."""

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=255, help_text="name of the file")
    text = models.TextField()
    imported_at = models.DateTimeField()


class AdoptedModel(models.Model):
    """An access model as it was adopted. The last one is in force."""

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=40)
    text = models.TextField()
    adopted_at = models.DateTimeField()


class NumberRight(models.Model):
    """The checked right to present a number on callbacks (§ 120 TKG). The last valid one of a number counts."""

    presented = word(PresentedNumber)
    basis = models.CharField(max_length=200, help_text="on what the right rests")
    valid_from = models.DateField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [check("number_right_presented", one_of("presented", PresentedNumber))]
