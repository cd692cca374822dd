"""Seats: who is at the telephone, and what the seat does."""

from dataclasses import dataclass

from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import user_named
from erreichbar.centre.models import Call, Seat
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Role, SeatState


@dataclass(kw_only=True)
class ChangeSeat(Action):
    """Somebody's seat does something else from now on. ``call`` is the reference of its call or attempt, if it has one.

    Wrap-up belongs to the citizen's call that came before it; leaving it journals that it is done.
    """

    user: str
    state: SeatState
    call: Ref | None = None
    automatic: bool | None = None

    def perform(self) -> None:
        seats = Seat.objects.select_for_update().prefetch_related("user")
        seat = seats.filter(user__username=self.user).first()
        if seat is None:
            seat = Seat(user=user_named(self.user), state=SeatState.OFF)
        user = seat.user
        staff = self.staff(user)
        wraps_up = seat.wraps_up
        if self.state is not SeatState.WRAP_UP:
            if wraps_up:
                self.journal(events.CallWrappedUp(call=Ref(wraps_up), staff=staff))
            wraps_up = None
        elif seat.call and Call.objects.filter(ref=seat.call).exists():
            wraps_up = seat.call
        seat.call = self.call if self.state in (SeatState.RINGING, SeatState.TALKING) else None
        seat.state, seat.since, seat.wraps_up = self.state, self.moment, wraps_up
        if self.automatic is not None:
            seat.automatic = self.automatic
        seat.save()
        self.journal(events.SeatChanged(staff=staff, role=Role(user.role), state=self.state))
