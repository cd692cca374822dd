"""The single values of an office file: how each is written, and what a clerk is told if it is not."""

import re
from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

from erreichbar.office import calendar, hours, numbers
from erreichbar.office.checking import did_you_mean, listed, shown, wrong
from erreichbar.office.hours import Hours
from erreichbar.office.model import FirstLevel, OrganisationKind, Span, Urgency
from erreichbar.office.text import Text
from erreichbar.record.vocabulary import CODE
from erreichbar.record.words import Language, Role, WorksBack

_W = TypeVar("_W", bound=StrEnum)


def _id(value: str) -> str:
    if CODE.fullmatch(value):
        return value
    allowed = Text(
        "ein Kleinbuchstabe a–z, dann Kleinbuchstaben, Ziffern, _ und -, höchstens 40, nie fünf Ziffern in Folge",
        "a small letter a–z, then small letters, digits, _ and -, at most 40, never five digits in a row",
    )
    raise wrong(f"„{shown(value)}“ ist keine Kennung.", f"“{shown(value)}” is no identifier.", allowed)


def _filled(value: str) -> str:
    if value.strip():
        return value.strip()
    raise wrong("Der Text ist leer.", "The text is empty.")


def _email_address(value: str) -> str:
    if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value.strip()):
        return value.strip()
    allowed = listed(["team401@example.org"])
    raise wrong(f"„{shown(value)}“ ist keine E-Mail-Adresse.", f"“{shown(value)}” is no e-mail address.", allowed)


def _word(words: type[_W]) -> Callable[[object], _W]:
    def read(value: object) -> _W:
        known = [word.value for word in words]
        if value in known:
            return words(value)
        near = did_you_mean(value, known)
        de, en = f"„{shown(value)}“ geht hier nicht.{near.de}", f"“{shown(value)}” is not possible here.{near.en}"
        raise wrong(de, en, listed(known))

    return read


def _hours(value: object) -> Hours:
    allowed = Text('Zeitspannen wie ["08:00-12:00", "13:00-24:00"]', 'periods as ["08:00-12:00", "13:00-24:00"]')
    if not isinstance(value, list) or not all(isinstance(period, str) for period in value):
        raise wrong(
            f"„{shown(value)}“ ist keine Liste von Zeitspannen.", f"“{shown(value)}” is no list of periods.", allowed
        )
    try:
        return hours.parse(value)
    except hours.NotHours as error:
        raise wrong(error.de, error.en, allowed) from None


def _some(value: Hours) -> Hours:
    if value:
        return value
    raise wrong(
        "Ein Tag mit eigenen Zeiten braucht eine Zeitspanne; ein geschlossener Tag steht unter [[closed_days]].",
        "A day with hours of its own needs at least one period; a closed day stands under [[closed_days]].",
    )


def _time_of_day(value: object) -> time:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{2}:\d{2}", value):
            return time.fromisoformat(value)
    except ValueError:
        pass
    raise wrong(
        f"„{shown(value)}“ ist keine Uhrzeit.", f"“{shown(value)}” is no time of day.", listed(['digest_at = "08:30"'])
    )


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(value: object) -> ZoneInfo:
    names = _zones()
    if isinstance(value, str) and value in names:
        return ZoneInfo(value)
    near = did_you_mean(str(value).title(), names)
    allowed = Text('in Deutschland "Europe/Berlin"', 'in Germany "Europe/Berlin"')
    de, en = (
        f"Die Zeitzone „{shown(value)}“ gibt es nicht.{near.de}",
        f"There is no time zone “{shown(value)}”.{near.en}",
    )
    raise wrong(de, en, allowed)


def _state(value: str) -> str:
    if value in calendar.states():
        return value
    near = did_you_mean(value, calendar.states())
    de, en = f"„{shown(value)}“ ist kein Bundesland.{near.de}", f"“{shown(value)}” is no federal state.{near.en}"
    raise wrong(de, en, listed(calendar.states()))


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        de, en = f"Der reguläre Ausdruck ist fehlerhaft ({error}).", f"The regular expression is faulty ({error})."
        raise wrong(de, en, listed([r"'\d{5}BG\d{7}'"])) from None
    return value


