"""The one decision function. The telephone calls it, the lab compiles it with ``numba.njit``, both as it stands."""

from erreichbar.access.points import Act, Moment, Point, Rules, Say, Step, Whom


def decide(rules: Rules, moment: Moment) -> Step:
    """Return what happens next under an access model.

    Pure, total over every ``Point``, in terms of scalars only. One exit with one ``Step`` made of plain integers:
    compiled code refuses a value that is of one type here and of another there. Times are in ms.
    """
    point = moment.point
    act = Act.END.value
    ring_whom = Whom.NOBODY.value
    ring_ms = -1
    wait_ms = -1
    say = Say.NOTHING.value
    presented = -1
    attempts = -1

    if point == Point.ARRIVED or point == Point.DIRECT_BUSY:
        full = rules.places >= 0 and moment.waiting >= rules.places
        full = full or (
            rules.places_per_agent >= 0.0 and moment.waiting >= rules.places_per_agent * moment.agents_present
        )
        # Who could be served at once is never turned away, nor who answers the office's own call.
        exempt = moment.agents_free > moment.waiting or (rules.ring_back and moment.is_ring_back)
        if not moment.is_open:
            act = Act.ANNOUNCE_CLOSED.value
            say = Say.OUT_OF_HOURS.value
        elif full and not exempt:
            act = Act.TURN_AWAY.value
            say = Say.TURNED_AWAY.value
        else:
            act = Act.QUEUE.value
            say = Say.WELCOME.value
    elif point == Point.RING_BACK:
        disturbs = moment.tried_is_protected or not moment.tried_is_free
        if rules.ring_back and moment.is_ring_back and rules.ring_back_first_ms > 0 and not disturbs:
            act = Act.RING.value
            ring_whom = Whom.TRIED.value
            ring_ms = rules.ring_back_first_ms
        else:
            act = Act.QUEUE.value
    elif point == Point.WAITED:
        if rules.longest_wait_ms < 0 or (rules.ring_back and moment.is_ring_back):
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
    elif point == Point.UNSETTLED:
        act = Act.OPEN_TICKET.value
        attempts = rules.attempts
    elif point == Point.CALLBACK:
        act = Act.DIAL.value
        presented = rules.presented
        attempts = max(0, rules.attempts - moment.attempts_made)
    elif point == Point.MISSED:
        attempts = max(0, rules.attempts - moment.attempts_made)
        act = Act.TRY_AGAIN.value if attempts > 0 else Act.END.value

    return Step(act, ring_whom, ring_ms, wait_ms, say, presented, attempts)
