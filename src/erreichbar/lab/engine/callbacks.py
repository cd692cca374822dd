"""Case workers: between two pieces of case work they look whether somebody is to be called back, and call."""

from erreichbar.access.points import Act, Point, Rules
from erreichbar.lab.engine import lists, looks, persisting, tickets, writing
from erreichbar.lab.engine.callers import caller_of, citizen_of, minute_of_day
from erreichbar.lab.engine.compiling import apart
from erreichbar.lab.engine.doing import calls_back
from erreichbar.lab.engine.heap import first_key, push, second_key
from erreichbar.lab.engine.promised import (
    T_ATTEMPTED,
    T_ATTEMPTS,
    T_CALLER,
    T_CHANCE,
    T_LATER,
    T_LIMIT,
    T_MISSED_AT,
    T_MISSED_BY,
    T_NUMBER,
    T_OPENED,
    T_PARTS,
    T_PERSON,
    T_PLACE,
    T_REACHED,
    T_REASON,
    T_TRIED,
    T_URGENCY,
    T_URGENT,
    Kept,
    Promised,
)
from erreichbar.lab.engine.rules import (
    answers,
    decide,
    goes_first,
    has_passed,
    moment,
    next_call,
    reached_at,
    rings_back_ms,
    standing,
    talk_ms,
)
from erreichbar.lab.engine.shapes import CallIs, Ints, Kind, Plan, SeatIs, What
from erreichbar.lab.engine.state import (
    ABOUT,
    ANSWERED,
    ARRIVED,
    CALL,
    CITIZEN,
    CONTACT,
    CONTACTS,
    FREE,
    HEAP,
    IS,
    LOOKING,
    NOBODY,
    NTH,
    OUTCOME,
    PART,
    PRESENTED,
    RING_BACK,
    RINGINGS,
    SEAT,
    STATE,
    TRIES,
    State,
)
from erreichbar.office.model import Urgency
from erreichbar.promise import calling
from erreichbar.promise.attempts import DANGER, PAUSE
from erreichbar.promise.attempts import LOOK_AHEAD as SOUGHT
from erreichbar.promise.calling import Pieces
from erreichbar.promise.stand_in import MOMENT
from erreichbar.record.words import AttemptOutcome, code

RING_MS = 25_000
ANSWERS_AFTER_MS = 6_000
"""As in training: how long it rings in vain at the citizen's, and until somebody answers."""
MINUTE_MS = 60_000
PAUSE_MS, DANGER_MS, SOUGHT_MS = PAUSE // MOMENT, DANGER // MOMENT, SOUGHT // MOMENT
MOST_URGENT = len(Urgency) - 1
BROKEN = calling.standing(is_waiting=False, is_now=True, can_be_kept=False, is_near=False)
"""How a ticket stands that may be called for now, whose promise is broken."""
URGENT = list(Urgency).index(Urgency.URGENT)
REACHED, NOT_ANSWERED, BUSY, VOICEMAIL, OTHER_PERSON, WRONG_NUMBER = (code(one) for one in AttemptOutcome)


@apart
def look(state: State, plan: Plan, given: Promised, kept: Kept, seat: int, now: int) -> None:
    """Look whether somebody is to be called back, if she is at her case work."""
    if state.seats[seat, STATE] == SeatIs.READY:
        looks.draw(given, plan.seed, state.seats, seat, now)
        _look(state, plan, given, kept, seat, now)
        looks.look_later(state, given, kept, seat)
    else:
        state.seats[seat, LOOKING] = 0


