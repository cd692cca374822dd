"""How urgent matters are decided, as the office file writes it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from erreichbar.office import numbers
from erreichbar.office.basic_shapes import HoursShape, TextShape
from erreichbar.office.checking import Shape, wrong
from erreichbar.office.text import Text
from erreichbar.office.values import EmailAddress, Id, Line, Listed, PostalCodes, SomeHours
from erreichbar.record.words import TicketOutcome


def _telephone(value: str) -> str:
    try:
        return numbers.parse(value)
    except numbers.NotANumber as error:
        raise wrong(error.de, error.en, Text('z. B. "0221 4710-900"', 'as "0221 4710-900"')) from None


PhoneNumber = Annotated[str, AfterValidator(_telephone)]
Question = Annotated[int, Field(ge=1, le=20)]


class LawShape(Shape):
    """``[[laws]]``: a rule of law that something here rests on, and when its text was read."""

    id: Id
    reference: TextShape
    says: TextShape
    as_of: date


class AskedDateShape(Shape):
    """``[[reasons.decision.dates]]``: a date that makes the matter urgent."""

    id: Id
    label: TextShape
    months_after: Annotated[int, Field(ge=0, le=24)] = 0
    law: Id | None = None


class CheckItemShape(Shape):
    """``[[reasons.decision.checklist]]``: something to be checked before a decision."""

    id: Id
    label: TextShape
    law: Id | None = None


class DecisionShape(Shape):
    """``[reasons.decision]``: what a decision about this contact reason needs."""

    dates: Listed[AskedDateShape] = ()
    checklist: Listed[CheckItemShape] = ()
    deciding: Listed[Question] = ()
    same_day: bool = False
    ends_with: Literal["written_assurance_sent"] | None = None
    asks_new_place: bool = False
    laws: Listed[Id] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "DecisionShape":
        for named, given in (("dates", self.dates), ("checklist", self.checklist)):
            ids = [one.id for one in given]
            if len(ids) != len(set(ids)):
                raise wrong(f"Jede Kennung in {named} einmal.", f"Each identifier in {named} once.")
        return self

    def ends(self) -> TicketOutcome | None:
        """Return the outcome with which an approval is closed."""
        return TicketOutcome(self.ends_with) if self.ends_with else None


class AuthorityShape(Shape):
    """``[[authorities]]``: who may decide about which contact reasons, and on what ground."""

    id: Id
    name: TextShape
    reasons: Annotated[Listed[Id], Field(min_length=1)]
    people: Annotated[Listed[Id], Field(min_length=1)]


class DutyShape(Shape):
    """``[[duty]]``: a line of the duty roster, weekly (``hours``) or on single days (``day``, with ``until`` for several)."""

    officer: Id
    deputy: Id | None = None
    hours: HoursShape | None = None
    day: date | None = None
    until: date | None = None
    times: SomeHours = ()

    @model_validator(mode="after")
    def _one_way(self) -> "DutyShape":
        if (self.hours is None) is (self.day is None):
            raise wrong(
                "Genau eine der Angaben hours, day ist nötig.",
                "Exactly one of hours, day is needed.",
                Text(
                    'hours.monday = ["08:00-18:00"] für jede Woche, day = 2026-03-16 für einzelne Tage',
                    'hours.monday = ["08:00-18:00"] for every week, day = 2026-03-16 for single days',
                ),
            )
        if self.until is not None and (self.day is None or self.until < self.day):
            raise wrong(
                "until ist der letzte Tag einer Reihe, die mit day beginnt.",
                "until is the last day of a row that begins with day.",
            )
        if self.times and self.day is None:
            raise wrong(
                "times gehört zu einzelnen Tagen; für jede Woche stehen die Zeiten in hours.",
                "times belong to single days; for every week the times stand in hours.",
            )
        return self


class BodyShape(Shape):
    """``[[competent_bodies]]``: which body is competent for which places, this office (``ours``) or another with its contact."""

    id: Id
    name: TextShape
    ours: bool = False
    postal_codes: Annotated[Listed[PostalCodes], Field(min_length=1)]
    telephone: PhoneNumber | None = None
    email: EmailAddress | None = None
    address: Line | None = None
    checked: date | None = None

    @model_validator(mode="after")
    def _can_be_asked(self) -> "BodyShape":
        if not self.ours and not (self.telephone or self.email or self.address):
            raise wrong(
                "Wohin soll verwiesen werden? Es fehlt telephone, email oder address.",
                "Where are people referred to? Missing: telephone, email or address.",
            )
        return self
