"""A plain queue over what is drawn of the default offices answers about as many calls as Erlang A says of their files."""

import heapq
from bisect import bisect_right
from datetime import date

import pytest

from erreichbar.lab.office import load
from erreichbar.lab.office.arrays import Arrays
from erreichbar.lab.office.draw import arising_of, times_of
from erreichbar.lab.office.expected import expected
from erreichbar.traffic import behaviour

COMES, GOES, DONE, CALLS, HANGS_UP = range(5)
Event = tuple[int, int, int, int, int]


def at_telephone(arrays: Arrays, seed: int) -> list[Event]:
    """Return when each agent comes to her telephone and leaves it, breaks included."""
    times, found = times_of(arrays, seed, 0), list[Event]()
    for seat in range(arrays.staff.agents):
        there = range(times.there_first[seat], times.there_first[seat + 1])
        taken = range(times.taken_first[seat], times.taken_first[seat + 1])
        found += [(int(times.there_start[row]), COMES, seat, 0, 0) for row in there]
        found += [(int(times.there_end[row]), GOES, seat, 0, 0) for row in there]
        found += [(int(times.taken_start[row]), GOES, seat, 0, 0) for row in taken]
        found += [(int(times.taken_end[row]), COMES, seat, 0, 0) for row in taken]
    return found


def answered_of_offered(arrays: Arrays, seed: int) -> float:
    """Play the centre's calls: who hangs up may call again; who is at work when she leaves ends her conversation."""
    starts, ends = arrays.days.open_start.tolist(), arrays.days.open_end.tolist()
    arising, behaves = arising_of(arrays, seed, 0), arrays.behaviour
    events = at_telephone(arrays, seed)
    for citizen, at, matters in zip(arising.citizen, arising.arises, arising.matters, strict=True):
        events.append((int(at), CALLS, int(citizen), 0, int(matters)))
    heapq.heapify(events)
    here, talking = [0] * arrays.staff.agents, [False] * arrays.staff.agents
    queue: dict[tuple[int, int], int] = {}
    offered = answered = 0
    while events:
        now, kind, who, nth, matters = heapq.heappop(events)
        if kind in (COMES, GOES):
            here[who] += 1 if kind == COMES else -1
        elif kind == DONE:
            talking[who] = False
        elif kind == CALLS:
            place = bisect_right(starts, now) - 1
            if place < 0 or now >= ends[place]:
                continue
            offered += 1
            queue[who, nth] = matters
            patience = behaviour.patience_ms(behaves, seed, 0, who, nth)
            heapq.heappush(events, (now + patience, HANGS_UP, who, nth, matters))
        elif queue.pop((who, nth), None) is not None:
            after = behaviour.calls_again_ms(behaves, seed, 0, who, nth)
            if after >= 0:
                heapq.heappush(events, (now + after, CALLS, who, nth + 1, matters))
        for seat in range(arrays.staff.agents):
            if queue and here[seat] > 0 and not talking[seat]:
                citizen, tried = next(iter(queue))
                lasts = behaviour.talk_ms(behaves, seed, 0, citizen, tried, 0, queue.pop((citizen, tried)))
                lasts += 5_000 + behaviour.wrap_up_ms(behaves, seed, 0, citizen, tried)
                talking[seat] = True
                answered += 1
                heapq.heappush(events, (now + lasts, DONE, seat, 0, 0))
    return answered / offered


@pytest.mark.slow
@pytest.mark.parametrize("name", ["as-contracted", "as-audited"])
def test_the_office_as_drawn_answers_what_erlang_a_says(name: str) -> None:
    office = load(name)
    found = answered_of_offered(office.arrays(date(2026, 1, 5), 90, warm_up=0, follow=0), 1)
    assert found == pytest.approx(expected(office).reachability, abs=0.03)
