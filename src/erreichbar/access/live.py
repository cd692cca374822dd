"""What of an access model the telephone can carry out today. A model that needs more is for the lab only."""

from enum import StrEnum

from erreichbar.access.points import Rules
from erreichbar.office.text import Text


class Ability(StrEnum):
    """Something beyond queue, callback and ring-back that the telephone must be able to do for a model."""

    TRANSFER = "transfer"
    URGENT = "urgent"
    DIRECT = "direct"
    DIVERSION = "diversion"
    PHONE_HOURS = "phone_hours"
    NO_CENTRE = "no_centre"


LIVE: frozenset[Ability] = frozenset()
"""What the telephone can do today. Who teaches it more adds it here, with the test that proves it."""

LACKING = {
    Ability.TRANSFER: Text(
        "vor dem Ticket bei der zuständigen Sachbearbeitung klingeln",
        "ring at the case worker responsible before the ticket",
    ),
    Ability.URGENT: Text(
        "mit einem dringenden Anliegen sofort beim Tagesdienst klingeln",
        "ring at the duty officer at once with an urgent matter",
    ),
    Ability.DIRECT: Text("Durchwahlen klingeln lassen", "let direct lines ring"),
    Ability.DIVERSION: Text(
        "einen Anruf von einer Durchwahl zu einer Kollegin oder einem Kollegen umleiten",
        "divert a call from a direct line to a colleague",
    ),
    Ability.PHONE_HOURS: Text("Telefonzeiten von Personen beachten", "observe telephone hours of people"),
    Ability.NO_CENTRE: Text(
        "ohne Servicecenter auf die Durchwahlen verweisen", "refer to the direct numbers where there is no centre"
    ),
}
"""What each ability is, in words."""


def needs(rules: Rules) -> frozenset[Ability]:
    """Return what the telephone must be able to do to carry a model out."""
    direct = rules.direct_ring_ms > 0
    wanted = {
        Ability.TRANSFER: rules.transfer_ring_ms > 0,
        Ability.URGENT: rules.urgent_from >= 0,
        Ability.DIRECT: direct,
        Ability.DIVERSION: direct and rules.diversions > 0,
        Ability.PHONE_HOURS: rules.phone_hours,
        Ability.NO_CENTRE: not rules.centre,
    }
    return frozenset(ability for ability, is_wanted in wanted.items() if is_wanted)


def not_live(rules: Rules) -> tuple[Text, ...]:
    """Return what of a model the telephone cannot carry out yet, in words; nothing if it can do all of it."""
    return tuple(words for ability, words in LACKING.items() if ability in needs(rules) - LIVE)
