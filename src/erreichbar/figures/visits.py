"""Figures of citizens who come in person, having not got through. Only the lab records visits; of others each says that they are not."""

import polars as pl

from erreichbar.figures.figure import Figure, Unit, count, mean, not_recorded, share
from erreichbar.figures.once import both, once
from erreichbar.record.tables import Tables
from erreichbar.record.words import Direction, code

OVER = pl.col("ended") >= 0


def visits(tables: Tables) -> Figure:
    """Citizens who came in person."""
    de = "Bürger:innen, die nicht durchkamen und persönlich kamen."
    en = "Citizens who did not get through and came in person."
    found = _came(tables)
    return not_recorded("visits", Unit.COUNT, de, en) if found is None else count("visits", found.height, de, en)


def received(tables: Tables) -> Figure:
    """Of these, for whom somebody had time on that day, of all whose visit came to an end."""
    de = "Besuche, für die am selben Tag jemand Zeit hatte, geteilt durch alle zu Ende gegangenen Besuche."
    en = "Visits for which somebody had time on that day, divided by all visits that came to an end."
    found = _came(tables)
    if found is None:
        return not_recorded("visits_received", Unit.SHARE, de, en)
    return share("visits_received", *both(found, (pl.col("answered") >= 0) & OVER, OVER), de, en)


def wait_mean(tables: Tables) -> Figure:
    """Mean time from coming until somebody had time, or nobody received any more."""
    de = "Mittlere Wartezeit vor Ort, bis jemand Zeit hatte oder niemand mehr empfing; alle zu Ende gegangenen Besuche."
    en = "Mean wait at the office until somebody had time or nobody received any more; all visits that came to an end."
    found = _came(tables)
    if found is None:
        return not_recorded("visits_wait_mean", Unit.MILLISECONDS, de, en)
    return mean("visits_wait_mean", *both(found, pl.col("wait") * OVER, OVER), de, en)


def _came(tables: Tables) -> pl.DataFrame | None:
    return once(_visits, tables.contacts) if tables.knows_work else None


def _visits(contacts: pl.DataFrame) -> pl.DataFrame:
    return contacts.select(pl.col("answered", "ended", "wait").filter(pl.col("direction") == code(Direction.VISIT)))