def _trunk(value: str) -> str:
    digits = numbers.trunk(value)
    if digits:
        return digits
    allowed = Text(
        'Vorwahl und Stamm ohne Durchwahl, z. B. "0221 4710"', 'area code and trunk without extension, as "0221 4710"'
    )
    raise wrong(f"„{shown(value)}“ ist kein Rufnummernstamm.", f"“{shown(value)}” is no trunk number.", allowed)


def _extension(value: str) -> str:
    if re.fullmatch(r"\d{1,6}", value):
        return value
    allowed = Text('1 bis 6 Ziffern, z. B. "118"', '1 to 6 digits, as "118"')
    raise wrong(f"„{shown(value)}“ ist keine Durchwahl.", f"“{shown(value)}” is no extension.", allowed)


def _day_of_year(value: object) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{2})-(\d{2})", str(value))
    try:
        # A leap year, so that 02-29 is a day of the year.
        if match:
            day = date(2000, int(match[1]), int(match[2]))
            return day.month, day.day
    except ValueError:
        pass
    allowed = Text('Monat-Tag, z. B. "12-24"', 'month-day, as "12-24"')
    raise wrong(f"„{shown(value)}“ ist kein Tag im Jahr.", f"“{shown(value)}” is no day of the year.", allowed)


def _span(single: str, what: Text, example: str) -> Callable[[object], Span]:
    whole = re.compile(rf"\s*({single})\s*(?:[-–]\s*({single})\s*)?")

    def read(value: object) -> Span:
        match = whole.fullmatch(str(value).upper())
        if not match:
            allowed = Text(f'z. B. "{example}"', f'as "{example}"')
            de = f"„{shown(value)}“ ist kein Bereich von {what.de}."
            raise wrong(de, f"“{shown(value)}” is no range of {what.en}.", allowed)
        span = Span(match[1], match[2] or match[1])
        if span.first > span.last:
            raise wrong(f"Der Bereich „{value}“ läuft rückwärts.", f"The range “{value}” runs backwards.")
        return span

    return read


_T = TypeVar("_T")

Listed = Annotated[tuple[_T, ...], Field(strict=False)]
"""A list of the file, kept as a tuple."""
Id = Annotated[str, AfterValidator(_id)]
Line = Annotated[str, AfterValidator(_filled)]
EmailAddress = Annotated[str, AfterValidator(_email_address)]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Share = Annotated[float, Field(ge=0, le=1)]
OpenHours = Annotated[Hours, BeforeValidator(_hours)]
SomeHours = Annotated[Hours, BeforeValidator(_hours), AfterValidator(_some)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
State = Annotated[str, AfterValidator(_state)]
Pattern = Annotated[str, AfterValidator(_pattern)]
TrunkNumber = Annotated[str, AfterValidator(_trunk)]
Extension = Annotated[str, AfterValidator(_extension)]
DayOfYear = Annotated[tuple[int, int], BeforeValidator(_day_of_year)]
RoleWord = Annotated[Role, BeforeValidator(_word(Role))]
LanguageWord = Annotated[Language, BeforeValidator(_word(Language))]
FirstLevelWord = Annotated[FirstLevel, BeforeValidator(_word(FirstLevel))]
UrgencyWord = Annotated[Urgency, BeforeValidator(_word(Urgency))]
WorksBackWord = Annotated[WorksBack, BeforeValidator(_word(WorksBack))]
OrganisationWord = Annotated[OrganisationKind, BeforeValidator(_word(OrganisationKind))]
Letters = Annotated[Span, BeforeValidator(_span("[A-ZÄÖÜ]{1,5}", Text("Anfangsbuchstaben", "initial letters"), "A-K"))]
PostalCodes = Annotated[Span, BeforeValidator(_span(r"\d{5}", Text("Postleitzahlen", "postal codes"), "50667-50668"))]
BenefitUnits = Annotated[
    Span,
    BeforeValidator(_span("[A-Z0-9/]+", Text("BG-Nummern", "benefit-unit numbers"), "50101BG0000001-50101BG0002500")),
]
