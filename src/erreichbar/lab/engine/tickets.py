"""The end of a conversation, and what a ticket goes through: opened, answered, settled, given up."""

from erreichbar.lab.engine import lists, looks, persisting, placing, through, writing
from erreichbar.lab.engine.callers import caller_of, identify
from erreichbar.lab.engine.compiling import apart
from erreichbar.lab.engine.heap import first_key, push, second_key
from erreichbar.lab.engine.promised import (
    HEARD,
    LIVE,
    M_CALLER,
    M_CONTACT,
    M_NTH,
    M_PERSON,
    M_SEAT,
    M_SETTLED,
    M_TICKET,
    MATTERS,
    T_ATTEMPTED,
    T_ATTEMPTS,
    T_CALLER,
    T_CHANCE,
    T_CHASED,
    T_CLOSED,
    T_CONTACT,
    T_DECIDE,
    T_DUE,
    T_HALF,
    T_HOLDER,
    T_LIMIT,
    T_LISTED,
    T_MATTER,
    T_NTH,
    T_NUMBER,
    T_OPENED,
    T_OUTCOME,
    T_OWN,
    T_PARTS,
    T_PERSON,
    T_PLACE,
    T_REACHED,
    T_REASON,
    T_RESOLVED,
    T_RING_BACKS,
    T_ROW,
    T_TRIED,
    T_UNIT,
    T_URGENCY,
    T_URGENT,
    T_WITH,
    T_WITHOUT,
    TICKETS,
    Kept,
    Promised,
)
from erreichbar.lab.engine.rules import last_chance
from erreichbar.lab.engine.shapes import Ints, Kind, Seed, What
from erreichbar.lab.engine.state import CITIZEN, CONTACT, FAR, HEAP, NOBODY, ON_LINE, RING_BACK, State
from erreichbar.record.words import Role, TalkedWith, TicketOutcome, code

PROMISED_MS = 48 * 3_600_000
CASE_WORKER, DUTY_OFFICER = code(Role.CASE_WORKER), code(Role.DUTY_OFFICER)
RESPONSIBLE, SUBSTITUTE, WITH_DUTY, WITH_AGENT, WITH_NOBODY = (
    code(word)
    for word in (
        TalkedWith.RESPONSIBLE, TalkedWith.SUBSTITUTE, TalkedWith.DUTY_OFFICER, TalkedWith.AGENT, TalkedWith.NOBODY,
    )
)  # fmt: skip
SETTLED, DONE_NOT_TOLD = code(TicketOutcome.SETTLED), code(TicketOutcome.DONE_NOT_TOLD)


@apart
def concluded(
    state: State, given: Promised, kept: Kept, seed: Seed, rows: Ints | None, slot: int, seat: int, now: int
) -> None:
    """A conversation is over: what was said is entered, and who holds what came of it will see it."""
    before = kept.n[TICKETS]
    ticket = _conclude(given, kept, state.calls, seed, rows, slot, seat, now)
    if ticket >= 0:
        looks.wake(state, given, kept, seed, ticket)
    persisting.asks_on(state, given, kept, seed, state.calls[slot], now)
    _watch(state, given, kept, seed, before, now)


@apart
def _conclude(
    given: Promised, kept: Kept, calls: Ints, seed: Seed, rows: Ints | None, slot: int, seat: int, now: int
) -> int:
    """Who answered enters what was said: the citizen's matters, or that this was about a ticket already there, which is returned."""
    contact, caller = calls[slot, CONTACT], caller_of(given, calls[slot, CITIZEN])
    who = given.callers.place[caller]
    kept.stories[caller, HEARD] = 1
    if calls[slot, ON_LINE] == 1 and given.people.unit[seat] != given.callers.unit[caller, 0]:
        writing.misdirected(rows, contact)
    person = identify(kept, rows, contact, who)
    ticket = persisting.about(given, kept, calls[slot], who)
    if ticket >= 0:
        if seat >= given.agents:
            reach(given, kept, ticket, seat, now)
            settle(given, kept, ticket, seat, now)
        else:
            kept.tickets[ticket, T_RING_BACKS] += int(ticket == calls[slot, RING_BACK])
            writing.joined(rows, contact, ticket)
        return ticket
    for nth in range(given.callers.matters[caller]):
        matter = kept.n[MATTERS]
        kept.n[MATTERS] += 1
        reason = given.callers.reason[caller, nth]
        row = kept.matters[matter]
        row[M_CALLER], row[M_NTH], row[M_CONTACT], row[M_PERSON] = caller, nth, contact, person
        row[M_SETTLED], row[M_TICKET], row[M_SEAT] = NOBODY, NOBODY, seat
        if through.is_settled(given, seed, calls[slot], caller, nth, seat):
            row[M_SETTLED] = now
        else:
            row[M_TICKET] = _open(given, kept, caller, nth, person, contact, matter, now)
        writing.raised(rows, contact, reason, row[M_TICKET] < 0)
    return NOBODY


