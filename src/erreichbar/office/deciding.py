"""How urgent matters are decided: rules of law with their date, what to check, who may decide, who is on duty, which body is competent.

Nothing here is legal advice: the office writes it down, names its source, and answers for it.
"""

from dataclasses import dataclass
from datetime import date

from erreichbar.office.hours import Hours, Week
from erreichbar.office.text import Text
from erreichbar.record.words import TicketOutcome


@dataclass(frozen=True, slots=True)
class Law:
    """A rule of law that something here rests on: where it stands, what it says in short, and ``as_of`` when it was read."""

    id: str
    reference: Text
    says: Text
    as_of: date


@dataclass(frozen=True, slots=True)
class AskedDate:
    """A date that makes a matter urgent. ``months_after`` 0: the date is the deadline; else the deadline is so many months after it."""

    id: str
    label: Text
    months_after: int
    law: str | None


@dataclass(frozen=True, slots=True)
class CheckItem:
    """Something to be checked before a decision."""

    id: str
    label: Text
    law: str | None


@dataclass(frozen=True, slots=True)
class ToDecide:
    """What a decision about a contact reason needs.

    ``deciding`` are the numbers (from 1) of the questions whose answers decide. ``same_day``: to be decided on the day on
    which it came up. ``ends_with`` is the only outcome with which an approval is closed, none: any.
    ``asks_new_place``: the place of the new flat says which body is competent. ``laws`` are ids.
    """

    dates: tuple[AskedDate, ...]
    checklist: tuple[CheckItem, ...]
    deciding: tuple[int, ...]
    same_day: bool
    ends_with: TicketOutcome | None
    asks_new_place: bool
    laws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """Who (ids of people) may decide about which contact reasons, and on what ground in words."""

    id: str
    name: Text
    reasons: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of the duty roster: an officer and her deputy (ids), in weekly hours, or on days from ``first`` to ``last``.

    ``hours`` of such days empty: the whole day. Such days go before the week.
    """

    officer: str
    deputy: str | None
    week: Week | None
    first: date | None
    last: date | None
    hours: Hours


@dataclass(frozen=True, slots=True)
class Body:
    """The body that is competent for places, ``ours`` or another with its contact, ``checked`` when that was last right.

    ``telephone`` is E.164. Postal codes are ranges, both ends included.
    """

    id: str
    name: Text
    ours: bool
    postal_codes: tuple[tuple[str, str], ...]
    telephone: str | None
    email: str | None
    address: str | None
    checked: date | None
