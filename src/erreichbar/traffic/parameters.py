"""The section ``[traffic]`` of the office file: the numbers that citizens' behaviour is drawn from, with sources.

A source is a mark that ``docs/algorithms/traffic.md`` explains, or ``assumption``. Times are in seconds or minutes as
their names say; shares are parts of one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Generic, Self, TypeVar

from pydantic import Field, model_validator

from erreichbar.office.checking import Shape, check, wrong
from erreichbar.office.faults import Fault, Faults
from erreichbar.office.loading import text_of
from erreichbar.office.model import Office
from erreichbar.office.text import Text
from erreichbar.office.toml import Document, NotToml, read
from erreichbar.record.words import Language

_T = TypeVar("_T")


class TrafficFaults(Faults):
    """The section ``[traffic]`` cannot be used."""


class Sourced(Shape, Generic[_T]):
    """A value and where it is from; ``between`` are the ends of the range in which an assumption is varied."""

    value: _T
    source: Annotated[str, Field(min_length=1)]
    between: Annotated[tuple[float, float], Field(strict=False)] | None = None

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if self.between is None or not isinstance(self.value, int | float):
            return self
        low, high = self.between
        if not low <= self.value <= high:
            raise wrong(
                f"Der Wert {self.value:g} liegt nicht zwischen {low:g} und {high:g}.",
                f"The value {self.value:g} does not lie between {low:g} and {high:g}.",
                Text("between = [kleinster, größter Wert]", "between = [smallest, largest value]"),
            )
        return self


Share = Sourced[Annotated[float, Field(ge=0, le=1)]]
Factor = Sourced[Annotated[float, Field(gt=0, le=100)]]
Duration = Sourced[Annotated[float, Field(gt=0, le=100_000)]]
Weight = Annotated[float, Field(ge=0, le=100)]


class Spread(Shape):
    """A log-normal time."""

    median: Duration
    mean: Duration

    @model_validator(mode="after")
    def _skewed(self) -> Self:
        if self.mean.value < self.median.value:
            raise wrong(
                f"Der Mittelwert {self.mean.value:g} liegt unter dem Median {self.median.value:g}.",
                f"The mean {self.mean.value:g} is less than the median {self.median.value:g}.",
                Text("ein Mittelwert, der mindestens so groß ist", "a mean at least as large"),
            )
        return self


class Volume(Shape):
    """How many calls there are."""

    benefit_units: Sourced[Annotated[int, Field(ge=1, le=1_000_000)]]
    calls_per_benefit_unit_and_month: Sourced[Annotated[float, Field(gt=0, le=50)]]
    """First calls within a working day's profile; who calls again comes on top."""


class Days(Shape):
    """How days differ."""

    weekdays: Sourced[Annotated[list[Weight], Field(min_length=7, max_length=7)]]
    """Weights of working days, Monday first."""
    first_working_days: Sourced[Annotated[int, Field(ge=0, le=20)]]
    """How many working days make a month's beginning, and a quarter's beginning and end."""
    month_start: Factor
    quarter_turn: Factor
    january: Factor
    after_closing: Factor
    """A working day after a closed day that its week does not explain. Of these factors the largest counts."""
    variation: Sourced[Annotated[float, Field(ge=0, le=1)]]
    """Coefficient of variation of a day's expected volume, beyond what the factors explain."""


class Hours(Shape):
    """How a day's calls spread over its 48 half hours, as parts of the calls of an ordinary working day."""

    working_day: Sourced[Annotated[list[Weight], Field(min_length=48, max_length=48)]]
    closed_day: Sourced[Annotated[list[Weight], Field(min_length=48, max_length=48)]]

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if sum(self.working_day.value) <= 0:
            raise wrong(
                "An Werktagen würde nie jemand anrufen: Alle 48 Werte sind 0.",
                "On working days nobody would ever call: all 48 values are 0.",
            )
        return self


class Matters(Shape):
    """What citizens call about. The shares of the reasons stand with the reasons."""

    second: Share
    third: Share
    """Part of callers with two, and with three matters."""
    settled_if_settle: Share
    settled_if_record: Share
    settled_if_inform: Share
    """Part of matters that are done at first contact, by what first level may do about the reason."""

    @model_validator(mode="after")
    def _at_most_one(self) -> Self:
        both = self.second.value + self.third.value
        if both > 1:
            raise wrong(
                f"second und third sind zusammen {both:g}.",
                f"second and third together are {both:g}.",
                Text("zusammen höchstens 1", "together at most 1"),
            )
        return self


class Talk(Shape):
    """How long people talk, and work afterwards."""

    agent_s: Spread
    case_worker: Factor
    duty_officer: Factor
    """Times as long as with an agent."""
    further_matter: Sourced[Annotated[float, Field(ge=0, le=10)]]
    """What each further matter adds, as a part of the first."""
    wrap_up_s: Spread


