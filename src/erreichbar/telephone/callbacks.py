"""Callbacks on the floor: from the wish to call back to the end of the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from erreichbar import access
from erreichbar.access import Point
from erreichbar.centre import actions, queries, refs
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import EndedBy, SeatState
from erreichbar.telephone.line import CitizenMissed, CitizenPickedUp, Declined, HungUp, LineEvent
from erreichbar.telephone.state import Attempt

if TYPE_CHECKING:
    from erreichbar.telephone.floor import Floor


class Callbacks:
    """What the floor does with callbacks."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.state = floor.state

    def call_back(self, user: str, ticket: Ref) -> None:
        """Ring somebody's seat and then the citizen of a ticket.

        Raises ``Refused`` if there is no telephone, the seat is in a call, the ticket has no number or one that must not be
        dialled, the number to be shown has no recorded right of use, or somebody else is calling this citizen.
        """
        floor = self.floor
        seat = floor.seat(user)
        if seat.state in (SeatState.TALKING, SeatState.RINGING):
            raise actions.Refused(
                "in_a_call", "Sie sind in einem Gespräch. Beenden Sie es zuerst.", "You are in a call. End it first."
            )
        if not floor.line.dials:
            raise actions.Refused(
                "no_telephone",
                "Hier ist kein Telefon angeschlossen. Rufen Sie mit Ihrem Telefon an und tragen Sie das Ergebnis ein.",
                "No telephone is connected here. Call with your own telephone and record the outcome.",
            )
        wished = access.presented(access.decide(floor.model.rules, access.moment(Point.CALLBACK)))
        attempt = Attempt(refs.new_ref(), ticket, user)
        target = queries.callback_target(ticket, wished)
        if target is None:
            raise actions.NoNumber
        # Not through the book: a callback that cannot be written down is not begun.
        actions.StartAttempt(
            key=f"{attempt.ref}.started",
            at=floor.now(),
            attempt=attempt.ref,
            ticket=ticket,
            user=user,
            presented=target.presented,
        ).run()
        self.state.attempts[attempt.ref] = attempt
        seat.afterwards = seat.state if seat.state is not SeatState.OFF else SeatState.READY
        floor.set_seat(seat, SeatState.TALKING, attempt.ref)
        floor.line.dial(attempt.ref, user, target.number, target.presented)

    def tell(self, event: LineEvent) -> None:
        """Take what the line says of a callback."""
        attempt = self.state.attempts[event.call]
        match event:
            case CitizenPickedUp():
                attempt.state = "talking"
                self.floor.enter(
                    actions.ConnectAttempt(
                        key=f"{attempt.ref}.connected", at=event.at, attempt=attempt.ref, training_words=event.words
                    )
                )
                for observer in self.floor.observers:
                    observer.attempt_connected(attempt.ref, attempt.ticket, attempt.user)
            case CitizenMissed():
                # What came of it first: if the power fails between the two, the end is found by whoever starts next.
                self.floor.enter(
                    actions.RecordAttempt(
                        key=f"{attempt.ref}.missed", at=event.at, attempt=attempt.ref, outcome=event.outcome
                    )
                )
                self._over(attempt, event, EndedBy.LINE)
                for observer in self.floor.observers:
                    observer.attempt_missed(attempt.ref, attempt.ticket, attempt.user)
            case HungUp():
                self._over(attempt, event, event.by)
            case Declined():
                self._over(attempt, event, EndedBy.OFFICE)

    def _over(self, attempt: Attempt, event: LineEvent, by: EndedBy) -> None:
        del self.state.attempts[attempt.ref]
        self.floor.enter(actions.EndAttempt(key=f"{attempt.ref}.ended", at=event.at, attempt=attempt.ref, ended_by=by))
        if seat := self.state.seats.get(attempt.user):
            self.floor.after_talk(seat)
        self.floor.calls.match()
