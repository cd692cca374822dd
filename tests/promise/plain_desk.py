"""A desk simulated plainly: one future after another, one attempt after another, written from the rules, not from the code."""

from datetime import UTC, datetime

import numpy as np

from erreichbar.office.periods import Periods
from erreichbar.promise.forecast import Habits, OpenTicket
from erreichbar.promise.forecast.desks import number_of

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)


class Desk:
    """One person in one future, second by second of the clock on the wall: written from the rules, not from the code."""

    def __init__(self, free: Periods, share: float) -> None:
        self.free = [((a - NOW).total_seconds(), (b - NOW).total_seconds()) for a, b in free if b > NOW]
        self.free = [(max(0.0, a), b) for a, b in self.free]
        self.share = share

    def after(self, start: float, work: float) -> float:
        """Return when so much callback time has passed since a moment; infinity if there is not so much."""
        for begin, end in self.free:
            here = max(begin, start)
            if here >= end:
                continue
            if work <= (end - here) * self.share:
                return here + work / self.share
            work -= (end - here) * self.share
        return float("inf")

    def before(self, moment: float) -> float:
        """Return how much callback time there is before a moment."""
        return sum(max(0.0, min(end, moment) - begin) for begin, end in self.free) * self.share


def one_future(
    tickets: list[OpenTicket], desk: Desk, habits: Habits, draws: dict[str, tuple[list[float], float, float]]
) -> dict[str, tuple[bool, bool, bool]]:
    """Simulate one desk in one future."""
    done = {one.ref: [one.attempted, one.reached, False] for one in tickets}
    due = {one.ref: desk.before((one.due - NOW).total_seconds()) for one in tickets}
    ready, made = {}, {}
    for one in tickets:
        rested = (one.last_attempt + habits.pause - NOW).total_seconds() if one.last_attempt else 0.0
        ready[one.ref], made[one.ref] = desk.before(max(0.0, rested)), one.attempts
        if one.reached:
            done[one.ref][2] = draws[one.ref][1] < habits.settles and due[one.ref] > 0
    time = 0.0
    while True:
        waiting = [
            one for one in sorted(tickets, key=lambda one: (one.due, one.ref))
            if not done[one.ref][1] and made[one.ref] < habits.attempts and due[one.ref] > time
        ]  # fmt: skip
        if not waiting:
            return {ref: (a, b, c) for ref, (a, b, c) in done.items()}
        time = max(time, min(ready[one.ref] for one in waiting))
        chosen = next((one for one in waiting if ready[one.ref] <= time and due[one.ref] > time), None)
        if chosen is None:
            continue
        ref = chosen.ref
        answers, settles, talk = draws[ref]
        spoke = answers[made[ref]] < habits.answers
        made[ref] += 1
        done[ref][0] = True
        time += talk if spoke else habits.missed.total_seconds()
        if spoke:
            done[ref][1] = True
            done[ref][2] = settles < habits.settles and time <= due[ref]
        ready[ref] = desk.before(desk.after(0.0, time) + habits.pause.total_seconds())


def draws_of(ticket: OpenTicket, habits: Habits, futures: int, seed: int) -> list[tuple[list[float], float, float]]:
    random = np.random.Generator(np.random.Philox(key=[seed, number_of(ticket.ref)]))
    answers, settles = random.random((habits.attempts, futures)), random.random(futures)
    talk = habits.talk_by_reason.get(ticket.reason, habits.talk).draw(random, (futures,))
    return [(list(answers[:, n]), float(settles[n]), float(talk[n])) for n in range(futures)]


def plainly(
    tickets: list[OpenTicket], free: Periods, habits: Habits, futures: int, seed: int
) -> dict[str, list[tuple[bool, bool, bool]]]:
    draws = {one.ref: draws_of(one, habits, futures, seed) for one in tickets}
    desk = Desk(free, habits.share)
    found = [one_future(tickets, desk, habits, {ref: draws[ref][n] for ref in draws}) for n in range(futures)]
    return {one.ref: [future[one.ref] for future in found] for one in tickets}
