"""The record of a stretch of a run: what began in it, so that a warm-up is not counted."""

import polars as pl

from erreichbar.record.tables import Tables

Window = tuple[int, int]
"""From when, and until when (ms, not included)."""


def within(tables: Tables, window: Window) -> Tables:
    """Return calls and attempts begun, tickets opened, matters arisen, and people's time within a window.

    Rows keep their numbers, and what became of a ticket or matter later stays in its row. Time is cut at both ends; where only
    its sums are known, they are those of the window already.
    """
    start, end = window
    return Tables(
        _begun(tables.contacts, "start", window),
        _begun(tables.tickets, "opened", window),
        None if tables.matters is None else _begun(tables.matters, "arose", window),
        None if tables.work is None else _cut(tables.work, start, end),
        tables.worked,
    )


def _begun(rows: pl.DataFrame, column: str, window: Window) -> pl.DataFrame:
    start, end = window
    moments = rows[column]
    if moments.is_sorted():
        first = moments.search_sorted(start)
        return rows.slice(first, moments.search_sorted(end) - first)
    return rows.filter((moments >= start) & (moments < end))


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
