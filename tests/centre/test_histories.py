"""Random histories through the database: whatever happens, every open ticket lies with who is there, and no promise is lost.

After each step it is held that no open ticket is without a holder who is or will be there in time unless the office has
nobody, that due moments never change, that attempted ≤ reached ≤ resolved, that each step of the ladder and each message
went out at most once; at the end of a history that the journal verifies and that doing what is due now once more changes
nothing. ``ERREICHBAR_HISTORIES`` sets how many are tried.
"""

import os
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from erreichbar.centre import actions, journal, refs
from erreichbar.centre.actions.tending import Placing
from erreichbar.centre.models import Attempt, JournalEntry, Message, StepTaken, Ticket, TimeTaken, User
from erreichbar.centre.queries.presence import roster
from erreichbar.promise.presence import LOOK_AHEAD
from erreichbar.promise.stand_in import candidates
from erreichbar.record.words import MessageKind, Role

HISTORIES = int(os.environ.get("ERREICHBAR_HISTORIES", "200"))
AT_FIRST, STEPS = 5, 12
"""So many tickets are there at first, and so many things happen then."""
STARTS = (
    "2026-03-05T08:10:00+01:00",
    "2026-03-06T15:30:00+01:00",
    "2026-03-27T16:00:00+01:00",
    "2026-10-23T11:00:00+02:00",
)
"""A Thursday morning, a Friday afternoon, and the Fridays before both changes of hour."""
TEAM = ("lange", "yildiz", "schwarz")
OUTCOMES = ("reached", "not_answered", "busy", "voicemail", "other_person", "wrong_number")


