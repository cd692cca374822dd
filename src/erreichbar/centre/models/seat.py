"""Seats: signed-in people at a telephone."""

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.fields import check, one_of, word
from erreichbar.centre.models.user import User
from erreichbar.record.words import SeatState

_IN_A_CALL = [SeatState.RINGING.value, SeatState.TALKING.value]


class Seat(models.Model):
    """What somebody's seat does now. One a person; what it did before is kept nowhere but, nameless, in the journal."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="seat")
    state = word(SeatState, default=SeatState.OFF.value)
    since = models.DateTimeField()
    call = models.CharField(max_length=13, null=True, help_text="reference of the call or attempt, while there is one")
    wraps_up = models.CharField(max_length=13, null=True, help_text="the call whose wrap-up is being done")
    automatic = models.BooleanField(default=False, help_text="filled by an automatic colleague of the training line")

    class Meta:
        constraints = [
            check("seat_state", one_of("state", SeatState)),
            check("seat_call", Q(call__isnull=False) | ~Q(state__in=_IN_A_CALL)),
            check("seat_no_call", Q(call__isnull=True) | Q(state__in=_IN_A_CALL)),
            check("seat_wraps_up", Q(wraps_up__isnull=True) | Q(state=SeatState.WRAP_UP.value)),
        ]
