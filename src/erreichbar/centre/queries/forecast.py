"""What becomes of the open tickets, as they lie and as everybody is there. It changes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from erreichbar.centre import journal
from erreichbar.centre.models import Ticket, User
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.office_in_force import model_in_force, office_in_force
from erreichbar.centre.queries.kept import Kept
from erreichbar.centre.queries.presence import roster
from erreichbar.centre.queries.tickets import units_of
from erreichbar.office import Office
from erreichbar.office.periods import Periods, joined
from erreichbar.promise import stand_in
from erreichbar.promise.clocks import MINUTE
from erreichbar.promise.forecast import (
    Break,
    Chances,
    Change,
    Habits,
    Learnt,
    More,
    OpenTicket,
    Work,
    chances,
    changes,
    first_break,
    hour_more,
    learn,
)
from erreichbar.promise.presence import LOOK_AHEAD, Entry, Roster
from erreichbar.promise.spreading import Move
from erreichbar.promise.stand_in import Holder
from erreichbar.record.words import Channel


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed when it is asked what would become of the tickets.

    That somebody is absent, has an hour more for callbacks, that tickets lie on other lists.
    """

    absences: tuple[Entry, ...] = ()
    more: tuple[More, ...] = ()
    moves: tuple[Move, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.absences or self.more or self.moves)


