"""Figures of people's time, by role and organisation, never by person: undisturbed case work, interruptions, hours, euros.

They need the table ``work``, which only the lab fills; over the live centre each says that it is not recorded. A full-time week
is a week of presence: hours in which people are there, divided by the hours of such a week.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import polars as pl

from erreichbar.figures.figure import Figure, Unit, a_week, count, mean, money, not_recorded, share
from erreichbar.figures.once import both, once
from erreichbar.office.model import OrganisationKind
from erreichbar.record.tables import WORKED, Tables
from erreichbar.record.words import Direction, Role, WorkKind, code

UNDISTURBED_MS = 30 * 60 * 1000
"""A stretch of case work shorter than this does not count as undisturbed."""
HOUR_MS = 3_600_000
_WORK = (code(WorkKind.CASE_WORK), code(WorkKind.PROTECTED))


class Price(NamedTuple):
    """What a purchased centre is paid (euros): by the month, by the call answered, by the minute of conversation."""

    per_month: float
    per_call: float
    per_minute: float


class Sums(NamedTuple):
    """The sums of one kind of work of all people in a role: columns of ``WORKED``."""

    role: int
    organisation: int
    kind: int
    length: int
    interrupted: int
    resumed: int
    resuming: int
    undisturbed: int
    undisturbed_without_resuming: int


def undisturbed_work(tables: Tables, full_week_h: float, *, resuming: bool = True) -> Figure:
    """Case work of case workers in stretches of at least 30 minutes, for each full-time week.

    ``resuming``: whether the time that goes into getting back into interrupted work counts as work.
    """
    name = "undisturbed_work" if resuming else "undisturbed_work_without_resuming"
    rest = (
        ("", "")
        if resuming
        else (" Die Zeit, wieder hineinzufinden, zählt nicht mit.", " Getting back into it does not count.")
    )
    de = f"Fallarbeit der Sachbearbeitung am Stück von mindestens 30 Minuten, je Vollzeitwoche Anwesenheit.{rest[0]}"
    en = f"Case work of case workers in stretches of at least 30 minutes, for each full-time week of presence.{rest[1]}"
    found = _of(tables, Role.CASE_WORKER)
    if found is None:
        return not_recorded(name, Unit.MILLISECONDS_A_WEEK, de, en)
    total = sum(one.undisturbed if resuming else one.undisturbed_without_resuming for one in found)
    return a_week(name, total, _length(found), int(full_week_h * HOUR_MS), Unit.MILLISECONDS_A_WEEK, de, en)


def worked(work: pl.DataFrame) -> pl.DataFrame:
    """Return the sums of people's stretches: the columns ``WORKED`` of the record."""
    by = ("staff", "role", "organisation", "kind")
    resumed = pl.col("resuming") > 0
    whole = work.group_by(by).agg(
        (pl.col("end") - pl.col("start")).sum().alias("length"),
        (pl.col("interrupted") == 1).sum().cast(pl.Int64),
        resumed.sum().cast(pl.Int64).alias("resumed"),
        pl.col("resuming").filter(resumed).sum(),
    )
    alone = pl.col("length") - pl.col("resuming")
    undisturbed = (
        stretches(work)
        .group_by(by)
        .agg(
            pl.col("length").filter(pl.col("length") >= UNDISTURBED_MS).sum().alias("undisturbed"),
            alone.filter(alone >= UNDISTURBED_MS).sum().alias("undisturbed_without_resuming"),
        )
    )
    return whole.join(undisturbed, on=by, how="left").fill_null(0).select(list(WORKED))


def stretches(work: pl.DataFrame) -> pl.DataFrame:
    """Return the stretches of case work, protected or not, that follow each other without a gap as one: whose, ``length``, ``resuming``.

    Their ``kind`` is that of the first.
    """
    rows = work.filter(pl.col("kind").is_in(_WORK)).sort("staff", "start")
    begins = (pl.col("staff") != pl.col("staff").shift(1)) | (pl.col("start") != pl.col("end").shift(1))
    broken = pl.col("interrupted").shift(1) == 1
    numbered = rows.with_columns((begins | broken).fill_null(True).cum_sum().alias("stretch"))
    return numbered.group_by("stretch", maintain_order=True).agg(
        pl.col("staff", "role", "organisation", "kind").first(),
        (pl.col("end") - pl.col("start")).sum().alias("length"),
        pl.col("resuming").clip(0).sum(),
    )


def interruptions(tables: Tables, full_week_h: float) -> Figure:
    """How often a call took a case worker from a case, for each full-time week."""
    de = "Fallarbeit, die ein Anruf unterbrach, je Vollzeitwoche Anwesenheit der Sachbearbeitung."
    en = "Case work that a call interrupted, for each full-time week of case workers' presence."
    found = _of(tables, Role.CASE_WORKER)
    if found is None:
        return not_recorded("interruptions", Unit.PER_WEEK, de, en)
    number = sum(one.interrupted for one in found)
    return a_week("interruptions", number, _length(found), int(full_week_h * HOUR_MS), Unit.PER_WEEK, de, en)


