"""The one decision function. The telephone calls it, the lab compiles it with ``numba.njit``, both as it stands."""

from erreichbar.access.points import Act, Moment, Point, Readiness, Rules, Say, Step, Whom
from erreichbar.record.words import Line, code

_DIRECT = code(Line.DIRECT)


def decide(rules: Rules, moment: Moment) -> Step:
    """Return what happens next under an access model.

    Pure, total over every ``Point``, in terms of scalars only. One function and one exit with one ``Step`` made of plain
    integers: compiled code calls no plain function and refuses a value that is of one type here and of another there.
    Times are in ms. Somebody is rung only if ``Readiness.FREE``.
    """
    point = moment.point
    act = Act.END.value
    ring_whom = Whom.NOBODY.value
    ring_ms = -1
    wait_ms = -1
    say = Say.NOTHING.value
    presented = -1
    attempts = -1
    ticket_to = Whom.NOBODY.value
    priority = -1

    is_urgent = 0 <= rules.urgent_from <= moment.urgency
    answers_us = rules.ring_back and moment.is_ring_back

    if point == Point.ARRIVED or point == Point.DIRECT_BUSY or point == Point.DIRECT_MISSED:
        is_direct = point != Point.ARRIVED or moment.line == _DIRECT
        may_ring = is_direct and moment.caller <= rules.direct_audience
        may_ring = may_ring and rules.direct_ring_ms > 0 and (moment.in_phone_hours or not rules.phone_hours)
        full = rules.places >= 0 and moment.waiting >= rules.places
        full = full or (
            rules.places_per_agent >= 0.0 and moment.waiting >= rules.places_per_agent * moment.agents_present
        )
        # Who could be served at once is never turned away, nor who answers the office's own call, nor who is urgent.
        exempt = moment.agents_free > moment.waiting or answers_us or is_urgent
        # Who has rung somebody is in, even if the hours end meanwhile.
        if not moment.is_open and point != Point.DIRECT_MISSED:
            act = Act.ANNOUNCE_CLOSED.value
            say = Say.OUT_OF_HOURS.value
        elif may_ring and point == Point.ARRIVED and moment.responsible == Readiness.FREE:
            act = Act.RING.value
            ring_whom = Whom.RESPONSIBLE.value
            ring_ms = rules.direct_ring_ms
        elif may_ring and moment.diversions_made < rules.diversions and moment.colleagues_free > 0:
            act = Act.RING.value
            ring_whom = Whom.COLLEAGUE.value
            ring_ms = rules.direct_ring_ms
        elif not rules.centre:
            act = Act.TURN_AWAY.value
            say = Say.CALL_AGAIN.value if is_direct else Say.DIRECT_NUMBERS.value
        elif full and not exempt:
            act = Act.TURN_AWAY.value
            say = Say.TURNED_AWAY.value
        else:
            act = Act.QUEUE.value
            say = Say.WELCOME.value
            priority = int(is_urgent)
    elif point == Point.RING_BACK:
        if answers_us and rules.ring_back_first_ms > 0 and moment.tried == Readiness.FREE:
            act = Act.RING.value
            ring_whom = Whom.TRIED.value
            ring_ms = rules.ring_back_first_ms
        elif rules.centre:
            act = Act.QUEUE.value
            priority = int(is_urgent)
        else:
            act = Act.TURN_AWAY.value
            say = Say.CALL_AGAIN.value
    elif point == Point.WAITED:
        if rules.longest_wait_ms < 0 or answers_us or is_urgent:
            act = Act.KEEP_WAITING.value
        elif moment.waited_ms >= rules.longest_wait_ms:
            act = Act.TURN_AWAY.value
            say = Say.TURNED_AWAY.value
        else:
            act = Act.KEEP_WAITING.value
            wait_ms = rules.longest_wait_ms - moment.waited_ms
    elif point == Point.RUNG:
        act = Act.RING.value
        ring_whom = Whom.AGENT.value
        ring_ms = rules.ring_ms
    elif point == Point.UNSETTLED or point == Point.TRANSFER_MISSED:
        first = point == Point.UNSETTLED and moment.transfers_made == 0
        second = point == Point.TRANSFER_MISSED and moment.transfers_made == 1
        in_time = moment.in_phone_hours or not rules.transfer_in_phone_hours
        if is_urgent and first and moment.duty == Readiness.FREE:
            act = Act.RING.value
            ring_whom = Whom.DUTY.value
            ring_ms = rules.urgent_ring_ms
        elif is_urgent and (first or second) and moment.duty_deputy == Readiness.FREE:
            act = Act.RING.value
            ring_whom = Whom.DUTY_DEPUTY.value
            ring_ms = rules.urgent_ring_ms
        elif (
            rules.transfer_ring_ms > 0 and not is_urgent and first and in_time and moment.responsible == Readiness.FREE
        ):
            act = Act.RING.value
            ring_whom = Whom.RESPONSIBLE.value
            ring_ms = rules.transfer_ring_ms
        else:
            act = Act.OPEN_TICKET.value
            attempts = rules.attempts
            ticket_to = Whom.DUTY.value if is_urgent else Whom.RESPONSIBLE.value
            priority = int(is_urgent)
    elif point == Point.CALLBACK:
        act = Act.DIAL.value
        presented = rules.presented
        attempts = max(0, rules.attempts - moment.attempts_made)
    elif point == Point.MISSED:
        attempts = max(0, rules.attempts - moment.attempts_made)
        act = Act.TRY_AGAIN.value if attempts > 0 else Act.END.value

    return Step(act, ring_whom, ring_ms, wait_ms, say, presented, attempts, ticket_to, priority)
