"""Random rules and moments: of every field any value that can occur, in any combination."""

import random

from erreichbar import access
from erreichbar.access import Audience, Moment, Point, Readiness, Rules
from erreichbar.office import Urgency
from erreichbar.record.words import Line, PresentedNumber

PRESETS = {name: access.load(name).rules for name in access.names()}
"""The rules of every preset, read once."""


def random_moment(chance: random.Random, point: Point) -> Moment:
    """Draw a moment at a point."""
    agents = chance.randrange(8)

    def somebody() -> int:
        return chance.choice(list(Readiness)).value

    return access.moment(
        point,
        is_open=chance.random() < 0.8,
        waiting=chance.choice([0, 1, 3, 4, 8, 30, 100]),
        agents_present=agents,
        agents_free=chance.randrange(agents + 1),
        waited_ms=chance.choice([0, 1, 59_999, 60_000, 60_001, 3_600_000]),
        ringings=chance.randrange(4),
        is_ring_back=chance.random() < 0.5,
        tried=somebody(),
        attempts_made=chance.randrange(6),
        line=chance.randrange(len(Line)),
        caller=chance.choice(list(Audience)).value,
        urgency=chance.randrange(-1, len(Urgency)),
        responsible=somebody(),
        in_phone_hours=chance.random() < 0.5,
        colleagues_free=chance.randrange(3),
        duty=somebody(),
        duty_deputy=somebody(),
        transfers_made=chance.randrange(3),
        diversions_made=chance.randrange(3),
    )


def random_rules(chance: random.Random) -> Rules:
    """Draw rules such as a model file could make, and some that none could."""
    return Rules(
        places=chance.choice([-1, 0, 1, 8]),
        places_per_agent=chance.choice([-1.0, 0.0, 0.5, 4.0]),
        longest_wait_ms=chance.choice([-1, 60_000]),
        ring_ms=20_000,
        presented=chance.randrange(len(PresentedNumber)),
        attempts=chance.randrange(1, 5),
        ring_back=chance.random() < 0.5,
        ring_back_days=5,
        ring_back_first_ms=chance.choice([0, 12_000]),
        centre=chance.random() < 0.7,
        transfer_ring_ms=chance.choice([-1, 15_000]),
        transfer_in_phone_hours=chance.random() < 0.5,
        # As the model file has it: who has a lane has a time to ring.
        urgent_from=(urgent_from := chance.choice([-1, 2, 3])),
        urgent_ring_ms=-1 if urgent_from < 0 else 25_000,
        direct_audience=chance.choice(list(Audience)).value,
        direct_published=chance.random() < 0.5,
        direct_ring_ms=chance.choice([-1, 18_000]),
        diversions=chance.randrange(3),
        phone_hours=chance.random() < 0.5,
    )