class History:
    """One random history in a house. Every step either is done or is refused; what is refused changes nothing."""

    def __init__(self, house: Any, seed: int) -> None:
        self.house = house
        self.draw = random.Random(seed)
        self.promised: dict[str, tuple[Any, ...]] = {}
        self.citizens = 0
        house.clock.moment = datetime.fromisoformat(STARTS[seed % len(STARTS)])
        for _ in range(AT_FIRST):
            self.does(self.opens)

    def goes_on(self) -> None:
        """Let one thing happen, some time pass, and what is due now be done."""
        steps: list[Callable[[], object]] = [
            self.opens, self.opens, self.forwards, self.is_absent, self.is_absent, self.not_in_today, self.comes_back,
            self.tries, self.tries, self.resolves, self.reopens, self.waits, self.rings_back, self.leaves,
            self.asks_the_duty_office, self.nobody_is_on_duty,
        ]  # fmt: skip
        self.does(self.draw.choice(steps))
        self.house.clock.moment += timedelta(minutes=self.draw.choice((1, 7, 45, 180, 900, 2880)))
        self.house.do(actions.TendTickets)

    def does(self, step: Callable[[], object]) -> None:
        """Take a step, if the house lets it be taken."""
        try:
            step()
        except actions.Refused:
            pass  # nothing has changed

    # -- what may happen --------------------------------------------------------------------------------------------

    def opens(self) -> None:
        self.citizens += 1
        number = f"+49221471{self.citizens:04}"
        call = self.house.talks(number)
        person = self.house.registers(call, family_name=self.draw.choice("ABDHMSTW") + "ecker", number=number)
        reason = self.draw.choice(("payment_status", "housing_approval", "no_means"))
        try:
            self.house.opens(call, person, reason=reason, number=number, may_leave_message=self.draw.random() < 0.5)
        finally:
            self.house.hangs_up(call)
            self.house.do(actions.ChangeSeat, user="arslan", state="ready")

    def forwards(self) -> None:
        ticket, unit = self.some_ticket(), self.draw.choice(list(self.house.office.units))
        holder = self.draw.choice([None, *self.house.office.units[unit].members])
        self.house.do(actions.ForwardTicket, ticket=ticket.ref, version=ticket.version, unit=unit, holder=holder)

    def asks_the_duty_office(self) -> None:
        ticket = self.some_ticket()
        unit = self.house.office.people["roth"].unit
        self.house.do(actions.ForwardTicket, ticket=ticket.ref, version=ticket.version, unit=unit, holder="roth")

    def nobody_is_on_duty(self) -> None:
        now = self.house.clock.now()
        for person in ("brandt", "roth"):
            self.house.do(actions.TakeTime, person=person, start=now, end=now + timedelta(hours=50), kind="absent")

    def is_absent(self) -> None:
        now = self.house.clock.now()
        start = now + timedelta(hours=self.draw.choice((0, 5, 30)))
        end = None if self.draw.random() < 0.1 else start + timedelta(hours=self.draw.choice((1, 9, 50, 200)))
        kind = self.draw.choice(("absent", "absent", "appointment", "protected"))
        self.house.do(actions.TakeTime, person=self.somebody(), start=start, end=end, kind=kind)

    def not_in_today(self) -> None:
        self.house.do(actions.NotInToday, person=self.somebody())

    def comes_back(self) -> None:
        entry = TimeTaken.objects.select_related("user").order_by("?").first()
        if entry is not None:
            self.house.do(actions.FreeTime, person=entry.user.username, entry=entry.ref)

    def tries(self) -> None:
        ticket = self.some_ticket()
        user = ticket.holder.username if ticket.holder else "lange"
        attempt = self.house.tries(ticket.ref, user)
        outcome = self.draw.choice(OUTCOMES)
        if outcome not in ("not_answered", "busy"):
            self.house.do(actions.ConnectAttempt, attempt=attempt)
        self.house.clock.moment += timedelta(minutes=3)
        self.house.do(actions.EndAttempt, attempt=attempt, ended_by="citizen")
        self.house.do(actions.RecordAttempt, user, attempt=attempt, outcome=outcome)

    def resolves(self) -> None:
        ticket = self.some_ticket()
        user = ticket.holder.username if ticket.holder else "lange"
        outcome = self.draw.choice(("settled", "decided", "done_not_told"))
        self.house.do(actions.ResolveTicket, user, ticket=ticket.ref, version=ticket.version, outcome=outcome)

    def reopens(self) -> None:
        ticket = self.some_ticket(closed=True)
        self.house.do(actions.ReopenTicket, ticket=ticket.ref, version=ticket.version)

    def waits(self) -> None:
        ticket = self.some_ticket()
        until = self.house.clock.now().date() + timedelta(days=self.draw.choice((1, 4, 20)))
        self.house.do(actions.PauseTicket, ticket=ticket.ref, version=ticket.version, until=until)

    def rings_back(self) -> None:
        ticket = self.some_ticket()
        call = self.house.talks(ticket.number)
        try:
            if ticket.person is not None:
                self.house.do(actions.IdentifyCaller, "arslan", call=call, person=ticket.person.ref, checks=2)
                self.house.do(actions.JoinTicket, "arslan", call=call, ticket=ticket.ref)
        finally:
            self.house.hangs_up(call)
            self.house.do(actions.ChangeSeat, user="arslan", state="ready")

    def leaves(self) -> None:
        if User.objects.filter(is_active=True, role=Role.CASE_WORKER).count() > 5:
            User.objects.filter(username=self.draw.choice(TEAM)).update(is_active=False)

    def somebody(self) -> str:
        return self.draw.choice((*TEAM, *TEAM, "brandt", "roth", "kaminski"))

    def some_ticket(self, *, closed: bool = False) -> Ticket:
        tickets = list(
            Ticket.objects.filter(closed_at__isnull=not closed).select_related("holder", "person").order_by("pk")
        )
        if not tickets:
            raise actions.NotFound("Es gibt keines.", "There is none.")
        return self.draw.choice(tickets)

    # -- what must hold ---------------------------------------------------------------------------------------------

    def holds(self) -> None:
        """Assert what is true after every step."""
        now, office = self.house.clock.now(), self.house.office
        there = roster(now)
        active = set(User.objects.filter(is_active=True).values_list("username", flat=True))
        for ticket in Ticket.objects.select_related("holder", "responsible"):
            moments = (
                ticket.opened_at,
                ticket.due_elapsed,
                ticket.due_service_hours,
                ticket.due_working_days,
                ticket.last_chance,
            )
            assert self.promised.setdefault(ticket.ref, moments) == moments
            in_order = [at for at in (ticket.attempted_at, ticket.reached_at, ticket.resolved_at) if at is not None]
            assert in_order == sorted(in_order)
            if not ticket.is_open:
                continue
            responsible = ticket.responsible.username if ticket.responsible else None
            able = [one for one, _ in candidates(office, ticket.unit, responsible, {})]
            free = {one: there.free(one, now, now + LOOK_AHEAD) for one in able if one in active}
            if not any(free.values()):
                assert ticket.nobody
                continue
            assert not ticket.nobody
            holders = [ticket.holder.username] if ticket.holder else [
                person.id for person in office.in_role(Role.CASE_WORKER, ticket.unit) if person.id in active
            ]  # fmt: skip
            # Who holds it can call before the last chance, or nobody who may deal with it can.
            if ticket.last_chance is not None and now <= ticket.last_chance:
                end = ticket.last_chance + timedelta(minutes=1)
                in_time = {one for one, periods in free.items() if periods and periods[0][0] < end}
                assert not in_time or in_time & set(holders), (ticket.holder, in_time)
            else:
                assert any(free.get(one) for one in holders)
        self.rightly_placed()

    def rightly_placed(self) -> None:
        """Assert that looking at every ticket, not only at those that may have to move, would move none."""
        placing = Placing(actions.TendTickets(key=f"test.{refs.new_ref()}"))
        busy = Attempt.objects.filter(ended_at=None).values("ticket")
        for ticket in (
            Ticket.objects.filter(closed_at=None).exclude(pk__in=busy).select_related("holder", "responsible")
        ):
            assert not placing.place(ticket), ticket.assigned_why

    def is_over(self) -> None:
        """Assert what is true of a whole history."""
        before = JournalEntry.objects.count()
        self.house.do(actions.TendTickets)
        assert JournalEntry.objects.count() == before, "what is due now did something twice"
        steps = list(StepTaken.objects.values_list("ticket", "step"))
        assert len(steps) == len(set(steps))
        broken = list(Message.objects.filter(kind=MessageKind.PROMISE_BROKEN).values_list("ticket", flat=True))
        assert len(broken) == len(set(broken))
        assert journal.verify().ok


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_no_promise_is_lost(house: Any, part: int) -> None:
    for seed in range(part, HISTORIES, 4):
        with transaction.atomic():  # each in the same empty house
            history = History(house, seed)
            for _ in range(STEPS):
                history.goes_on()
                history.holds()
            history.is_over()
            transaction.set_rollback(True)