class Patience(Shape):
    """How long citizens wait, and whether they call again."""

    mean_s: Duration
    calls_again: Share
    """Part of those who hung up or were turned away who call again, each time."""
    calls_again_min: Spread


class Callback(Shape):
    """Whether the citizen is reached when she is called back, and rings back if not."""

    reached_withheld: Share
    reached_centre: Share
    reached_own: Share
    reached_in_window: Share
    """At least this part is reached inside the window the citizen named, if the number shown can be recognised."""
    voicemail: Share
    busy: Share
    other_person: Share
    wrong_number: Share
    """Parts of the attempts that did not reach the citizen; the rest was not answered."""
    rings_back_withheld: Share
    rings_back_centre: Share
    rings_back_own: Share
    rings_back_min: Spread

    @model_validator(mode="after")
    def _at_most_one(self) -> Self:
        missed = self.voicemail.value + self.busy.value + self.other_person.value + self.wrong_number.value
        if missed > 1:
            raise wrong(
                f"voicemail, busy, other_person und wrong_number sind zusammen {missed:g}.",
                f"voicemail, busy, other_person and wrong_number together are {missed:g}.",
                Text("zusammen höchstens 1", "together at most 1"),
            )
        return self


class People(Shape):
    """Who calls."""

    number_withheld: Share
    without_telephone: Share
    shared_number: Share
    """Part of benefit units in which two persons call from one number."""
    frequent_callers: Sourced[Annotated[float, Field(ge=1, le=10)]]
    """1: everybody calls equally often; the larger, the more calls come from few."""
    names_a_window: Share
    languages: Sourced[dict[str, Weight]]

    @model_validator(mode="after")
    def _known_languages(self) -> Self:
        known = [language.value for language in Language]
        for name in self.languages.value:
            if name not in known:
                raise wrong(
                    f"Die Sprache „{name}“ kennt das Programm nicht.",
                    f"The programme does not know the language “{name}”.",
                    Text(", ".join(known), ", ".join(known)),
                )
        if sum(self.languages.value.values()) <= 0:
            raise wrong("Alle Sprachen haben den Anteil 0.", "All languages have the share 0.")
        return self


class Seats(Shape):
    """How long people of the office take for what they do besides talking."""

    pick_up_s: Spread
    case_work_min: Spread
    """Case work between two looks at the list of callbacks."""


class Parameters(Shape):
    """All of ``[traffic]``."""

    volume: Volume
    days: Days
    hours: Hours
    matters: Matters
    talk: Talk
    patience: Patience
    callback: Callback
    people: People
    seats: Seats

    def assumptions(self) -> Iterator[tuple[str, object, str]]:
        """Return every value with its name as written in the file, and its source."""
        yield from _leaves(self, "traffic")


def parameters(office: Office) -> Parameters:
    """Return the checked section ``[traffic]`` of an office. Raises ``TrafficFaults`` with every fault in one go."""
    document = read(office.text, office.file) if office.text else Document(office.file, {}, {})
    section = office.sections.get("traffic")
    if section is None:
        raise TrafficFaults(
            [
                Fault(
                    document.file,
                    "traffic",
                    "",
                    "Der Abschnitt [traffic] fehlt; ohne ihn gibt es keine virtuellen Bürger:innen.",
                    "The section [traffic] is missing; without it there are no virtual citizens.",
                )
            ]
        )
    found, faults = check(Parameters, section, document, ("traffic",), "traffic")
    faults += _reasons(office, document)
    if found is None or faults:
        raise TrafficFaults(faults)
    return found


def section_faults(file: Path) -> list[Fault]:
    """Return the faults of ``[traffic]`` in a file that may have others, so that all of them can stand in one list."""
    try:
        document = read(text_of(file), file.name)
    except (Faults, NotToml):
        return []
    if "traffic" not in document.table:
        return []
    return check(Parameters, document.table["traffic"], document, ("traffic",), "[traffic]")[1]


def _reasons(office: Office, document: Document) -> list[Fault]:
    if sum(reason.share for reason in office.reasons.values()) > 0:
        return []
    return [
        Fault(
            document.file,
            "reasons",
            "share",
            "Kein Anliegen hat einen Anteil; niemand hätte einen Grund anzurufen.",
            "No reason has a share; nobody would have a reason to call.",
            Text("mindestens ein Anteil über 0", "at least one share above 0"),
        )
    ]


def _leaves(shape: Shape, name: str) -> Iterator[tuple[str, object, str]]:
    for key in type(shape).model_fields:
        value = getattr(shape, key)
        if isinstance(value, Sourced):
            yield f"{name}.{key}", value.value, value.source
        else:
            yield from _leaves(value, f"{name}.{key}")
