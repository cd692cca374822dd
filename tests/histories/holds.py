"""What must hold in every history: after each step, and of the whole."""

from collections import Counter
from datetime import timedelta

from erreichbar.centre import actions, journal, refs
from erreichbar.centre.actions.tending import Placing
from erreichbar.centre.models import Attempt, Call, CallState, Message, Person, Seat, Ticket, User
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.queries import desk
from erreichbar.centre.queries.presence import roster
from erreichbar.office.periods import Periods
from erreichbar.post import outbox
from erreichbar.promise.clocks import MINUTE
from erreichbar.promise.presence import LOOK_AHEAD
from erreichbar.promise.stand_in import candidates
from erreichbar.record import events
from erreichbar.record.tables import NONE
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import MessageChannel, MessageKind, Role
from erreichbar.telephone.agenda import to_ms
from tests.histories.history import History
from tests.typed import there


def holds(history: History) -> None:
    """Assert what is true after every step, once what was due in its minute is done."""
    promises_stand()
    if history.floor.book.waiting:
        return  # what waits in the spool is not known yet
    if not history.power.is_away:  # else nothing moves until it is back
        nobody_is_forgotten(history)
        rightly_placed()
    what_goes_on_goes_on(history)
    nobody_is_called_twice()
    what_came_of_it_is_known(history)


def promises_stand() -> None:
    """The parts of a promise are in order."""
    for ticket in Ticket.objects.all():
        in_order = [at for at in (ticket.attempted_at, ticket.reached_at, ticket.resolved_at) if at is not None]
        assert in_order == sorted(in_order)
        assert ticket.reached_at is None or ticket.attempted_at is not None
        assert ticket.resolved_at is None or ticket.reached_at is not None


def due_moments_stay(history: History) -> None:
    """What was promised at opening is what is promised now."""
    columns = ("opened_at", "due_elapsed", "due_service_hours", "due_working_days", "last_chance")
    for ref, *moments in Ticket.objects.values_list("ref", *columns):
        assert history.promised.setdefault(ref, tuple(moments)) == tuple(moments)


def nobody_is_forgotten(history: History) -> None:
    """Every open ticket lies with who is there in time, or the office has nobody and says so."""
    now, office = history.house.clock.now(), history.office
    there = roster(now)
    active = set(User.objects.filter(is_active=True).values_list("username", flat=True))
    known: dict[str, Periods] = {}

    def free(person: str) -> Periods:
        if person not in known:
            known[person] = there.free(person, now, now + LOOK_AHEAD) if person in active else ()
        return known[person]

    for ticket in Ticket.objects.filter(OPEN).exclude(pk__in=busy()).select_related("holder", "responsible"):
        responsible = ticket.responsible.username if ticket.responsible else None
        able = [one for one, _ in candidates(office, ticket.unit, responsible, {})]
        if not any(free(one) for one in able):
            assert ticket.nobody
            continue
        assert not ticket.nobody
        pool = [one.id for one in office.in_role(Role.CASE_WORKER, ticket.unit)]
        holders = [ticket.holder.username] if ticket.holder else pool
        # Who holds it can call before the last chance, or nobody who may deal with it can.
        if ticket.last_chance is not None and now <= ticket.last_chance:
            end = ticket.last_chance + MINUTE
            in_time = {one for one in able if free(one) and free(one)[0][0] < end}
            assert not in_time or in_time & set(holders), (history.name(ticket.ref), holders, in_time)
        else:
            assert any(free(one) for one in holders), (history.name(ticket.ref), holders)


def busy() -> list[int]:
    """Return the tickets that stay where they are, because somebody is calling about them or talking of them."""
    calling = Attempt.objects.filter(ended_at=None).values_list("ticket", flat=True)
    talking = Call.objects.filter(state=CallState.TALKING, user__role=Role.CASE_WORKER, person__isnull=False)
    return [*calling, *Ticket.objects.filter(person__in=talking.values("person")).values_list("pk", flat=True)]


def rightly_placed() -> None:
    """Looking at every ticket, not only at those that may have to move, would move none."""
    placing = Placing(actions.TendTickets(key=f"test.{refs.new_ref()}"))
    for ticket in Ticket.objects.filter(OPEN).exclude(pk__in=busy()).select_related("holder", "responsible"):
        assert not placing.place(ticket), ticket.assigned_why


def what_goes_on_goes_on(history: History) -> None:
    """Calls and callbacks that are not over for the house are there on the line, and at the seat that has them."""
    live = {*Call.objects.exclude(state=CallState.ENDED).values_list("ref", flat=True)}
    live |= {*Attempt.objects.filter(ended_at=None).values_list("ref", flat=True)}
    there = set(history.exchange.calls)
    assert not live - there, f"{[history.name(ref) for ref in live - there]} go on for the house, and are over"
    assert not there - live, f"{[history.name(ref) for ref in there - live]} are over for the house, and go on"
    for seat in Seat.objects.exclude(call=None).select_related("user"):
        assert seat.call in live, f"{seat.user.username} is in a call that is over"
    seats = {seat.call: seat.user.username for seat in Seat.objects.exclude(call=None).select_related("user")}
    for call in Call.objects.exclude(state=CallState.ENDED).select_related("user"):
        assert call.state != CallState.ARRIVED, f"call {history.name(call.ref)} waits, and no desk knows"
        known = history.floor.state.calls[Ref(call.ref)]
        user = call.user.username if call.user else None
        said = f"call {history.name(call.ref)} {call.state} at {user} for the house"
        assert (known.state, known.user) == (call.state, user), f"{said}, {known.state} at {known.user} for the floor"
        assert seats.get(call.ref) == user, f"{said}, at {seats.get(call.ref)}'s seat"