@apart
def _open(given: Promised, kept: Kept, caller: int, nth: int, person: int, contact: int, matter: int, now: int) -> int:
    """Turn a matter into a promise; returns its ticket."""
    callers, staffed = given.callers, given.staffed
    ticket = kept.n[TICKETS]
    kept.n[TICKETS] = ticket + 1
    reason, unit, own = callers.reason[caller, nth], callers.unit[caller, nth], callers.own[caller, nth]
    calendar, urgent = staffed.of_unit[unit], given.reasons.urgent[reason]
    row = kept.tickets[ticket]
    row[:] = NOBODY
    row[T_CALLER], row[T_PLACE], row[T_PERSON], row[T_REASON] = caller, callers.place[caller], person, reason
    row[T_UNIT], row[T_OPENED], row[T_DUE], row[T_CONTACT], row[T_MATTER] = (
        unit,
        now,
        now + PROMISED_MS,
        contact,
        matter,
    )
    row[T_CHANCE] = last_chance(staffed.at_chance[calendar], staffed.in_chance[calendar], now)
    if given.reasons.same_day[reason] == 1:
        row[T_DECIDE] = last_chance(staffed.at_decide[calendar], staffed.in_decide[calendar], now)
    row[T_URGENT] = int(urgent >= 0)
    for count in (T_WITHOUT, T_ATTEMPTS, T_RING_BACKS, T_TRIED, T_PARTS, T_CHASED):
        row[count] = 0
    row[T_NTH], row[T_NUMBER], row[T_LISTED] = nth, callers.telephone[caller], 1
    row[T_HALF], row[T_LIMIT] = placing.half_of(given, row), placing.limit_of_list(row)
    row[T_URGENCY] = given.reasons.urgency[reason]
    holders = placing.row_of(given, kept, unit, own, urgent, now)
    if urgent >= 0 and holders != given.holders.plain[unit, own + 1]:
        own = given.holders.who[given.holders.first[holders]]
    row[T_OWN], row[T_HOLDER], row[T_ROW] = own, own, holders
    lists.enter(kept, ticket, placing.place(given, kept, ticket, holders, now))
    lists.enter_home(kept, ticket)
    kept.live[kept.n[LIVE]] = ticket
    kept.n[LIVE] += 1
    return int(ticket)


@apart
def _watch(state: State, given: Promised, kept: Kept, seed: Seed, first: int, now: int) -> None:
    """Somebody has the tickets from a number on; where people may be away, half of their time is watched."""
    n = state.n
    for ticket in range(first, kept.n[TICKETS]):
        looks.wake(state, given, kept, seed, ticket)
        persisting.may_chase(state, given, kept, seed, ticket, kept.tickets[ticket, T_DUE])
        half = kept.tickets[ticket, T_HALF] if len(given.anew) > 0 else NOBODY
        if half > now:
            which = second_key(len(given.people.role) + ticket, What.HALF_IS_OVER.value, 0)
            n[FAR] = push(state.far, n[FAR], first_key(half, Kind.PERSON.value), which)


@apart
def place_anew(state: State, given: Promised, kept: Kept, seed: Seed, ticket: int, now: int) -> None:
    """Give a ticket whose citizen is not reached to who is to hold it now, if that is somebody else."""
    row = kept.tickets[ticket]
    if row[T_CLOSED] < 0 and row[T_REACHED] < 0:
        holder = placing.place(given, kept, ticket, row[T_ROW], now)
        if holder != row[T_HOLDER]:
            lists.leave(kept, ticket)
            lists.enter(kept, ticket, holder)
            looks.wake(state, given, kept, seed, ticket)


