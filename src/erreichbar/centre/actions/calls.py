"""Citizens' calls, from arrival to end. The floor makes these changes; a call that is over stays as it is."""

from dataclasses import dataclass, field

from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import user_named
from erreichbar.centre.errors import NotFound, Refused
from erreichbar.centre.models import Call, CallState, PersonNumber, Ticket
from erreichbar.office import numbers
from erreichbar.record import events
from erreichbar.record.vocabulary import Event, Ref
from erreichbar.record.words import CallOutcome, EndedBy, Line, Role


class CallIsOver(Refused):
    """The call has ended already."""

    def __init__(self) -> None:
        super().__init__("call_is_over", "Dieses Gespräch ist schon beendet.", "This call has ended already.")


@dataclass(kw_only=True)
class ReceiveCall(Action):
    """A citizen's call reached the office. A number that cannot be read is treated as none."""

    call: Ref
    line_name: str
    line: Line = Line.CENTRE
    number: str | None = field(default=None, repr=False)
    withheld: bool
    in_service_hours: bool
    ring_back_of: Ref | None = None
    training_words: dict[str, object] = field(default_factory=dict, repr=False)

    def perform(self) -> Ref:
        number = None if self.withheld else numbers.signalled(self.number)
        ticket = Ticket.objects.filter(ref=self.ring_back_of).first() if self.ring_back_of else None
        Call.objects.create(
            ref=self.call,
            line_name=self.line_name,
            line=self.line,
            e164=number,
            withheld=self.withheld,
            in_service_hours=self.in_service_hours,
            ring_back_of=ticket,
            arrived_at=self.moment,
            training_words=self.training_words,
        )
        self.journal(
            events.CallArrived(
                call=self.call,
                person=_only_person(number),
                line=self.line,
                number_withheld=self.withheld,
                in_service_hours=self.in_service_hours,
                ring_back_of=Ref(ticket.ref) if ticket else None,
            )
        )
        return self.call


@dataclass(kw_only=True)
class CallChange(Action):
    """What all changes of a call that goes on have in common."""

    call: Ref

    def going_on(self) -> Call:
        """Return the call. Raises ``NotFound``, ``CallIsOver``."""
        call = Call.objects.select_for_update().filter(ref=self.call).first()
        if call is None:
            raise NotFound("Dieses Gespräch ist nicht bekannt.", "This call is not known.")
        if call.state == CallState.ENDED:
            raise CallIsOver
        return call

    def change(self, event: Event, **columns: object) -> None:
        """Write columns and journal."""
        call = self.going_on()
        for name, value in columns.items():
            setattr(call, name, value)
        call.save(update_fields=list(columns))
        self.journal(event)

    def end(self, event: Event, outcome: CallOutcome, ended_by: EndedBy | None = None) -> None:
        """Let the call be over. ``ended_by`` is none where nobody had answered."""
        call = self.going_on()
        call.state, call.outcome, call.ended_by = CallState.ENDED, outcome, ended_by
        call.user = call.user if outcome is CallOutcome.ANSWERED else None
        call.ended_at = max(self.moment, call.answered_at or call.arrived_at)
        call.save(update_fields=["state", "outcome", "ended_by", "user", "ended_at"])
        self.journal(event)


@dataclass(kw_only=True)
class QueueCall(CallChange):
    """The call waits for somebody."""

    def perform(self) -> None:
        self.change(events.CallQueued(call=self.call), state=CallState.WAITING, user=None)


@dataclass(kw_only=True)
class RingSeat(CallChange):
    """The call rings at somebody's seat."""

    user: str

    def perform(self) -> None:
        user = user_named(self.user)
        self.change(events.CallRang(call=self.call, staff=self.staff(user)), state=CallState.RINGING, user=user)


@dataclass(kw_only=True)
class MissRing(CallChange):
    """Nobody took the call at the seat; it waits on."""

    user: str

    def perform(self) -> None:
        staff = self.staff(user_named(self.user))
        self.change(events.CallRingMissed(call=self.call, staff=staff), state=CallState.WAITING, user=None)


@dataclass(kw_only=True)
class AnswerCall(CallChange):
    """Citizen and office talk."""

    user: str

    def perform(self) -> None:
        user = user_named(self.user)
        call = self.going_on()
        call.state, call.user = CallState.TALKING, user
        call.answered_at = max(self.moment, call.arrived_at)
        call.save(update_fields=["state", "user", "answered_at"])
        self.journal(events.CallAnswered(call=self.call, staff=self.staff(user), role=Role(user.role)))


@dataclass(kw_only=True)
class TurnAwayCall(CallChange):
    """The call was ended by an announcement, without a chance to wait."""

    def perform(self) -> None:
        self.end(events.CallTurnedAway(call=self.call), CallOutcome.TURNED_AWAY)


@dataclass(kw_only=True)
class CloseOutOfHours(CallChange):
    """The caller heard when the office can be reached."""

    def perform(self) -> None:
        self.end(events.CallOutOfHours(call=self.call), CallOutcome.OUT_OF_HOURS)


@dataclass(kw_only=True)
class AbandonCall(CallChange):
    """The citizen hung up before anybody answered."""

    def perform(self) -> None:
        self.end(events.CallAbandoned(call=self.call), CallOutcome.ABANDONED)


@dataclass(kw_only=True)
class EndCall(CallChange):
    """A conversation ended."""

    ended_by: EndedBy

    def perform(self) -> None:
        self.end(events.CallEnded(call=self.call, by=self.ended_by), CallOutcome.ANSWERED, self.ended_by)


@dataclass(kw_only=True)
class AdoptCall(CallChange):
    """The floor started anew and took over a conversation that had gone on meanwhile."""

    def perform(self) -> None:
        self.going_on()
        self.journal(events.CallAdopted(call=self.call))


def _only_person(number: str | None) -> Ref | None:
    """Return the person known under a number, if there is exactly one."""
    if number is None:
        return None
    people = PersonNumber.objects.filter(e164=number).values_list("person__ref", flat=True)[:2]
    return Ref(people[0]) if len(people) == 1 else None
