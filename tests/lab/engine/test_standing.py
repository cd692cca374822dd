"""A run that goes on from how an office stands tells what the office really went on to do, to the last digit."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from itertools import chain, pairwise
from typing import Any

import polars as pl
import pytest

from erreichbar import access
from erreichbar.lab.engine.filed import Filed
from erreichbar.lab.engine.standing import Standing
from erreichbar.office import Office
from erreichbar.record.tables import CONTACTS, NONE, TICKETS, Tables
from erreichbar.record.words import CallOutcome, code
from erreichbar.telephone.training.line import ANNOUNCEMENT_MS
from erreichbar.traffic import Citizens, parameters
from tests.lab import twin
from tests.lab.engine.test_whole import since_start
from tests.lab.test_twin import crowded_office
from tests.lab.twin.standing import Standings
from tests.lab.twin.world import EPOCH, MS, World
from tests.telephone.test_virtual import village_office

pytestmark = pytest.mark.slow  # the loop is compiled anew after every change of the rules
DAY = date(2026, 3, 5)
DAYS, FOLLOW = 6, 8


def counted_from(tables: Tables, origin: int) -> Tables:
    """Return tables with moments since the start of a run."""
    return Tables(
        since_start(tables.contacts, CONTACTS, origin), since_start(tables.tickets, TICKETS, origin), tables.matters
    )


def what_followed(
    tables: Tables, now: int, contacts: list[int], tickets: list[int]
) -> tuple[list[dict[str, Any]], ...]:
    """Return contacts and tickets of the record as the loop numbers those that it goes on with, people by when they first appear."""
    contact = {number: place for place, number in enumerate(contacts)}
    ticket = {number: place for place, number in enumerate(tickets)}

    def renumbered(name: str, numbers: dict[int, int]) -> pl.Expr:
        return pl.col(name).replace_strict(numbers, default=NONE, return_dtype=pl.Int64)

    rows = tables.contacts.filter(pl.col("contact").is_in(contacts)).with_columns(
        renumbered("contact", contact), renumbered("previous", contact),
        renumbered("ticket", ticket), renumbered("ring_back_of", ticket),
        same_reason=pl.col("same_reason") & pl.col("previous").is_in(contacts),
    )  # fmt: skip
    staff = {
        one: place for place, one in enumerate(rows["staff"].filter(rows["staff"] >= 0).unique(maintain_order=True))
    }
    rows = rows.with_columns(renumbered("staff", staff))
    promised = tables.tickets.filter(pl.col("ticket").is_in(tickets)).with_columns(
        renumbered("ticket", ticket),
        # In which call a ticket from before was opened, the loop is not told.
        pl.when(pl.col("opened") < now).then(NONE).otherwise(renumbered("contact", contact)).alias("contact"),
    )
    return rows.to_dicts(), promised.drop("matter").to_dicts()


def moments(world: World, origin: int) -> dict[str, set[int]]:
    """Return moments (ms since the start) by what goes on then: midnights, and the middle of the first few of everything there is."""
    found: dict[str, set[int]] = {"midnight": {day * 86_400_000 for day in (1, 2, 5)}}

    def middle(what: str, start: int, end: int) -> None:
        if start >= origin and end - start > 1 and len(found.setdefault(what, set())) < 3:
            found[what].add((start + end) // 2 - origin)

    for seat in world.seats.values():
        for one, after in pairwise(seat.notes):
            middle(f"{seat.role} {one.state}", one.since, after.since)
            if one.since < closing(world, one.since) < after.since and one.state != "off":
                middle("late", closing(world, one.since), after.since)
    for call in chain.from_iterable(world.calls_of.values()):
        until = call.row["answered"] if call.row["answered"] >= 0 else call.row["ended"]
        middle("waiting" if not call.row["rings_missed"] else "waiting again", call.row["start"], until)
        if call.row["outcome"] == code(CallOutcome.TURNED_AWAY):
            middle("announced", call.row["ended"], call.row["ended"] + ANNOUNCEMENT_MS)
    for attempt in world.dialled:
        middle("callback rings", attempt.row["start"], max(attempt.row["answered"], attempt.row["start"] + 6_000))
        middle(f"callback {attempt.outcome}", attempt.row["answered"], attempt.row["ended"])
    return found


def closing(world: World, moment: int) -> int:
    """Return when the office closes on the day of a moment (ms since the Unix epoch), 0 if it is not open on it."""
    periods = world.office.calendar.day(world.at(moment).date()).periods
    return (periods[-1][1] - EPOCH) // MS if periods else 0


@pytest.mark.parametrize(
    ("office", "model", "seed", "happens"),
    [
        (crowded_office, "recognisable-callback", 4, {"case_worker ringing", "callback other_person", "waiting again"}),
        (crowded_office, "service-centre", 1, {"late", "waiting", "agent pause", "callback voicemail"}),
        (village_office, "recognisable-callback", 2, {"case_worker off"}),
    ],
)
def test_what_follows_is_what_the_twin_went_on_to_do(
    office: Callable[[], Office], model: str, seed: int, happens: set[str]
) -> None:
    town, chosen = office(), access.load(model)
    origin = (datetime.combine(DAY, time(), town.zone) - EPOCH) // MS
    stands = list[tuple[Standing, list[int], list[int]]]()

    def look(world: World) -> None:
        found = Standings(world, counted_from(world.tables(), origin), origin, seed)
        stands.append((found.at(world.clock.ms - origin), found.under_way, found.tickets))

    def lives(looks: Sequence[int] = ()) -> World:
        citizens = Citizens(parameters(town), town, seed)
        return twin.live(town, chosen, citizens, DAY, DAYS, FOLLOW, looks=[origin + at for at in looks], look=look)

    by_what = moments(lives(), origin)
    assert {*by_what} >= {"midnight", "agent ready", "agent talking", "agent wrap_up", "case_worker ready", *happens}
    whole = counted_from(lives(sorted(set.union(*by_what.values()))).tables(), origin)
    filed = Filed(town, chosen, DAY, DAYS, FOLLOW)
    for standing, under_way, tickets in stands:
        later = whole.contacts.filter(pl.col("start") >= standing.begins)["contact"].to_list()
        opened = whole.tickets.filter(pl.col("opened") >= standing.begins)["ticket"].to_list()
        found = filed.play(seed, standing=standing)
        of_twin = what_followed(whole, standing.begins, [*under_way, *later], [*tickets, *opened])
        of_loop = what_followed(found, standing.begins, [*range(found.contacts.height)], [*range(found.tickets.height)])
        assert of_loop == of_twin, standing
        assert later, "nothing would follow"