@apart
def all_anew(state: State, given: Promised, kept: Kept, seed: Seed, nth: int, now: int) -> None:
    """Place every ticket anew, in the order of their numbers; ``nth``: of which of the moments for that."""
    anew_later(given, state.n, state.heap, nth + 1)
    left = 0
    for place in range(kept.n[LIVE]):
        ticket = kept.live[place]
        if kept.tickets[ticket, T_CLOSED] < 0 and kept.tickets[ticket, T_REACHED] < 0:
            kept.live[left] = ticket
            left += 1
            place_anew(state, given, kept, seed, ticket, now)
    kept.n[LIVE] = left


@apart
def anew_later(given: Promised, state_n: Ints, heap: Ints, nth: int) -> None:
    """Put the next moment for placing anew on the agenda, if there is one."""
    if nth < len(given.anew):
        which = second_key(nth, What.PLACED_ANEW.value, 0)
        state_n[HEAP] = push(heap, state_n[HEAP], first_key(given.anew[nth], Kind.PERSON.value), which)


@apart
def reach(given: Promised, kept: Kept, ticket: int, seat: int, now: int) -> None:
    """Let the citizen be reached, by somebody or (``NOBODY``) in writing. The first time counts."""
    row = kept.tickets[ticket]
    if row[T_REACHED] >= 0:
        return
    row[T_REACHED], row[T_WITHOUT] = now, int(seat < 0)
    row[T_WITH] = WITH_NOBODY if seat < 0 else _talked_with(given, row, seat)
    if row[T_ATTEMPTED] < 0:
        row[T_ATTEMPTED] = now
    # What is left is that a duty officer decides it, where who reached the citizen may not.
    holder = row[T_HOLDER]
    stays = row[T_URGENT] == 1 and holder >= 0 and given.people.role[holder] == DUTY_OFFICER
    lists.lists(kept, ticket, stays)
    if stays:
        kept.told[holder] += 1


@apart
def _talked_with(given: Promised, row: Ints, seat: int) -> int:
    if given.people.role[seat] == DUTY_OFFICER:
        return WITH_DUTY
    own, holder = row[T_OWN], row[T_HOLDER]
    if seat in (own, holder) and (own < 0 or own == seat):
        return RESPONSIBLE
    if given.people.unit[seat] == row[T_UNIT]:
        return RESPONSIBLE if own < 0 else SUBSTITUTE
    return SUBSTITUTE if holder == seat else WITH_AGENT


@apart
def settle(given: Promised, kept: Kept, ticket: int, seat: int, now: int) -> None:
    """Close a ticket; what is to be decided only by who may, and then as it was decided: always yes."""
    reason, outcome = kept.tickets[ticket, T_REASON], SETTLED
    if given.reasons.decided[reason] == 1:
        if given.reasons.may[reason, seat] == 0:
            return
        outcome = given.reasons.ends[reason]
    kept.tickets[ticket, T_RESOLVED] = now
    _close(kept, ticket, outcome, now)


@apart
def gives_up(kept: Kept, ticket: int, now: int) -> None:
    """No further attempt was promised, and nobody rang back: closed, and she was not told."""
    if kept.tickets[ticket, T_CLOSED] < 0 and kept.tickets[ticket, T_REACHED] < 0:
        _close(kept, ticket, DONE_NOT_TOLD, now)


@apart
def _close(kept: Kept, ticket: int, outcome: int, now: int) -> None:
    row = kept.tickets[ticket]
    row[T_CLOSED], row[T_OUTCOME] = now, outcome
    if row[T_REACHED] >= 0 and row[T_LISTED] == 1:
        kept.told[row[T_HOLDER]] -= 1
    lists.leave(kept, ticket)
    lists.leave_home(kept, ticket)


@apart
def gives_up_later(given: Promised, kept: Kept, state_n: Ints, far: Ints, ticket: int, now: int) -> None:
    """After the last promised attempt a ring-back is waited for as long as the promise runs."""
    row = kept.tickets[ticket]
    until = row[T_CHANCE] if row[T_CHANCE] >= 0 else row[T_DUE]
    which = second_key(len(given.people.role) + ticket, What.GIVES_UP.value, 0)
    # The ticket stands in the id, for there are more of them than slots.
    state_n[FAR] = push(far, state_n[FAR], first_key(max(until, now), Kind.PERSON.value), which)
