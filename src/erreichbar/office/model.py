"""The office as the other rooms know it: immutable, complete, checked.

Mappings keep the order of the file; the order of people is the order of seats.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from erreichbar.office.calendar import Calendar
from erreichbar.office.deciding import Authority, Body, Duty, Law, ToDecide
from erreichbar.office.hours import Week
from erreichbar.office.numbers import Number
from erreichbar.office.text import Text
from erreichbar.record.words import Language, PresentedNumber, Role, WorksBack


class FirstLevel(StrEnum):
    """What an agent may do about a matter in the call."""

    SETTLE = "settle"
    """Settle it."""
    RECORD = "record"
    """Take down and confirm what the citizen declares; somebody else acts on it."""
    INFORM = "inform"
    """Say how things stand, decide nothing."""
    NONE = "none"
    """Nothing: somebody who may decide must speak with the citizen."""


class Urgency(StrEnum):
    """How soon a matter needs somebody who may decide."""

    NONE = "none"
    NORMAL = "normal"
    URGENT = "urgent"
    IMMEDIATE = "immediate"


class OrganisationKind(StrEnum):
    """Whether an organisation is the office itself or a centre that works for it."""

    OFFICE = "office"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who employs people here. Agents of a ``centre`` see only the caller in front of them."""

    id: str
    name: Text
    kind: OrganisationKind


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the office.

    ``extension`` are the digits of her direct line after the direct trunk, ``sip_user`` is her telephone,
    ``substitute`` the id of who stands in for her. ``unit`` is none for those who belong to none, such as agents.
    ``hours`` are her weekly working hours (Monday first), none: whenever her unit is staffed; ``callback_hours`` the part
    of them that the roster keeps free for callbacks, none: no time is kept free, all of it may be used. ``email`` is where
    her digest of the morning goes, none: to her desk alone.
    """

    id: str
    name: str
    role: Role
    organisation: str
    unit: str | None
    extension: str | None
    substitute: str | None
    languages: tuple[Language, ...]
    sip_user: str | None
    hours: Week | None
    callback_hours: Week | None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the office. ``members`` are the ids of its people; ``hours`` its own calendar, none: the office's."""

    id: str
    name: Text
    leader: str | None
    members: tuple[str, ...]
    hours: Calendar | None


@dataclass(frozen=True, slots=True)
class ApplicationKind:
    """What somebody may apply for by telephone: to which day that works back, by which law as it stood on which day."""

    id: str
    label: Text
    works_back: WorksBack
    law: Text
    law_as_of: date


@dataclass(frozen=True, slots=True)
class ContactReason:
    """Why citizens call, and what agents are to do about it.

    ``script`` is what to say or check, in order; ``papers`` what the citizen should have ready for the callback;
    ``questions`` what the case worker needs to know. ``permission`` limits ``first_level`` in words. ``share`` is the
    part of all matters (normalised where it is used), ``share_source`` where that is from, or "assumption".
    ``takes_applications`` says that agents are shown how to take down an application. ``decision`` is what a decision about it
    needs, none: nobody has to decide at once.
    """

    id: str
    label: Text
    script: tuple[Text, ...]
    papers: tuple[Text, ...]
    questions: tuple[Text, ...]
    first_level: FirstLevel
    permission: Text | None
    urgency: Urgency
    takes_applications: bool
    share: float
    share_source: str
    decision: ToDecide | None

    @property
    def is_urgent(self) -> bool:
        """Whether a duty officer should deal with it: urgent or immediate."""
        return self.urgency in (Urgency.URGENT, Urgency.IMMEDIATE)


@dataclass(frozen=True, slots=True)
class NumberRight:
    """The recorded right to present a number on callbacks (§ 120(2) TKG): its ground, who checked, whose it is."""

    basis: Text
    valid_from: date
    checked_by: str
    holder: str


@dataclass(frozen=True, slots=True)
class Trunk:
    """How our Asterisk reaches the telephone network: a SIP trunk. The password stands in an environment variable."""

    host: str
    port: int
    transport: str
    username: str | None
    password_variable: str | None
    registers: bool


