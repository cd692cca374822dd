"""How callbacks go in an office, learnt from its own record where there is enough of it."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from erreichbar.office.text import Text
from erreichbar.promise.forecast.shapes import Habits, Lasting
from erreichbar.record.tables import NONE, Tables
from erreichbar.record.words import AttemptOutcome, Direction, code

ENOUGH_ATTEMPTS = 50
"""So many attempts, or reached tickets, before their share is believed. Assumption."""
ENOUGH_TALKS = 20
"""So many talks about a reason before its own durations are believed. Assumption."""
AT_ONCE_MS = 15 * 60_000
"""A ticket closed this soon after the citizen was reached was settled in the talk. Assumption."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Habits, and of each one where it is from, in words: counted (with the raw count) or an assumption."""

    habits: Habits
    sources: dict[str, Text]


def learn(tables: Tables, assumed: Habits) -> Learnt:
    """Return the habits that the record shows, and those ``assumed`` for what it shows too little of."""
    callbacks = tables.contacts.filter(
        (pl.col("direction") == code(Direction.CALLBACK)) & (pl.col("attempt_outcome") != NONE)
    )
    spoke = callbacks.filter(
        (pl.col("attempt_outcome") == code(AttemptOutcome.REACHED)) & (pl.col("talk") > 0)
    ).with_columns(lasts=pl.col("talk") + pl.max_horizontal(pl.col("wrap_up"), 0))
    reached = tables.tickets.filter(pl.col("reached") != NONE)
    found, sources = assumed, dict.fromkeys(("answers", "settles", "talk"), _ASSUMED)
    if callbacks.height >= ENOUGH_ATTEMPTS:
        hits = callbacks.filter(pl.col("attempt_outcome") == code(AttemptOutcome.REACHED)).height
        found = replace(found, answers=hits / callbacks.height)
        sources["answers"] = _counted(hits, callbacks.height, "Versuchen", "attempts")
    if reached.height >= ENOUGH_ATTEMPTS:
        at_once = (pl.col("resolved") != NONE) & (pl.col("resolved") <= pl.col("reached") + AT_ONCE_MS)
        settled = reached.filter(at_once).height
        found = replace(found, settles=settled / reached.height)
        sources["settles"] = _counted(settled, reached.height, "erreichten Tickets", "tickets reached")
    if spoke.height >= ENOUGH_TALKS:
        found = replace(found, talk=_lasting(spoke["lasts"]), talk_by_reason=_by_reason(tables, spoke))
        sources["talk"] = Text(f"gezählt aus {spoke.height} Gesprächen", f"counted from {spoke.height} talks")
    return Learnt(found, sources)


def _by_reason(tables: Tables, spoke: pl.DataFrame) -> dict[str, Lasting]:
    reasons = tables.tickets.select("ticket", reason_of_ticket="reason")
    talks = spoke.join(reasons, on="ticket").group_by("reason_of_ticket").agg("lasts")
    return {
        reason: _lasting(pl.Series(lasts)) for reason, lasts in talks.sort("reason_of_ticket").iter_rows()
        if len(lasts) >= ENOUGH_TALKS
    }  # fmt: skip


def _lasting(lasts: pl.Series) -> Lasting:
    minutes = lasts.to_numpy() / 60_000
    median = float(np.median(minutes))
    return Lasting(median, max(median, float(np.mean(minutes))))


def _counted(part: int, whole: int, de: str, en: str) -> Text:
    return Text(f"gezählt: {part} von {whole} {de}", f"counted: {part} of {whole} {en}")


_ASSUMED = Text("Annahme, noch zu wenig gezählt", "assumption, too little counted yet")
