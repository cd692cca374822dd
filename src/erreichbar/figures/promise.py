"""Figures of the promise: attempted, reached, resolved in time, on each clock. Never one "handled in 48 hours".

A ticket that is open and overdue counts against the promise. In time is what happened not after the due moment of the
clock; on the clock of 48 literal hours nothing is in time for a ticket that had no staffed minute left when it was
opened (impossible by calendar). As attempted ≤ reached ≤ resolved for each ticket, the counts fall in the same order
on every clock.
"""

from enum import StrEnum
from itertools import product

import polars as pl

from erreichbar.figures.calls import END
from erreichbar.figures.figure import Figure, count, quantile, ratio, share
from erreichbar.figures.once import both, once, sums, total
from erreichbar.office.text import Text
from erreichbar.record.tables import Tables
from erreichbar.record.words import AttemptOutcome, ClockName, Direction, PresentedNumber, code

_REACHED = pl.col("attempt_outcome") == code(AttemptOutcome.REACHED)


class Part(StrEnum):
    """The three parts of the promise."""

    ATTEMPTED = "attempted"
    REACHED = "reached"
    RESOLVED = "resolved"


_PARTS = {
    Part.ATTEMPTED: Text(
        "mindestens einmal versucht, erreicht oder erledigt", "tried at least once, reached or resolved"
    ),
    Part.REACHED: Text(
        "über das Anliegen gesprochen, oder die Antwort ging auf dem gewünschten Weg hinaus",
        "spoken with about the matter, or answered by the channel wished for",
    ),
    Part.RESOLVED: Text("erledigt, und die Bürger:in weiß es", "resolved, and the citizen knows it"),
}
_CLOCKS = {
    ClockName.ELAPSED: Text("48 Stunden", "48 hours"),
    ClockName.SERVICE_HOURS: Text("48 Stunden Servicezeit", "48 service hours"),
    ClockName.WORKING_DAYS: Text(
        "bis Dienstschluss des zweiten Arbeitstags danach", "by the end of the second working day after"
    ),
}


def in_time(tables: Tables, part: Part, clock: ClockName, until: int | None = None) -> int:
    """Return of how many tickets a part of the promise has been kept by ``until``, due already or not."""
    return total(_tickets(tables, until), _kept(part, clock, until))


def kept(tables: Tables, part: Part, clock: ClockName, until: int | None = None) -> Figure:
    """A part of the promise kept, of the tickets that were due by ``until``."""
    found = once(_all_kept, tables.tickets) if until is None else _all_kept(_tickets(tables, until), until)
    what, when = _PARTS[part], _CLOCKS[clock]
    return share(
        f"{part}_in_time_{clock.replace('-', '_')}",
        *found[part, clock],
        f"Tickets, die rechtzeitig ({when.de}) {what.de} sind, geteilt durch alle Tickets, deren Frist abgelaufen "
        "ist. Offene überfällige zählen dagegen.",
        f"Tickets {what.en} in time ({when.en}), divided by all tickets whose time is up. Open overdue ones count "
        "against it.",
    )


def open_overdue(tables: Tables, clock: ClockName, until: int) -> Figure:
    """Tickets open at ``until`` whose due moment has passed."""
    tickets = _tickets(tables, until)
    is_open = (pl.col("closed") < 0) | (pl.col("closed") > until)
    return count(
        f"open_overdue_{clock.replace('-', '_')}",
        tickets.filter(is_open & (pl.col(_due(clock)) < until)).height,
        f"Offene Tickets, deren Frist ({_CLOCKS[clock].de}) abgelaufen ist.",
        f"Open tickets whose time ({_CLOCKS[clock].en}) is up.",
    )


