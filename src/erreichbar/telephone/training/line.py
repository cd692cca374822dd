"""A line that carries virtual citizens. It lives on the floor's agenda, so it runs in virtual and in real time alike.

Whether and when a citizen calls, how long she waits, whether she answers a callback and rings back is drawn in ``traffic``
by keyed draws; the line only carries it out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any, NamedTuple

from erreichbar.centre import queries
from erreichbar.office import Office
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, EndedBy, PresentedNumber
from erreichbar.telephone.agenda import Agenda, Entry, Kind, to_ms
from erreichbar.telephone.line import (
    Announced,
    Announcement,
    Arrived,
    CitizenMissed,
    CitizenPickedUp,
    HungUp,
    LineEvent,
    PickedUp,
    Surviving,
)
from erreichbar.traffic import Citizen, Citizens, words

ANNOUNCEMENT_MS = 6_000
"""How long the line takes to say that the office is closed or full. Assumption."""
RING_MS = 25_000
"""How long a callback rings before it counts as not answered. Assumption."""
ANSWERS_AFTER_MS = 6_000
"""How long a callback rings at somebody who answers. Assumption."""


@dataclass(slots=True)
class Caller:
    """A virtual citizen on the line. ``nth`` counts the calls of this citizen from 0."""

    citizen: Citizen
    nth: int
    user: str | None = None
    talking: bool = False
    outbound: bool = False
    outcome: AttemptOutcome | None = None
    presented: PresentedNumber | None = None
    patience: Entry | None = None


class Coming(NamedTuple):
    """A virtual citizen who will call. ``rings_back``: because of a callback she missed."""

    entry: Entry
    citizen: Citizen
    rings_back: bool


class TrainingLine:
    """The port ``Line``, carried out by virtual citizens."""

    name = "training"
    picks_up_at_desk = True
    dials = True

    def __init__(
        self,
        office: Office,
        citizens: Citizens,
        agenda: Agenda,
        now: Callable[[], datetime],
        new_ref: Callable[[], Ref],
    ) -> None:
        self.office = office
        self.citizens = citizens
        self._agenda = agenda
        self._now = now
        self._new_ref = new_ref
        self._callers: dict[Ref, Caller] = {}
        self._calls_made: dict[int, int] = {}
        self._last_at: dict[str, Citizen] = {}
        self._coming: list[Coming] = []
        self._tell: Callable[[LineEvent], None] = lambda event: None

    # -- citizens who come and go -----------------------------------------------------------------------------------

    def begin_day(self, day: date, not_before: datetime | None = None) -> None:
        """Put the citizens who call on ``day`` on the agenda, those after ``not_before`` only."""
        midnight = to_ms(datetime.combine(day, time(), self.office.zone))
        first = to_ms(not_before) if not_before else midnight
        for citizen in self.citizens.calls_on(day):
            if midnight + citizen.arrives_ms >= first:
                self._come(midnight + citizen.arrives_ms, citizen)

    def invite(self, within_ms: int) -> None:
        """Let the next citizen who would call anyway call within ``within_ms``, so that nobody waits for practice."""
        now = self._now_ms()
        self._coming = [coming for coming in self._coming if coming.entry.act is not None]
        if self._coming and (first := min(self._coming)).entry.at > now + within_ms:
            first.entry.cancel()
            self._come(now + within_ms, first.citizen, rings_back=first.rings_back)

    def caller(self, call: Ref) -> Caller | None:
        """Return who is on the line, for the automatic colleagues."""
        return self._callers.get(call)

    def citizen_hangs_up(self, call: Ref) -> None:
        """The citizen has what she wanted, or has waited long enough."""
        self._end(call, EndedBy.CITIZEN)

    def _come(self, at: int, citizen: Citizen, *, rings_back: bool = False) -> None:
        arrive = partial(self._arrive, citizen, rings_back)
        self._coming.append(
            Coming(self._agenda.at(at, Kind.CALL_ARRIVES, str(citizen.id), arrive), citizen, rings_back)
        )

    def _arrive(self, citizen: Citizen, rings_back: bool) -> None:
        self._coming = [coming for coming in self._coming if coming.citizen is not citizen or coming.entry.act is None]
        nth = self._calls_made.get(citizen.id, 0)
        self._calls_made[citizen.id] = nth + 1
        call = self._new_ref()
        caller = Caller(citizen, nth)
        self._callers[call] = caller
        person = self.citizens.person(citizen)
        if person.number:
            self._last_at[person.number] = citizen
        self._wait_patiently(call, caller)
        self._tell(
            Arrived(
                call=call,
                at=self._now(),
                number=None if citizen.number_withheld else person.number,
                called=self.office.telephone.centre.e164,
                words=words.inbound(person, citizen, rings_back=rings_back) | _mark(citizen, nth),
            )
        )

    def _wait_patiently(self, call: Ref, caller: Caller) -> None:
        patience = self.citizens.patience_ms(caller.citizen, caller.nth)
        caller.patience = self._agenda.at(
            self._now_ms() + patience, Kind.CALL_ENDS, call, lambda: self._loses_patience(call)
        )

    def _loses_patience(self, call: Ref) -> None:
        caller = self._callers.get(call)
        if caller and not caller.talking:
            self._end(call, EndedBy.CITIZEN)
            self._calls_again(caller)

    def _calls_again(self, caller: Caller) -> None:
        after = self.citizens.calls_again_ms(caller.citizen, caller.nth)
        if after >= 0:
            self._come(self._now_ms() + after, caller.citizen)

    # -- the port ---------------------------------------------------------------------------------------------------

    def start(self, tell: Callable[[LineEvent], None]) -> None:
        self._tell = tell

    def stop(self) -> None:
        for coming in self._coming:
            coming.entry.cancel()

    def recover(self) -> list[Surviving]:
        """Let the citizens of an earlier floor go on where they were: who they are stands in their words."""
        found = []
        for row in queries.live_calls():
            if caller := self._marked(queries.words_of_call(row.ref)):
                caller.user, caller.talking = row.user, row.state == "talking"
                self._callers[row.ref] = caller
                found.append(
                    Surviving(call=row.ref, user=row.user, talking=caller.talking, outbound=False, number=None)
                )
                if not caller.talking:
                    self._wait_patiently(row.ref, caller)
        for attempt in queries.live_attempts():
            if caller := self._marked(queries.words_of_attempt(attempt.ref)):
                caller.user, caller.talking, caller.outbound = attempt.user, True, True
                caller.outcome = AttemptOutcome.REACHED
                self._callers[attempt.ref] = caller
                found.append(Surviving(call=attempt.ref, user=attempt.user, talking=True, outbound=True, number=None))
        return found

    def _marked(self, said: Mapping[str, Any]) -> Caller | None:
        mark = said.get("citizen")
        if not mark:
            return None
        self._calls_made[mark["id"]] = mark["nth"] + 1
        return Caller(self.citizens.citizen(mark["id"], mark["person"]), mark["nth"])

    def announce(self, call: Ref, what: Announcement) -> None:
        caller = self._callers.get(call)
        if caller is None:
            return
        if what in (Announcement.OUT_OF_HOURS, Announcement.TURNED_AWAY):
            if caller.patience:
                caller.patience.cancel()
            self._later(ANNOUNCEMENT_MS, Kind.CALL_ENDS, call, lambda: self._announced(call, what))

    def _announced(self, call: Ref, what: Announcement) -> None:
        if caller := self._callers.get(call):
            self._tell(Announced(call=call, at=self._now(), what=what))
            if what is Announcement.TURNED_AWAY:
                self._calls_again(caller)

    def wait(self, call: Ref) -> None:
        """A virtual citizen hears nothing while she waits."""

    def ring(self, call: Ref, user: str) -> None:
        if caller := self._callers.get(call):
            caller.user = user

    def stop_ringing(self, call: Ref, user: str) -> None:
        if caller := self._callers.get(call):
            caller.user = None

    def pick_up(self, call: Ref, user: str) -> None:
        caller = self._callers.get(call)
        if caller and caller.user == user and not caller.talking:
            caller.talking = True
            if caller.patience:
                caller.patience.cancel()
            self._tell(PickedUp(call=call, at=self._now(), user=user))

    def dial(self, call: Ref, user: str, number: str, presented: PresentedNumber) -> None:
        citizen = self._last_at.get(number) or self.citizens.at_number(number)
        nth = self._calls_made.get(citizen.id, 0)
        self._calls_made[citizen.id] = nth + 1
        outcome = self.citizens.answers_callback(citizen, nth, presented, self._in_window(citizen))
        self._callers[call] = Caller(citizen, nth, user=user, outbound=True, outcome=outcome, presented=presented)
        answered = outcome not in (AttemptOutcome.NOT_ANSWERED, AttemptOutcome.BUSY)
        self._tell(PickedUp(call=call, at=self._now(), user=user))
        self._later(
            ANSWERS_AFTER_MS if answered else RING_MS,
            Kind.CALL_ANSWERED,
            call,
            lambda: self._dialled(call, outcome, answered),
        )

    def _dialled(self, call: Ref, outcome: AttemptOutcome, answered: bool) -> None:
        caller = self._callers.get(call)
        if caller is None:
            return
        if answered:
            caller.talking = True
            person = self.citizens.person(caller.citizen)
            said = words.outbound(person, caller.citizen, outcome) | _mark(caller.citizen, caller.nth)
            self._tell(CitizenPickedUp(call=call, at=self._now(), words=said))
            return
        del self._callers[call]
        self._tell(CitizenMissed(call=call, at=self._now(), outcome=outcome))
        self._may_ring_back(caller)

    def _may_ring_back(self, caller: Caller) -> None:
        assert caller.presented is not None
        after = self.citizens.rings_back_ms(caller.citizen, caller.nth, caller.presented)
        if after >= 0:
            self._come(self._now_ms() + after, caller.citizen, rings_back=True)

    def hang_up(self, call: Ref) -> None:
        self._end(call, EndedBy.OFFICE)

    def _end(self, call: Ref, by: EndedBy) -> None:
        caller = self._callers.pop(call, None)
        if caller is None:
            return
        if caller.patience:
            caller.patience.cancel()
        if caller.outbound and not caller.talking:
            # Whoever called gave up while it rang at the citizen's, who sees that somebody called.
            self._tell(CitizenMissed(call=call, at=self._now(), outcome=AttemptOutcome.NOT_ANSWERED))
            self._may_ring_back(caller)
            return
        self._tell(HungUp(call=call, at=self._now(), by=by))
        if caller.outcome in (AttemptOutcome.VOICEMAIL, AttemptOutcome.OTHER_PERSON):
            # She sees that somebody called, or is told so at home.
            self._may_ring_back(caller)

    # -- time -------------------------------------------------------------------------------------------------------

    def _now_ms(self) -> int:
        return to_ms(self._now())

    def _later(self, after_ms: int, kind: Kind, key: str, act: Callable[[], None]) -> None:
        self._agenda.at(self._now_ms() + after_ms, kind, key, act)

    def _in_window(self, citizen: Citizen) -> bool:
        window = self.citizens.window(citizen)
        local = self._now().astimezone(self.office.zone).time()
        return window is None or window[0] <= local < window[1]


def _mark(citizen: Citizen, nth: int) -> dict[str, object]:
    """Return what a later floor needs to let this citizen go on talking."""
    return {"citizen": {"id": citizen.id, "person": citizen.person, "nth": nth}}