AS_IT_IS = Supposed()
_KEPT: "Kept[Forecast]" = Kept(8)
_LEARNT: Kept[Learnt] = Kept(1)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The chances of each open ticket by its ref, the first break that is certain (none: none is), and what it rests on."""

    at: datetime
    chances: dict[str, Chances]
    holders: dict[str, Holder]
    first_break: Break | None
    learnt: Learnt

    def to_json(self, zone: ZoneInfo) -> dict[str, Any]:
        """Return a JSON object; moments ISO 8601 in the office's zone, probabilities 0 to 1."""
        broken = self.first_break
        return {
            "at": _iso(self.at, zone),
            "tickets": [{"ref": ref, **one._asdict()} for ref, one in self.chances.items()],
            "feasible": broken is None,
            "first_break": _iso(broken.at, zone) if broken else None,
            "in_the_way": list(broken.in_the_way) if broken else [],
        }

    def told(self, zone: ZoneInfo) -> str:
        """Return it as a table, and the proof in a sentence."""
        lines = [f"{'ticket':14} attempted  reached  resolved   (probability in time, from {_iso(self.at, zone)})"]
        lines += [f"{ref:14} {a:9.0%} {r:8.0%} {s:9.0%}" for ref, (a, r, s) in self.chances.items()]
        lines += [f"{name}: {text.en}" for name, text in self.learnt.sources.items()]
        broken = self.first_break
        if broken is None:
            lines.append("No break is certain: with everything known beforehand all could be done. That is no promise.")
        else:
            lines.append(
                f"Certain to break by {_iso(broken.at, zone)}: {len(broken.in_the_way)} tickets need {broken.needed} of "
                f"people who have {broken.there}. In the way: {', '.join(broken.in_the_way)}."
            )
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A ``forecast`` and what is different in it for the tickets of some units: see ``compared``."""

    forecast: Forecast
    changes: list[Change]


def compared(user: User, at: datetime, supposed: Supposed = AS_IT_IS) -> Comparison:
    """Return how the tickets of somebody's units stand if something were so, and what that changes for each.

    With nothing supposed, what is told is the change through those who are absent now: as it is, against as if they were in.
    Nothing is written.
    """
    before = forecast_now(at, as_if_in=not supposed)
    after = forecast_now(at, supposed)
    names = {person.id: person.name for person in office_in_force().people.values()}
    why = {move.ref: move.why for move in supposed.moves}
    more = {one.person for one in supposed.more}
    found = changes(before.chances, after.chances, before.holders, after.holders, names, why, more)
    hers = set(Ticket.objects.filter(OPEN, unit__in=units_of(user)).values_list("ref", flat=True))
    return Comparison(after, [one for one in found if one.ref in hers])


def forecast_now(at: datetime, supposed: Supposed = AS_IT_IS, *, as_if_in: bool = False) -> Forecast:
    """Return the same as ``forecast`` from the next whole minute on; drawn once in it while the record is the same.

    The next, not the one that has begun: who has just said that she is not in was in when it began.
    """
    minute = at.replace(second=0, microsecond=0)
    minute += MINUTE if minute < at else timedelta()
    what = (minute, office_in_force().digest, supposed, as_if_in)
    return _KEPT.get(what, lambda: forecast(minute, supposed, as_if_in=as_if_in))


def forecast(
    at: datetime,
    supposed: Supposed = AS_IT_IS,
    *,
    as_if_in: bool = False,
    learnt: Learnt | None = None,
    seed: int = 1,
) -> Forecast:
    """Return what becomes of the open tickets from ``at`` on, if something were ``supposed``.

    ``as_if_in``: as if nobody were absent at the moment. ``learnt`` is by default what the record shows.

    Each ticket lies with whom the house would let it lie then; those of a pool go to who has least. The proof is over
    those not reached yet and still due, each needing a talk of mean length of anybody who may deal with it.
    """
    office, there = office_in_force(), roster(at, as_if_in=as_if_in).with_entries(supposed.absences)
    learnt = learnt or learnt_now()
    tickets = list(Ticket.objects.filter(OPEN).select_related("responsible", "holder").order_by("due_elapsed", "pk"))
    holders = _holders(office, there, tickets, at, {move.ref: move.to for move in supposed.moves})
    people = {holder.person for holder in holders.values() if holder.person}
    able = {unit: _able(office, unit) for unit in {ticket.unit for ticket in tickets}}
    free = {
        person: there.for_callbacks(person, at, at + LOOK_AHEAD)
        for person in people.union(*able.values())
    }  # fmt: skip
    reserved = [person for person in people if office.people[person].callback_hours is not None]
    full: dict[str, Periods] = {}
    for more in supposed.more:
        all_free = there.free(more.person, at, at + LOOK_AHEAD)
        kept = free.get(more.person, ()) if office.people[more.person].callback_hours is not None else None
        full[more.person] = hour_more(all_free, kept, learnt.habits.share, (max(at, more.start), more.end))
        if kept is not None:
            free[more.person] = joined([*kept, *full[more.person]])
    works = [
        Work(ticket.ref, ticket.due_elapsed, needs(learnt.habits, ticket), able[ticket.unit])
        for ticket in tickets
        if ticket.reached_at is None and ticket.due_elapsed > at
    ]
    seen = [_seen(ticket, holders[ticket.ref].person) for ticket in tickets]
    return Forecast(
        at,
        chances(seen, free, at, learnt.habits, reserved=reserved, full=full, seed=seed),
        holders,
        first_break(works, free, at),
        learnt,
    )


def learnt_now() -> Learnt:
    """Return how callbacks go here, by the record as it is."""
    return _LEARNT.get(None, _learn)


def _learn() -> Learnt:
    return learn(journal.record_tables(), Habits(attempts=model_in_force().rules.attempts))


def _iso(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")


def _holders(
    office: Office, there: Roster, tickets: Iterable[Ticket], at: datetime, moved: Mapping[str, str]
) -> dict[str, Holder]:
    held: Counter[str] = Counter()
    found: dict[str, Holder] = {}
    for ticket in tickets:
        to = moved.get(ticket.ref)
        holder = stand_in.holder_of(
            office,
            there,
            unit=ticket.unit,
            responsible=to or (ticket.responsible.username if ticket.responsible else None),
            opened=ticket.opened_at,
            due=ticket.due_elapsed,
            last_chance=ticket.last_chance,
            now=at,
            open_tickets=held,
            present=to or (ticket.holder.username if ticket.holder else None),
            urgent=ticket.reason if ticket.urgent else None,
            decide_by=ticket.decide_by,
        )
        found[ticket.ref] = holder
        if holder.person is not None:
            held[holder.person] += 1
    return found


def _able(office: Office, unit: str) -> frozenset[str]:
    return frozenset(person for person, _ in stand_in.candidates(office, unit, None, {}))


def needs(habits: Habits, ticket: Ticket) -> timedelta:
    """Return how much time a ticket needs: a talk of mean length about its reason."""
    lasting = habits.talk_by_reason.get(ticket.reason, habits.talk)
    return timedelta(minutes=lasting.mean_min)


def _seen(ticket: Ticket, holder: str | None) -> OpenTicket:
    return OpenTicket(
        ref=ticket.ref,
        holder=holder,
        reason=ticket.reason,
        due=ticket.due_elapsed,
        attempts=ticket.attempts_made,
        last_attempt=ticket.last_attempt_at,
        attempted=ticket.attempted_at is not None,
        reached=ticket.reached_at is not None,
        written=ticket.channel != Channel.TELEPHONE,
    )
