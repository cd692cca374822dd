"""Virtual citizens: who calls on a day, with what, how patiently, and how she takes a callback.

Whatever a citizen does is drawn when it is asked for, keyed by her number and by how many-eth time (``nth``, from 0),
so it does not depend on what the office does with others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from erreichbar.office.model import FirstLevel, Office
from erreichbar.record.words import AttemptOutcome, Language, PresentedNumber, Role
from erreichbar.traffic import laws
from erreichbar.traffic.arrivals import Arrivals, citizen_id
from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.parameters import Parameters, Spread
from erreichbar.traffic.population import Person, Population

Window = tuple[time, time]
"""When a citizen wishes to be called back, office time, end not included."""

WINDOWS: tuple[Window, ...] = (
    (time(8), time(10)),
    (time(9), time(12)),
    (time(10), time(12)),
    (time(12), time(14)),
    (time(14), time(16)),
    (time(15), time(18)),
)
_SECOND_MS = 1000.0
_MINUTE_MS = 60_000.0
_MAX_SEED = 2**63 - 1
_STRANGERS = 1 << 40
"""Numbers of citizens from here on have not called; they are made when somebody dials a number."""


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody who calls, with one or more matters (ids of contact reasons). ``arrives_ms`` since local midnight."""

    id: int
    arrives_ms: int
    person: int
    matters: tuple[str, ...]
    language: Language
    number_withheld: bool
    window: Window | None


