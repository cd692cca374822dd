"""What the floor asks: commands to carry out, and what was going on when it starts."""

from datetime import datetime
from typing import Any, NamedTuple

from erreichbar.access import AccessModel
from erreichbar.access.ring_back import counts_since, ring_back_ticket
from erreichbar.centre.models import Attempt, Call, CallState, Command, Seat, Ticket
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.centre.presenting import presented_to
from erreichbar.office import numbers
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, Language, PresentedNumber, SeatState

_MISSED = [AttemptOutcome.NOT_ANSWERED.value, AttemptOutcome.BUSY.value, AttemptOutcome.VOICEMAIL.value,
           AttemptOutcome.OTHER_PERSON.value]  # fmt: skip
"""A callback with one of these may be what a citizen rings back for."""


class OpenCommand(NamedTuple):
    """A command that waits to be carried out. ``user`` is the id of who asks."""

    id: int
    user: str
    kind: str
    args: dict[str, Any]


class LiveSeat(NamedTuple):
    """A seat that is not off. ``call`` is the reference of its call or attempt."""

    user: str
    state: SeatState
    call: Ref | None
    since: datetime
    automatic: bool


class LiveCall(NamedTuple):
    """A citizen's call that is not over, as far as the database knows."""

    ref: Ref
    arrived_at: datetime
    ring_back_of: Ref | None
    user: str | None
    state: str


class LiveAttempt(NamedTuple):
    """A callback that is not over, as far as the database knows."""

    ref: Ref
    ticket: Ref
    user: str
    state: str


class CallbackTarget(NamedTuple):
    """Whom a callback is to reach."""

    number: str
    language: Language
    presented: PresentedNumber


class RingBack(NamedTuple):
    """The open ticket a call is taken to answer, and who called the citizen last."""

    ticket: Ref
    tried_by: str


def open_commands() -> list[OpenCommand]:
    """Return the commands that wait, oldest first."""
    waiting = Command.objects.filter(handled_at=None).order_by("id")
    return [OpenCommand(*row) for row in waiting.values_list("id", "user__username", "kind", "args")]


def live_seats() -> list[LiveSeat]:
    """Return the seats that are not off."""
    seats = Seat.objects.exclude(state=SeatState.OFF).order_by("user__username")
    return [
        LiveSeat(user, SeatState(state), Ref(call) if call else None, since, automatic)
        for user, state, call, since, automatic in seats.values_list(
            "user__username", "state", "call", "since", "automatic"
        )
    ]


def live_calls() -> list[LiveCall]:
    """Return the calls that are not over, first come first."""
    calls = Call.objects.exclude(state=CallState.ENDED).order_by("arrived_at", "ref")
    columns = ("ref", "arrived_at", "ring_back_of__ref", "user__username", "state")
    return [
        LiveCall(Ref(ref), arrived_at, Ref(ring_back_of) if ring_back_of else None, user, state)
        for ref, arrived_at, ring_back_of, user, state in calls.values_list(*columns)
    ]


def live_attempts() -> list[LiveAttempt]:
    """Return the callbacks that are not over, oldest first."""
    attempts = Attempt.objects.filter(ended_at=None).order_by("started_at", "ref")
    return [
        LiveAttempt(Ref(ref), Ref(ticket), user, state)
        for ref, ticket, user, state in attempts.values_list("ref", "ticket__ref", "user__username", "state")
    ]


def words_of_call(ref: Ref) -> dict[str, Any]:
    """Return what the virtual citizen of a call says; empty for a real one."""
    return Call.objects.filter(ref=ref).values_list("training_words", flat=True).first() or {}


def words_of_attempt(ref: Ref) -> dict[str, Any]:
    """Return what the virtual citizen of a callback says; empty for a real one, and before she answers."""
    return Attempt.objects.filter(ref=ref).values_list("training_words", flat=True).first() or {}


def callback_target(ticket: Ref, wished: PresentedNumber) -> CallbackTarget | None:
    """Return whom to call for a ticket, none if it has no number. ``wished`` is what the access model shows."""
    found = Ticket.objects.filter(ref=ticket).select_related("person").first()
    if found is None or found.number is None:
        return None
    return CallbackTarget(found.number, Language(found.language), presented_to(found.person, wished))


def ring_back(number: str | None, model: AccessModel, at: datetime) -> RingBack | None:
    """Return which missed callback a call from ``number`` is taken to answer, none if it answers none.

    The rule is ``access.ring_back_ticket``; here the open tickets on the number are fetched for it.
    """
    e164 = numbers.signalled(number) if model.rules.ring_back else None
    if e164 is None:
        return None
    missed: dict[int, tuple[datetime, str, str]] = {}
    attempts = Attempt.objects.filter(
        ticket__closed_at=None, ticket__number=e164, outcome__in=_MISSED
    ) | Attempt.objects.filter(ticket__closed_at=None, ticket__person__numbers__e164=e164, outcome__in=_MISSED)
    for ticket, ref, user, started in attempts.values_list(
        "ticket_id", "ticket__ref", "user__username", "started_at"
    ).order_by("started_at", "pk"):
        missed[ticket] = (started, ref, user)
    tickets = [missed[ticket] for ticket in sorted(missed)]
    since = counts_since(office_in_force().calendar, at, model.rules.ring_back_days)
    chosen = ring_back_ticket(model.rules, [_ms(started) for started, _, _ in tickets], _ms(since))
    return None if chosen < 0 else RingBack(Ref(tickets[chosen][1]), tickets[chosen][2])


def waits_for(ticket: Ref, person: Ref) -> bool:
    """Return whether a ticket is open and this citizen's."""
    return Ticket.objects.filter(ref=ticket, person__ref=person, closed_at=None).exists()


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
