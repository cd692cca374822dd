"""Whose time went where, in the twin: item by item, each worked at in what time there was for it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from erreichbar.figures.work import organisation_code
from erreichbar.record.tables import NONE, WORK
from erreichbar.record.words import Direction, Role, WorkKind, code

if TYPE_CHECKING:
    from tests.lab.twin.world import Note, Seat, World

FOR_CASES = (WorkKind.CASE_WORK, WorkKind.PROTECTED)


@dataclass(frozen=True)
class Item:
    """A case: its number for draws, when it comes (ms), how long it takes (ms), whose it is."""

    key: int
    comes: int
    takes: int
    household: int


@dataclass(frozen=True)
class Desk:
    """What was ``planned`` for somebody away from her telephone (from, until, what), and her cases as they come.

    ``to_resume``: what it costs to get back into a case (its number) after its so-many-eth interruption; ``ends``: when the run does (ms).
    ``usual``: how long a case usually takes until it is decided (ms).
    """

    planned: Sequence[tuple[int, int, WorkKind]]
    items: Sequence[Item]
    to_resume: Callable[[int, int], int]
    ends: int
    usual: float


@dataclass
class Stretch:
    """Of somebody's time; ``disturbed``: by a call at its end. ``done``: from when to when at cases, and of it to get back into one."""

    start: int
    end: int
    kind: WorkKind
    contact: int = NONE
    disturbed: bool = False
    interrupted: bool = False
    done: list[tuple[int, int, int]] = field(default_factory=list)


def work(world: "World") -> dict[str, list[Any]]:
    """Return the columns of the table ``work``."""
    assert world.lab
    found = {seat.user: list(stretches(seat, world.lab.desks[seat.user])) for seat in world.seats.values()}
    months = {
        (local.year, local.month, place): (seat.user, stretch.start)
        for place, seat in enumerate(world.seats.values())
        for stretch in found[seat.user]
        for local in [world.at(stretch.start)]
    }
    for _, (user, start) in sorted(months.items()):
        world.staff_number(user, start)
    rows = list[dict[str, Any]]()
    for seat in world.seats.values():
        work_on(world.lab.desks[seat.user], [one for one in found[seat.user] if one.kind in FOR_CASES])
        person = world.office.people[seat.user]
        whose = {
            "role": code(seat.role),
            "organisation": organisation_code(world.office.organisations[person.organisation].kind),
        }
        for stretch in found[seat.user]:
            for start, end, kind, resuming, interrupted in parts(stretch):
                rows.append(
                    {
                        **whose,
                        "staff": world.staff_number(seat.user, start),
                        "kind": code(kind),
                        "start": start,
                        "end": end,
                        "contact": stretch.contact,
                        "interrupted": interrupted,
                        "resuming": resuming,
                    }
                )
    return {name: [row[name] for row in rows] for name in WORK}


def stretches(seat: "Seat", desk: Desk) -> Iterator[Stretch]:
    """Yield somebody's time as she was seen at her telephone, and as it was planned when she was not there."""
    away = 0
    for note, after in [*pairwise(seat.notes), (seat.notes[-1], None)] if seat.notes else []:
        until = after.since if after else desk.ends
        if note.state == "off":
            continue
        yield from planned(desk, away, note.since)
        away = until
        kind = {
            "ready": WorkKind.IDLE if seat.role is Role.AGENT else WorkKind.CASE_WORK,
            "pause": WorkKind.OTHER,
            "wrap_up": WorkKind.WRAP_UP,
        }.get(note.state)
        if kind is None:
            assert note.contact
            kind = WorkKind.CALLBACK if note.contact["direction"] == code(Direction.CALLBACK) else WorkKind.CALL
        if note.since < until:
            contact = note.contact["contact"] if note.contact else NONE
            yield Stretch(note.since, until, kind, contact, after is not None and is_call(after))
    yield from planned(desk, away, desk.ends)


def is_call(note: "Note") -> bool:
    """Return whether what somebody turns to is a call that came in, or somebody who came in person."""
    at_once = note.state in ("ringing", "talking")
    return at_once and note.contact is not None and note.contact["direction"] != code(Direction.CALLBACK)


def there(world: "World") -> dict[int, list[tuple[int, int]]]:
    """Return when everybody was there, by her number: as planned, and as long as she was in the middle of something."""
    assert world.lab
    found = dict[int, list[tuple[int, int]]]()
    for seat in world.seats.values():
        desk = world.lab.desks[seat.user]
        until = [*(note.since for note in seat.notes[1:]), desk.ends]
        seen = [(note.since, end) for note, end in zip(seat.notes, until, strict=False) if note.state != "off"]
        away = [(start, end) for start, end, _ in desk.planned]
        planned = [(start, min(end, desk.ends)) for start, end in (*world.lab.at_work[seat.user], *away)]
        for start, end in joined([*seen, *planned]):
            found.setdefault(world.staff_number(seat.user, start), []).append((start, end))
    return found


def joined(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches in order, as one where they overlap or follow each other."""
    found = list[tuple[int, int]]()
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def planned(desk: Desk, start: int, end: int) -> Iterator[Stretch]:
    for begins, ends, kind in desk.planned:
        if max(start, begins) < min(end, ends):
            yield Stretch(max(start, begins), min(end, ends), kind)


def is_done(world: "World", seat: "Seat", item: Item) -> bool:
    """Return whether a case is done by now."""
    assert world.lab
    desk = replace(world.lab.desks[seat.user], ends=world.clock.ms)
    return item in work_on(desk, [one for one in stretches(seat, desk) if one.kind in FOR_CASES])


def work_on(desk: Desk, times: Sequence[Stretch]) -> list[Item]:
    """Do one case after the other, each in the first time there is for it after the one before; returns those that are done."""
    left, now, done = list(times), 0, list[Item]()
    for item in desk.items:
        rest, back, interruptions = item.takes, 0, 0
        while rest and left:
            now = max(now, left[0].start, item.comes)
            if now >= left[0].end:
                left.pop(0)
                continue
            until = min(left[0].end, now + back + rest)
            resumed = min(back, until - now)
            left[0].done.append((now, until, resumed))
            rest -= until - now - resumed
            back -= resumed
            now = until
            if rest and left[0].disturbed:
                left[0].interrupted = True
                back = desk.to_resume(item.key, interruptions)
                interruptions += 1
        if not rest:
            done.append(item)
    return done


def parts(stretch: Stretch) -> Iterator[tuple[int, int, WorkKind, int, int]]:
    """Yield a stretch in parts of one kind: cases that follow each other are one, between them there was nothing to do."""
    if stretch.kind not in FOR_CASES:
        yield stretch.start, stretch.end, stretch.kind, NONE, NONE
        return
    joined = list[tuple[int, int, int]]()
    for start, end, resumed in stretch.done:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end, joined[-1][2] + resumed)
        else:
            joined.append((start, end, resumed))
    here = stretch.start
    for start, end, resumed in joined:
        if here < start:
            yield here, start, WorkKind.IDLE, NONE, NONE
        yield start, end, stretch.kind, resumed, int(stretch.interrupted and end == stretch.end)
        here = end
    if here < stretch.end:
        yield here, stretch.end, WorkKind.IDLE, NONE, NONE