@apart
def _look(state: State, plan: Plan, given: Promised, kept: Kept, seat: int, now: int) -> None:
    if kept.told[seat] > 0 and given.people.role[seat] == tickets.DUTY_OFFICER:
        _settle_what_is_told(given, kept, seat, now)
    pool = NOBODY
    if given.people.role[seat] == tickets.CASE_WORKER:
        pool = len(kept.open) + given.people.unit[seat]
    for which in (seat, pool):
        if which >= 0:
            ticket = _next_callback(given, kept, plan.rules, which, now)
            if ticket >= 0:
                _call_back(state, plan, given, kept, seat, ticket, now)
                return
    for which in (seat, pool):
        if which >= 0:
            ticket = kept.lists[which, 0]
            while ticket >= 0:
                if kept.tickets[ticket, T_REACHED] < 0 and kept.tickets[ticket, T_NUMBER] == 0:
                    tickets.reach(given, kept, ticket, NOBODY, now)
                    tickets.settle(given, kept, ticket, seat, now)
                    return
                ticket = kept.tickets[ticket, T_LATER]


@apart
def _settle_what_is_told(given: Promised, kept: Kept, seat: int, now: int) -> None:
    """The duty officer decides what she holds, whose citizen was reached by somebody who may not."""
    ticket = kept.lists[seat, 0]
    while ticket >= 0:
        later = kept.tickets[ticket, T_LATER]
        if kept.tickets[ticket, T_REACHED] >= 0 and kept.tickets[ticket, T_URGENT] == 1:
            tickets.settle(given, kept, ticket, seat, now)
        ticket = later


@apart
def _next_callback(given: Promised, kept: Kept, rules: Rules, which: int, now: int) -> int:
    """Return the ticket of a list to call back for now, ``NOBODY`` if there is none."""
    young = lists.young(kept, which, now)
    chosen, best = _next_of(given, kept, rules, young, NOBODY, NOBODY, (BROKEN, 0, 0, 0), now)
    if best[0] >= BROKEN:
        chosen, best = _next_of(given, kept, rules, kept.lists[which, 0], young, chosen, best, now)
    return int(chosen)


@apart
def _next_of(
    given: Promised,
    kept: Kept,
    rules: Rules,
    ticket: int,
    after: int,
    chosen: int,
    best: tuple[int, int, int, int],
    now: int,
) -> tuple[int, tuple[int, int, int, int]]:
    """Return the ticket of a part of a list to call back for now, if it goes before what is ``chosen``, and how it stands."""
    while ticket != after:
        row = kept.tickets[ticket]
        if row[T_REACHED] < 0 and row[T_ATTEMPTS] < rules.attempts and row[T_NUMBER] == 1:
            key = _key(given, row, now)
            goes = chosen < 0 or goes_first(key, best)
            if goes and kept.called[row[T_PLACE]] == 0 and _is_callable(given, kept, ticket, now):
                chosen, best = ticket, key
        ticket = row[T_LATER]
    return chosen, best


@apart
def piece(given: Promised, kept: Kept, window: int, now: int) -> int:
    """Return the first piece that is not over, of those with a window (−1: without); moments are asked for in their order."""
    at, after = kept.at_piece[window + 1], given.pieces.first[window + 2]
    while at < after and given.pieces.end[at] <= now:
        at += 1
    kept.at_piece[window + 1] = at
    return int(at)


@apart
def _is_callable(given: Promised, kept: Kept, ticket: int, now: int) -> bool:
    row = kept.tickets[ticket]
    window = given.callers.window[row[T_CALLER]]
    at, after = piece(given, kept, window, now), given.pieces.first[window + 2]
    if at >= after or given.pieces.start[at] > now:
        return False
    ends = row[T_CHANCE] + MINUTE_MS if row[T_CHANCE] >= 0 else now
    opened = given.pieces
    pieces = Pieces(opened.start, opened.end, opened.part, opened.inside)
    found, _ = next_call(
        pieces, at, after, now, ends, now + SOUGHT_MS, kept.tried[ticket], row[T_TRIED], row[T_PARTS], PAUSE_MS
    )
    return bool(0 <= found <= now)


