"""Figures of calls to direct lines, of transfers, and of what they do to others. What the live centre does not know, it says."""

import polars as pl

from erreichbar.figures.calls import ANSWERED, OFFERED, calls
from erreichbar.figures.figure import Figure, Unit, mean, not_recorded, share
from erreichbar.figures.once import both, once, sums
from erreichbar.record.tables import Tables
from erreichbar.record.words import Line, Role, TalkedWith, code

TENTH = 10
"""One in so many callers: those with most direct time, whose share of it is asked for."""


DIRECT = pl.col("line") == code(Line.DIRECT)
"""Of ``calls``: those to direct lines, in service hours or not."""


def direct_reachability(tables: Tables) -> Figure:
    """Direct calls in service hours that somebody answered, of all that came to an end."""
    return share(
        "direct_reachability",
        *both(calls(tables), DIRECT & ANSWERED, DIRECT & OFFERED),
        "Anrufe auf Durchwahlen, die jemand annahm, wer auch immer, geteilt durch alle während der Servicezeiten.",
        "Calls to direct lines that somebody answered, whoever it was, divided by all in service hours.",
    )


def misdirected(tables: Tables) -> Figure:
    """Answered calls whose first matter is not the answering person's to deal with."""
    return _known_share(
        tables,
        "misdirected",
        "Angenommene Anrufe, deren Anliegen nicht bei der Person lag, die annahm, geteilt durch alle angenommenen.",
        "Answered calls whose matter was not that of the person who answered, divided by all answered.",
    )


def diverted(tables: Tables) -> Figure:
    """Direct calls that went on to somebody else than who was dialled."""
    return _known_share(
        tables,
        "diverted",
        "Anrufe auf Durchwahlen, die zu jemand anderem weitergingen, geteilt durch alle, bei denen es bekannt ist.",
        "Calls to direct lines that went on to somebody else, divided by all of which it is known.",
    )


def transferred(tables: Tables, role: Role) -> Figure:
    """Answered calls that were put through to somebody in this role."""
    de = "Angenommene Anrufe, die zu dieser Rolle durchgestellt wurden, geteilt durch alle angenommenen."
    en = "Answered calls that were put through to this role, divided by all answered."
    through = ANSWERED & (pl.col("transferred") >= 0)
    to_role, to_any, found = sums(calls(tables), through & (pl.col("transferred_to") == code(role)), through, ANSWERED)
    if not tables.knows_work and not to_any:
        return not_recorded(f"transferred_{role}", Unit.SHARE, de, en)
    return share(f"transferred_{role}", to_role, found, de, en)


def wait_mean_by_role(tables: Tables, role: Role) -> Figure:
    """Mean wait of calls that somebody in this role answered."""
    hers = (pl.col("role") == code(role)) & ANSWERED
    return mean(
        f"wait_mean_{role}",
        *both(calls(tables), pl.col("wait").filter(hers), hers),
        "Mittlere Wartezeit der Anrufe, die in dieser Rolle angenommen wurden. Wer auflegte, steht in wait_mean.",
        "Mean wait of calls answered in this role. Those who hung up are in wait_mean.",
    )


def talked_with(tables: Tables, whom: TalkedWith) -> Figure:
    """Tickets about which the citizen first spoke with somebody of this kind, of all in which she was reached."""
    reached = once(_with_whom, tables.tickets)
    return share(
        f"talked_with_{whom}",
        reached.get(code(whom), 0),
        sum(reached.values()),
        "Tickets, über die die Bürger:in zuerst mit dieser Stelle sprach, geteilt durch alle, bei denen sie erreicht wurde.",
        "Tickets about which the citizen first spoke with this kind of person, divided by all in which she was reached.",
    )


def _with_whom(tickets: pl.DataFrame) -> dict[int, int]:
    """Return with whom citizens who were reached first talked, and about how many tickets."""
    reached = tickets.select(pl.col("with_whom").filter(pl.col("reached") >= 0))
    return dict(reached.group_by("with_whom").len().iter_rows())


def callbacks_held_up(tables: Tables) -> Figure:
    """How long callbacks that were due waited because whoever was to make them talked in other citizens' direct calls."""
    de = "Mittlere Zeit, die fällige Rückrufe warteten, weil die Person in Direktgesprächen mit anderen war; alle Tickets."
    en = "Mean time that due callbacks waited because the person was in direct calls of others; all tickets."
    known = pl.col("held_up") >= 0
    held_up, found = both(tables.tickets, pl.col("held_up").filter(known), known)
    if not found and not tables.tickets.is_empty():
        return not_recorded("callbacks_held_up", Unit.MILLISECONDS, de, en)
    return mean("callbacks_held_up", held_up, found, de, en)


def direct_time_of_top_callers(tables: Tables) -> Figure:
    """Share of the time of direct conversations that the tenth of callers with most of it takes."""
    columns = calls(tables).select("line", "person", "talk", "wrap_up")
    spoken = columns.filter(DIRECT & (pl.col("talk") >= 0) & (pl.col("person") >= 0))
    time = spoken.group_by("person").agg((pl.col("talk") + pl.col("wrap_up").clip(0)).sum().alias("time"))
    top = time["time"].sort(descending=True).head(-(-time.height // TENTH))
    return share(
        "direct_time_of_top_callers",
        int(top.sum()),
        int(time["time"].sum()),
        "Zeit der Gespräche auf Durchwahlen mit dem Zehntel der Anrufenden, das am meisten davon hat, geteilt durch alle "
        "(Millisekunden mit Nachbearbeitung; nur bekannte Personen).",
        "Time of conversations on direct lines with the tenth of callers that has most of it, divided by all (milliseconds, work "
        "afterwards included; known persons only).",
    )


def _known_share(tables: Tables, column: str, de: str, en: str) -> Figure:
    are, known = both(calls(tables), ANSWERED & (pl.col(column) == 1), ANSWERED & (pl.col(column) >= 0))
    if not known and not tables.knows_work:
        return not_recorded(column, Unit.SHARE, de, en)
    return share(column, are, known, de, en)
