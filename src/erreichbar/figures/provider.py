"""Figures that a provider reported of itself, each with what it is counted of. They are not ours, and say so."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import polars as pl

from erreichbar.figures import calls
from erreichbar.figures.figure import Figure, count, mean, share
from erreichbar.office.text import Text
from erreichbar.record.provider import Interval
from erreichbar.record.tables import Tables
from erreichbar.record.words import Role

MARK = Text("vom Anbieter gemeldet, nicht von uns gezählt", "reported by the provider, not counted by us")
"""What stands beside every such figure."""


def reported(intervals: Sequence[Interval]) -> list[Figure]:
    """Return the figures of reported intervals: counts and shares of their sums, means weighted by the answered calls."""
    offered = sum(one.offered for one in intervals)
    answered = sum(one.answered for one in intervals)
    abandoned = sum(one.abandoned for one in intervals)
    return [
        count(
            "offered",
            offered,
            "Anrufe, die nach Zählung des Anbieters ankamen.",
            "Calls that arrived, as the provider counts them.",
        ),
        share(
            "reachability",
            answered,
            offered,
            "Angenommene Anrufe geteilt durch alle, die ankamen, nach Zählung des Anbieters.",
            "Answered calls divided by all that arrived, as the provider counts them.",
        ),
        share(
            "abandoned",
            abandoned,
            offered,
            "Anrufe, bei denen aufgelegt wurde, geteilt durch alle, die ankamen, nach Zählung des Anbieters.",
            "Calls whose caller hung up, divided by all that arrived, as the provider counts them.",
        ),
        share(
            "neither",
            offered - answered - abandoned,
            offered,
            "Anrufe, die ankamen und weder als angenommen noch als aufgelegt gemeldet sind, zum Beispiel abgewiesene.",
            "Calls that arrived and are reported neither as answered nor as abandoned, such as those turned away.",
        ),
        *(_service_level(intervals, seconds) for seconds in thresholds(intervals)),
        _mean(
            "wait_mean",
            [(one.mean_wait_s, one.answered) for one in intervals],
            "Mittlere Wartezeit der angenommenen Anrufe, nach Zählung des Anbieters; ohne Zeiträume, für die sie fehlt.",
            "Mean wait of answered calls, as the provider counts it; without intervals for which it is missing.",
        ),
        _mean(
            "talk_mean",
            [(one.mean_talk_s, one.answered) for one in intervals],
            "Mittlere Dauer der Gespräche, nach Zählung des Anbieters; ohne Zeiträume, für die sie fehlt.",
            "Mean length of conversations, as the provider counts it; without intervals for which it is missing.",
        ),
    ]


def ours(tables: Tables, stretches: Iterable[tuple[datetime, datetime]], within_s: Iterable[int] = ()) -> list[Figure]:
    """Return what our own journal says of the same stretches (start, end; aware), under the same names.

    ``within_s`` are the seconds of the provider's service levels. Empty where we counted no call then.
    """
    inside = pl.lit(value=False)
    for start, end in stretches:
        inside |= pl.col("start").is_between(_ms(start), _ms(end), closed="left")
    same = Tables(tables.contacts.filter(inside), tables.tickets)
    found = calls.counts(same)
    if not found.offered:
        return []
    abandoned, neither = calls.abandoned(same).definition, calls.turned_away(same).definition
    return [
        calls.offered(same),
        calls.reachability(same),
        share("abandoned", found.abandoned, found.offered, abandoned.de, abandoned.en),
        share("neither", found.turned_away, found.offered, neither.de, neither.en),
        *(calls.service_level(same, seconds) for seconds in within_s),
        calls.wait_mean(same),
        replace(calls.talk_mean(same, Role.AGENT), name="talk_mean"),
    ]


def thresholds(intervals: Iterable[Interval]) -> list[int]:
    """Return the seconds within which the provider says that calls were answered, ascending."""
    return sorted({one.within_s for one in intervals if one.within_s is not None})


def _service_level(intervals: Iterable[Interval], seconds: int) -> Figure:
    told = [one for one in intervals if one.within_s == seconds]
    return share(
        f"service_level_{seconds}_s",
        sum(one.answered_within or 0 for one in told),
        sum(one.offered for one in told),
        f"Innerhalb von {seconds} Sekunden angenommene Anrufe geteilt durch alle, die ankamen, nach Zählung des Anbieters; "
        "nur Zeiträume, für die es gemeldet ist.",
        f"Calls answered within {seconds} seconds divided by all that arrived, as the provider counts them; only intervals "
        "for which it is reported.",
    )


def _mean(name: str, weighted: Iterable[tuple[int | None, int]], de: str, en: str) -> Figure:
    told = [(seconds, answered) for seconds, answered in weighted if seconds is not None]
    total_ms = sum(seconds * answered * 1000 for seconds, answered in told)
    return mean(name, total_ms, sum(answered for _, answered in told), de, en)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
