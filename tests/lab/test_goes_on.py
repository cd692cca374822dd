"""The loop goes on from the live tables of a midnight, and tells what the centre itself went on to do, to the last digit."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from django.db import transaction

from erreichbar import access
from erreichbar.centre import clock, journal, queries, refs
from erreichbar.centre.models import Attempt, Ticket
from erreichbar.lab.engine.filed import Filed
from erreichbar.lab.engine.preparing import seats_of
from erreichbar.lab.engine.standing import Standing
from erreichbar.lab.engine.under_way import AtSeat
from erreichbar.lab.stood import Besides, open_at, stood
from erreichbar.office import Office
from erreichbar.record import events
from erreichbar.record.tables import NONE
from erreichbar.site import demo
from erreichbar.telephone import virtual
from erreichbar.telephone.floor import Floor
from erreichbar.telephone.training import Colleagues, TrainingLine
from erreichbar.traffic import Citizens, parameters
from tests.lab.engine.test_standing import counted_from, what_followed
from tests.lab.test_twin import DAY, crowded_office
from tests.lab.twin.world import EPOCH, MS
from tests.telephone.test_virtual import village_office


@dataclass
class Remembered:
    """The automatic colleagues of a run, who alone know what they have done at their seats."""

    colleagues: list[Colleagues] = field(default_factory=list)

    def __call__(self, floor: Floor, line: TrainingLine) -> Colleagues:
        self.colleagues.append(Colleagues(floor, line))
        return self.colleagues[-1]

    def seats(self, office: Office) -> dict[int, AtSeat]:
        """Return how often it has rung at each seat, and how much case work was begun there."""
        (one,) = self.colleagues
        assert not one._looking, "somebody would have work in hand at midnight"
        return {
            place: AtSeat(rungs=one._did.get(f"{user}.pick_up", 0), works=one._did.get(f"{user}.case_work", 0))
            for place, user in enumerate([*seats_of(office).agents, *seats_of(office).others])
        }


def from_live_tables(
    office: Office, citizens: Citizens, remembered: Remembered, seed: int, now: int, origin: int
) -> Standing:
    """Return how the centre stands: its journal, its tickets and attempts, and who its virtual citizens are."""
    tables = counted_from(journal.record_tables(), origin)
    refs_of = [
        (entry.event.call, NONE) if isinstance(entry.event, events.CallArrived) else (entry.event.attempt, 1)
        for entry in journal.entries()
        if isinstance(entry.event, events.CallArrived | events.AttemptStarted)
    ]
    everybody = seats_of(office).everybody
    promised = {ticket.ref: ticket for ticket in Ticket.objects.select_related("holder")}
    order = [entry.event.ticket for entry in journal.entries() if isinstance(entry.event, events.TicketOpened)]
    made, last, place, telephone = Counter[int](), dict[int, int](), dict[int, int](), set[int]()
    rows, whose = [], dict[int, int]()
    for contact, (ref, is_attempt) in enumerate(refs_of):
        if is_attempt < 0:
            mark = queries.words_of_call(ref)["citizen"]
            citizen, nth, seat = mark["id"], mark["nth"], NONE
            place[citizen] = mark["person"]
            if citizens.population[mark["person"]].number:
                telephone.add(citizen)
                last[mark["person"] // 2] = citizen
        else:
            # Who is called back is only written down if she answers: it is who called last from her number.
            ticket = tables.contacts["ticket"][contact]
            citizen = last[place[whose[ticket]] // 2]
            nth, seat = made[citizen], everybody.index(Attempt.objects.get(ref=ref).user.username)
        made[citizen] += 1
        rows.append((citizen, nth, seat))
        for number in tables.tickets.filter(pl.col("contact") == contact)["ticket"]:
            whose[number] = citizen
    assert tables.matters is not None
    first = dict(tables.matters.group_by("contact").agg(pl.col("matter").min()).iter_rows())
    matter = {
        row["ticket"]: (whose[row["ticket"]], row["matter"] - first[row["contact"]])
        for row in tables.tickets.to_dicts()
    }
    holder = {number: promised[ref].holder for number, ref in enumerate(order)}
    by_contact = np.array(rows, np.int64).reshape(-1, 3).T
    besides = Besides(
        by_contact[0], by_contact[1], by_contact[2], place, telephone, matter,
        {number: everybody.index(one.username) if one else NONE for number, one in holder.items()},
        remembered.seats(office),
    )  # fmt: skip
    return stood(tables, now, citizens.parameters, besides, seed)


@pytest.mark.slow  # the loop is compiled anew after every change of the rules
@pytest.mark.parametrize(
    ("office", "model", "seed"),
    [
        (crowded_office, "recognisable-callback", 4),
        (crowded_office, "service-centre", 1),
        (village_office, "recognisable-callback", 1),
    ],
)
def test_what_follows_a_midnight_is_what_the_centre_went_on_to_do(
    office: Callable[[], Office], model: str, seed: int, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, chosen, remembered = office(), access.load(model), Remembered()
    citizens = Citizens(parameters(town), town, seed)
    start = virtual.VirtualClock(datetime.combine(DAY, time(), town.zone))
    origin = (start.now() - EPOCH) // MS
    stands = list[Standing]()

    def midnight(moment: datetime) -> None:
        stands.append(from_live_tables(town, citizens, remembered, seed, (moment - EPOCH) // MS - origin, origin))

    monkeypatch.setattr(virtual, "Colleagues", remembered)
    with transaction.atomic(), clock.use(start), refs.seeded(seed):
        demo.set_up(town, chosen)
        ended = virtual.run_day(town, chosen, citizens, DAY, tmp_path, start, progress=midnight)
        lived = counted_from(journal.record_tables(), origin)
        transaction.set_rollback(True)
    assert any(ticket.attempts for one in stands for ticket in one.tickets)
    assert lived.contacts.filter(pl.col("start") >= stands[0].begins).height, "nothing would follow"
    for standing in stands[:-1]:
        found = Filed(town, chosen, DAY, 1, 28).play(seed, standing=standing)
        until = (ended - EPOCH) // MS - origin
        tickets = lived.tickets.filter(open_at(standing.begins))["ticket"].to_list()
        opened = lived.tickets.filter(pl.col("opened") >= standing.begins)["ticket"].to_list()
        later = lived.contacts.filter(pl.col("start") >= standing.begins)["contact"].to_list()
        told = found.contacts.filter(pl.col("start") < until)["contact"].to_list()
        of_loop = what_followed(found, standing.begins, told, [*range(found.tickets.height)])
        assert of_loop == what_followed(lived, standing.begins, later, [*tickets, *opened])
