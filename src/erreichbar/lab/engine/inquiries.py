"""Who asks how her case stands: which citizens would, if it is not done by then, and whether they do.

Who would is known before a run, for it depends on the case alone; whether it is done, when she would call, is seen at its desk.
"""

from typing import NamedTuple

import numpy as np

from erreichbar.lab.compiling import compiled
from erreichbar.lab.engine.compiling import apart, part
from erreichbar.lab.engine.desks import Working, go_on, is_done
from erreichbar.lab.engine.heap import first_key, key_of_citizen, push, second_key
from erreichbar.lab.engine.promised import Inquiries, Promised
from erreichbar.lab.engine.shapes import Ints, Kind, What
from erreichbar.lab.engine.state import ABOUT, CITIZEN, FREE, HEAP, NOBODY, NTH, TRIES, State
from erreichbar.lab.office.items import Items, Workload
from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.further import ASKING, Further, asks_after_ms, when_open
from erreichbar.traffic.rows import Numbers
from erreichbar.traffic.who import Callers, resident

NO_INQUIRIES = Inquiries(*(np.zeros(0, np.int64) for _ in Inquiries._fields))


class Asked(NamedTuple):
    """What is looked for in a replication, and by whom."""

    further: Further
    callers: Callers
    load: Workload
    items: Items
    opens: Numbers
    closes: Numbers
    stops: int
    seed: int
    replication: int


def inquiries(asked: Asked) -> Inquiries:
    """Return who would ask about an item, in the order of their calls."""
    room = Inquiries(*(np.zeros(len(asked.items.key), np.int64) for _ in Inquiries._fields))
    count = compiled(fill)(asked, room)
    order = np.lexsort((room.citizen[:count], room.at[:count]))
    return Inquiries(*(column[:count][order] for column in room))


def fill(asked: Asked, room: Inquiries) -> int:
    """Write who would ask into ``room``; return how many do. Compiles unchanged."""
    seed, replication, items, count = asked.seed, asked.replication, asked.items, 0
    for seat in range(len(items.first) - 1):
        for item in range(items.first[seat], items.first[seat + 1]):
            key = items.key[item]
            after = asks_after_ms(asked.further, seed, replication, key, asked.load.usual[seat])
            if after < 0:
                continue
            u = uniform(seed, replication, Stream.STATUS.value, key, 2)
            at = when_open(items.arrives[item] + after, u, asked.opens, asked.closes)
            if 0 <= at < asked.stops:
                u = uniform(seed, replication, Stream.STATUS.value, key, 3)
                room.at[count], room.citizen[count], room.seat[count], room.item[count] = at, ASKING + key, seat, item
                room.place[count] = resident(asked.callers, seed, items.household[item], u)
                count += 1
    return count


@apart
def ask_later(given: Promised, n: Ints, heap: Ints, nth: int) -> None:
    """Put it on the agenda that somebody would ask, if there is anybody."""
    if nth < len(given.inquiries.at):
        at = first_key(given.inquiries.at[nth], Kind.CALL_ARRIVES.value)
        n[HEAP] = push(heap, n[HEAP], at, second_key(nth, What.ASKS.value, 0))


@part
def asks(state: State, given: Promised, working: Working | None, nth: int, now: int) -> None:
    """Somebody would ask how her case stands; she calls, unless it is done."""
    ask_later(given, state.n, state.heap, nth + 1)
    if working is not None:
        seat, n = given.inquiries.seat[nth], state.n
        go_on(working.given, working.at[seat], seat, now, working.rows, 0)
        if not is_done(working.at[seat], given.inquiries.item[nth]):
            n[FREE] -= 1
            slot, citizen = state.free[n[FREE]], given.inquiries.citizen[nth]
            state.calls[slot, CITIZEN], state.calls[slot, NTH] = citizen, 0
            state.calls[slot, ABOUT], state.calls[slot, TRIES] = NOBODY, 0
            n[HEAP] = push(state.heap, n[HEAP], first_key(now, Kind.CALL_ARRIVES.value), key_of_citizen(citizen, slot))
