"""What differs for each open ticket between two forecasts of the same moment, and through what."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from erreichbar.office.text import Text
from erreichbar.promise.forecast.shapes import Chances
from erreichbar.promise.stand_in import Holder

NO_TEXTS: Mapping[str, Text] = {}


@dataclass(frozen=True, slots=True)
class Change:
    """What differs for a ticket: its chances, on whose desk (id, none: nobody's) it lies, and the ``cause``."""

    ref: str
    before: Chances
    after: Chances
    holder_before: str | None
    holder: str | None
    cause: Text


def changes(
    before: Mapping[str, Chances],
    after: Mapping[str, Chances],
    held_before: Mapping[str, Holder],
    held: Mapping[str, Holder],
    names: Mapping[str, str],
    why: Mapping[str, Text] = NO_TEXTS,
) -> list[Change]:
    """Return what differs, by ref, in the order of ``after``; nothing where both say the same.

    Both forecasts are about the same tickets with the same seed; each ticket's draws are its own, so that a difference is
    never chance alone. ``names`` tells how people (ids) are called, ``why`` of tickets (refs) why somebody moved them.
    """
    more: Counter[str | None] = Counter()
    others = set()
    for ref, one in held.items():
        was, now = held_before[ref].person, one.person
        if was != now:
            more[was] -= 1
            more[now] += 1
            others |= {was, now}
    found = []
    for ref, chances in after.items():
        was, now = held_before[ref].person, held[ref].person
        if chances != before[ref] or was != now:
            desk = _of_desk(names.get(now or "", now or ""), more[now], now in others)
            cause = why.get(ref, held[ref].why) if was != now else desk
            found.append(Change(ref, before[ref], chances, was, now, cause))
    return found


def _of_desk(name: str, more: int, others: bool) -> Text:
    if more == 0 and others:
        return Text(f"Auf der Liste von {name} liegen zum Teil andere Tickets.", f"{name} has partly other tickets.")
    if more == 0:
        return Text(f"{name} hat andere Zeit für Rückrufe.", f"{name} has other time for callbacks.")
    de, en = ("mehr", "more") if more > 0 else ("weniger", "fewer")
    number = abs(more)
    said_de = "liegt 1 Ticket" if number == 1 else f"liegen {number} Tickets"
    said_en = "ticket" if number == 1 else "tickets"
    return Text(f"Auf der Liste von {name} {said_de} {de}.", f"{name} has {number} {en} {said_en}.")
