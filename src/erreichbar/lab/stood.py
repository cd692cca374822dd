"""How an office stood at a moment, read from its record, so that the loop can go on from there."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from erreichbar.lab.engine.planning import ANNOUNCEMENT_MS
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.standing import OpenTicket, Standing, Tried
from erreichbar.lab.engine.state import (
    NOBODY,
    R_DIRECT,
    R_DIRECTION,
    R_DIVERTED,
    R_MISDIRECTED,
    R_OPEN,
    R_REASON,
    R_RING_BACK,
    R_SEAT,
    R_TICKET,
    R_WITHHELD,
)
from erreichbar.lab.engine.tables import COLUMNS
from erreichbar.lab.engine.under_way import AtSeat
from erreichbar.record.tables import Tables
from erreichbar.record.words import AttemptOutcome, CallOutcome, Direction, code
from erreichbar.traffic.behaviour import Behaviour, behaviour, calls_again_ms, rings_back_ms
from erreichbar.traffic.further import NEUTRAL, Further, calls_after_missed_ms
from erreichbar.traffic.parameters import Parameters

_INBOUND, _CALLBACK = code(Direction.INBOUND), code(Direction.CALLBACK)
_ABANDONED, _TURNED_AWAY = code(CallOutcome.ABANDONED), code(CallOutcome.TURNED_AWAY)
_REACHED, _WRONG_NUMBER = code(AttemptOutcome.REACHED), code(AttemptOutcome.WRONG_NUMBER)


@dataclass(frozen=True, slots=True)
class Besides:
    """What no record of an office holds: whose draws things follow, and how many of them have been taken.

    By contact (row): ``citizen`` (−1: what follows from it is left out) and ``nth`` of her calls; ``seat`` of who made a callback (−1: not
    known). ``place`` of each citizen in the population; ``telephone``: citizens who have one. By ticket: ``matter`` (citizen, which of
    hers), for those that are followed, and ``holder`` (−1: the pool; not named: who is responsible). ``seats``: so often it rang at each,
    so many pieces of case work were begun there.
    """

    citizen: Ints
    nth: Ints
    seat: Ints
    place: Mapping[int, int]
    telephone: Set[int]
    matter: Mapping[int, tuple[int, int]]
    holder: Mapping[int, int] = field(default_factory=dict)
    seats: Mapping[int, AtSeat] = field(default_factory=dict)


def stood(
    tables: Tables,
    now: int,
    parameters: Parameters,
    besides: Besides,
    seed: int,
    replication: int = 0,
    *,
    further: Further = NEUTRAL,
    attempts: int = 0,
) -> Standing:
    """Return how the office stood at the beginning of the millisecond ``now``, but for contacts that were under way.

    ``tables``: of all that began before, at least; moments in ms since the start of the run that is to go on. ``attempts``: how many were
    promised by then (0: not known, nobody calls after the last).
    """
    contacts = tables.contacts.filter(pl.col("start") < now).to_dicts()
    mine = [(row, int(besides.citizen[row["contact"]])) for row in contacts]
    mine = [(row, citizen) for row, citizen in mine if citizen >= 0]
    called = [citizen for citizen, _ in besides.matter.values()]
    called += [citizen for row, citizen in mine if row["direction"] == _INBOUND]
    persons = _persons(tables, now, besides)
    followed = tables.tickets.filter(open_at(now), pl.col("ticket").is_in([*besides.matter]))["ticket"].to_list()
    given = _Draws(behaviour(parameters), further, seed, replication, attempts)
    return Standing(
        now,
        tickets=list(_tickets(tables, contacts, now, besides, persons)),
        persons=[*persons],
        last={besides.place[citizen] // 2: citizen for citizen in called if citizen in besides.telephone},
        made=Counter(citizen for _, citizen in mine),
        coming=list(_coming(contacts, now, besides, given, followed)),
        seats=besides.seats,
    )


def _persons(tables: Tables, now: int, besides: Besides) -> dict[int, int]:
    """Return places of those recorded, with their numbers in the run: in the order of those in the tables."""
    found = dict[int, int]()
    for row in tables.tickets.select("person", "ticket").iter_rows(named=True):
        if row["ticket"] in besides.matter:
            found[row["person"]] = besides.place[besides.matter[row["ticket"]][0]]
    if tables.matters is not None:
        for row in tables.matters.filter(pl.col("contact") >= 0).to_dicts():
            citizen = int(besides.citizen[row["contact"]])
            if citizen >= 0 and row["person"] >= 0 and tables.contacts["ended"][row["contact"]] < now:
                found[row["person"]] = besides.place[citizen]
    return {found[person]: number for number, person in enumerate(sorted(found))}


def _tickets(
    tables: Tables, contacts: list[dict[str, Any]], now: int, besides: Besides, persons: Mapping[int, int]
) -> Iterator[OpenTicket]:
    attempts, ring_backs = defaultdict[int, list[Tried]](list), Counter[int]()
    for row in contacts:
        if row["direction"] == _CALLBACK and 0 <= row["ended"] < now and row["attempt_outcome"] >= 0:
            seat = int(besides.seat[row["contact"]])
            attempts[row["ticket"]].append(Tried(row["start"], row["attempt_outcome"], seat))
        elif row["direction"] == _INBOUND and row["ended"] < now:
            ring_backs[row["ticket"]] += 1
    open_then = tables.tickets.filter(open_at(now), pl.col("ticket").is_in([*besides.matter]))
    for row in open_then.to_dicts():
        number, reached = row["ticket"], 0 <= row["reached"] < now
        citizen, nth = besides.matter[number]
        yield OpenTicket(
            citizen=citizen,
            nth=nth,
            person=persons[besides.place[citizen]],
            holder=besides.holder.get(number),
            opened=row["opened"],
            chance=row["last_chance"],
            attempts=attempts[number],
            attempted=row["attempted"] if row["attempted"] < now else NOBODY,
            reached=row["reached"] if reached else NOBODY,
            with_whom=row["with_whom"] if reached else NOBODY,
            without_contact=int(reached and row["without_contact"]),
            ring_backs=ring_backs[number],
        )


def written(contact: Mapping[str, Any], reasons: Sequence[str], tickets: Sequence[int], seat: int) -> dict[int, int]:
    """Return what the loop has written of a contact that is under way. ``tickets``: those that it follows, by number in the tables."""
    row = {place: int(contact[name]) for name, place in COLUMNS.items()}
    for place in (R_RING_BACK, R_TICKET):
        row[place] = tickets.index(row[place]) if row[place] in tickets else NOBODY
    return row | {
        R_OPEN: int(contact["in_service_hours"]),
        R_WITHHELD: int(contact["number_withheld"]),
        R_DIRECTION: contact["direction"],
        R_REASON: reasons.index(contact["reason"]) if contact["reason"] else NOBODY,
        R_SEAT: seat,
        **dict.fromkeys((R_DIRECT, R_DIVERTED, R_MISDIRECTED), 0),
    }


def open_at(now: int) -> pl.Expr:
    """Return whether a ticket was open at a moment."""
    return (pl.col("opened") < now) & ((pl.col("closed") < 0) | (pl.col("closed") >= now))


class _Draws(NamedTuple):
    """By what is drawn who calls again; ``attempts``: how many were promised."""

    behaviour: Behaviour
    further: Further
    seed: int
    replication: int
    attempts: int


def _coming(
    contacts: list[dict[str, Any]], now: int, besides: Besides, given: _Draws, followed: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """Return when those will call who gave up or were turned away, or missed a callback, by their draws."""
    made = Counter[int]()
    for row in contacts:
        citizen, ended, after, about = int(besides.citizen[row["contact"]]), row["ended"], NOBODY, NOBODY
        key = given.seed, given.replication, citizen, int(besides.nth[row["contact"]])
        made[row["ticket"]] += row["direction"] == _CALLBACK
        if row["outcome"] == _TURNED_AWAY:
            ended += ANNOUNCEMENT_MS
        if citizen < 0 or not 0 <= ended < now:
            continue
        if row["direction"] == _INBOUND and row["outcome"] in (_ABANDONED, _TURNED_AWAY):
            after = calls_again_ms(given.behaviour, *key)
        elif row["direction"] == _CALLBACK and row["attempt_outcome"] != _REACHED:
            if row["attempt_outcome"] != _WRONG_NUMBER:
                after = rings_back_ms(given.behaviour, *key, row["presented"])
            if after < 0 and 0 < given.attempts <= made[row["ticket"]] and row["ticket"] in followed:
                citizen, about = besides.matter[row["ticket"]][0], followed.index(row["ticket"])
                calls = sum(one["start"] <= ended and besides.citizen[one["contact"]] == citizen for one in contacts)
                after = calls_after_missed_ms(given.further, given.seed, given.replication, citizen, calls)
        if after >= 0 and ended + after >= now:
            yield ended + after, citizen, about
