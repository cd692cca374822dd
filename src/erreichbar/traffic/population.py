"""The fictional population of a training office: who lives in which benefit unit, under what name and number.

Everybody is drawn by keyed draws when first asked for, so a population of any size costs nothing. Nobody here exists:
names are combined at random, numbers are drama numbers.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from erreichbar.office.model import Office
from erreichbar.record.words import Language
from erreichbar.traffic import drama_numbers, who
from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.names import FAMILY_NAMES, GIVEN_NAMES
from erreichbar.traffic.parameters import Parameters
from erreichbar.traffic.places import Places

_OLDEST = date(1960, 1, 1)
_BIRTHDAYS = (date(2007, 12, 31) - _OLDEST).days
_SCATTER = 7919
"""A prime larger than any population here: households that stand side by side do not share range, letter or block."""


@dataclass(frozen=True, slots=True)
class Person:
    """A fictional citizen. ``number`` is E.164, none for somebody without a telephone of her own."""

    index: int
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    date_of_birth: date = field(repr=False)
    benefit_unit_number: str = field(repr=False)
    postal_code: str = field(repr=False)
    number: str | None = field(repr=False)
    language: Language


class Population:
    """All fictional citizens of an office. Two places for each benefit unit; the second is empty for most."""

    def __init__(self, parameters: Parameters, office: Office, seed: int) -> None:
        self._callers = who.callers(parameters)
        self._seed = seed
        self._persons: dict[int, Person] = {}
        self._languages = [Language(name) for name in parameters.people.languages.value]
        self._weights = list(parameters.people.languages.value.values())
        self._places = Places(office)
        self._by_number: dict[str, int] = {}
        self.households = min(parameters.volume.benefit_units.value, drama_numbers.COUNT)
        """How many benefit units there are: at most as many as there are numbers that belong to nobody."""

    def __len__(self) -> int:
        """Return how many places there are."""
        return 2 * self.households

    def resident(self, household: int, u: float) -> int:
        """Return the place of somebody of a benefit unit; ``u`` decides between two who share a number."""
        return who.resident(self._callers, self._seed, household, u)

    def at_number(self, number: str) -> int | None:
        """Return the place of the first person on a number, none if it is nobody's here."""
        if not self._by_number:
            self._by_number = {self._number(household): 2 * household for household in range(self.households)}
        return self._by_number.get(number)

    def __getitem__(self, place: int) -> Person:
        """Return the person at a place, from 0."""
        known = self._persons.get(place)
        if known is None:
            known = self._persons[place] = self._make(place)
        return known

    def _make(self, place: int) -> Person:
        household = place // 2
        given = GIVEN_NAMES[int(self._draw(Stream.PERSON_NAME, place) * len(GIVEN_NAMES))]
        family = FAMILY_NAMES[int(self._draw(Stream.PERSON_NAME, household, 1) * len(FAMILY_NAMES))]
        return Person(
            index=place,
            given_name=given,
            family_name=family,
            date_of_birth=_OLDEST + timedelta(days=int(self._draw(Stream.PERSON_BIRTH, place) * _BIRTHDAYS)),
            benefit_unit_number=self._places.benefit_unit_number(self._scattered(household), self.households),
            postal_code=self._places.postal_code(self._draw(Stream.HOUSEHOLD, household, 1)),
            number=self._number(household) if who.has_number(self._callers, self._seed, place) else None,
            language=self._languages[who.language_of(self._weights, self._seed, place)],
        )

    def _number(self, household: int) -> str:
        return drama_numbers.drama_number(household * _SCATTER % drama_numbers.COUNT)

    def _scattered(self, household: int) -> int:
        return household * _SCATTER % self.households

    def _draw(self, stream: Stream, entity: int, nth: int = 0) -> float:
        return uniform(self._seed, 0, stream, entity, nth)