def impossible_by_calendar(tables: Tables, until: int | None = None) -> Figure:
    """Tickets for which no staffed minute was left within 48 literal hours when they were opened."""
    tickets = _tickets(tables, until)
    return share(
        "impossible_by_calendar",
        total(tickets, pl.col("last_chance") < 0),
        tickets.height,
        "Tickets, für die bei der Annahme innerhalb von 48 Stunden niemand mehr Dienst hatte, geteilt durch alle "
        "Tickets. Sie gelten nach 48 Stunden als gebrochen; den Bürger:innen wurde es gleich gesagt.",
        "Tickets for which nobody was on duty within the next 48 hours when they were opened, divided by all "
        "tickets. They count as broken after 48 hours; the citizens were told at once.",
    )


def time_to(tables: Tables, part: Part, until: int | None = None) -> Figure:
    """Median time from opening a ticket to a part of its promise, of those tickets where it came to that."""
    end = END if until is None else until
    done = pl.col(part).is_between(0, end)
    waited = _tickets(tables, until).select((pl.col(part) - pl.col("opened")).filter(done)).to_series()
    return quantile(
        f"time_to_{part}",
        waited.quantile(0.5, "lower"),
        len(waited),
        f"Median der Zeit vom Versprechen, bis die Bürger:in {_PARTS[part].de} ist; nur Tickets, bei denen es dazu "
        "kam.",
        f"Median time from the promise until {_PARTS[part].en}; only tickets where it came to that.",
    )


def attempts_until_reached(tables: Tables, until: int | None = None) -> Figure:
    """Attempts to call back, for each attempt that reached the citizen."""
    attempts = _attempts(tables, until)
    return ratio(
        "attempts_until_reached",
        attempts.height,
        total(attempts, _REACHED),
        "Rückrufversuche geteilt durch die Versuche, bei denen die Bürger:in erreicht wurde.",
        "Attempts to call back divided by the attempts that reached the citizen.",
    )


def reached_by_number(tables: Tables, presented: PresentedNumber, until: int | None = None) -> Figure:
    """Attempts that reached the citizen, of those that showed this number."""
    shown = pl.col("presented") == code(presented)
    return share(
        f"reached_showing_{presented}",
        *both(_attempts(tables, until), shown & _REACHED, shown),
        "Rückrufversuche mit dieser angezeigten Nummer, bei denen die Bürger:in erreicht wurde, geteilt durch alle "
        "mit ihr.",
        "Attempts showing this number that reached the citizen, divided by all attempts showing it.",
    )


def _all_kept(tickets: pl.DataFrame, until: int | None = None) -> dict[tuple[Part, ClockName], tuple[int, int]]:
    """Return of each part of the promise on each clock how many tickets kept it, of those that were due."""
    due = {clock: pl.col(_due(clock)) <= (END if until is None else until) for clock in ClockName}
    pairs = list(product(Part, ClockName))
    were_due = dict(zip(due, sums(tickets, *due.values()), strict=True))
    were_kept = sums(tickets, *(due[clock] & _kept(part, clock, until) for part, clock in pairs))
    return {pair: (number, were_due[pair[1]]) for pair, number in zip(pairs, were_kept, strict=True)}


def _tickets(tables: Tables, until: int | None) -> pl.DataFrame:
    return tables.tickets if until is None else tables.tickets.filter(pl.col("opened") <= until)


def _attempts(tables: Tables, until: int | None) -> pl.DataFrame:
    attempts = once(_of_callbacks, tables.contacts)
    return attempts if until is None else attempts.filter(pl.col("start") <= until)


def _of_callbacks(contacts: pl.DataFrame) -> pl.DataFrame:
    started = (pl.col("direction") == code(Direction.CALLBACK)) & (pl.col("attempt_outcome") >= 0)
    return contacts.select(pl.col("start", "attempt_outcome", "presented").filter(started))


def _due(clock: ClockName) -> str:
    return f"due_{clock.replace('-', '_')}"


def _kept(part: Part, clock: ClockName, until: int | None) -> pl.Expr:
    moment = pl.col(part)
    within = (moment >= 0) & (moment <= pl.col(_due(clock))) & (moment <= (END if until is None else until))
    return within & (pl.col("last_chance") >= 0) if clock is ClockName.ELAPSED else within
