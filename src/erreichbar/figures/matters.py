"""Figures of matters: needs, whether they were ever voiced or not. What the lab compares access models by.

The set is the same in every model, but for matters that arise because numbers are published; so who never got through, was turned
away or gave up stays in the denominator. ``arisen`` limits it to matters that arose in [from, until) (ms): matters of a warm-up are
not counted, those that arose last have had time to be served.
"""

import polars as pl

from erreichbar.figures.figure import Figure, Unit, count, mean, not_recorded, quantile, ratio, share
from erreichbar.figures.once import both, once
from erreichbar.record.tables import Tables
from erreichbar.record.words import MatterEnd, TalkedWith, code

PROMISED_MS = 48 * 3600 * 1000
Arisen = tuple[int, int]

_DE = (
    "Anliegen, die rechtzeitig bedient sind, geteilt durch alle entstandenen. Bedient ist, was ohne Entscheidung erledigt wurde, "
    "wenn es keine braucht, sonst das erste Gespräch mit jemandem, der darüber entscheiden darf. Rechtzeitig heißt binnen 48 "
    "Stunden nach dem ersten Versuch der Bürger:in, das Amt zu erreichen; bei dringenden bis zu ihrem Termin. Nie vorgebrachte, "
    "abgewiesene und aufgegebene Anliegen zählen als nicht bedient."
)
_EN = (
    "Matters served in time, divided by all that arose. Served is what was settled without a decision if it needs none, else "
    "the first conversation with somebody who may decide it. In time is within 48 hours of the citizen's first attempt to reach "
    "the office; for urgent matters by their date. Matters never voiced, turned away or given up count as not served."
)


def matters(tables: Tables, arisen: Arisen | None = None) -> pl.DataFrame | None:
    """Return the matters that count, ``in_time`` saying whether each was served in time; none if they are not recorded."""
    if tables.matters is None:
        return None
    if arisen is None:
        return once(_in_time, tables.matters)
    return _in_time(tables.matters.filter((pl.col("arose") >= arisen[0]) & (pl.col("arose") < arisen[1])))


def _in_time(found: pl.DataFrame) -> pl.DataFrame:
    limit = pl.when(pl.col("urgent_date") >= 0).then(pl.col("urgent_date")).otherwise(pl.col("first_try") + PROMISED_MS)
    tried = pl.col("first_try") >= 0
    return found.with_columns((tried & (pl.col("served") >= 0) & (pl.col("served") <= limit)).alias("in_time"))


def served_in_time(tables: Tables, arisen: Arisen | None = None) -> Figure:
    """Matters served in time, of all that arose: the first of the four figures that models are compared by."""
    found = matters(tables, arisen)
    if found is None:
        return not_recorded("served_in_time", Unit.SHARE, _DE, _EN)
    return share("served_in_time", int(found["in_time"].sum()), found.height, _DE, _EN)


def served_in_time_by_responsible(tables: Tables, arisen: Arisen | None = None) -> Figure:
    """Matters that need a decision, served in time in a conversation with the person responsible, of all that need one."""
    de = (
        "Anliegen, die eine Entscheidung brauchen und über die die Bürger:in rechtzeitig mit der zuständigen Person sprach, "
        "geteilt durch alle, die eine brauchen."
    )
    en = (
        "Matters that need a decision about which the citizen spoke in time with the person responsible, divided by all that "
        "need one."
    )
    found = matters(tables, arisen)
    if found is None or not (found["needs_decision"] >= 0).all():
        return not_recorded("served_in_time_by_responsible", Unit.SHARE, de, en)
    need = pl.col("needs_decision") == 1
    with_her = need & pl.col("in_time") & (pl.col("served_with") == code(TalkedWith.RESPONSIBLE))
    return share("served_in_time_by_responsible", *both(found, with_her, need), de, en)


