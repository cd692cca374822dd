"""Calls that ring at case workers and duty officers: on a direct line, and put through before a ticket is written."""

from erreichbar.access.points import Act, Audience, Point, Rules, Step, Whom
from erreichbar.lab.engine import writing
from erreichbar.lab.engine.callers import caller_of
from erreichbar.lab.engine.compiling import apart
from erreichbar.lab.engine.persisting import about
from erreichbar.lab.engine.placing import is_there, row_of
from erreichbar.lab.engine.promised import DECIDES, Kept, Promised
from erreichbar.lab.engine.rules import (
    audience,
    decide,
    dials_direct,
    is_advised,
    is_misdirected,
    longest_idle,
    moment,
    needs,
    readiness,
    whose_instead,
    within,
)
from erreichbar.lab.engine.shapes import Bools, Ints, SeatIs, Seed
from erreichbar.lab.engine.state import (
    CITIZEN,
    DIVERTED,
    NOBODY,
    NTH,
    PRESENT,
    READY,
    RING_BACK,
    SINCE,
    STATE,
    TARGET,
    THROUGH,
    WAITING,
    State,
)
from erreichbar.lab.office.arrays import AGENT, COLLEAGUE, DUTY_OFFICER, RESPONSIBLE
from erreichbar.record.words import Line, Role, code

DIRECT, CENTRE = code(Line.DIRECT), code(Line.CENTRE)
IS_AGENT, IS_DUTY_OFFICER = code(Role.AGENT), code(Role.DUTY_OFFICER)


@apart
def dials(given: Promised, rules: Rules, seed: Seed, rows: Ints | None, row: Ints, contact: int) -> None:
    """Write whose direct line a citizen dials into her call's row, ``NOBODY`` for the centre's line."""
    row[TARGET], row[DIVERTED], row[THROUGH] = NOBODY, 0, 0
    if rules.direct_ring_ms <= 0:
        return
    caller = caller_of(given, row[CITIZEN])
    own = given.callers.own[caller, 0]
    if own < 0:
        return
    advised = is_advised(given.further, seed.seed, given.callers.place[caller])
    known = rules.direct_audience == Audience.PUBLIC.value or advised
    citizen, nth = row[CITIZEN], row[NTH]
    if not known or not dials_direct(given.further, seed.seed, seed.replication, citizen, nth, advised):
        return
    row[TARGET] = own
    others = len(given.case_workers) - 1
    if others > 0 and is_misdirected(given.further, seed.seed, seed.replication, citizen, nth):
        place = whose_instead(seed.seed, seed.replication, citizen, nth, others)
        for seat in given.case_workers:
            if seat != own:
                if place == 0:
                    row[TARGET] = seat
                place -= 1
    writing.dialled(rows, contact)


@apart
def ask(
    state: State,
    given: Promised,
    rules: Rules,
    seed: Seed,
    row: Ints,
    missed: Bools,
    point: int,
    is_open: bool,
    now: int,
) -> Step:
    """Ask the access model about a call on a direct line, as it comes in or has rung in vain."""
    n, target = state.n, row[TARGET]
    caller = caller_of(given, row[CITIZEN])
    advised = is_advised(given.further, seed.seed, given.callers.place[caller])
    calling = audience(False, advised and given.callers.withheld[caller] == 0)
    free, of_unit, unit = 0, given.colleagues, given.people.unit[target]
    for place in range(of_unit.first[unit + 1], of_unit.first[unit + 2]):
        free += int(_is_free(state.seats, missed, target, of_unit.seats[place]))
    return decide(
        rules,
        moment(
            point, is_open, n[WAITING], n[PRESENT], n[READY], 0, 0, row[RING_BACK] >= 0, NOBODY, 0, DIRECT, calling, NOBODY,
            _readiness(state.seats, missed, target), _in_hours(given, target, now), free, NOBODY, NOBODY, 0, row[DIVERTED],
        ),
    )  # fmt: skip


@apart
def seat_of(state: State, given: Promised, kept: Kept, row: Ints, missed: Bools, step: Step) -> int:
    """Return where a call on a direct line is to ring, and count the diversion."""
    if step.ring_whom == Whom.RESPONSIBLE.value:
        return int(row[TARGET])
    row[DIVERTED] += 1
    unit, scratch = given.people.unit[row[TARGET]], kept.scratch[0]
    seats = given.colleagues.seats[given.colleagues.first[unit + 1] : given.colleagues.first[unit + 2]]
    for place in range(len(seats)):
        is_free = _is_free(state.seats, missed, row[TARGET], seats[place])
        scratch[place] = state.seats[seats[place], SINCE] if is_free else NOBODY
    return int(seats[longest_idle(scratch[: len(seats)])])


