"""A random history of the house: things happen, time passes, and now and then the power fails in the middle.

What is told of it (``told``) is the same for the same seed.
"""

import json
import math
import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.db import OperationalError, connection

from erreichbar.centre import actions, journal, office_in_force, queries, refs
from erreichbar.centre.actions import keys
from erreichbar.centre.models import Attempt, Ticket, TimeTaken
from erreichbar.office import Office
from erreichbar.post import outbox
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import EndedBy, MessageProblem, Role, SeatState
from erreichbar.telephone.adopt import adopt
from erreichbar.telephone.agenda import Agenda, from_ms, to_ms
from erreichbar.telephone.floor import Floor
from tests.histories.world import Exchange, Killed, Post, Power
from tests.house import House
from tests.typed import there

AGENTS = ("arslan", "becker")
PASSES_MIN = (1, 1, 1, 2, 2, 7, 7, 45, 180, 180, 900, 2880)
"""How many minutes pass after something happened."""
INSTANT = timedelta(milliseconds=1)
"""No two things happen in the same instant."""
TO_START = timedelta(seconds=2)
"""So long it takes until a process is there again."""
LONGEST_CALL = timedelta(minutes=30)
FARTHEST = 400
"""So many points away at most is the end of the process, once it comes."""


class Nothing(Exception):
    """There is nothing that a step could happen to."""


class Sent(NamedTuple):
    """A change that somebody sent from a desk: its key, the action's name, and how it is made."""

    key: str
    action: str
    make: Callable[[], Any]


T = TypeVar("T")
Step = Callable[["History"], object]


