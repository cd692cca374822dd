"""An office that is played in a moment: fifty citizens a day by keyed draws, each model a little kinder and more disturbing than the one before.

Every citizen has the same draws under every model, as in the lab. A day of warm-up is part of what it returns, and is full of
calls that nobody answers: who counted it would see.
"""

from datetime import date
from typing import Any

from erreichbar import access
from erreichbar.access import AccessModel
from erreichbar.lab.experiment.replicating import Played
from erreichbar.lab.office import LabOffice
from erreichbar.record.words import Availability, Language, MatterEnd, Role, TalkedWith, WorkKind, code
from erreichbar.traffic.draws import Stream, uniform
from tests.figures.by_hand import HOUR, MINUTE, call, stretch, tables

CITIZENS = 50
DAY = 24 * HOUR


def played(office: LabOffice, model: AccessModel, first: date, days: int, seed: int, replication: int) -> Played:
    kindness = access.names().index(model.name) * 0.02
    reason = office.reasons[0].id
    contacts: list[dict[str, Any]] = [call(9 * HOUR + n, -1, 9 * HOUR + n + 1, person=n) for n in range(500)]
    matters: list[dict[str, Any]] = []
    work: list[dict[str, Any]] = []
    for day in range(1, days + 1):
        for place in range(CITIZENS):
            citizen = (day << 16) + place
            when, luck, length = (
                uniform(seed, replication, stream, citizen, 0) for stream in (Stream.GAP, Stream.SETTLES, Stream.TALK)
            )
            start = day * DAY + 8 * HOUR + int(when * 10 * HOUR)
            spoke = luck < 0.7 + kindness
            wait = int(length * 3 * MINUTE)
            answered = start + wait if spoke else -1
            row = call(start, answered, start + wait + (5 * MINUTE if spoke else 0), person=citizen)
            contacts.append(row | {"matters": int(spoke), "settled": int(spoke), "reason": reason if spoke else ""})
            served = answered if spoke else -1
            matters.append(
                {
                    "reason": reason, "arose": start, "first_try": start, "tries": 1, "contact": len(contacts) - 1,
                    "needs_decision": 0, "served": served, "served_with": code(TalkedWith.AGENT) if spoke else -1,
                    "ended": max(served, start), "end": code(MatterEnd.SETTLED if spoke else MatterEnd.GIVEN_UP),
                    "language": code(Language.GERMAN), "available": code(Availability.ANY), "telephone_only": 0,
                    "advised": int(place == 0), "urgent_date": -1,
                }
            )  # fmt: skip
        morning = day * 24 * 60 + 8 * 60
        cut = morning + 20 + int(uniform(seed, replication, Stream.ITEM, day, 0) * 60 * (1 - kindness))
        agent = {"role": code(Role.AGENT), "organisation": 1}
        work += [
            stretch(1, WorkKind.CASE_WORK, morning, cut, interrupted=1),
            stretch(1, WorkKind.CALL, cut, cut + 5),
            stretch(1, WorkKind.CASE_WORK, cut + 5, morning + 240, resuming=MINUTE),
            stretch(0, WorkKind.CALL, morning, morning + 240, contact=day, **agent),
        ]
    midnights = [day * DAY for day in range(1, days + 2)]
    return Played(tables(contacts, matters=matters, work=work), midnights)
