"""Figures of citizens' calls. ``until`` (ms, the tables' origin) asks how things stood then; none: at the end.

Every call in service hours that has come to a point is answered, abandoned or turned away, and exactly one of them;
offered is their sum. Calls that still wait are none of the three yet. Ring-backs and repeated calls count like any
other.
"""

from typing import NamedTuple

import polars as pl

from erreichbar.figures.figure import Figure, count, mean, quantile, share
from erreichbar.figures.once import both, once
from erreichbar.record.tables import Tables
from erreichbar.record.words import CallOutcome, Direction, Role, code

END = 2**62
"""A moment after everything (ms)."""
OFFERED = pl.col("state").is_between(0, code(CallOutcome.TURNED_AWAY))
"""Of ``calls``: those in service hours that have come to a point."""
ANSWERED = pl.col("state") == code(CallOutcome.ANSWERED)

_ASKED = (
    "contact", "direction", "line", "start", "in_service_hours", "outcome", "answered", "ended", "wait", "talk", "wrap_up", "role",
    "person", "matters", "settled", "ring_back_of", "previous", "same_reason", "misdirected", "diverted", "transferred",
    "transferred_to",
)  # fmt: skip


class Counts(NamedTuple):
    """The raw counts of calls. ``offered`` is answered + abandoned + turned_away; ``out_of_hours`` stands beside it."""

    offered: int
    answered: int
    abandoned: int
    turned_away: int
    out_of_hours: int
    open: int


def calls(tables: Tables, until: int | None = None) -> pl.DataFrame:
    """Return the citizens' calls that had arrived by ``until``; ``state`` is how they stood then, −1 open.

    Of their other columns there are those that figures ask for.
    """
    return once(_calls, tables.contacts) if until is None else _calls(tables.contacts, until)


def _calls(contacts: pl.DataFrame, end: int = END) -> pl.DataFrame:
    answered = pl.col("answered").is_between(0, end)
    over = pl.col("ended").is_between(0, end)
    state = (
        pl.when(~pl.col("in_service_hours"))
        .then(pl.lit(code(CallOutcome.OUT_OF_HOURS)))
        .when(answered)
        .then(pl.lit(code(CallOutcome.ANSWERED)))
        .when(over)
        .then(pl.col("outcome"))
        .otherwise(pl.lit(-1))
    )
    inbound = (pl.col("direction") == code(Direction.INBOUND)) & (pl.col("start") <= end)
    return contacts.select(_ASKED).filter(inbound).with_columns(state.cast(pl.Int8).alias("state"))


def counts(tables: Tables, until: int | None = None) -> Counts:
    """Return the raw counts of calls; disjoint, and together all calls of the table."""
    return once(_counts, calls(tables, until))


def _counts(found: pl.DataFrame) -> Counts:
    by_state = dict(found.group_by("state").len().iter_rows())
    answered, abandoned, turned_away, out_of_hours = (by_state.get(code(outcome), 0) for outcome in CallOutcome)
    offered = answered + abandoned + turned_away
    still_open = by_state.get(-1, 0)
    assert offered + out_of_hours + still_open == found.height
    return Counts(offered, answered, abandoned, turned_away, out_of_hours, still_open)


def offered(tables: Tables, until: int | None = None) -> Figure:
    """Calls in service hours that were answered, abandoned or turned away."""
    return count(
        "offered",
        counts(tables, until).offered,
        "Anrufe während der Servicezeiten: angenommene, aufgelegte und abgewiesene. Rückrufe von Bürger:innen und "
        "wiederholte Anrufe zählen mit.",
        "Calls in service hours: answered, abandoned and turned away. Citizens' ring-backs and repeated calls are "
        "included.",
    )


def answered(tables: Tables, until: int | None = None) -> Figure:
    """Offered calls in which somebody of the office spoke with the citizen."""
    return count(
        "answered",
        counts(tables, until).answered,
        "Angebotene Anrufe, bei denen jemand vom Amt oder vom Servicecenter mit der anrufenden Person gesprochen hat.",
        "Offered calls in which somebody of office or centre spoke with the caller.",
    )


def abandoned(tables: Tables, until: int | None = None) -> Figure:
    """Offered calls that ended before anybody answered, without having been turned away."""
    return count(
        "abandoned",
        counts(tables, until).abandoned,
        "Angebotene Anrufe, bei denen aufgelegt wurde, bevor jemand annahm, auch wenn es nur kurz geklingelt hat.",
        "Offered calls in which the caller hung up before anybody answered, however short the wait.",
    )


def abandoned_at_once(tables: Tables, within_s: int = 10, until: int | None = None) -> Figure:
    """Abandoned calls whose caller hung up within so many seconds; part of the abandoned, shown beside them."""
    hung_up = pl.col("state") == code(CallOutcome.ABANDONED)
    at_once, found = both(calls(tables, until), hung_up & (pl.col("wait") <= within_s * 1000), hung_up)
    return share(
        f"abandoned_within_{within_s}_s",
        at_once,
        found,
        f"Aufgelegte Anrufe, bei denen innerhalb von {within_s} Sekunden aufgelegt wurde, geteilt durch alle "
        "aufgelegten.",
        f"Abandoned calls in which the caller hung up within {within_s} seconds, divided by all abandoned.",
    )


