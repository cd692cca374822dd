"""A real day under another access model: the calls that came in are known, what would have become of them is simulated.

Observed is who called for the first time, when, about what, and whether her number showed. All else is drawn: how long she would
have waited, how long talks last, what is settled, who answers a callback. So the model that was in force is simulated, too, and
stands beside what really happened: what differs between the two is what the simulation does not know of this day. Method:
``docs/algorithms/lab-replay.md``.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl

from erreichbar import access
from erreichbar.access import AccessModel
from erreichbar.figures import calls, first_contact, promise
from erreichbar.figures.figure import Figure
from erreichbar.figures.window import within
from erreichbar.lab import office as offices
from erreichbar.lab.before import Before, Theirs
from erreichbar.lab.engine import preparing
from erreichbar.lab.engine.filed import Filed, Known
from erreichbar.lab.office.draw import Arising
from erreichbar.lab.office.shapes import further
from erreichbar.lab.statistics import Interval, against_baseline, mean_interval
from erreichbar.office import Office, moments
from erreichbar.office.faults import Fault, Faults
from erreichbar.office.text import Text
from erreichbar.record.tables import NONE, Tables
from erreichbar.record.words import CallOutcome, ClockName, Direction, code
from erreichbar.traffic.process import PLACES
from erreichbar.traffic.who import MOST_MATTERS, callers, matters_of, place_of

FOLLOWED = 8
"""So many days after it the tickets of the day are followed."""
HABITS = "as-contracted"
"""The default office from which is taken what citizens do beyond ``[traffic]``, if the file does not say."""
_MS = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_GAVE_UP = (code(CallOutcome.ABANDONED), code(CallOutcome.TURNED_AWAY))

OBSERVED = (
    Text("wer an diesem Tag zum ersten Mal anrief, wann, und ob die Nummer zu sehen war",
         "who called for the first time on this day, when, and whether the number showed"),
    Text("das Anliegen der angenommenen Anrufe", "what answered calls were about"),
    Text("die Tickets, die zu Beginn des Tages offen waren, ihre Frist und was aus jedem Rückrufversuch wurde",
         "the tickets that were open when the day began, their promises, and what came of each attempt to call back"),
)  # fmt: skip
MODELLED = (
    Text("das Anliegen der Anrufe, die niemand annahm, und jedes weitere Anliegen",
         "what calls were about that nobody answered, and every further matter"),
    Text("wie lange jemand wartet, und ob und wann erneut angerufen wird", "how long somebody waits, and whether and when she calls again"),
    Text("wie lange Gespräche und Nachbearbeitung dauern, und was darin erledigt wird",
         "how long talks and the work after them last, and what is settled in them"),
    Text("wer arbeitet: nach der Bürodatei, ohne die Abwesenheiten dieses Tages",
         "who works: by the office file, without the absences of that day"),
    Text("wer einen Rückruf annimmt, und wer zurückruft", "who answers a callback, and who rings back"),
    Text("wer die Tickets von vorher hat, und was weiter aus ihnen wird; gezählt werden nur die des Tages",
         "who holds the tickets from before, and what becomes of them; only those of the day are counted"),
)  # fmt: skip


class NothingToReplay(Faults):
    """There is no such day, or the model cannot be tried in this office."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the day: what was ``observed``, and what is simulated under the model in force and the other, over replications.

    ``difference``: of the two simulations, citizen by citizen the same. None where nothing was counted.
    """

    observed: Figure
    in_force: Interval | None
    other: Interval | None
    difference: Interval | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """A day under another model.

    ``first_calls`` is how many citizens are known to have called for the first time, ``open_tickets`` how many tickets were open
    when it began.
    """

    day: date
    in_force: AccessModel
    other: AccessModel
    first_calls: int
    open_tickets: int
    replications: int
    seed: int
    figures: Sequence[Compared]

    def to_json(self) -> str:
        """Return it as one JSON object; the same for the same seed."""
        found = {
            "day": self.day.isoformat(),
            "model_in_force": {"name": self.in_force.name, "digest": self.in_force.digest},
            "model": {"name": self.other.name, "digest": self.other.digest},
            "first_calls": self.first_calls,
            "open_tickets": self.open_tickets,
            "replications": self.replications,
            "seed": self.seed,
            "observed": [{"de": text.de, "en": text.en} for text in OBSERVED],
            "modelled": [{"de": text.de, "en": text.en} for text in MODELLED],
            "figures": {one.observed.name: _said(one) for one in self.figures},
        }
        return json.dumps(found, ensure_ascii=False, indent=2)


def replay(
    office: Office,
    in_force: AccessModel,
    other: AccessModel,
    record: Tables,
    day: date,
    *,
    replications: int = 20,
    seed: int = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> Replayed:
    """Return a real day under another model. ``record``: what really happened, in ms since the Unix epoch.

    ``progress`` hears how many replications are done. Raises ``NothingToReplay``; ``Faults`` of an office that cannot be simulated.
    """
    _check(office, other, replications)
    start, end = (moments.at(day + timedelta(days=n), 0, office.zone) for n in (0, 1))
    window = ((start - _EPOCH) // _MS, (end - _EPOCH) // _MS)
    first = first_calls(record.contacts, window)
    if not first.height:
        raise NothingToReplay([_no_such_day(record, day, office)])
    habits = further(offices.load(HABITS).lab)
    before = Before(office, record, window[0])
    begins, days = window[0] - before.origin, (day - before.first).days + 1
    filed = [
        Filed(office, model, before.first, days, FOLLOWED, further=habits, by_roster=True)
        for model in (in_force, other)
    ]
    found: list[list[list[float]]] = [[], []]
    for replication in range(replications):
        theirs = before.drawn(filed[0], seed, replication)
        known = _known(filed[0], first, before.origin, theirs, seed, replication)
        standing = before.standing(filed[0], theirs, seed, replication)
        for model, one in enumerate(filed):
            tables = within(one.play(seed, replication, known, standing), (begins, window[1] - before.origin))
            found[model].append([np.nan if each.value is None else each.value for each in _figures(tables)])
        progress(replication + 1)
    simulated, otherwise = (np.array(runs, np.float64).T for runs in found)
    compared = [
        Compared(observed, *_intervals(simulated[place], otherwise[place]))
        for place, observed in enumerate(_figures(within(record, window)))
    ]
    return Replayed(day, in_force, other, first.height, len(before.tickets), replications, seed, compared)


def first_calls(contacts: pl.DataFrame, window: tuple[int, int]) -> pl.DataFrame:
    """Return the calls with which citizens began: neither ring-backs nor calls after one that was given up or turned away that day.

    Where it is not known who calls, each of her calls is one with which she begins.
    """
    inside = (pl.col("start") >= window[0]) & (pl.col("start") < window[1])
    calls_in = contacts.filter((pl.col("direction") == code(Direction.INBOUND)) & inside)
    gave_up = calls_in.filter(pl.col("outcome").is_in(_GAVE_UP)).select(pl.col("contact").alias("previous"), again=True)
    joined = calls_in.filter(pl.col("ring_back_of") < 0).join(gave_up, on="previous", how="left")
    return joined.filter(pl.col("again").is_null()).sort("start", "contact")


def _known(filed: Filed, first: pl.DataFrame, origin: int, before: Theirs, seed: int, replication: int) -> Known:
    """Return who called, with a place in the population: the same person has the same, the others are drawn.

    They come after the citizens from ``before``; moments count from ``origin``.
    """
    office, given = filed.office, callers(filed.parameters)
    counted = preparing.counted(office)
    shares = np.array([office.reasons[reason].share for reason in counted], np.float64)
    key = filed.run.first_key + filed.days - 1
    households, citizen = filed.run.households, key * PLACES + np.arange(first.height)
    place, matters = np.zeros(first.height, np.int64), np.zeros(first.height, np.int8)
    reasons = np.full((first.height, MOST_MATTERS), -1, np.int16)
    room, places = np.zeros(MOST_MATTERS, np.int64), dict(before.places)
    for number, (person, reason) in enumerate(first.select("person", "reason").iter_rows()):
        drawn = int(place_of(given, seed, replication, int(citizen[number]), households))
        place[number] = places.setdefault(person, drawn) if person >= 0 else drawn
        matters[number] = matters_of(given, shares, seed, replication, int(citizen[number]), room)
        reasons[number, : matters[number]] = room[: matters[number]]
        if reason in counted:
            matters[number], reasons[number, 0], reasons[number, 1:] = 1, counted.index(reason), -1
    today = Arising(citizen, first["start"].to_numpy().astype(np.int64) - origin, place, matters, reasons)
    withheld = first["number_withheld"].to_numpy().astype(np.int64)
    # Whose number showed has one.
    telephone, theirs = np.where(withheld == 0, 1, NONE), before.known
    earlier = theirs.arising
    return Known(
        Arising(
            np.concatenate([earlier.citizen, today.citizen]),
            np.concatenate([earlier.arises, today.arises]),
            np.concatenate([earlier.place, today.place]),
            np.concatenate([earlier.matters, today.matters]),
            np.concatenate([earlier.reasons, today.reasons]),
        ),
        np.concatenate([theirs.withheld, withheld]),
        np.concatenate([theirs.telephone, telephone]),
    )


def _figures(tables: Tables) -> Iterator[Figure]:
    yield calls.offered(tables)
    yield calls.answered(tables)
    yield calls.abandoned(tables)
    yield calls.turned_away(tables)
    yield calls.reachability(tables)
    yield calls.wait_mean(tables)
    yield calls.wait_quantile(tables, 0.9)
    yield calls.service_level(tables, 20)
    yield first_contact.settled_at_first_contact(tables)
    yield first_contact.tickets_opened(tables)
    for part in promise.Part:
        yield promise.kept(tables, part, ClockName.ELAPSED)
    yield promise.attempts_until_reached(tables)


def _intervals(in_force: np.ndarray, other: np.ndarray) -> tuple[Interval | None, Interval | None, Interval | None]:
    one, two = (None if np.isnan(each).any() else mean_interval(each) for each in (in_force, other))
    return one, two, against_baseline(other, in_force)[0] if one and two else None


def _said(one: Compared) -> dict[str, object]:
    def interval(found: Interval | None) -> dict[str, object] | None:
        return None if found is None else {"value": found.value, "ci95": [found.low, found.high]}

    observed = one.observed
    return {
        "unit": observed.unit.value,
        "definition": {"de": observed.definition.de, "en": observed.definition.en},
        "observed": {"value": observed.value, "numerator": observed.numerator, "denominator": observed.denominator},
        "model_in_force": interval(one.in_force),
        "model": interval(one.other),
        "difference": interval(one.difference),
    }


def _check(office: Office, other: AccessModel, replications: int) -> None:
    if replications < 2:
        raise ValueError("at least two replications: one has no interval")
    if faults := access.contradictions(other, office):
        raise NothingToReplay(faults)


def _no_such_day(record: Tables, day: date, office: Office) -> Fault:
    inbound = record.contacts.filter(pl.col("direction") == code(Direction.INBOUND))["start"]
    days = sorted({(_EPOCH + start * _MS).astimezone(office.zone).date() for start in inbound})
    possible = f"{days[0]} … {days[-1]}" if days else "–"
    return Fault(
        "lab replay", "", day.isoformat(),
        "An diesem Tag ist im Journal kein Anruf verzeichnet.", "The journal has no call on this day.",
        Text(possible, possible),
    )  # fmt: skip
