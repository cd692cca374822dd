"""The record of a stretch of a run: what began in it, so that a warm-up is not counted."""

import polars as pl

from erreichbar.record.tables import Tables

Window = tuple[int, int]
"""From when, and until when (ms, not included)."""


def within(tables: Tables, window: Window) -> Tables:
    """Return calls and attempts begun, tickets opened, matters arisen, and people's time within a window.

    Rows keep their numbers, and what became of a ticket or matter later stays in its row. Time is cut at both ends.
    """
    start, end = window

    def begun(column: str) -> pl.Expr:
        return (pl.col(column) >= start) & (pl.col(column) < end)

    matters = tables.matters
    return Tables(
        tables.contacts.filter(begun("start")),
        tables.tickets.filter(begun("opened")),
        None if matters is None else matters.filter(begun("arose")),
        None if tables.work is None else _cut(tables.work, start, end),
    )


def _cut(work: pl.DataFrame, start: int, end: int) -> pl.DataFrame:
    """Return what of people's time lies within; getting back into a case is at a stretch's beginning, an interruption at its end."""
    begins, ends = pl.col("start").clip(lower_bound=start), pl.col("end").clip(upper_bound=end)
    resuming = (pl.col("resuming") - (begins - pl.col("start"))).clip(0, ends - begins)
    return work.filter((pl.col("end") > start) & (pl.col("start") < end)).with_columns(
        start=begins,
        end=ends,
        resuming=pl.when(pl.col("resuming") > 0).then(resuming).otherwise(pl.col("resuming")),
        interrupted=pl.when(pl.col("end") > end)
        .then(pl.col("interrupted").clip(upper_bound=0))
        .otherwise(pl.col("interrupted")),
    )