class History:
    """A house in which random things happen. What is refused changes nothing."""

    def __init__(
        self, house: House, seed: int, folder: Path, *, power: Power | None = None, power_fails: float = 0.3
    ) -> None:
        self.house, self.seed, self.power_fails = house, seed, power_fails
        self.draw = random.Random(seed)
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.told: list[str] = []
        self.names: dict[str, str] = {}
        self.refused_messages: set[str] = set()
        """Who has said at some time that no message may be left; she may have thought better of it since."""
        self.promised: dict[str, tuple[Any, ...]] = {}
        self.reports: list[dict[str, Any]] = []
        self.citizens = self.asked = 0
        self.power = power or Power()
        self.post = Post(self.power)
        self.exchange = Exchange(self.power, house.clock.now, house.office.telephone.centre.e164)
        self.sent: Sent | None = None
        self.begins()

    @property
    def office(self) -> Office:
        return queries.office_in_force()

    def tell(self, what: str) -> None:
        """Add a sentence to the story."""
        self.told.append(f"{self.house.clock.now().astimezone(self.house.office.zone):%a %d %b %H:%M}  {what}")

    def story(self) -> str:
        """Return what happened, a line each."""
        return f"History {self.seed}\n" + "\n".join(self.told)

    def name(self, ref: str) -> str:
        """Return what the story calls something."""
        return self.names.setdefault(ref, f"#{len(self.names) + 1}")

    # -- what happens -----------------------------------------------------------------------------------------------

    def goes_on(self, steps: Sequence[Step]) -> None:
        """Let one thing happen, some time pass, and what is due now be done; the power may fail at any point of it."""
        if self.draw.random() < self.power_fails:
            self.power.left = int(math.exp(self.draw.uniform(0, math.log(FARTHEST))))
        with connection.execute_wrapper(self.power):
            minutes = self.draw.choice(PASSES_MIN)
            try:
                self.does(steps)
                self.passes(minutes)
            except Killed:
                self.tell("The power fails.")
                self.begins()
                self.sends_again()
                self.passes(0)
            if self.power_fails:
                self.power.left = None

    def does(self, steps: Sequence[Step]) -> None:
        """Take the first step for which there is something, if the house lets it be taken."""
        self.sent = None
        for step in self.draw.sample(steps, len(steps)):
            try:
                step(self)
            except Nothing:
                continue
            except actions.Refused as refused:
                self.tell(f"  refused: {refused.en}")
            except OperationalError:  # the desk says so: ``desk.trouble``
                assert self.power.is_away
                self.tell("  refused: The database is away.")
            break
        self.delivers()

    def act(self, action: type[actions.Action], by: str | None = None, **fields: Any) -> Any:
        """Let somebody at a desk make a change."""
        key = f"desk.{refs.new_ref()}"
        return self.sends(Sent(key, action.__name__, lambda: action(key=key, by=by, **fields).run()))

    def sends(self, sent: Sent) -> Any:
        """Send a change, and remember it: after a failure it is sent again, as a browser does."""
        self.sent = sent
        self.delivers()
        self.house.clock.moment += INSTANT
        return sent.make()

    def sends_again(self) -> None:
        """Send what was under way once more: what had been made does nothing, and answers as it did."""
        if self.sent is None or self.power.is_away or self.draw.random() < 0.5:
            return
        made, _ = keys.find(self.sent.key, self.sent.action)
        entries = journal.count()
        self.tell(f"  {self.sent.action} is sent again.")
        try:
            self.sent.make()
            refused = False
        except actions.Refused as error:
            refused = True
            self.tell(f"  refused: {error.en}")
        assert not made or (journal.count() == entries and not refused), "made twice"

    def delivers(self) -> None:
        """Let the floor hear what happened on the line, and carry out what the desks asked of it."""
        self._hears()
        self.floor.obey()
        self._hears()

    def _hears(self) -> None:
        while self.exchange.events:
            self.house.clock.moment += INSTANT
            self.floor.tell(self.exchange.events[0])
            self.exchange.events.popleft()

    # -- time -------------------------------------------------------------------------------------------------------

    def passes(self, minutes: int) -> None:
        """Let time pass. Nobody talks for long."""
        end = self.house.clock.now() + timedelta(minutes=minutes)
        if timedelta(minutes=minutes) > LONGEST_CALL:
            for call in list(self.exchange.calls):
                self.exchange.over(call, EndedBy.CITIZEN)
            self.delivers()
        while (due := self.floor.agenda.next()) is not None and due <= to_ms(end):
            self.house.clock.moment = max(self.house.clock.now(), from_ms(due))
            entry = self.floor.agenda.pop()
            if entry.act is not None:
                entry.act()
            self.delivers()
        self.house.clock.moment = end
        self.is_tended()

    def is_tended(self) -> None:
        """Do what is due in this minute, as the floor process does it."""
        self.floor.book.replay()
        self.delivers()
        if self.floor.book.waiting:
            return
        try:
            actions.TendTickets(key=f"floor.tend.{to_ms(self.house.clock.now()) // 60_000}").run()
            outbox.send_due(self.house.clock.now())
        except actions.Busy:
            assert self.power.is_away

    def begins(self) -> None:
        """Start the floor, which knows nothing but what database, spool and line tell; the power may fail again."""
        office_in_force._office.cache_clear()
        office_in_force._model.cache_clear()
        while True:
            self.house.clock.moment += TO_START
            self.exchange.unheard()
            self.floor = Floor(
                self.office, queries.model_in_force(), self.exchange, Agenda(), self.folder, self.house.clock.now
            )
            try:
                adopt(self.floor)
                self.delivers()
            except Killed:
                self.tell("The power fails at the start.")
                continue
            return

    # -- whom and what it may happen to -----------------------------------------------------------------------------

    def somebody(self) -> str:
        """Return somebody who may hold tickets, of unit benefits-1 more often."""
        office = self.office
        near = [one.id for one in office.in_role(Role.CASE_WORKER, "benefits-1")]
        others = [
            one.id for role in (Role.CASE_WORKER, Role.DUTY_OFFICER, Role.TEAM_LEADER) for one in office.in_role(role)
        ]
        return self.draw.choice([*near, *near, *others])

    def ticket(self, *, closed: bool = False) -> Ticket:
        """Return some ticket. Raises ``Nothing`` if there is none."""
        tickets = Ticket.objects.filter(closed_at__isnull=not closed).select_related("holder", "person").order_by("pk")
        return self.one_of(list(tickets))

    def holder_of(self, ticket: Ticket) -> str:
        """Return who deals with a ticket: who holds it, or somebody of its unit."""
        if ticket.holder is not None:
            return ticket.holder.username
        return self.one_of([one.id for one in self.office.in_role(Role.CASE_WORKER, ticket.unit)])

    def attempt(self) -> Attempt:
        """Return some callback that goes on."""
        live = Attempt.objects.filter(ended_at=None).select_related("user").order_by("started_at", "pk")
        return self.one_of([one for one in live if one.ref in self.exchange.calls])

    def entry(self) -> TimeTaken:
        """Return something that is entered against somebody's time."""
        return self.one_of(list(TimeTaken.objects.select_related("user").order_by("pk")))

    def call(self, state: SeatState) -> tuple[Ref, str]:
        """Return a citizen's call that rings or talks, and at whose seat."""
        seats = [seat for seat in self.floor.state.seats.values() if seat.state is state and seat.call]
        found = self.one_of([seat for seat in seats if seat.call in self.floor.state.calls])
        return there(found.call), found.user

    def one_of(self, found: list[T]) -> T:
        """Return one of what was found. Raises ``Nothing``."""
        if not found:
            raise Nothing
        return self.draw.choice(found)

    def next_citizen(self) -> str:
        """Return the telephone number of somebody who has not called yet."""
        self.citizens += 1
        return f"+49221471{self.citizens:04}"

    def the_post_answers(self) -> None:
        """Let the mail server and the SMS provider take messages, or not, from now on."""
        self.post.fails = self.draw.choice((None, None, MessageProblem.UNREACHABLE, MessageProblem.REFUSED))
        self.post.for_good = self.post.fails is MessageProblem.REFUSED
        self.tell(f"The post answers {json.dumps(self.post.fails)}.")
