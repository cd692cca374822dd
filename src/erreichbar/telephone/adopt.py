"""Adoption: how a floor that starts finds its way into what goes on already.

The database says what was under way, the line what still is. What both know goes on; what only the database knows ended
meanwhile, and is entered so; what only the line knows came in while no floor was there, and is taken as new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from erreichbar.centre import actions, queries
from erreichbar.record.words import EndedBy, SeatState
from erreichbar.telephone.agenda import to_ms
from erreichbar.telephone.line import Arrived, PickedUp, Surviving
from erreichbar.telephone.state import Attempt, Call, Seat

if TYPE_CHECKING:
    from erreichbar.telephone.floor import Floor


def adopt(floor: Floor) -> None:
    """Rebuild the floor's memory from database and line."""
    floor.book.replay()
    there = {call.call: call for call in floor.line.recover()}
    for known in queries.live_seats():
        if known.user not in floor.office.people:
            _leave(floor, known)
            continue
        seat = floor.seat(known.user)
        seat.state, seat.call, seat.automatic = known.state, known.call, known.automatic
        seat.idle_since = to_ms(known.since)
    for call in queries.live_calls():
        _call(floor, call, there.pop(call.ref, None))
    for attempt in queries.live_attempts():
        _attempt(floor, attempt, there.pop(attempt.ref, None))
    for survivor in there.values():
        if survivor.outbound:
            floor.line.hang_up(survivor.call)
        else:
            floor.tell(Arrived(call=survivor.call, at=floor.now(), number=survivor.number, called=survivor.called))
    for seat in floor.state.seats.values():
        going_on = floor.state.calls.get(seat.call) or floor.state.attempts.get(seat.call) if seat.call else None
        if seat.call and (going_on is None or going_on.user != seat.user):
            _free(floor, seat)
    floor.calls.match()


def _free(floor: Floor, seat: Seat) -> None:
    """Free a seat whose call is over or has gone on to somebody else."""
    if seat.state is SeatState.RINGING:
        floor.set_seat(seat, SeatState.READY)
    else:
        floor.after_talk(seat)


def _leave(floor: Floor, row: queries.LiveSeat) -> None:
    """Switch off the seat of somebody who does not work here any more."""
    key, now = f"seat.{row.user}.left.{to_ms(row.since)}", floor.now()
    floor.enter(actions.ChangeSeat(key=key, at=now, user=row.user, state=SeatState.OFF, automatic=False))


def _call(floor: Floor, row: queries.LiveCall, survivor: Surviving | None) -> None:
    now = floor.now()
    if survivor is None:
        ended = (
            actions.EndCall(key=f"{row.ref}.ended", at=now, call=row.ref, ended_by=EndedBy.LINE)
            if row.state == "talking"
            else actions.AbandonCall(key=f"{row.ref}.abandoned", at=now, call=row.ref)
        )
        floor.enter(ended)
        return
    call = Call(row.ref, to_ms(row.arrived_at), ring_back_of=row.ring_back_of, user=row.user, state=row.state)
    floor.state.calls[call.ref] = call
    if survivor.talking and row.state != "talking" and survivor.user and survivor.user in floor.office.people:
        # Somebody picked up while no floor was there.
        call.user = survivor.user
        floor.tell(PickedUp(call=call.ref, at=now, user=survivor.user))
    if call.state == "talking":
        floor.enter(actions.AdoptCall(key=f"{row.ref}.adopted.{to_ms(now)}", at=now, call=row.ref))
    else:
        _let_wait(floor, call)


def _let_wait(floor: Floor, call: Call) -> None:
    """Put a call that rang or waited back into its place in the queue."""
    if call.user:
        floor.line.stop_ringing(call.ref, call.user)
        seat = floor.seat(call.user)
        if seat.call == call.ref:
            floor.set_seat(seat, SeatState.READY)
    if call.state != "waiting":
        now = floor.now()
        floor.enter(actions.QueueCall(key=f"{call.ref}.queued.{to_ms(now)}", at=now, call=call.ref))
    call.state, call.user = "waiting", None
    floor.line.wait(call.ref)


def _attempt(floor: Floor, row: queries.LiveAttempt, survivor: Surviving | None) -> None:
    if survivor is None:
        floor.enter(actions.EndAttempt(key=f"{row.ref}.ended", at=floor.now(), attempt=row.ref, ended_by=EndedBy.LINE))
        return
    state = "talking" if survivor.talking else "dialling"
    floor.state.attempts[row.ref] = Attempt(row.ref, row.ticket, row.user, state)
    if survivor.talking and row.state != "talking":
        floor.enter(actions.ConnectAttempt(key=f"{row.ref}.connected", at=floor.now(), attempt=row.ref))
