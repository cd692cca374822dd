"""The tickets that were open when a day of the record began, and whose they are in a simulation that goes on with them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from erreichbar.lab.engine import preparing
from erreichbar.lab.engine.filed import Filed, Known
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.standing import Standing
from erreichbar.lab.office.draw import Arising
from erreichbar.lab.stood import Besides, open_at, stood
from erreichbar.office import Office, moments, responsibility
from erreichbar.record.tables import CONTACTS, NONE, TICKETS, Column, Tables
from erreichbar.record.words import Channel, code
from erreichbar.traffic import Citizens
from erreichbar.traffic.arrivals import day_number
from erreichbar.traffic.process import PLACES
from erreichbar.traffic.who import MOST_MATTERS, callers, place_of

AT_MOST = timedelta(days=28)
"""Tickets that were opened longer before the day than this are left out: their promise has been kept or broken long ago."""
_MS = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TRIES, _CITIZEN_BITS = 256, 40
"""So often a place is drawn for somebody, until the unit is responsible for her that has her ticket."""
_LENGTHS = ("wait", "talk", "wrap_up", "held_up")


@dataclass(frozen=True, slots=True)
class Theirs:
    """Whose the tickets are in a replication: citizens as ``known``, one for each, and by person of the record the ``places``."""

    known: Known
    places: Mapping[int, int]


class Before:
    """What was open when a day began at ``midnight`` (ms since the Unix epoch): ``tickets``, by number in the record.

    ``first``: the day with whose beginning (``origin``, ms since the Unix epoch) a run must begin so that all of them were opened in it.
    """

    def __init__(self, office: Office, record: Tables, midnight: int) -> None:
        self.office = office
        counted = preparing.counted(office)
        since = midnight - AT_MOST // _MS
        rows = record.tickets.filter(
            open_at(midnight),
            pl.col("opened") >= since,
            pl.col("reason").is_in(counted),
            pl.col("unit").is_in([*office.units]),
        )
        begins = min(rows["opened"].to_list(), default=midnight)
        self.first = (_EPOCH + begins * _MS).astimezone(office.zone).date()
        self.origin = (moments.at(self.first, 0, office.zone) - _EPOCH) // _MS
        self._now = midnight - self.origin
        # Of whom nobody is told is somebody of her own.
        own = pl.when(pl.col("person") < 0).then(NONE - 1 - pl.col("ticket")).otherwise(pl.col("person"))
        self._rows = _counted_from(rows, TICKETS, self.origin).with_columns(person=own)
        self.tickets = self._rows.to_dicts()
        self._contacts = _counted_from(record.contacts.filter(pl.col("start") < midnight), CONTACTS, self.origin)

    def drawn(self, filed: Filed, seed: int, replication: int) -> Theirs:
        """Draw whose they are: of the same person the same citizen's place, of those for whom the unit is responsible."""
        counted = preparing.counted(self.office)
        citizen, count = np.array(self._citizens(), np.int64), len(self.tickets)
        place, reasons = np.zeros(count, np.int64), np.full((count, MOST_MATTERS), NONE, np.int16)
        places, fits = dict[int, int](), self._fits(filed, seed)
        given, households = callers(filed.parameters), filed.run.households
        for nth, row in enumerate(self.tickets):
            reasons[nth, 0] = counted.index(row["reason"])
            if row["person"] not in places:
                tries = (
                    int(place_of(given, seed, replication, int(citizen[nth]) + (again << _CITIZEN_BITS), households))
                    for again in range(_TRIES)
                )
                places[row["person"]] = next((at for at in tries if fits(at, row)), next(tries, 0))
            place[nth] = places[row["person"]]
        opened = np.array([row["opened"] for row in self.tickets], np.int64)
        telephone = np.array([row["channel"] == code(Channel.TELEPHONE) for row in self.tickets], np.int64)
        arising = Arising(citizen, opened, place, np.ones(count, np.int8), reasons)
        return Theirs(Known(arising, self._withheld(), telephone), places)

    def standing(self, filed: Filed, theirs: Theirs, seed: int, replication: int) -> Standing:
        """Return how the office stood when the day began: at midnight nobody is at the telephone."""
        height = max(self._contacts["contact"].to_list(), default=NONE) + 1
        citizen, nth, calls = np.full(height, NONE), np.zeros(height, np.int64), Counter[int]()
        arising, telephone = theirs.known.arising, theirs.known.telephone
        whose = dict(zip(self._rows["ticket"].to_list(), arising.citizen.tolist(), strict=True))
        for contact, ticket in self._about():
            one = whose[ticket]
            citizen[contact], nth[contact] = one, calls[one]
            calls[one] += 1
        besides = Besides(
            citizen, nth, np.full(height, NONE),
            place=dict(zip(arising.citizen.tolist(), arising.place.tolist(), strict=True)),
            telephone=set(arising.citizen[telephone == 1].tolist()),
            matter={ticket: (one, 0) for ticket, one in whose.items()},
        )  # fmt: skip
        return stood(Tables(self._contacts, self._rows), self._now, filed.parameters, besides, seed, replication,
            further=filed.further, attempts=filed.model.rules.attempts)  # fmt: skip

    def _fits(self, filed: Filed, seed: int) -> Callable[[int, Mapping[str, Any]], bool]:
        """Return whether the unit that has a ticket is responsible for somebody."""
        population = Citizens(filed.parameters, self.office, seed).population

        def fits(place: int, row: Mapping[str, Any]) -> bool:
            one = population[place]
            number = one.benefit_unit_number or None
            named = responsibility.responsible(
                self.office, row["reason"], benefit_unit_number=number, family_name=one.family_name
            )
            return bool(named.unit == row["unit"])

        return fits

    def _about(self) -> Iterator[tuple[int, int]]:
        """Return calls in which the tickets were opened, and attempts that nobody has rung back after, with their tickets, in order."""
        tickets = self._rows["ticket"].to_list()
        opened = dict(zip(self._rows["contact"].to_list(), tickets, strict=True))
        back = dict(self._contacts.select("ring_back_of", "start").iter_rows())
        for contact, start, ticket in self._contacts.select("contact", "start", "ticket").iter_rows():
            if contact in opened:
                yield contact, opened[contact]
            elif ticket in tickets and start >= back.get(ticket, start):
                yield contact, ticket

    def _withheld(self) -> Ints:
        """Return of each ticket whether the number was withheld with which it came in, 1 if there is none."""
        shown = dict(self._contacts.select("contact", "number_withheld").iter_rows())
        by_letter = code(Channel.LETTER)
        return np.array([int(shown.get(row["contact"], row["channel"] == by_letter)) for row in self.tickets], np.int64)

    def _citizens(self) -> list[int]:
        """Return numbers for draws of those whose tickets they are: by the day of opening, and their order on it."""
        found, on = [], Counter[int]()
        for row in self.tickets:
            moment = _EPOCH + (row["opened"] + self.origin) * _MS
            key = day_number(moment.astimezone(self.office.zone).date())
            found.append(key * PLACES + on[key])
            on[key] += 1
        return found


def _counted_from(table: pl.DataFrame, columns: Mapping[str, Column], origin: int) -> pl.DataFrame:
    """Return a table whose moments count from ``origin``."""
    moments = [name for name, column in columns.items() if column.unit == "ms" and name not in _LENGTHS]
    return table.with_columns(
        pl.when(pl.col(name) >= 0).then(pl.col(name) - origin).otherwise(pl.col(name)).alias(name) for name in moments
    )