@apart
def _key(given: Promised, row: Ints, now: int) -> tuple[int, int, int, int]:
    """Return how a ticket that may be called for now stands in its list, as ``attempts.urgency_order``."""
    urgency, chance = row[T_URGENCY], row[T_CHANCE]
    kept = chance >= 0 and now < chance + MINUTE_MS
    near = urgency >= URGENT or (kept and _open_until(given, chance + MINUTE_MS) - _open_until(given, now) < DANGER_MS)
    return standing(False, True, kept, near), MOST_URGENT - urgency, row[T_LIMIT], row[T_OPENED]


@apart
def _open_until(given: Promised, moment: int) -> int:
    """Return how long the office has been open before a moment, since the start of the run."""
    at = has_passed(given.open_end, moment)
    return int(given.open_before[at] + (max(0, moment - given.open_start[at]) if at < len(given.open_start) else 0))


@apart
def _call_back(state: State, plan: Plan, given: Promised, kept: Kept, seat: int, ticket: int, now: int) -> None:
    n, calls, seed = state.n, state.calls, plan.seed
    n[FREE] -= 1
    slot, contact = state.free[n[FREE]], n[CONTACTS]
    n[CONTACTS] = contact + 1
    shown = decide(plan.rules, moment(Point.CALLBACK.value)).presented
    caller = kept.last[kept.tickets[ticket, T_PLACE] // 2]
    nth, window = kept.made[caller], given.callers.window[caller]
    kept.made[caller] = nth + 1
    citizen = citizen_of(given, caller)
    inside = window >= 0 and given.pieces.inside[piece(given, kept, window, now)] == 1
    at_hour = reached_at(given.further, minute_of_day(given, kept, now))
    outcome = answers(given.behaviour, seed.seed, seed.replication, citizen, nth, shown, inside, at_hour)
    row = calls[slot]
    row[CITIZEN], row[NTH], row[CONTACT], row[ARRIVED], row[IS] = citizen, nth, contact, now, CallIs.CALLBACK.value
    row[SEAT], row[RINGINGS], row[RING_BACK], row[OUTCOME], row[PRESENTED], row[ANSWERED] = (
        seat,
        0,
        ticket,
        outcome,
        shown,
        NOBODY,
    )
    row[PART] = given.pieces.part[piece(given, kept, NOBODY, now)]
    writing.calls_back(
        plan.rows, contact, now, seat, shown, ticket, kept.tickets[ticket, T_PERSON], kept.tickets[ticket, T_REASON]
    )
    calls_back(state, seat, contact, now)
    state.seats[seat, CALL] = slot
    kept.called[kept.tickets[ticket, T_PLACE]] += 1
    rings = RING_MS if outcome in (NOT_ANSWERED, BUSY) else ANSWERS_AFTER_MS
    which = second_key(contact, What.CALLBACK_ANSWERED.value, slot)
    n[HEAP] = push(state.heap, n[HEAP], first_key(now + rings, Kind.CALL_ANSWERED.value), which)


@apart
def answered(state: State, plan: Plan, given: Promised, kept: Kept, slot: int, now: int) -> None:
    """Somebody answers at the citizen's, or nobody has."""
    row, seed = state.calls[slot], plan.seed
    ticket, outcome = row[RING_BACK], row[OUTCOME]
    if outcome in (NOT_ANSWERED, BUSY):
        _over(state, plan, given, kept, slot, now)
        _count(kept, plan.rules, ticket, row[ARRIVED])
        _record(kept, ticket, row)
        is_last = _missed(state, plan, given, kept, ticket, now)
        _may_call(state, plan, given, kept, slot, True, is_last, now)
        return
    row[ANSWERED] = now
    _count(kept, plan.rules, ticket, row[ARRIVED])
    role = given.people.role[row[SEAT]]
    matters = given.callers.matters[caller_of(given, row[CITIZEN])]
    talk = talk_ms(given.behaviour, seed.seed, seed.replication, row[CITIZEN], row[NTH], role, matters)
    which = second_key(row[CONTACT], What.CALLBACK_ENDS.value, slot)
    state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(now + talk, Kind.CALL_ENDS.value), which)


