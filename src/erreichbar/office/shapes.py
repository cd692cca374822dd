"""The office file as it is written: which sections and keys there are, and what each may hold.

What refers to something else in the file is checked in ``references``, because pydantic sees one table at a time.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from erreichbar.office.basic_shapes import HoursShape, TextShape, TextsShape
from erreichbar.office.checking import Shape, wrong
from erreichbar.office.deciding_shapes import DecisionShape
from erreichbar.office.text import Text
from erreichbar.office.values import (
    BenefitUnits,
    DayOfYear,
    EmailAddress,
    Extension,
    FirstLevelWord,
    Id,
    LanguageWord,
    Letters,
    Line,
    Listed,
    OrganisationWord,
    Pattern,
    PostalCodes,
    RoleWord,
    Share,
    SomeHours,
    State,
    TimeOfDay,
    TrunkNumber,
    UrgencyWord,
    WorksBackWord,
    Zone,
)


class OfficeShape(Shape):
    """``[office]``: what the office is."""

    name: Line
    short_name: Line
    fictional: bool = False
    zone: Zone
    state: State


class BenefitUnitsShape(Shape):
    """``[benefit_unit_numbers]``: how numbers of benefit units are written."""

    pattern: Pattern
    example: Line


class DaysShape(Shape):
    """Which day, or days: exactly one of ``day`` (with ``until`` for several), ``every_year``, ``days_from_easter``."""

    day: date | None = None
    until: date | None = None
    every_year: DayOfYear | None = None
    days_from_easter: Annotated[int, Field(ge=-100, le=200)] | None = None
    reason: TextShape

    @model_validator(mode="after")
    def _one_way(self) -> "DaysShape":
        ways = [self.day, self.every_year, self.days_from_easter]
        if sum(way is not None for way in ways) != 1:
            raise wrong(
                "Genau eine der Angaben day, every_year, days_from_easter ist nötig.",
                "Exactly one of day, every_year, days_from_easter is needed.",
                Text(
                    'day = 2026-12-24, every_year = "12-24" oder days_from_easter = -48 (Rosenmontag)',
                    'day = 2026-12-24, every_year = "12-24" or days_from_easter = -48 (Carnival Monday)',
                ),
            )
        if self.until is not None and (self.day is None or self.until < self.day):
            raise wrong(
                "until ist der letzte Tag einer Reihe, die mit day beginnt.",
                "until is the last day of a row that begins with day.",
            )
        return self


class ClosedDaysShape(DaysShape):
    """``[[closed_days]]``: the office is closed, with its reason."""


class PartDaysShape(DaysShape):
    """``[[part_days]]``: the office is open at other times than the weekday says, with its reason."""

    hours: SomeHours


class OrganisationShape(Shape):
    """``[[organisations]]``: who employs people here."""

    id: Id
    name: TextShape
    kind: OrganisationWord


class UnitShape(Shape):
    """``[[units]]``: a unit, with hours of its own if it has them."""

    id: Id
    name: TextShape
    leader: Id | None = None
    hours: HoursShape | None = None


class PersonShape(Shape):
    """``[[people]]``: somebody of the office."""

    id: Id
    name: Line
    role: RoleWord
    organisation: Id
    unit: Id | None = None
    extension: Extension | None = None
    substitute: Id | None = None
    languages: Annotated[Listed[LanguageWord], Field(min_length=1)]
    sip_user: Id | None = None
    hours: HoursShape | None = None
    callback_hours: HoursShape | None = None
    email: EmailAddress | None = None


class NumberShape(Shape):
    """A number of the office, trunk and extension apart."""

    trunk: TrunkNumber
    extension: Extension = ""


class NumberRightShape(Shape):
    """``[telephone.presented.centre]`` and ``….own``: the recorded right to present the number."""

    basis: TextShape
    valid_from: date
    checked_by: Line
    holder: Line


class PresentedShape(Shape):
    """The numbers that may be presented on callbacks. A withheld number needs no right."""

    centre: NumberRightShape | None = None
    own: NumberRightShape | None = None


class TrunkShape(Shape):
    """``[telephone.trunk]``: the SIP trunk. The password stands in an environment variable, never in the file."""

    host: Line
    port: Annotated[int, Field(ge=1, le=65535)] = 5060
    transport: Literal["udp", "tcp", "tls"] = "udp"
    username: Line | None = None
    password_variable: Line | None = None
    registers: bool = False


class TelephoneShape(Shape):
    """``[telephone]``: the office's numbers."""

    centre: NumberShape
    direct_trunk: TrunkNumber
    allowed_countries: Annotated[Listed[Annotated[int, Field(ge=1, le=999)]], Field(min_length=1)] = (49,)
    presented: PresentedShape = PresentedShape()
    trunk: TrunkShape | None = None


class MailShape(Shape):
    """``[post.mail]``: the office's SMTP server. The password stands in an environment variable, never in the file."""

    host: Line
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["none", "starttls", "tls"] = "starttls"
    username: Line | None = None
    password_variable: Line | None = None
    sender: EmailAddress


class SmsShape(Shape):
    """``[post.sms]``: an SMS provider with an HTTP interface. Its key stands in an environment variable."""

    address: Annotated[Line, Field(pattern=r"https?://\S+")]
    key_variable: Line | None = None
    sender: Line


class PostShape(Shape):
    """``[post]``: how written messages go out, and under which name that does not say what the office is for.

    ``remedy`` is the office's own text on legal remedies, for written decisions.
    """

    neutral_name: Line = "Servicecenter"
    remedy: TextShape | None = None
    mail: MailShape | None = None
    sms: SmsShape | None = None


class KeepingShape(Shape):
    """``[promise]``: at which shares of the staffed time the steps fall due; whether tickets return. All are assumptions.

    ``digest_at`` is from when on the morning's digest is due, by default when somebody's day begins.
    """

    reassign: Share = 0.5
    remind: Share = 0.75
    tell_leader: Share = 0.9
    returns: bool = True
    digest_at: TimeOfDay | None = None

    @model_validator(mode="after")
    def _rises(self) -> "KeepingShape":
        if not self.reassign <= self.remind <= self.tell_leader:
            raise wrong(
                "Die Stufen müssen ansteigen: reassign, remind, tell_leader.",
                "The steps must rise: reassign, remind, tell_leader.",
                Text("zum Beispiel 0.5, 0.75, 0.9", "for example 0.5, 0.75, 0.9"),
            )
        return self


class ApplicationShape(Shape):
    """``[[applications]]``: what somebody may apply for by telephone. The law stands here with its date, for it changes."""

    id: Id
    label: TextShape
    works_back: WorksBackWord
    law: TextShape
    law_as_of: date


class ReasonShape(Shape):
    """``[[reasons]]``: a contact reason."""

    id: Id
    label: TextShape
    script: TextsShape = TextsShape()
    papers: TextsShape = TextsShape()
    questions: TextsShape = TextsShape()
    first_level: FirstLevelWord
    permission: TextShape | None = None
    urgency: UrgencyWord
    takes_applications: bool = False
    decision: DecisionShape | None = None
    share: Annotated[float, Field(ge=0, le=1)]
    share_source: Line


class ResponsibilityShape(Shape):
    """``[[responsibilities]]``: who deals with what. The first rule that fits counts; the rest sets no limit."""

    unit: Id
    case_worker: Id | None = None
    reasons: Listed[Id] = ()
    benefit_unit_numbers: Listed[BenefitUnits] = ()
    letters: Listed[Letters] = ()
    postal_codes: Listed[PostalCodes] = ()
