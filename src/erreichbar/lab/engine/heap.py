"""What will happen, and when: a heap of four children a node over one array.

An entry is two whole numbers, ordered as a pair. The first holds the moment (ms) and the agenda's kind, the second the id, what
it is, and the slot it is about, so entries come out in the order (moment, kind, id) of the live house's agenda.
Larkin, Sen, Tarjan: A back-to-basics empirical study of priority queues, ALENEX 2014.
"""

from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.shapes import Ints, What

KIND_BITS = 3
SLOT_BITS = 22
WHAT_BITS = 5
SLOTS = 1 << SLOT_BITS
"""So many things can be going on at once."""
_IDENTITIES = (1 << 36) - 1
NEVER = 1 << 60
"""A moment after everything; it stays so as the first number of an entry."""


@part
def first_key(moment: int, kind: int) -> int:
    """Return the first number of an entry."""
    return moment << KIND_BITS | kind


@part
def second_key(identity: int, what: int, slot: int) -> int:
    """Return the second number of an entry; ``identity`` from 0 to 2^36 − 1."""
    return identity << (WHAT_BITS + SLOT_BITS) | what << SLOT_BITS | slot


@part
def key_of_citizen(citizen: int, slot: int, what: int = What.CALLS_AGAIN.value) -> int:
    """Return the second number of the entry that a citizen calls, or does something else; what is too large for it is cut off on top."""
    return second_key(citizen & _IDENTITIES, what, slot)


@part
def push(heap: Ints, size: int, first: int, second: int) -> int:
    """Put an entry on a heap of ``size`` entries that has room for it. Returns its size."""
    at = size
    while at > 0:
        parent = (at - 1) >> 2
        above = heap[parent, 0]
        if above < first or (above == first and heap[parent, 1] <= second):
            break
        heap[at, 0] = above
        heap[at, 1] = heap[parent, 1]
        at = parent
    heap[at, 0] = first
    heap[at, 1] = second
    return size + 1


@part
def _least(heap: Ints, start: int, after: int) -> int:
    """Return which entry of some comes first."""
    least = start
    for other in range(start + 1, after):
        if heap[other, 0] < heap[least, 0] or (heap[other, 0] == heap[least, 0] and heap[other, 1] < heap[least, 1]):
            least = other
    return least


@part
def drop(heap: Ints, size: int) -> int:
    """Take the first entry off a heap of at least one. Returns its size."""
    size -= 1
    first, second = heap[size, 0], heap[size, 1]
    at = 0
    while True:
        child = (at << 2) + 1
        if child + 4 <= size:
            # Which comes first cannot be foreseen, so nothing branches on it; seldom are two of the same moment and kind.
            one, two, three, four = heap[child, 0], heap[child + 1, 0], heap[child + 2, 0], heap[child + 3, 0]
            left, right = min(one, two), min(three, four)
            least = child + int(two < one) if left <= right else child + 2 + int(four < three)
            if one == two or three == four or left == right:
                least = _least(heap, child, child + 4)
        elif child < size:
            least = _least(heap, child, size)
        else:
            break
        least_first, least_second = heap[least, 0], heap[least, 1]
        if least_first > first or (least_first == first and least_second >= second):
            break
        heap[at, 0] = least_first
        heap[at, 1] = least_second
        at = least
    heap[at, 0] = first
    heap[at, 1] = second
    return size
