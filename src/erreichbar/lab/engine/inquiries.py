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
from erreichbar.lab.office.draw import Arising
from erreichbar.lab.office.items import Items, Workload
from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.further import ASKING, Further, asks_after_ms, when_open
from erreichbar.traffic.rows import Numbers
from erreichbar.traffic.who import MOST_MATTERS, Callers, resident

NO_INQUIRIES = Inquiries(*(np.zeros(0, np.int64) for _ in Inquiries._fields))


def who_ask(inquiries: Inquiries) -> Arising:
    """Return who would ask how a case stands, in the order of their numbers: they have no matter that arises."""
    order = np.argsort(inquiries.citizen)
    return Arising(
        inquiries.citizen[order],
        inquiries.at[order],
        inquiries.place[order],
        np.zeros(len(order), np.int8),
        np.full((len(order), MOST_MATTERS), -1, np.int16),
    )


NOBODY_ELSE = who_ask(NO_INQUIRIES)


def with_those(asking: Inquiries, found: Arising) -> Inquiries:
    """Return who would ask together with who calls with a matter, in the order of their calls."""
    none = np.full(len(found.citizen), -1, np.int64)
    calling = Inquiries(found.arises, found.citizen, found.place, none, none)
    both = Inquiries(*(np.concatenate(columns) for columns in zip(asking, calling, strict=True)))
    order = np.lexsort((both.citizen, both.at))
    return Inquiries(*(column[order] for column in both))


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
    """Somebody would ask how her case stands; she calls, unless it is done. Who has a matter calls in any case."""
    ask_later(given, state.n, state.heap, nth + 1)
    if given.inquiries.item[nth] < 0:
        _calls(state, given.inquiries.citizen[nth], now)
    elif working is not None:
        seat = given.inquiries.seat[nth]
        go_on(working.given, working.at[seat], seat, now, working.rows, 0)
        if not is_done(working.at[seat], given.inquiries.item[nth]):
            _calls(state, given.inquiries.citizen[nth], now)


@apart
def _calls(state: State, citizen: int, now: int) -> None:
    n = state.n
    n[FREE] -= 1
    slot = state.free[n[FREE]]
    state.calls[slot, CITIZEN], state.calls[slot, NTH] = citizen, 0
    state.calls[slot, ABOUT], state.calls[slot, TRIES] = NOBODY, 0
    n[HEAP] = push(state.heap, n[HEAP], first_key(now, Kind.CALL_ARRIVES.value), key_of_citizen(citizen, slot))
