"""What differs for each open ticket between two forecasts of the same moment, and through what."""

from collections import Counter
from collections.abc import Collection, Mapping
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
    more_time: Collection[str] = (),
) -> list[Change]:
    """Return what differs, by ref, in the order of ``after``; nothing where both say the same.

    Both forecasts are about the same tickets with the same seed; each ticket's draws are its own, so that a difference is
    never chance alone. ``names`` tells how people (ids) are called, ``why`` of tickets (refs) why somebody moved them,
    ``more_time`` who (ids) has more time for callbacks. Where both tickets and time are the cause both are named.
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
            name = names.get(now or "", now or "")
            causes = [why.get(ref, held[ref].why)] if was != now else _tickets(name, more[now], now in others)
            if now in more_time:
                causes.append(Text(f"{name} hat mehr Zeit für Rückrufe.", f"{name} has more time for callbacks."))
            elif not causes:
                causes.append(Text(f"{name} hat andere Zeit für Rückrufe.", f"{name} has other time for callbacks."))
            found.append(Change(ref, before[ref], chances, was, now, _together(causes)))
    return found


def _tickets(name: str, more: int, others: bool) -> list[Text]:
    """Return what is different about the tickets of a list, nothing if they are the same."""
    if more == 0:
        de, en = f"Auf der Liste von {name} liegen zum Teil andere Tickets.", f"{name} has partly other tickets."
        return [Text(de, en)] if others else []
    de, en = ("mehr", "more") if more > 0 else ("weniger", "fewer")
    number = abs(more)
    said_de = "liegt 1 Ticket" if number == 1 else f"liegen {number} Tickets"
    said_en = "ticket" if number == 1 else "tickets"
    return [Text(f"Auf der Liste von {name} {said_de} {de}.", f"{name} has {number} {en} {said_en}.")]


def _together(causes: list[Text]) -> Text:
    """Return causes one after the other; the first alone need not be a sentence."""
    if len(causes) == 1:
        return causes[0]
    de, en = (
        [one if one.endswith(".") else f"{one}." for one in side]
        for side in zip(*((c.de, c.en) for c in causes), strict=True)
    )
    return Text(" ".join(de), " ".join(en))
