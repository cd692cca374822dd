"""When somebody of the office is not there, or not to be disturbed."""

from django.db import models
from django.db.models import F, Q

from erreichbar.centre.models.fields import check, one_of, reference, word
from erreichbar.centre.models.user import User
from erreichbar.promise.presence import Taken


class TimeTaken(models.Model):
    """Time of somebody of the office that is taken. Of an absence only the fact; once it is over it is deleted."""

    ref = reference()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="time_taken")
    start = models.DateTimeField()
    end = models.DateTimeField(null=True, help_text="none: until further notice")
    kind = word(Taken)
    from_calendar = models.BooleanField(
        default=False, help_text="read from her calendar, replaced when it is read again"
    )

    class Meta:
        constraints = [
            check("time_taken_kind", one_of("kind", Taken)),
            check("time_taken_ends_after_start", Q(end__isnull=True) | Q(end__gt=F("start"))),
        ]
        indexes = [models.Index(fields=["user", "start"], name="centre_time_taken_of_user")]


class CalendarAddress(models.Model):
    """Where somebody's calendar is read again and again. Who knows such an address can read the calendar: it is shown nowhere."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_address")
    address = models.TextField()
    asked_at = models.DateTimeField(null=True, help_text="when it was last asked for, none: not yet")
    trouble = models.JSONField(null=True, help_text="why it could not be read then, de and en; none: it could")