def urgent_in_time(tables: Tables, arisen: Arisen | None = None) -> Figure:
    """Matters with a date that were served by it, of all with a date."""
    de = "Dringende Anliegen, die bis zu ihrem Termin bedient sind, geteilt durch alle mit einem Termin."
    en = "Urgent matters served by their date, divided by all that have a date."
    found = matters(tables, arisen)
    dated = pl.col("urgent_date") >= 0
    in_time, number = (0, 0) if found is None else both(found, pl.col("in_time") & dated, dated)
    if found is None or (not number and not _knows_dates(found)):
        return not_recorded("urgent_in_time", Unit.SHARE, de, en)
    return share("urgent_in_time", in_time, number, de, en)


def ended(tables: Tables, end: MatterEnd, arisen: Arisen | None = None) -> Figure:
    """Matters that ended in one of the ways, of all that arose."""
    de = f"Anliegen, die so endeten ({end.value}), geteilt durch alle entstandenen."
    en = f"Matters that ended so ({end.value}), divided by all that arose."
    found = matters(tables, arisen)
    if found is None:
        return not_recorded(f"matters_{end}", Unit.SHARE, de, en)
    return share(f"matters_{end}", once(_ends, found).get(code(end), 0), found.height, de, en)


def still_open(tables: Tables, arisen: Arisen | None = None) -> Figure:
    """Matters that have not ended."""
    de, en = "Anliegen, die noch nicht geendet haben.", "Matters that have not ended."
    found = matters(tables, arisen)
    if found is None:
        return not_recorded("matters_open", Unit.COUNT, de, en)
    return count("matters_open", once(_ends, found).get(-1, 0), de, en)


def _ends(found: pl.DataFrame) -> dict[int, int]:
    """Return how many matters ended in each way (code), and how many have not (−1)."""
    return dict(found.group_by("end").len().iter_rows())


def calls_until_spoken(tables: Tables, arisen: Arisen | None = None) -> Figure:
    """Calls of the citizen until somebody spoke with her about the matter: the mean over matters that were voiced."""
    de = "Anrufe der Bürger:in, bis jemand mit ihr über das Anliegen sprach; Mittel über alle vorgebrachten Anliegen."
    en = "Calls of the citizen until somebody spoke with her about the matter; mean over all matters that were voiced."
    found = matters(tables, arisen)
    if found is None:
        return not_recorded("calls_until_spoken", Unit.RATIO, de, en)
    voiced = pl.col("contact") >= 0
    return ratio("calls_until_spoken", *both(found, pl.col("tries").filter(voiced), voiced), de, en)


def time_to_served(tables: Tables, part: float = 0.5, arisen: Arisen | None = None) -> Figure:
    """Time from the first attempt until served, a quantile over matters that were served."""
    percent = f"{part:.0%}".removesuffix("%")
    de = f"{percent} % der bedienten Anliegen waren höchstens so lange nach dem ersten Versuch bedient."
    en = f"{percent} % of the matters served were served at most so long after the first attempt."
    found = matters(tables, arisen)
    if found is None:
        return not_recorded(f"time_to_served_p{percent}", Unit.MILLISECONDS, de, en)
    waits = once(took, found)
    return quantile(f"time_to_served_p{percent}", waits.quantile(part, "lower"), len(waits), de, en)


def time_to_served_mean(tables: Tables, arisen: Arisen | None = None) -> Figure:
    """The mean of the same."""
    de = "Mittlere Zeit vom ersten Versuch, bis das Anliegen bedient war; nur bediente Anliegen."
    en = "Mean time from the first attempt until the matter was served; only matters that were served."
    found = matters(tables, arisen)
    if found is None:
        return not_recorded("time_to_served_mean", Unit.MILLISECONDS, de, en)
    waits = once(took, found)
    return mean("time_to_served_mean", int(waits.sum()), len(waits), de, en)


def took(found: pl.DataFrame) -> pl.Series:
    """Return how long after the first attempt the matters were served that were, in order of length (ms)."""
    served = (pl.col("served") >= 0) & (pl.col("first_try") >= 0)
    return found.select((pl.col("served") - pl.col("first_try")).filter(served).sort()).to_series()


def _knows_dates(found: pl.DataFrame) -> bool:
    # A table in which no urgent matter has a date comes from where dates are not known.
    return not found["urgent"].any()
