"""What a history happens in: points at which a process may die, and what outlives it — the exchange, the post, the house."""

import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError

from erreichbar import office as offices
from erreichbar.post.port import Letterbox, NotSent
from erreichbar.post.texts import Written
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, EndedBy, MessageChannel, MessageProblem, PresentedNumber
from erreichbar.telephone.line import Announcement, Arrived, CitizenMissed, HungUp, LineEvent, Surviving

LEAVING = "lange"
"""Who works in the office at first, and may leave it."""


class Killed(BaseException):
    """The process is gone. Nothing catches this, as nothing catches SIGKILL."""


class Power:
    """Counts the points at which a process may die: before each SQL statement, order to the line, and message.

    A wrapper of the database's statements. ``left`` is how many points away the end is, none if it is not near; while
    the database ``is_away``, no change begins.
    """

    def __init__(self) -> None:
        self.left: int | None = None
        self.is_away = False

    def point(self) -> None:
        """Pass a point, or die at it."""
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self.left = None
                self.goes()

    def goes(self) -> None:
        """The power is gone."""
        raise Killed

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.point()
        if self.is_away and sql.startswith("SAVEPOINT"):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)


@dataclass
class OnLine:
    """A call as the exchange knows it. ``rings`` is where a callback rings: at the desk first, then at the citizen's."""

    number: str | None
    outbound: bool
    user: str | None = None
    talking: bool = False
    rings: str = "desk"


@dataclass
class Exchange:
    """A line that is still there when the floor is not."""

    power: Power
    now: Callable[[], Any]
    called: str
    name: str = "virtual"
    picks_up_at_desk: bool = True
    dials: bool = True
    calls: dict[Ref, OnLine] = field(default_factory=dict)
    events: deque[LineEvent] = field(default_factory=deque)
    rang_at_citizen: set[Ref] = field(default_factory=set)

    def start(self, tell: Callable[[LineEvent], None]) -> None:
        """Events wait in ``events`` until the history delivers them."""

    def stop(self) -> None:
        """Nothing to stop."""

    def recover(self) -> list[Surviving]:
        return [
            Surviving(call=call, user=one.user, talking=one.talking, outbound=one.outbound, number=one.number,
                      called=self.called)
            for call, one in self.calls.items()
        ]  # fmt: skip

    def arrives(self, call: Ref, number: str | None) -> None:
        """A citizen's call comes in."""
        self.calls[call] = OnLine(number, outbound=False)
        self.events.append(Arrived(call=call, at=self.now(), number=number, called=self.called))

    def over(self, call: Ref, by: EndedBy) -> None:
        """A call is over for both sides."""
        one = self.calls.pop(call, None)
        if one is None:
            return
        if one.rings == "citizen" and not one.talking and by is not EndedBy.LINE:
            missed = AttemptOutcome.NOT_ANSWERED
            self.events.append(CitizenMissed(call=call, at=self.now(), outcome=missed))
            return
        if not one.talking:
            self.rang_at_citizen.discard(call)  # the line failed: nobody was called
        self.events.append(HungUp(call=call, at=self.now(), by=by))

    def unheard(self) -> None:
        """The floor was gone before it had dealt with what happened: who called must know what came of it."""
        self.rang_at_citizen -= {event.call for event in self.events}
        self.events.clear()

    # -- orders -----------------------------------------------------------------------------------------------------

    def announce(self, call: Ref, what: Announcement) -> None:
        self.power.point()
        if what is not Announcement.WELCOME:
            self.over(call, EndedBy.OFFICE)

    def wait(self, call: Ref) -> None:
        self.power.point()

    def ring(self, call: Ref, user: str) -> None:
        self.power.point()
        if call in self.calls:
            self.calls[call].user = user

    def stop_ringing(self, call: Ref, user: str) -> None:
        self.power.point()
        if call in self.calls and not self.calls[call].talking:
            self.calls[call].user = None

    def pick_up(self, call: Ref, user: str) -> None:
        self.power.point()

    def dial(self, call: Ref, user: str, number: str, presented: PresentedNumber) -> None:
        self.power.point()
        self.calls[call] = OnLine(number, outbound=True, user=user)

    def hang_up(self, call: Ref) -> None:
        self.power.point()
        self.over(call, EndedBy.OFFICE)


class Post:
    """The world outside of the office: takes messages, and now and then does not."""

    def __init__(self, power: Power) -> None:
        self.power = power
        self.taken: Counter[str] = Counter()
        self.fails: MessageProblem | None = None
        self.for_good = False

    def ways(self, _: offices.Office) -> dict[MessageChannel, "Post"]:
        """Stand where the office's ways out are."""
        return {MessageChannel.EMAIL: self, MessageChannel.SMS: self}

    def send(self, to: Letterbox, written: Written) -> None:
        self.power.point()
        if self.fails:
            raise NotSent(self.fails, for_good=self.for_good)
        assert written.text
        self.taken[to.ref] += 1
        self.power.point()


def without(text: str, person: str) -> str:
    """Return an office file without somebody who works there, and with nothing left that names her."""
    parts = re.split(r"\n(?=\[)", text)
    kept = [part for part in parts if not _is_about(part, person)]
    return re.sub(rf'^(substitute|leader) = "{person}"\n', "", "\n".join(kept), flags=re.MULTILINE)


def _is_about(part: str, person: str) -> bool:
    return (part.startswith("[[people]]") and f'\nid = "{person}"\n' in part) or f'case_worker = "{person}"' in part
