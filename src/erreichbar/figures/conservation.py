"""What must hold in every run: each matter ends exactly once, and the minutes of everybody add up.

Each function returns what is wrong, in words for developers, and nothing if all is well.
"""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from erreichbar.record.tables import Tables
from erreichbar.record.words import MatterEnd, code

Stretch = tuple[int, int]


def matters_end_once(tables: Tables) -> list[str]:
    """Return which matters end wrongly: by two ways, without a moment, before they arose, or against their ticket."""
    return list(_wrong_ends(tables)) if tables.matters is not None else ["matters are not recorded"]


def _wrong_ends(tables: Tables) -> Iterator[str]:
    matters = tables.matters
    assert matters is not None
    ends, ticket = pl.col("end"), pl.col("ticket")
    rules: Mapping[str, pl.Expr] = {
        "has an end without a moment, or a moment without an end": (ends >= 0) != (pl.col("ended") >= 0),
        "ended before it arose": (pl.col("ended") >= 0) & (pl.col("ended") < pl.col("arose")),
        "was served before it arose": (pl.col("served") >= 0) & (pl.col("served") < pl.col("arose")),
        "was served by nobody": (pl.col("served") >= 0) & (pl.col("served_with") < 0),
        "was voiced without a first attempt": (pl.col("contact") >= 0) & (pl.col("first_try") < 0),
        "was settled in a call and has a ticket": (ends == code(MatterEnd.SETTLED)) & (ticket >= 0),
        "ended through a ticket it does not have": (ends == code(MatterEnd.TICKET)) & (ticket < 0),
        "was never voiced, but served or tried": (ends == code(MatterEnd.NEVER_VOICED))
        & ((pl.col("served") >= 0) | (pl.col("contact") >= 0)),
        "was given up, but settled": (ends == code(MatterEnd.GIVEN_UP)) & (pl.col("ended") < pl.col("served")),
    }
    for words, wrong in rules.items():
        for row in matters.filter(wrong)["matter"]:
            yield f"matter {row} {words}"
    yield from _wrong_tickets(tables, matters)


def _wrong_tickets(tables: Tables, matters: pl.DataFrame) -> Iterator[str]:
    of_tickets = tables.tickets.filter(pl.col("matter") >= 0)
    for row in of_tickets.filter(pl.col("matter").is_duplicated())["matter"].unique().sort():
        yield f"matter {row} has two tickets"
    both = matters.filter(pl.col("ticket") >= 0).join(
        of_tickets.select("ticket", "closed", of="matter"), on="ticket", how="left"
    )
    for row in both.filter((pl.col("of") != pl.col("matter")) | pl.col("of").is_null())["matter"]:
        yield f"matter {row} and its ticket do not name each other"
    through = both.filter(pl.col("end") == code(MatterEnd.TICKET))
    for row in through.filter(pl.col("closed") != pl.col("ended"))["matter"]:
        yield f"matter {row} did not end when its ticket was closed"
    closed = both.filter((pl.col("closed") >= 0) & (pl.col("end") < 0))
    for row in closed["matter"]:
        yield f"matter {row} goes on although its ticket is closed"


def minutes_add_up(tables: Tables, there: Mapping[int, Sequence[Stretch]]) -> list[str]:
    """Return whose stretches of work are not exactly the time she is ``there``: a gap, an overlap, time beyond.

    ``there`` holds, by the number of ``work.staff``, when somebody is at work (ms): in order and apart from each other.
    Work that outlasts her time, such as a conversation begun before it ends, belongs to it and is to be in ``there``.
    """
    if tables.work is None:
        return ["work is not recorded"]
    return list(_wrong_minutes(tables.work, there))


def _wrong_minutes(work: pl.DataFrame, there: Mapping[int, Sequence[Stretch]]) -> Iterator[str]:
    for row in work.filter(pl.col("end") <= pl.col("start")).rows(named=True):
        yield f"staff {row['staff']}: a stretch from {row['start']} to {row['end']}"
    for row in work.filter(pl.col("resuming") > pl.col("end") - pl.col("start")).rows(named=True):
        yield f"staff {row['staff']}: resumes longer than the stretch from {row['start']}"
    done: dict[int, list[Stretch]] = {}
    for staff, start, end in work.sort("staff", "start", "end").select("staff", "start", "end").iter_rows():
        mine = done.setdefault(staff, [])
        if mine and start < mine[-1][1]:
            yield f"staff {staff}: two things at once from {start} to {min(end, mine[-1][1])}"
        if mine and start <= mine[-1][1]:
            mine[-1] = (mine[-1][0], max(end, mine[-1][1]))
        else:
            mine.append((start, end))
    for staff in sorted({*done, *there}):
        worked, planned = done.get(staff, []), _joined(there.get(staff, []))
        if worked != planned:
            first = next(
                (pair for pair in zip([*worked, None], [*planned, None], strict=False) if pair[0] != pair[1]), None
            )
            yield f"staff {staff}: at work {first[0] if first else None}, there {first[1] if first else None}"


def _joined(given: Sequence[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for start, end in given:
        if found and start == found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
