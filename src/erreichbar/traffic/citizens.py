"""Virtual citizens: who calls on a day, with what, how patiently, and how she takes a callback.

Whatever a citizen does is drawn when it is asked for, keyed by her number and by how many-eth time (``nth``, from 0),
so it does not depend on what the office does with others.
"""

from dataclasses import dataclass
from datetime import date, time

from erreichbar.office.model import FirstLevel, Office
from erreichbar.record.words import AttemptOutcome, Language, PresentedNumber, Role, code
from erreichbar.traffic import behaviour, laws, who
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
        self._reasons = [reason.id for reason in office.reasons.values() if reason.share > 0]
        self._shares = [reason.share for reason in office.reasons.values() if reason.share > 0]
        self._callers = who.callers(parameters)
        self._behaviour = behaviour.behaviour(parameters)
        self._key = (seed, replication)

    # -- who calls --------------------------------------------------------------------------------------------------

    def calls_on(self, day: date) -> list[Citizen]:
        """Return the citizens who call on a day for the first time, by arrival, outside service hours too."""
        times = self._arrivals.times(day, *self._key)
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
        if place is None:
            place = who.place_of(self._callers, *self._key, id, self.population.households)
        return Citizen(
            id=id,
            arrives_ms=arrives_ms,
            person=place,
            matters=self._matters(id),
            language=self.population[place].language,
            number_withheld=who.withholds(self._callers, *self._key, id, place),
            window=self._window(id),
        )

    def _matters(self, id: int) -> tuple[str, ...]:
        found = [0] * who.MOST_MATTERS
        count = who.matters_of(self._callers, self._shares, *self._key, id, found)
        return tuple(self._reasons[place] for place in found[:count])

    def _window(self, id: int) -> Window | None:
        place = who.window_of(self._callers, *self._key, id, len(WINDOWS))
        return None if place < 0 else WINDOWS[place]

    # -- what she does ----------------------------------------------------------------------------------------------

    def patience_ms(self, citizen: Citizen, nth: int) -> int:
        """Return how long the citizen waits for somebody to answer before she hangs up."""
        return behaviour.patience_ms(self._behaviour, *self._key, citizen.id, nth)

    def calls_again_ms(self, citizen: Citizen, nth: int) -> int:
        """Return after how long the citizen calls again, having hung up or been turned away; −1: not."""
        return behaviour.calls_again_ms(self._behaviour, *self._key, citizen.id, nth)

    def window(self, citizen: Citizen) -> Window | None:
        """Return when the citizen wishes to be called back, none if it does not matter to her."""
        return citizen.window

    # -- conversations ----------------------------------------------------------------------------------------------

    def talk_ms(self, citizen: Citizen, nth: int, role: Role) -> int:
        """Return how long the citizen and somebody of this role talk."""
        return behaviour.talk_ms(self._behaviour, *self._key, citizen.id, nth, code(role), len(citizen.matters))

    def wrap_up_ms(self, citizen: Citizen, nth: int) -> int:
        """Return how long the work after this citizen's conversation takes."""
        return behaviour.wrap_up_ms(self._behaviour, *self._key, citizen.id, nth)

    def settles(self, citizen: Citizen, matter: int) -> bool:
        """Return whether first level can settle the citizen's ``matter`` (place from 0) in the call."""
        matters = self.parameters.matters
        part = {
            FirstLevel.SETTLE: matters.settled_if_settle.value,
            FirstLevel.RECORD: matters.settled_if_record.value,
            FirstLevel.INFORM: matters.settled_if_inform.value,
            FirstLevel.NONE: 0.0,
        }[self._office.reasons[citizen.matters[matter]].first_level]
        return who.needs(*self._key, citizen.id, matter) < part

    # -- callbacks --------------------------------------------------------------------------------------------------

    def answers_callback(
        self, citizen: Citizen, nth: int, presented: PresentedNumber, in_window: bool, at_hour: float = 1.0
    ) -> AttemptOutcome:
        """Return what comes of calling the citizen. ``in_window``: inside the time she named, if she named one.

        ``at_hour``: times as likely as on average that she is reached then. One draw decides for all numbers that could be
        shown, so whoever answers a withheld number answers a known one too.
        """
        inside = in_window and citizen.window is not None
        return list(AttemptOutcome)[
            behaviour.answers(self._behaviour, *self._key, citizen.id, nth, code(presented), inside, at_hour)
        ]

    def rings_back_ms(self, citizen: Citizen, nth: int, presented: PresentedNumber) -> int:
        """Return after how long the citizen rings back, having missed a callback; −1: not."""
        return behaviour.rings_back_ms(self._behaviour, *self._key, citizen.id, nth, code(presented))

    # -- the office's side ------------------------------------------------------------------------------------------

    def seat_ms(self, what: str, seat: int, nth: int) -> int:
        """Return how long a seat (by its number) takes for its ``nth`` ``pick_up`` or ``case_work``."""
        seats = self.parameters.seats
        if what == "pick_up":
            return self._spread(seats.pick_up_s, behaviour.SECOND_MS, Stream.PICK_UP, seat, nth)
        if what == "case_work":
            return self._spread(seats.case_work_min, behaviour.MINUTE_MS, Stream.CASE_WORK, seat, nth)
        raise ValueError(f"a seat does pick_up or case_work, not {what!r}")

    # -- draws ------------------------------------------------------------------------------------------------------

    def _spread(self, spread: Spread, unit_ms: float, stream: Stream, entity: int, nth: int) -> int:
        u = uniform(*self._key, stream, entity, nth)
        return laws.log_normal_ms(u, spread.median.value * unit_ms, spread.mean.value * unit_ms)