class Citizens:
    """The citizens of an office, for one seed and replication."""

    def __init__(self, parameters: Parameters, office: Office, seed: int, replication: int = 0) -> None:
        if not (0 <= seed <= _MAX_SEED and 0 <= replication <= _MAX_SEED):
            raise ValueError("seed and replication are whole numbers from 0 to 2^63 − 1")
        self.parameters = parameters
        self.population = Population(parameters, office, seed)
        self._office = office
        self._arrivals = Arrivals(parameters, office.calendar)
        self._seed = seed
        self._replication = replication
        self._reasons = [(reason.id, reason.share) for reason in office.reasons.values() if reason.share > 0]

    # -- who calls --------------------------------------------------------------------------------------------------

    def calls_on(self, day: date) -> list[Citizen]:
        """Return the citizens who call on a day for the first time, by arrival, outside service hours too."""
        times = self._arrivals.times(day, self._seed, self._replication)
        return [self._citizen(citizen_id(day, nth), at) for nth, at in enumerate(times)]

    def at_number(self, number: str) -> Citizen:
        """Return the citizen who answers a number that nobody here has called from (E.164)."""
        place = self.population.at_number(number)
        known = int(number.lstrip("+")) if place is None else place
        return self._citizen(_STRANGERS + known % _STRANGERS, 0, place)

    def citizen(self, id: int, person: int) -> Citizen:
        """Return a citizen again, by her number and her place in the population; ``arrives_ms`` is 0."""
        return self._citizen(id, 0, person)

    def person(self, citizen: Citizen) -> Person:
        """Return who a citizen is."""
        return self.population[citizen.person]

    def _citizen(self, id: int, arrives_ms: int, place: int | None = None) -> Citizen:
        people = self.parameters.people
        if place is None:
            household = int(self._draw(Stream.PERSON, id) ** people.frequent_callers.value * self.population.households)
            place = self.population.resident(household, self._draw(Stream.PERSON, id, 1))
        person = self.population[place]
        return Citizen(
            id=id,
            arrives_ms=arrives_ms,
            person=place,
            matters=tuple(self._matters(id)),
            language=person.language,
            number_withheld=person.number is None or self._draw(Stream.WITHHELD, id) < people.number_withheld.value,
            window=self._window(id),
        )

    def _matters(self, id: int) -> Iterator[str]:
        u = self._draw(Stream.MATTERS, id)
        matters = self.parameters.matters
        wished = 3 if u < matters.third.value else 2 if u < matters.third.value + matters.second.value else 1
        left = list(self._reasons)
        for nth in range(min(wished, len(left))):
            rest = self._draw(Stream.MATTERS, id, nth + 1) * sum(share for _, share in left)
            chosen = 0
            while chosen < len(left) - 1 and rest >= left[chosen][1]:
                rest -= left[chosen][1]
                chosen += 1
            yield left.pop(chosen)[0]

    def _window(self, id: int) -> Window | None:
        if self._draw(Stream.WINDOW, id) >= self.parameters.people.names_a_window.value:
            return None
        return WINDOWS[int(self._draw(Stream.WINDOW, id, 1) * len(WINDOWS))]

    # -- what she does ----------------------------------------------------------------------------------------------

    def patience_ms(self, citizen: Citizen, nth: int) -> int:
        """Return how long the citizen waits for somebody to answer before she hangs up."""
        u = self._draw(Stream.PATIENCE, citizen.id, nth)
        return laws.exponential_ms(u, self.parameters.patience.mean_s.value * _SECOND_MS)

    def calls_again_ms(self, citizen: Citizen, nth: int) -> int:
        """Return after how long the citizen calls again, having hung up or been turned away; −1: not."""
        patience = self.parameters.patience
        if self._draw(Stream.CALLS_AGAIN, citizen.id, 2 * nth) >= patience.calls_again.value:
            return -1
        return self._spread(patience.calls_again_min, _MINUTE_MS, Stream.CALLS_AGAIN, citizen.id, 2 * nth + 1)

    def window(self, citizen: Citizen) -> Window | None:
        """Return when the citizen wishes to be called back, none if it does not matter to her."""
        return citizen.window

    # -- conversations ----------------------------------------------------------------------------------------------

    def talk_ms(self, citizen: Citizen, nth: int, role: Role) -> int:
        """Return how long the citizen and somebody of this role talk."""
        talk = self.parameters.talk
        once = self._spread(talk.agent_s, _SECOND_MS, Stream.TALK, citizen.id, nth)
        factor = 1.0 + talk.further_matter.value * (len(citizen.matters) - 1)
        if role is Role.CASE_WORKER:
            factor *= talk.case_worker.value
        elif role is Role.DUTY_OFFICER:
            factor *= talk.duty_officer.value
        return int(once * factor)

    def wrap_up_ms(self, citizen: Citizen, nth: int) -> int:
        """Return how long the work after this citizen's conversation takes."""
        return self._spread(self.parameters.talk.wrap_up_s, _SECOND_MS, Stream.WRAP_UP, citizen.id, nth)

    def settles(self, citizen: Citizen, matter: int) -> bool:
        """Return whether first level can settle the citizen's ``matter`` (place from 0) in the call."""
        matters = self.parameters.matters
        part = {
            FirstLevel.SETTLE: matters.settled_if_settle.value,
            FirstLevel.RECORD: matters.settled_if_record.value,
            FirstLevel.INFORM: matters.settled_if_inform.value,
            FirstLevel.NONE: 0.0,
        }[self._office.reasons[citizen.matters[matter]].first_level]
        return self._draw(Stream.SETTLES, citizen.id, matter) < part

    # -- callbacks --------------------------------------------------------------------------------------------------

    def answers_callback(
        self, citizen: Citizen, nth: int, presented: PresentedNumber, in_window: bool
    ) -> AttemptOutcome:
        """Return what comes of calling the citizen. ``in_window``: inside the time she named, if she named one.

        One draw decides for all numbers that could be shown, so whoever answers a withheld number answers a known one
        too.
        """
        callback = self.parameters.callback
        reached = {
            PresentedNumber.WITHHELD: callback.reached_withheld.value,
            PresentedNumber.CENTRE: callback.reached_centre.value,
            PresentedNumber.OWN: callback.reached_own.value,
        }[presented]
        if in_window and citizen.window is not None and presented is not PresentedNumber.WITHHELD:
            reached = max(reached, callback.reached_in_window.value)
        if self._draw(Stream.ANSWERS, citizen.id, 2 * nth) < reached:
            return AttemptOutcome.REACHED
        rest = self._draw(Stream.ANSWERS, citizen.id, 2 * nth + 1)
        for outcome, share in (
            (AttemptOutcome.VOICEMAIL, callback.voicemail.value),
            (AttemptOutcome.BUSY, callback.busy.value),
            (AttemptOutcome.OTHER_PERSON, callback.other_person.value),
            (AttemptOutcome.WRONG_NUMBER, callback.wrong_number.value),
        ):
            rest -= share
            if rest < 0:
                return outcome
        return AttemptOutcome.NOT_ANSWERED

    def rings_back_ms(self, citizen: Citizen, nth: int, presented: PresentedNumber) -> int:
        """Return after how long the citizen rings back, having missed a callback; −1: not."""
        callback = self.parameters.callback
        share = {
            PresentedNumber.WITHHELD: callback.rings_back_withheld.value,
            PresentedNumber.CENTRE: callback.rings_back_centre.value,
            PresentedNumber.OWN: callback.rings_back_own.value,
        }[presented]
        if self._draw(Stream.RINGS_BACK, citizen.id, 2 * nth) >= share:
            return -1
        return self._spread(callback.rings_back_min, _MINUTE_MS, Stream.RINGS_BACK, citizen.id, 2 * nth + 1)

    # -- the office's side ------------------------------------------------------------------------------------------

    def seat_ms(self, what: str, seat: int, nth: int) -> int:
        """Return how long a seat (by its number) takes for its ``nth`` ``pick_up`` or ``case_work``."""
        seats = self.parameters.seats
        if what == "pick_up":
            return self._spread(seats.pick_up_s, _SECOND_MS, Stream.PICK_UP, seat, nth)
        if what == "case_work":
            return self._spread(seats.case_work_min, _MINUTE_MS, Stream.CASE_WORK, seat, nth)
        raise ValueError(f"a seat does pick_up or case_work, not {what!r}")

    # -- draws ------------------------------------------------------------------------------------------------------

    def _draw(self, stream: Stream, entity: int, nth: int = 0) -> float:
        return uniform(self._seed, self._replication, stream, entity, nth)

    def _spread(self, spread: Spread, unit_ms: float, stream: Stream, entity: int, nth: int) -> int:
        u = self._draw(stream, entity, nth)
        return laws.log_normal_ms(u, spread.median.value * unit_ms, spread.mean.value * unit_ms)