@dataclass(frozen=True, slots=True)
class Telephone:
    """The office's numbers. ``direct_trunk`` (E.164) is the start of direct lines, ``presented`` the rights recorded.

    ``allowed_countries`` are the country calling codes that callbacks may go to; ``trunk`` none: training line only.
    """

    centre: Number
    direct_trunk: str
    presented: Mapping[PresentedNumber, NumberRight]
    allowed_countries: tuple[int, ...]
    trunk: Trunk | None

    def direct_line(self, person: Person) -> Number | None:
        """Return the person's own number, none if she has no direct line."""
        return Number(self.direct_trunk, person.extension) if person.extension else None

    def presenting_refusal(self, presented: PresentedNumber, on: date) -> Text | None:
        """Return why a callback may not show this number on that day, none if it may. Withholding needs no right."""
        if presented is PresentedNumber.WITHHELD:
            return None
        right = self.presented.get(presented)
        if right is None:
            return Text(
                f"Für die Anzeige der Rufnummer ({presented.value}) ist kein Nutzungsrecht eingetragen (§ 120 TKG). "
                "Bitte das Recht prüfen lassen und eintragen, oder die Rufnummer unterdrücken.",
                f"No right of use is recorded for showing this number ({presented.value}; § 120 TKG). "
                "Please have the right checked and recorded, or withhold the number.",
            )
        if on < right.valid_from:
            return Text(
                f"Das Nutzungsrecht an der angezeigten Rufnummer gilt erst ab {right.valid_from:%d.%m.%Y}.",
                f"The right to show this number is valid only from {right.valid_from} on.",
            )
        return None


@dataclass(frozen=True, slots=True)
class Span:
    """A range of texts from ``first`` to ``last``, both included."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A rule: who deals with which matters of whom. What is empty does not limit; the first rule that fits counts."""

    unit: str
    case_worker: str | None
    reasons: tuple[str, ...]
    benefit_unit_numbers: tuple[Span, ...]
    letters: tuple[Span, ...]
    postal_codes: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Keeping:
    """How the office keeps its promise: at which shares of the staffed time (0 to 1) which step falls due.

    ``returns`` says whether a ticket goes back to who is responsible once she is there again, or stays with who stands in.
    ``digest_at`` is from when on the digest of the morning is due (office time), none: from the beginning of somebody's day.
    """

    reassign: float
    remind: float
    tell_leader: float
    returns: bool
    digest_at: time | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """The office's mail server. ``security`` is none, starttls or tls; the password stands in an environment variable."""

    host: str
    port: int
    security: str
    username: str | None
    password_variable: str | None
    sender: str


@dataclass(frozen=True, slots=True)
class Sms:
    """An SMS provider that takes messages by HTTP POST at ``address``; the key stands in an environment variable."""

    address: str
    key_variable: str | None
    sender: str


@dataclass(frozen=True, slots=True)
class Post:
    """How written messages go out; what has no way stays queued and is shown.

    ``neutral_name`` names the office without saying what it is for, so that a message reveals no benefit. ``remedy`` is
    what written decisions say of legal remedies, none: the office adds it by hand.
    """

    neutral_name: str
    remedy: Text | None
    mail: Mail | None
    sms: Sms | None


@dataclass(frozen=True, slots=True)
class BenefitUnitNumbers:
    """How the office writes the numbers of benefit units: a regular expression, and an example to show."""

    pattern: str
    example: str


@dataclass(frozen=True)
class Office:
    """An office file that was read and found without fault: its ``file`` name, its ``text`` and the SHA-256 of that.

    ``sections`` holds ``[traffic]`` and ``[lab]`` as they stand; the rooms of these names check and read them.
    """

    file: str
    text: str
    digest: str
    name: str
    short_name: str
    fictional: bool
    zone: ZoneInfo
    state: str
    calendar: Calendar
    organisations: Mapping[str, Organisation]
    units: Mapping[str, Unit]
    people: Mapping[str, Person]
    applications: Mapping[str, ApplicationKind]
    reasons: Mapping[str, ContactReason]
    telephone: Telephone
    benefit_unit_numbers: BenefitUnitNumbers
    keeping: Keeping
    post: Post
    responsibilities: tuple[Responsibility, ...]
    laws: Mapping[str, Law]
    authorities: Mapping[str, Authority]
    duty: tuple[Duty, ...]
    bodies: Mapping[str, Body]
    sections: Mapping[str, Any]

    def calendar_of(self, unit: str) -> Calendar:
        """Return the calendar by which a unit is staffed: its own, else (also if it is no more) the office's."""
        known = self.units.get(unit)
        return known.hours if known and known.hours else self.calendar

    def in_role(self, role: Role, unit: str | None = None) -> tuple[Person, ...]:
        """Return the people of a role, of one unit if given, in the order of the file."""
        return self._in_role.get((role, unit), ())

    @cached_property
    def _in_role(self) -> Mapping[tuple[Role, str | None], tuple[Person, ...]]:
        found: dict[tuple[Role, str | None], tuple[Person, ...]] = {}
        for person in self.people.values():
            for unit in {None, person.unit}:
                found[person.role, unit] = (*found.get((person.role, unit), ()), person)
        return found