def resuming_mean(tables: Tables) -> Figure:
    """What getting back into interrupted case work costs on average."""
    de = "Mittlere Zeit, um nach einer Unterbrechung wieder in die Fallarbeit zu finden."
    en = "Mean time to get back into case work after an interruption."
    found = _sums(tables)
    if found is None:
        return not_recorded("resuming_mean", Unit.MILLISECONDS, de, en)
    total, number = sum(one.resuming for one in found), sum(one.resumed for one in found)
    return mean("resuming_mean", total, number, de, en)


def time_of(tables: Tables, role: Role, kind: WorkKind) -> Figure:
    """The part of a role's presence that one kind of work takes."""
    name = f"time_{role}_{kind}"
    de = "Zeit mit dieser Tätigkeit, geteilt durch alle Anwesenheit in dieser Rolle (in Millisekunden)."
    en = "Time with this work, divided by all presence in this role (in milliseconds)."
    found = _of(tables, role)
    if found is None:
        return not_recorded(name, Unit.SHARE, de, en)
    return share(name, _length(one for one in found if one.kind == code(kind)), _length(found), de, en)


def staff_hours(tables: Tables, role: Role, organisation: OrganisationKind) -> Figure:
    """Hours of presence of a role, by organisation (in ms)."""
    name = f"presence_{role}_{organisation}"
    de = "Anwesenheit in dieser Rolle bei dieser Organisation, in Millisekunden."
    en = "Presence in this role with this organisation, in milliseconds."
    found = _of(tables, role)
    if found is None:
        return not_recorded(name, Unit.COUNT, de, en)
    return count(name, _length(one for one in found if one.organisation == organisation_code(organisation)), de, en)


def euros(
    tables: Tables,
    organisation: OrganisationKind,
    wages: Mapping[Role, float],
    price: Price | None = None,
    months: float = 0.0,
) -> Figure:
    """What an organisation costs: its people's presence by their ``wages`` (euros an hour), or its ``price``.

    The price is by ``months``, by calls that its people answered, and by minutes of their conversations.
    """
    name = f"euros_{organisation}"
    if price is None:
        de = "Anwesenheit mal Stundensatz der Rolle, in dem auch Urlaub, Krankheit und Arbeitsplatz stecken."
        en = "Presence times the hourly rate of the role, which includes leave, illness and the workplace."
    else:
        de = "Was die Organisation bekommt: je Monat, je angenommenem Anruf und je Gesprächsminute."
        en = "What the organisation is paid: by the month, by the call answered and by the minute of conversation."
    found = _worked(tables)
    if found is None:
        return not_recorded(name, Unit.EUROS, de, en)
    if price is None:
        mine = [one for one in _sums(tables) or () if one.organisation == organisation_code(organisation)]
        hours = {role: _length(one for one in mine if one.role == code(role)) / HOUR_MS for role in wages}
        return money(name, round(100 * sum(hours[role] * wages[role] for role in wages)), de, en)
    answered = (pl.col("direction") == code(Direction.INBOUND)) & (pl.col("answered") >= 0)
    people = found.filter(pl.col("organisation") == organisation_code(organisation))["staff"]
    theirs = answered & pl.col("staff").is_in(people.unique().implode())
    until = pl.when(pl.col("transferred") >= 0).then(pl.col("transferred")).otherwise(pl.col("ended"))
    number, talked = both(tables.contacts, theirs, (until - pl.col("answered")).filter(theirs & (until >= 0)))
    paid = months * price.per_month + number * price.per_call + talked / 60_000 * price.per_minute
    return money(name, round(100 * paid), de, en)


def organisation_code(organisation: OrganisationKind) -> int:
    """Return the code of an organisation in the table ``work``."""
    return list(OrganisationKind).index(organisation)


def _worked(tables: Tables) -> pl.DataFrame | None:
    if tables.worked is not None or tables.work is None:
        return tables.worked
    return once(worked, tables.work)


def _sums(tables: Tables) -> list[Sums] | None:
    found = _worked(tables)
    return None if found is None else once(_by_kind, found)


def _by_kind(found: pl.DataFrame) -> list[Sums]:
    by = Sums._fields[:3]
    return [Sums(*row) for row in found.group_by(by).agg(pl.col(Sums._fields[3:]).sum()).iter_rows()]


def _of(tables: Tables, role: Role) -> list[Sums] | None:
    found = _sums(tables)
    return None if found is None else [one for one in found if one.role == code(role)]


def _length(found: Iterable[Sums]) -> int:
    return sum(one.length for one in found)
