"""On whose desk does a ticket lie?

The person responsible, while she is there in time; else who stands in for her: her deputies, the unit's pool, a duty
officer, the team leader. So an open ticket is always with somebody who is or will be there in time, unless the office
has nobody, which is said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from erreichbar.office.model import Office
from erreichbar.office.periods import common, length
from erreichbar.office.text import Text
from erreichbar.promise import duty, holding
from erreichbar.promise.duty import Turn
from erreichbar.promise.ladder import Ladder, needed_by
from erreichbar.promise.presence import LOOK_AHEAD, Roster
from erreichbar.promise.urgent import running, sooner
from erreichbar.record.words import Role

NEEDED = timedelta(minutes=10)
"""So much free time somebody must have before the limit to count as there in time: one callback. Assumption."""
MOMENT = timedelta(milliseconds=1)
"""If nobody has so much, any time is better than none."""
_NEEDED_MS = NEEDED // MOMENT


class Level(StrEnum):
    """In what capacity somebody holds a ticket; in this order they are asked."""

    RESPONSIBLE = "responsible"
    DEPUTY = "deputy"
    POOL = "pool"
    DUTY_OFFICER = "duty_officer"
    TEAM_LEADER = "team_leader"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Holder:
    """On whose desk a ticket lies: a ``person`` (id), none only if the office has nobody within four weeks.

    ``in_time`` says whether she is free before the limit, ``free_from`` when she is free first (UTC), ``why`` whom she
    stands in for and why, in words for the colleagues.
    """

    person: str | None
    level: Level
    in_time: bool
    free_from: datetime | None
    why: Text


def holder(
    office: Office,
    roster: Roster,
    *,
    unit: str,
    responsible: str | None,
    now: datetime,
    limit: datetime | None,
    open_tickets: Mapping[str, int] | None = None,
    present: str | None = None,
    stays: bool = False,
    at_once: bool = False,
    urgent: str | None = None,
) -> Holder:
    """Return who is to hold a ticket of a unit from ``now`` on.

    The first in order who has ten free minutes before the ``limit`` (none: the promise is broken already), else the
    first who has any; if nobody has, whoever is free first. Who is absent for the rest of the day is asked last, even if
    she will be back in time. ``responsible`` none is the unit's pool. In the pool who holds it now (``present``, id) goes
    first, then the fewest ``open_tickets``, so that no ticket wanders. It ``stays`` with who holds it while she is there in
    time, even if somebody before her has come back. ``at_once``: of those in time, who is there now goes first. ``urgent``
    is the contact reason of a matter for the duty office, none for every other: see ``candidates``.
    """
    order = list(candidates(office, unit, responsible, open_tickets or {}, present, urgent=urgent, at=now))
    if stays:
        order.sort(key=lambda one: one[0] != present)
    if limit is not None:
        last, before, since = list[bool](), list[int](), list[datetime]()
        for person, level in order:
            last.append(roster.away_today(person, now) or (at_once and not roster.presence(person, now).here))
            free_then = common(roster.free(person, now, now + LOOK_AHEAD), ((now, limit),))
            before.append(length(free_then) // MOMENT)
            since.append(free_then[0][0] if free_then else now)
            # Nearly always the first who is asked will do, so the others are looked at only when it is their turn.
            if holding.will_do(last[-1], before[-1], _NEEDED_MS):
                why = _why(office, unit, responsible, level, in_time=True)
                return Holder(person, level, True, since[-1], why)
        place = holding.in_time(last, before, len(order), _NEEDED_MS)
        if place >= 0:
            person, level = order[place]
            why = _why(office, unit, responsible, level, in_time=True)
            return Holder(person, level, True, since[place], why)
    free = [roster.free(person, now, now + LOOK_AHEAD) for person, _ in order]
    place = holding.soonest([(one[0][0] - now) // MOMENT if one else -1 for one in free], len(order))
    if place < 0:
        return Holder(None, Level.NOBODY, False, None, nobody(office, unit))
    person, level = order[place]
    return Holder(person, level, False, free[place][0][0], _why(office, unit, responsible, level, in_time=False))


def holder_of(
    office: Office,
    roster: Roster,
    *,
    unit: str,
    responsible: str | None,
    opened: datetime,
    due: datetime,
    last_chance: datetime | None,
    now: datetime,
    open_tickets: Mapping[str, int],
    present: str | None = None,
    urgent: str | None = None,
    decide_by: datetime | None = None,
) -> Holder:
    """Return who is to hold a ticket, by how much of its time is over: the ladder says by when she must be there.

    ``present`` is who holds it now. Whether it stays with her or returns once somebody before her is back is the
    office's rule. An ``urgent`` one (contact reason) has its own date, too: the last staffed minute before it is ``decide_by``.
    """
    steps = Ladder.of(office).moments(office.calendar_of(unit), opened, due, sooner(last_chance, decide_by))
    limit, at_once = needed_by(steps, running(last_chance, decide_by, now), now)
    return holder(
        office, roster, unit=unit, responsible=responsible, now=now, limit=limit, open_tickets=open_tickets,
        present=present, stays=not office.keeping.returns, at_once=at_once, urgent=urgent,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Readiness:
    """How soon somebody can make a callback: whether she is ``here``, and (UTC) from when ten free minutes will have been.

    ``ready`` none: an absence takes the rest of her day, or she has no such time in the next four weeks. ``free_from`` is when
    she is free first, if only for a moment; none: not in these four weeks.
    """

    here: bool
    ready: datetime | None
    free_from: datetime | None


def readiness(roster: Roster, person: str, now: datetime) -> Readiness:
    """Return how soon somebody can make a callback.

    Who is asked first for a ticket and is ``ready`` by its limit (and ``here``, if that is asked) holds it by ``holder``,
    without anybody else being looked at; so does, of a ticket that is late, who is asked first and ``free_from`` no later than
    anybody else.
    """
    presence = roster.presence(person, now)
    if roster.away_today(person, now):
        return Readiness(presence.here, None, presence.free_from)
    left = NEEDED
    for start, end in roster.free(person, now, now + LOOK_AHEAD):
        if end - start >= left:
            return Readiness(presence.here, start + left, presence.free_from)
        left -= end - start
    return Readiness(presence.here, None, presence.free_from)


def candidates(
    office: Office,
    unit: str,
    responsible: str | None,
    open_tickets: Mapping[str, int],
    present: str | None = None,
    *,
    urgent: str | None = None,
    at: datetime | None = None,
) -> Iterator[tuple[str, Level]]:
    """Return who may hold a ticket of a unit, each once, in the order in which they are asked.

    With an ``urgent`` one (its contact reason) those who decide at the moment ``at`` come right after who is responsible.
    """
    seen: set[str] = set()
    first = _deciders(office, unit, urgent, at) if urgent is not None and at is not None else ()
    for person, level in _in_order(office, unit, responsible, open_tickets, present, first):
        if person not in seen and person in office.people:
            seen.add(person)
            yield person, level


def _in_order(
    office: Office,
    unit: str,
    responsible: str | None,
    open_tickets: Mapping[str, int],
    present: str | None,
    first: Iterable[tuple[str, Level]],
) -> Iterator[tuple[str, Level]]:
    if responsible is not None:
        yield responsible, Level.RESPONSIBLE
    yield from first
    if responsible is not None:
        yield from ((person, Level.DEPUTY) for person in _deputies(office, responsible))
    pool = office.in_role(Role.CASE_WORKER, unit)
    level = Level.POOL if responsible is not None else Level.RESPONSIBLE
    fewest = sorted(pool, key=lambda person: (person.id != present, open_tickets.get(person.id, 0)))
    yield from ((person.id, level) for person in fewest)
    officers = office.in_role(Role.DUTY_OFFICER)
    yield from ((person.id, Level.DUTY_OFFICER) for person in sorted(officers, key=lambda one: one.unit != unit))
    leader = office.units[unit].leader
    if leader is not None:
        yield leader, Level.TEAM_LEADER
        yield from ((person, Level.TEAM_LEADER) for person in _deputies(office, leader))
    yield from ((person.id, Level.TEAM_LEADER) for person in office.in_role(Role.TEAM_LEADER))


def _deciders(office: Office, unit: str, reason: str, at: datetime) -> Iterator[tuple[str, Level]]:
    for person, turn in duty.order(office, at, unit=unit, reason=reason):
        yield person, Level.TEAM_LEADER if turn is Turn.LEADER else Level.DUTY_OFFICER


def _deputies(office: Office, person: str) -> Iterator[str]:
    """Return the deputy, her deputy, and so on, until one comes again."""
    seen = {person}
    known = office.people.get(person)
    while known is not None and known.substitute is not None and known.substitute not in seen:
        yield known.substitute
        seen.add(known.substitute)
        known = office.people.get(known.substitute)


def _why(office: Office, unit: str, responsible: str | None, level: Level, *, in_time: bool) -> Text:
    name = office.units[unit].name
    known = office.people.get(responsible or "")
    if level is Level.RESPONSIBLE and known is not None and known.role is Role.DUTY_OFFICER:
        why = Text(f"{_LEVELS[Level.DUTY_OFFICER].de} ({name.de})", f"{_LEVELS[Level.DUTY_OFFICER].en} ({name.en})")
    elif responsible is None and level in (Level.DUTY_OFFICER, Level.TEAM_LEADER):
        why = Text(f"{_LEVELS[level].de} ({name.de})", f"{_LEVELS[level].en} ({name.en})")
    elif responsible is None or level is Level.RESPONSIBLE:
        why = name
    else:
        absent = known.name if known else responsible
        why = Text(
            f"{_LEVELS[level].de} für {absent}, zurzeit nicht da ({name.de})",
            f"{_LEVELS[level].en} for {absent}, who is not there ({name.en})",
        )
    if in_time:
        return why
    return Text(
        f"{why.de}. Vor Ablauf der Zusage ist niemand da, danach zuerst sie oder er.",
        f"{why.en}. Nobody is there before the promise runs out, and this person is the first afterwards.",
    )


def nobody(office: Office, unit: str) -> Text:
    """Return what is said of a ticket for which the office has nobody."""
    name = office.units[unit].name
    return Text(
        f"Für {name.de} ist in den nächsten vier Wochen niemand eingetragen, der zurückrufen darf. "
        "Bitte die Leitung verständigen.",
        f"For {name.en} nobody who may call back is entered in the next four weeks. Please tell the management.",
    )


_LEVELS = {
    Level.DEPUTY: Text("Vertretung", "Deputy"),
    Level.POOL: Text("Team", "Team"),
    Level.DUTY_OFFICER: Text("Tagesdienst", "Duty office"),
    Level.TEAM_LEADER: Text("Teamleitung", "Team lead"),
}