def turned_away(tables: Tables, until: int | None = None) -> Figure:
    """Offered calls that were ended by an announcement because too many waited already."""
    return count(
        "turned_away",
        counts(tables, until).turned_away,
        "Angebotene Anrufe, die eine Ansage beendet hat, weil schon zu viele warteten oder es zu lange dauerte.",
        "Offered calls ended by an announcement, because too many waited already or it took too long.",
    )


def out_of_hours(tables: Tables, until: int | None = None) -> Figure:
    """Calls outside service hours. They are not offered; leaving them out altogether would hide them."""
    return count(
        "out_of_hours",
        counts(tables, until).out_of_hours,
        "Anrufe außerhalb der Servicezeiten. Sie zählen nicht zu den angebotenen und stehen deshalb daneben.",
        "Calls outside service hours. They do not count as offered and therefore stand beside them.",
    )


def reachability(tables: Tables, until: int | None = None) -> Figure:
    """Answered of offered."""
    found = counts(tables, until)
    return share(
        "reachability",
        found.answered,
        found.offered,
        "Angenommene Anrufe geteilt durch alle angebotenen (angenommen, aufgelegt, abgewiesen) während der "
        "Servicezeiten.",
        "Answered calls divided by all offered (answered, abandoned, turned away) in service hours.",
    )


def service_level(tables: Tables, within_s: int, until: int | None = None) -> Figure:
    """Answered within so many seconds, of offered."""
    quick, found = both(calls(tables, until), ANSWERED & (pl.col("wait") <= within_s * 1000), OFFERED)
    return share(
        f"service_level_{within_s}_s",
        quick,
        found,
        f"Innerhalb von {within_s} Sekunden angenommene Anrufe geteilt durch alle angebotenen, nicht nur die "
        "angenommenen.",
        f"Calls answered within {within_s} seconds divided by all offered, not only by the answered.",
    )


def wait_mean(tables: Tables, until: int | None = None) -> Figure:
    """Mean wait of offered calls, those who hung up included."""
    waits = _waits(tables, until)
    return mean(
        "wait_mean",
        int(waits.sum()),
        len(waits),
        "Mittlere Wartezeit aller angebotenen Anrufe, auch derer, die auflegten oder abgewiesen wurden.",
        "Mean wait of all offered calls, those who hung up or were turned away included.",
    )


def wait_quantile(tables: Tables, part: float, until: int | None = None) -> Figure:
    """The wait that so large a part of offered calls did not exceed."""
    waits = _waits(tables, until)
    percent = f"{part:.0%}".removesuffix("%")
    return quantile(
        f"wait_p{percent}",
        waits.quantile(part, "lower"),
        len(waits),
        f"{percent} % aller angebotenen Anrufe warteten höchstens so lange, auch die, die auflegten oder abgewiesen "
        "wurden.",
        f"{percent} % of all offered calls waited at most so long, those who hung up or were turned away included.",
    )


def talk_mean(tables: Tables, role: Role, until: int | None = None) -> Figure:
    """Mean length of citizens' calls answered in a role and ended."""
    return mean(
        f"talk_mean_{role}",
        *_lengths(tables, until, "talk", role),
        "Mittlere Dauer beendeter Gespräche, die in dieser Rolle angenommen wurden.",
        "Mean length of ended conversations that were answered in this role.",
    )


def wrap_up_mean(tables: Tables, role: Role, until: int | None = None) -> Figure:
    """Mean work after citizens' calls answered in a role."""
    return mean(
        f"wrap_up_mean_{role}",
        *_lengths(tables, until, "wrap_up", role),
        "Mittlere Nachbearbeitung von Gesprächen, die in dieser Rolle angenommen wurden.",
        "Mean work after conversations that were answered in this role.",
    )


def ring_backs(tables: Tables, until: int | None = None) -> Figure:
    """Offered calls that were taken to answer a missed callback."""
    rung_back, found = both(calls(tables, until), OFFERED & (pl.col("ring_back_of") >= 0), OFFERED)
    return share(
        "ring_backs",
        rung_back,
        found,
        "Anrufe, mit denen jemand auf einen verpassten Rückruf antwortet, geteilt durch alle angebotenen.",
        "Calls that answer a missed callback, divided by all offered.",
    )


def _waits(tables: Tables, until: int | None) -> pl.Series:
    return once(waits, calls(tables, until))


def waits(found: pl.DataFrame) -> pl.Series:
    """Return how long the offered of these calls waited, in order of length (ms)."""
    return found.select(pl.col("wait").filter(OFFERED).sort()).to_series()


def _lengths(tables: Tables, until: int | None, column: str, role: Role) -> tuple[int, int]:
    """Return the sum of a length over calls answered in a role that have it, and how many they are."""
    has = (pl.col("role") == code(role)) & (pl.col(column) >= 0)
    return both(calls(tables, until), pl.col(column).filter(has), has)
