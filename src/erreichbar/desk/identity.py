"""The identity check: what a caller says is compared with what is recorded; what is recorded is not read out to the desk.

Assumption (no published guidance was found): name, date of birth, number of the benefit unit, postal code, one further
answer about the matter. Two must be right (``centre.actions.citizens.CHECKS_NEEDED``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from erreichbar.centre.models import Person
from erreichbar.centre.reading import search_name

PIECES: dict[str, Promise] = {
    "name": lazy("Given and family name"),
    "date_of_birth": lazy("Date of birth"),
    "benefit_unit_number": lazy("Benefit-unit number"),
    "postal_code": lazy("Postal code"),
}


@dataclass(frozen=True)
class Check:
    """A piece of knowledge: asked for or not, and whether what was said fits."""

    name: str
    label: Promise
    asked: bool
    right: bool


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be calling, by what was said alone."""

    ref: str
    checks: tuple[Check, ...]

    @property
    def right(self) -> int:
        """How many answers fit."""
        return sum(check.right for check in self.checks)

    @property
    def wrong(self) -> int:
        """How many answers do not fit."""
        return sum(check.asked and not check.right for check in self.checks)


def candidates(people: Iterable[Person], typed: Mapping[str, Any]) -> list[Candidate]:
    """Return people with what fits and what does not, best first."""
    found = [Candidate(person.ref, tuple(_checks(person, typed))) for person in people]
    return sorted(found, key=lambda one: (one.wrong, -one.right))


def _checks(person: Person, typed: Mapping[str, Any]) -> Iterable[Check]:
    given, family = typed["given_name"], typed["family_name"]
    said: dict[str, tuple[Any, Any]] = {
        "name": (search_name(family, given) if given else "", person.search_name),
        "date_of_birth": (_iso(typed["date_of_birth"]), _iso(person.date_of_birth)),
        "benefit_unit_number": (typed["benefit_unit_number"], person.benefit_unit_number),
        "postal_code": (typed["postal_code"], person.postal_code),
    }
    for name, label in PIECES.items():
        told, recorded = said[name]
        yield Check(name, label, asked=bool(told), right=bool(told) and told == recorded)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