@apart
def ended(state: State, plan: Plan, given: Promised, kept: Kept, slot: int, now: int) -> None:
    """A callback that somebody answered is over."""
    row = state.calls[slot]
    ticket, outcome, seat = row[RING_BACK], row[OUTCOME], row[SEAT]
    _record(kept, ticket, row)
    if outcome == REACHED:
        tickets.reach(given, kept, ticket, seat, now)
        tickets.settle(given, kept, ticket, seat, now)
        looks.wake(state, given, kept, plan.seed, ticket)
    _over(state, plan, given, kept, slot, now)
    is_last = outcome != REACHED and _missed(state, plan, given, kept, ticket, now)
    _may_call(state, plan, given, kept, slot, outcome in (VOICEMAIL, OTHER_PERSON), is_last, now)


@apart
def _over(state: State, plan: Plan, given: Promised, kept: Kept, slot: int, now: int) -> None:
    row = state.calls[slot]
    kept.called[kept.tickets[row[RING_BACK], T_PLACE]] -= 1
    writing.called_back(plan.rows, row[CONTACT], row[OUTCOME], row[ANSWERED], now)
    looks.be_ready(state, given, kept, plan.seed, row[SEAT], now)


@apart
def _count(kept: Kept, rules: Rules, ticket: int, began: int) -> None:
    kept.tickets[ticket, T_ATTEMPTS] += 1
    if kept.tickets[ticket, T_ATTEMPTS] >= rules.attempts and kept.tickets[ticket, T_REACHED] < 0:
        lists.lists(kept, ticket, False)
    if kept.tickets[ticket, T_ATTEMPTED] < 0:
        kept.tickets[ticket, T_ATTEMPTED] = began


@apart
def _record(kept: Kept, ticket: int, attempt: Ints) -> None:
    """Note what came of an attempt: for the next one, and for who rings back."""
    row = kept.tickets[ticket]
    kept.tried[ticket, row[T_TRIED]] = attempt[ARRIVED]
    row[T_TRIED] += 1
    row[T_PARTS] |= 1 << attempt[PART]
    if attempt[OUTCOME] != REACHED and attempt[OUTCOME] != WRONG_NUMBER:
        row[T_MISSED_AT], row[T_MISSED_BY] = attempt[ARRIVED], attempt[SEAT]


@apart
def _missed(state: State, plan: Plan, given: Promised, kept: Kept, ticket: int, now: int) -> bool:
    """She was not reached: if no further attempt was promised (returned), her ticket waits for a ring-back and is closed."""
    made = kept.tickets[ticket, T_ATTEMPTS]
    if decide(plan.rules, moment(Point.MISSED.value, True, 0, 0, 0, 0, 0, False, -1, made)).act == Act.END:
        tickets.gives_up_later(given, kept, state.n, state.far, ticket, now)
        return True
    return False


@apart
def _may_call(
    state: State, plan: Plan, given: Promised, kept: Kept, slot: int, sees: bool, is_last: bool, now: int
) -> None:
    """Who was missed may ring back, if she sees it; else, after the last attempt, she whose ticket it is may call about it."""
    row, seed, after = state.calls[slot], plan.seed, NOBODY
    ticket = row[RING_BACK]
    row[ABOUT], row[TRIES] = NOBODY, 0
    if sees:
        after = rings_back_ms(given.behaviour, seed.seed, seed.replication, row[CITIZEN], row[NTH], row[PRESENTED])
    if after >= 0:
        persisting.calls_later(state, row[CITIZEN], slot, now + after)
        return
    _free(state, slot)
    if is_last:
        persisting.after_missed(state, given, kept, seed, ticket, now)


@apart
def _free(state: State, slot: int) -> None:
    state.calls[slot, IS] = CallIs.FREE.value
    state.free[state.n[FREE]] = slot
    state.n[FREE] += 1
