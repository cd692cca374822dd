"""Who decides urgent matters now, who does next?

The duty roster names an officer and her deputy; single days go before the week. Of those who may decide about the matter the
first who is there decides: officer, deputy, the other duty officers, the team leaders.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from erreichbar.office import moments
from erreichbar.office.deciding import Duty
from erreichbar.office.hours import MINUTES_A_DAY, Hours
from erreichbar.office.model import Office
from erreichbar.office.text import Text
from erreichbar.promise import words
from erreichbar.promise.presence import Roster
from erreichbar.record.words import Role

LOOK_AHEAD = timedelta(days=28)
"""How far ahead the roster is read for who is on duty next."""
_WHOLE_DAY: Hours = ((0, MINUTES_A_DAY),)


class Turn(StrEnum):
    """In what capacity somebody is asked to decide; in this order they are asked."""

    OFFICER = "officer"
    DEPUTY = "deputy"
    OTHER_OFFICER = "other_officer"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of the duty roster in UTC, its end not included."""

    start: datetime
    end: datetime
    duty: Duty


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who (id) decides now, none if nobody is there, ``turn`` in what capacity, ``why`` in words.

    ``then`` stands in for her now. ``until`` is the end of the shift, none outside one. ``next`` is who is asked next and
    from when (UTC): whoever is there first if nobody is now, else whose shift comes next; none if nobody is within four weeks.
    """

    person: str | None
    turn: Turn | None
    why: Text
    then: str | None
    until: datetime | None
    next: tuple[str, datetime] | None


def may_decide(office: Office, person: str, reason: str | None) -> str | None:
    """Return the id of the authority by which somebody may decide about a contact reason, none if by none."""
    for authority in office.authorities.values():
        if person in authority.people and reason in authority.reasons:
            return authority.id
    return None


def shifts(office: Office, start: datetime, end: datetime) -> Iterator[Shift]:
    """Return the shifts that touch ``[start, end)``, in order. On days with lines of their own the week does not count."""
    day = start.astimezone(office.zone).date()
    last = end.astimezone(office.zone).date()
    while day <= last:
        found = []
        for duty in _of(office, day):
            for begin, stop in _hours(duty, day):
                opening = moments.at(day, begin, office.zone)
                closing = moments.at(day, stop, office.zone, end=True)
                if max(opening, start) < min(closing, end):
                    found.append(Shift(opening, closing, duty))
        yield from sorted(found, key=lambda shift: shift.start)
        day += timedelta(days=1)


def shift_at(office: Office, at: datetime) -> Shift | None:
    """Return the shift at a moment, none between shifts."""
    return next(shifts(office, at, at + timedelta(microseconds=1)), None)


def order(
    office: Office, at: datetime, *, unit: str | None = None, reason: str | None = None
) -> list[tuple[str, Turn]]:
    """Return who is asked to decide, each once, in the order in which they are asked.

    Outside the shifts the next one counts. Who may not decide about the ``reason`` is left out, if the office says for it
    who may. Other officers and leaders of the ``unit`` go before those of others. Nobody, if the office has no duty
    officers and does not say who may decide.
    """
    known = office.reasons.get(reason or "")
    named = known is not None and known.decision is not None
    if not named and not office.in_role(Role.DUTY_OFFICER):
        return []
    found: dict[str, Turn] = {}
    for person, turn in _in_order(office, at, unit):
        if person in office.people and (not named or may_decide(office, person, reason)):
            found.setdefault(person, turn)
    return list(found.items())


def on_duty(office: Office, roster: Roster, at: datetime, *, reason: str | None = None) -> OnDuty:
    """Return who decides at a moment, and who does next."""
    asked = order(office, at, reason=reason)
    now = shift_at(office, at)
    until = now.end if now else None
    here = [(person, turn) for person, turn in asked if roster.presence(person, at).here]
    if here:
        (person, turn), then = here[0], here[1][0] if len(here) > 1 else None
        return OnDuty(person, turn, _why(office, now, turn), then, until, _next_shift(office, now, at))
    free = [(roster.presence(person, at).free_from, place, person) for place, (person, _) in enumerate(asked)]
    soonest = min(((when, place, person) for when, place, person in free if when is not None), default=None)
    if soonest is None:
        return OnDuty(None, None, _NOBODY, None, until, None)
    return OnDuty(None, None, _NOBODY_NOW, None, until, (soonest[2], soonest[0]))


def _of(office: Office, day: date) -> list[Duty]:
    single = [duty for duty in office.duty if duty.first and duty.last and duty.first <= day <= duty.last]
    return single or [duty for duty in office.duty if duty.week is not None]


def _hours(duty: Duty, day: date) -> Hours:
    if duty.week is not None:
        return duty.week[day.weekday()]
    return duty.hours or _WHOLE_DAY


def _in_order(office: Office, at: datetime, unit: str | None) -> Iterator[tuple[str, Turn]]:
    shift = shift_at(office, at) or next(shifts(office, at, at + LOOK_AHEAD), None)
    if shift is not None:
        yield shift.duty.officer, Turn.OFFICER
        if shift.duty.deputy is not None:
            yield shift.duty.deputy, Turn.DEPUTY
    officers = office.in_role(Role.DUTY_OFFICER)
    others = Turn.OTHER_OFFICER if shift is not None else Turn.OFFICER
    yield from ((person.id, others) for person in sorted(officers, key=lambda one: one.unit != unit))
    leader = office.units[unit].leader if unit is not None and unit in office.units else None
    if leader is not None:
        yield leader, Turn.LEADER
    yield from ((person.id, Turn.LEADER) for person in office.in_role(Role.TEAM_LEADER))


def _next_shift(office: Office, now: Shift | None, at: datetime) -> tuple[str, datetime] | None:
    start = now.end if now else at
    found = next(shifts(office, start, start + LOOK_AHEAD), None)
    return (found.duty.officer, max(found.start, start)) if found else None


def _why(office: Office, shift: Shift | None, turn: Turn) -> Text:
    if shift is None:
        return _BETWEEN
    end = words.moment(shift.end, office.zone, end=True)
    rostered = (shift.duty.officer, shift.duty.deputy)
    names = [office.people[one].name for one in rostered if one is not None and one in office.people]
    match turn:
        case Turn.OFFICER:
            return Text(f"nach dem Dienstplan, bis {end.de}", f"by the duty roster, until {end.en}")
        case Turn.DEPUTY:
            return Text(f"Vertretung für {names[0]}, zurzeit nicht da", f"deputy for {names[0]}, who is not there")
        case _:
            return Text(f"nicht da: {', '.join(names)}", f"not there: {', '.join(names)}")


_BETWEEN = Text("zurzeit steht niemand im Dienstplan", "at the moment nobody stands in the duty roster")
_NOBODY_NOW = Text("zurzeit ist niemand da, der entscheiden darf", "at the moment nobody is there who may decide")
_NOBODY = Text(
    "in den nächsten vier Wochen ist niemand eingetragen, der entscheiden darf; bitte die Leitung verständigen",
    "in the next four weeks nobody who may decide is entered; please tell the management",
)