@apart
def _is_free(seats: Ints, missed: Bools, target: int, colleague: int) -> bool:
    return bool(colleague != target and seats[colleague, STATE] == SeatIs.READY.value and not missed[colleague])


@apart
def _readiness(seats: Ints, missed: Bools, who: int) -> int:
    """Return the readiness of somebody: in an appointment, in protected time or away she is not at her telephone."""
    if who < 0 or who >= len(seats):
        return readiness(False, False, False)
    does = seats[who, STATE]
    return readiness(does != SeatIs.OFF.value, False, does != SeatIs.READY.value, missed[who])


@apart
def _in_hours(given: Promised, who: int, now: int) -> bool:
    if who < 0:
        return False
    return within(given.hours_first, given.hours_start, given.hours_end, who, now)


@apart
def who_is(role: int, seat: int, own: int) -> int:
    """Return what somebody in a role is to a matter: place in ``Reasons.settled``."""
    if role == IS_AGENT:
        return AGENT
    if role == IS_DUTY_OFFICER:
        return DUTY_OFFICER
    return RESPONSIBLE if seat == own else COLLEAGUE


@apart
def is_settled(given: Promised, seed: Seed, row: Ints, caller: int, nth: int, seat: int) -> bool:
    """Return whether a matter is settled in a call by who answered last, or by the agent who put it through."""
    reason, own = given.callers.reason[caller, nth], given.callers.own[caller, nth]
    part = given.reasons.settled[reason, who_is(given.people.role[seat], seat, own)]
    if row[THROUGH] > 0:
        part = max(part, given.reasons.settled[reason, AGENT])
    return bool(needs(seed.seed, seed.replication, row[CITIZEN], nth) < part)


@apart
def puts_through(
    state: State, given: Promised, kept: Kept, rules: Rules, seed: Seed, row: Ints, missed: Bools, now: int
) -> tuple[int, int]:
    """Return at which seat a call rings now because an agent cannot settle a matter of it, and for how long; ``NOBODY``: at none."""
    if rules.transfer_ring_ms <= 0 and rules.urgent_from < 0:
        return NOBODY, 0
    caller = caller_of(given, row[CITIZEN])
    if about(given, kept, row, given.callers.place[caller]) >= 0:
        return NOBODY, 0
    point = Point.UNSETTLED.value if row[THROUGH] == 0 else Point.TRANSFER_MISSED.value
    for nth in range(given.callers.matters[caller]):
        if is_settled(given, seed, row, caller, nth, 0):
            continue
        reason, own, unit = (
            given.callers.reason[caller, nth],
            given.callers.own[caller, nth],
            given.callers.unit[caller, nth],
        )
        duty, deputy = NOBODY, NOBODY
        if given.reasons.urgent[reason] >= 0:
            duty, deputy = _on_duty(given, kept, unit, own, given.reasons.urgent[reason], now)
        step = decide(
            rules,
            moment(
                point, True, state.n[WAITING], state.n[PRESENT], state.n[READY], 0, 0, False, NOBODY, 0, CENTRE,
                Audience.PUBLIC.value, given.reasons.urgency[reason], _readiness(state.seats, missed, own),
                _in_hours(given, own, now), 0, _readiness(state.seats, missed, duty), _readiness(state.seats, missed, deputy),
                row[THROUGH], 0,
            ),
        )  # fmt: skip
        if step.act == Act.RING:
            if step.ring_whom == Whom.DUTY.value:
                return duty, step.ring_ms
            if step.ring_whom == Whom.DUTY_DEPUTY.value:
                return deputy, step.ring_ms
            return int(own), step.ring_ms
    return NOBODY, 0


@apart
def _on_duty(given: Promised, kept: Kept, unit: int, own: int, urgent: int, now: int) -> tuple[int, int]:
    """Return who decides now and who stands in for her: the first two who are there of those who are asked, as ``duty.on_duty``."""
    row = row_of(given, kept, unit, own, urgent, now)
    holders, people = given.holders, given.people
    first, second = NOBODY, NOBODY
    if row == holders.plain[unit, own + 1]:
        return first, second
    for nth in range(holders.first[row], holders.first[row + 1]):
        who = holders.who[nth]
        decides = holders.pool[nth] == DECIDES
        if decides and is_there(people, kept, who, now):
            if first < 0:
                first = int(who)
            elif second < 0:
                second = int(who)
    return first, second