def nobody_is_called_twice() -> None:
    """No citizen is called by two people at a time, and nobody calls two citizens."""
    live = Attempt.objects.filter(ended_at=None)
    for column in ("person", "ticket", "user"):
        found = [one for one in live.values_list(column, flat=True) if one is not None]
        assert len(found) == len(set(found)), column


def what_came_of_it_is_known(history: History) -> None:
    """Of each callback that rang at a citizen's it is known what came of it, or who called is asked."""
    over = Attempt.objects.filter(ended_at__isnull=False, outcome=None).select_related("user")
    for attempt in over:
        if attempt.ref in history.exchange.rang_at_citizen:
            assert desk.attempt_of(attempt.user) is not None, f"nobody knows of callback {history.name(attempt.ref)}"


# -- the whole --------------------------------------------------------------------------------------------------------


def is_over(history: History) -> None:
    """Assert what is true of a whole history, once all calls are over, the database is back and the post goes out."""
    history.power.is_away, history.post.fails = False, None
    history.passes(31)
    holds(history)
    before = journal.count()
    history.house.do(actions.TendTickets)
    assert journal.count() == before, "what is due now did something twice"
    history.passes(24 * 60)
    before = journal.count()
    assert outbox.send_due(history.house.clock.now()) == 0
    assert journal.count() == before
    each_once()
    messages_went_out(history)
    the_journal_tells_the_same()
    found = journal.verify()
    assert found.ok, found


ONCE = {
    "call.arrived": "call", "call.answered": "call", "call.turned_away": "call", "ticket.opened": "ticket",
    "attempt.started": "attempt", "attempt.connected": "attempt", "attempt.ended": "attempt",
    "attempt.recorded": "attempt", "message.queued": "message", "message.sent": "message",
    "message.failed": "message", "matter.settled": "matter",
}  # fmt: skip
"""What happens to each of these at most once."""


def each_once() -> None:
    """Nothing that happens once is in the journal twice, and each call ended once."""
    seen: Counter[tuple[str, str]] = Counter()
    ended: Counter[str] = Counter()
    for entry in journal.entries():
        if entry.kind in ONCE:
            seen[entry.kind, str(getattr(entry.event, ONCE[entry.kind]))] += 1
        match entry.event:
            case events.StepTaken() as taken:
                seen[taken.step, taken.ticket] += 1
            case events.CallEnded() | events.CallAbandoned() | events.CallTurnedAway() | events.CallOutOfHours() as end:
                ended[end.call] += 1
    assert not [one for one, times in [*seen.items(), *ended.items()] if times > 1]
    assert set(ended) == set(Call.objects.values_list("ref", flat=True))


def messages_went_out(history: History) -> None:
    """Each message to a citizen with an open ticket was taken at least once, or given up; none was sent unrecorded."""
    for message in Message.objects.exclude(channel=MessageChannel.LETTER).select_related("ticket"):
        assert (message.sent_at is not None) is (history.post.taken[message.ref] > 0)
        over = message.sent_at is not None or message.given_up_at is not None
        assert over or not there(message.ticket).is_open, "a message waits for nothing"
    broken = Message.objects.filter(kind=MessageKind.PROMISE_BROKEN, given_up_at=None)
    assert broken.count() == broken.values("ticket").distinct().count()
    untold = Ticket.objects.filter(OPEN, reached_at=None, due_elapsed__lt=history.house.clock.now() - timedelta(days=5))
    for ticket in untold.select_related("person"):
        refused = isinstance(ticket.person, Person) and ticket.person.ref in history.refused_messages
        assert refused or ticket.messages.filter(kind=MessageKind.PROMISE_BROKEN).exists()


def the_journal_tells_the_same() -> None:
    """What the journal tells of each ticket is what stands in the database."""
    rows = journal.record_tables().tickets.rows(named=True)
    opened = [entry.event for entry in journal.entries() if isinstance(entry.event, events.TicketOpened)]
    tickets = {ticket.ref: ticket for ticket in Ticket.objects.all()}
    assert len(rows) == len(opened) == len(tickets)
    for row, event in zip(rows, opened, strict=True):
        ticket = tickets[event.ticket]
        for column, moment in (
            ("opened", ticket.opened_at), ("attempted", ticket.attempted_at), ("reached", ticket.reached_at),
            ("resolved", ticket.resolved_at), ("closed", ticket.closed_at), ("due_elapsed", ticket.due_elapsed),
        ):  # fmt: skip
            assert row[column] == (NONE if moment is None else to_ms(moment)), (column, row[column], moment)
        assert row["attempts"] == ticket.attempts_made
        assert row["unit"] == ticket.unit
