"""With what probability is each open ticket attempted, reached and resolved in time? By simulation of each desk.

A desk is one person who calls back, the ticket with the least time left first, in the time she has for it. What is not
known is drawn: whether the citizen answers, how long the talk takes, whether it settles the matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from erreichbar.office.periods import Periods
from erreichbar.promise.forecast.desks import Desk, kept_promises
from erreichbar.promise.forecast.shapes import Chances, Habits, OpenTicket

FUTURES = 1000
"""How many futures are drawn. A probability is then known to about three in a hundred (95 %)."""
NOBODY: Mapping[str, Periods] = {}


def chances(
    tickets: Sequence[OpenTicket],
    free: Mapping[str, Periods],
    now: datetime,
    habits: Habits = Habits(),
    *,
    reserved: Iterable[str] = (),
    full: Mapping[str, Periods] = NOBODY,
    futures: int = FUTURES,
    seed: int = 1,
) -> dict[str, Chances]:
    """Return the chances of every ticket by its ref.

    ``free`` is when each person may call back; for those in ``reserved`` all of it is kept free for that, for others what is
    ``full``, and else a share. A ticket's draws
    are its own (keyed by seed and ref), so that what changes for one desk changes no other. Left out are ring-backs, and that
    a citizen is called in her window only.
    """
    desks: dict[str, list[OpenTicket]] = defaultdict(list)
    found: dict[str, Chances] = {}
    for ticket in tickets:
        if ticket.holder is None or not free.get(ticket.holder):
            found[ticket.ref] = Chances(float(ticket.attempted), float(ticket.reached), 0.0)
        else:
            desks[ticket.holder].append(ticket)
    kept = set(reserved)
    simulated = [
        Desk(
            sorted(held, key=lambda one: (one.due, one.ref)),
            free[person],
            1.0 if person in kept else habits.share,
            full.get(person, ()),
        )
        for person, held in desks.items()
    ]
    for desk, counts in kept_promises(simulated, now, habits, futures, seed):
        for ticket, kept_in in zip(desk.tickets, counts, strict=True):
            found[ticket.ref] = Chances(*(count / futures for count in kept_in))
    return {ticket.ref: found[ticket.ref] for ticket in tickets}
