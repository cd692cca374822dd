"""What a desk asks: the call at one's seat, the queue, what was asked of the telephone, a citizen's last contacts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q

from erreichbar.centre import clock, sight
from erreichbar.centre.errors import NotAllowed, Refused, refused_from_json
from erreichbar.centre.models import Attempt, Call, CallState, Command, Matter, Person, Seat, Ticket, User
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.record.words import Role, SeatState

REFUSAL_SHOWN = timedelta(seconds=30)
"""How long a desk says why the telephone did not do what was asked."""
CONTACTS_SHOWN = 5
_WAITS = Q(ended_at=None) | Q(connected_at__isnull=False)
"""A callback that goes on, or was answered; one that never left the office waits for no outcome."""


class Queue(NamedTuple):
    """How many citizens wait, and since when the first of them has waited (none: nobody waits)."""

    waiting: int
    first_since: datetime | None


class Asked(NamedTuple):
    """What somebody last asked of the telephone: whether it is still to be done, and why it was not, if so."""

    kind: str
    pending: bool
    refused: Refused | None
    written_at: datetime


def queue() -> Queue:
    """Return who waits for an agent, those at whose agent it rings included."""
    waiting = Call.objects.filter(state__in=[CallState.WAITING, CallState.RINGING])
    return Queue(**waiting.aggregate(waiting=Count("pk"), first_since=Min("arrived_at")))


def call_at(user: User) -> Call | None:
    """Return the citizen's call that rings at somebody's seat or is being talked in, none if there is none."""
    return (
        Call.objects.select_related("person", "ring_back_of")
        .filter(user=user, state__in=[CallState.RINGING, CallState.TALKING])
        .first()
    )


class Rings(NamedTuple):
    """What rings or is being talked in at a seat: a call's reference, its state, the ticket it is taken to answer (primary key)."""

    call: str
    state: str
    ring_back_of: int | None


def rings_at(user: User) -> Rings | None:
    """Return in short what ``call_at`` returns: every part of a page asks it after every event."""
    calls = Call.objects.filter(user=user, state__in=[CallState.RINGING, CallState.TALKING])
    found = calls.order_by("pk").values_list("ref", "state", "ring_back_of").first()
    return Rings(*found) if found else None


def at_seats() -> dict[int, list[tuple[object, ...]]]:
    """Return, by the user's primary key, what tells one state of a seat from another: its own, its call, callback and command.

    Nothing of it is fit to be shown. Four questions, for all seats together.
    """
    found: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    seats = Seat.objects.order_by("pk").values_list("user", "state", "since", "call", "wraps_up", "automatic")
    live = Call.objects.filter(user__isnull=False, state__in=[CallState.RINGING, CallState.TALKING]).order_by("pk")
    calls = live.values_list("user", "ref", "state", "ring_back_of", "person", "checks", "joined")
    callbacks = Attempt.objects.filter(_WAITS, outcome=None).order_by("pk")
    attempts = callbacks.values_list("user", "ref", "state", "ticket__closed_at")
    commands = Command.objects.filter(handled_at=None).order_by("pk").values_list("user", "pk")
    rows: Iterable[tuple[Any, ...]] = chain(seats, calls, attempts, commands)
    for user, *state in rows:
        found[user].append(tuple(state))
    return dict(found)


def waiting_attempt(user: User) -> tuple[str, str, bool] | None:
    """Return in short what ``attempt_of`` returns: references of callback and ticket, and whether the ticket is open."""
    mine = Attempt.objects.filter(_WAITS, user=user, outcome=None).order_by("pk")
    columns = ("ref", "ticket__ref", "ticket__closed_at", "ended_at", "connected_at", "started_at")
    rows = list(mine.values_list(*columns))
    going_on = [row for row in rows if row[3] is None]
    answered = sorted((row for row in rows if row[4] is not None), key=lambda row: row[5], reverse=True)
    for ref, ticket, closed, *_ in [*going_on, *answered][:1]:
        return ref, ticket, closed is None
    return None


def asked(user: User) -> Asked | None:
    """Return what somebody last asked of the telephone, if it is still to be done or was refused a moment ago."""
    last = Command.objects.filter(user=user).order_by("-id").first()
    if last is None:
        return None
    pending = last.handled_at is None
    fresh = last.handled_at is not None and clock.now() <= last.handled_at + REFUSAL_SHOWN
    if not pending and not (last.refused and fresh):
        return None
    return Asked(last.kind, pending, refused_from_json(last.refused) if last.refused else None, last.written_at)


def seats_at_work() -> int:
    """Return how many agents are at their telephone, in whatever state but signed off or in pause."""
    away = [SeatState.OFF, SeatState.PAUSE]
    return Seat.objects.filter(user__role=Role.AGENT).exclude(state__in=away).count()


def matters_of(user: User, call: Call) -> list[Matter]:
    """Return the matters of a call in front of somebody, as they came up. Raises ``NotAllowed`` for another's call."""
    if not sight.is_in_front(user, call, clock.now()):
        raise NotAllowed("Das ist nicht Ihr Gespräch.", "This is not your conversation.")
    return list(call.matters.select_related("ticket__holder", "person").order_by("raised_at", "pk"))


def last_contacts(user: User, call: Call, person: Person) -> list[Matter]:
    """Return what a citizen, identified in this call, brought up before it, the latest first. Raises ``NotAllowed``."""
    if call.person_id != person.pk or not sight.is_in_front(user, call, clock.now()):
        raise NotAllowed("Das geht nur im Gespräch mit dieser Person.", "Only in the conversation with this person.")
    before = Matter.objects.filter(person=person).exclude(call=call).select_related("ticket")
    return list(before.order_by("-raised_at", "-pk")[:CONTACTS_SHOWN])


def attempt_of(user: User) -> Attempt | None:
    """Return the callback that somebody is making, or has made and not said what came of it; none if there is none."""
    mine = Attempt.objects.filter(user=user, outcome=None).select_related("ticket", "person")
    going_on = mine.filter(ended_at=None).first()
    return going_on or mine.filter(connected_at__isnull=False).order_by("-started_at").first()


def attempts_of(user: User, ticket: Ticket) -> list[Attempt]:
    """Return the attempts of a ticket that somebody deals with, first to last.

    A callback that never left the office is none.
    """
    sight.require_work_on(user, ticket, office_in_force())
    attempts = ticket.attempts.exclude(connected_at=None, outcome=None, ended_at__isnull=False)
    return list(attempts.order_by("started_at", "pk"))
