"""Who of those who are there takes which ticket, so that the fewest become late?

Each desk is looked at as the forecast's proof does: earliest due first, in the time its person has for callbacks. Tickets
move one by one, always the one that helps most, and only if it helps. Where some are late even so, the fewest are sought
exactly (``packing``), if they are not too many. ``docs/algorithms/promise.md`` tells the rule.
"""

from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from erreichbar.office.periods import Periods, length
from erreichbar.office.text import Text
from erreichbar.promise.forecast.feasibility import TICK, given_up, until
from erreichbar.promise.packing import Packing, fewest_late
from erreichbar.record.words import Language

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lot:
    """An open ticket on somebody's list (``holder`` none: the pool), that ``needs`` so much callback time before ``due``.

    ``takers`` (ids) are who may be given it; nobody if it is to stay where it is.
    """

    ref: str
    due: datetime
    needs: timedelta
    holder: str | None
    language: Language
    takers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody with a list. ``free`` is when she may call back, ``share`` the part of it that she gives to callbacks.

    ``takes`` false: she is absent, and is given nothing.
    """

    name: str
    free: Periods
    share: float
    languages: frozenset[Language]
    takes: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """A ticket that goes from a list (none: the pool) to another, and why."""

    ref: str
    before: str | None
    to: str
    why: Text


@dataclass(frozen=True, slots=True)
class Spread:
    """What is proposed: the ``moves``, and how many tickets become late without and with them.

    ``stay`` tells by ref why others of those asked for stay.
    """

    moves: tuple[Move, ...]
    late_before: int
    late: int
    stay: Mapping[str, Text]


def spread(lots: Sequence[Lot], desks: Mapping[str, Desk], now: datetime) -> Spread:
    """Return who is to take which ticket. The same question has the same answer, in whatever order it is asked.

    A ticket goes to somebody who ``takes`` and speaks its language; if nobody there does, to whoever can keep it.
    """
    table = _Table(lots, desks, now)
    late_before = table.late()
    while (better := table.better()) is not None:
        table.move(better.row, better.to)
    exact = fewest_late(table.packing()) if table.late() else None
    if exact is not None and exact.late < table.late():
        for row, to in enumerate(exact.place):
            table.move(row, to)
    moved = [row for row, lot in enumerate(table.lots) if table.place[row] != lot.holder]
    moves = [Move(table.lots[row].ref, table.lots[row].holder, table.place[row] or "", table.why(row)) for row in moved]
    asked = [row for row, lot in enumerate(table.lots) if lot.takers and row not in moved]
    stay = {table.lots[row].ref: table.stays(row) for row in asked}
    return Spread(tuple(moves), late_before, table.late(), stay)


def late_as_they_lie(lots: Sequence[Lot], desks: Mapping[str, Desk], now: datetime) -> set[str]:
    """Return the fewest tickets (refs) that become late if nothing moves; those of a pool, and of whom nobody knows, do."""
    table = _Table(lots, desks, now)
    return {ref for person in table.lists for ref in table.given_up(person)}


class _Step(NamedTuple):
    """A move that helps; the least is made. ``gain`` and ``room`` are negative, so that the greatest comes first."""

    gain: int
    row: int
    room: int
    to: str


class _Table:
    """Which ticket lies where, and how many of each list become late; what a move changes is kept until it is made.

    Tickets are row numbers in the order of their due moments, time is whole microseconds.
    """

    def __init__(self, lots: Sequence[Lot], desks: Mapping[str, Desk], now: datetime) -> None:
        self.lots = sorted(lots, key=lambda lot: (lot.due, lot.ref))
        self.desks, self.start = desks, now
        self.needs = [lot.needs // TICK for lot in self.lots]
        # The pool, and whoever the office no longer knows, have no time.
        self.time = {lot.holder: [0] * len(self.lots) for lot in self.lots} | {
            person: [round(length(until(desk.free, now, lot.due)) // TICK * desk.share) for lot in self.lots]
            for person, desk in sorted(desks.items())
        }
        self.place = [lot.holder for lot in self.lots]
        self.lists: dict[str | None, list[int]] = {one: [] for one in self.time}
        for row, holder in enumerate(self.place):
            self.lists[holder].append(row)
        self.takers = [self._who_may_take(row) for row in range(len(self.lots))]
        self._late: dict[tuple[str | None, int, int], int] = {}

    def late(self) -> int:
        """Return how many tickets become late as they lie."""
        return sum(self.late_on(person) for person in self.lists)

    def given_up(self, person: str | None) -> list[str]:
        """Return which tickets (refs) of a list become late."""
        return self._given_up(person, self.lists[person])

    def late_on(self, person: str | None, less: int = -1, more: int = -1) -> int:
        """Return how many tickets of a list become late, without one of them or with one more (rows)."""
        asked = (person, less, more)
        if asked not in self._late:
            rows = self.lists[person]
            if more >= 0:
                rows = sorted([*rows, more])
            self._late[asked] = len(self._given_up(person, [row for row in rows if row != less]))
        return self._late[asked]

    def better(self) -> "_Step | None":
        """Return the move that saves most tickets, none if no move saves any; among equals the first due, to whom has most room."""
        return min(self._steps(), default=None)

    def move(self, row: int, to: str | None) -> None:
        """Let a ticket lie elsewhere."""
        before, self.place[row] = self.place[row], to
        self.lists[before].remove(row)
        insort(self.lists[to], row)
        self._late = {asked: late for asked, late in self._late.items() if asked[0] not in (before, to)}

    def packing(self) -> Packing:
        """Return the question for the exact answer: from where the tickets lay at first."""
        held = [lot.holder for lot in self.lots]
        may = [tuple(dict.fromkeys([holder, *self.takers[row]])) for row, holder in enumerate(held)]
        return Packing(self.needs, held, may, self.time)

    def room(self, person: str, row: int) -> int:
        """Return how much callback time somebody has left before a ticket is due, after all of hers due by then."""
        return self.time[person][row] - sum(self.needs[one] for one in self.lists[person] if one <= row)

    def why(self, row: int) -> Text:
        """Return why a ticket goes where it is to lie, in words for the colleagues."""
        lot, to = self.lots[row], self.place[row] or ""
        desk = self.desks[to]
        minutes = max(0, self.room(to, row) * TICK // MINUTE)
        was = self.desks[lot.holder].name if lot.holder and lot.holder in self.desks else lot.holder
        if lot.holder is None:
            said = Text("Es lag noch bei niemandem.", "Nobody had it yet.")
        elif not self.time[lot.holder][row]:
            said = Text(
                f"{was} hat vor Ablauf der Zusage keine Zeit für Rückrufe.",
                f"{was} has no time for callbacks before the promise runs out.",
            )
        else:
            said = Text(f"Bei {was} liegt mehr, als zu schaffen ist.", f"{was} has more than can be done.")
        speaks = lot.language is not Language.GERMAN and lot.language in desk.languages
        de, en = (" und spricht die Sprache", " and speaks the language") if speaks else ("", "")
        return Text(
            f"{said.de} {desk.name} ist rechtzeitig da{de}; nach allem, was vorher fällig ist, bleiben {minutes} Minuten.",
            f"{said.en} {desk.name} is there in time{en}; after all that is due before, {minutes} minutes are left.",
        )

    def stays(self, row: int) -> Text:
        """Return why a ticket stays that was asked for."""
        lot = self.lots[row]
        if lot.due <= self.start:
            return Text("Die Zusage ist schon gebrochen; Verteilen hilft nicht mehr.", "The promise is broken already.")
        if lot.ref not in self.given_up(lot.holder):
            return Text("Es ist dort zu schaffen, wo es liegt.", "It can be done where it lies.")
        return Text("Niemand, der da ist, hat rechtzeitig Zeit dafür.", "Nobody who is there has time for it in time.")

    def _given_up(self, person: str | None, rows: Sequence[int]) -> list[str]:
        time = self.time[person]
        return given_up((self.lots[row].ref, time[row], self.needs[row]) for row in rows)

    def _who_may_take(self, row: int) -> list[str]:
        lot = self.lots[row]
        if lot.due <= self.start:
            return []
        there = [
            one for one in sorted(self.desks) if one in lot.takers and self.desks[one].takes and self.time[one][row]
        ]
        return [one for one in there if lot.language in self.desks[one].languages] or there

    def _steps(self) -> Iterator[_Step]:
        for row, takers in enumerate(self.takers):
            here = self.place[row]
            gain = self.late_on(here) - self.late_on(here, less=row) if takers else 0
            for to in takers if gain > 0 else ():
                won = gain - (self.late_on(to, more=row) - self.late_on(to)) if to != here else 0
                if won > 0:
                    yield _Step(-won, row, self.needs[row] - self.room(to, row), to)
