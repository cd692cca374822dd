"""How a citizen may be called: what her telephone shows, whether a message may be left, at which times she is safe."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from erreichbar.centre import sight
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import ticket_with
from erreichbar.centre.errors import Invalid, NotAllowed
from erreichbar.centre.models import Person
from erreichbar.office import Office
from erreichbar.record.vocabulary import Ref

LOOK_AHEAD = timedelta(days=14)
"""In so many days the citizen's times must meet a service hour once."""


class Agreed(Protocol):
    """What a citizen has said of how she may be called; none was not asked."""

    may_show_number: bool | None
    may_leave_message: bool | None
    safe_from: time | None
    safe_to: time | None


@dataclass(kw_only=True)
class AgreeOnCalling(Action):
    """Record how the citizen of a ticket may be called. Safe times left empty are no limit."""

    ticket: Ref
    may_show_number: bool | None = None
    may_leave_message: bool | None = None
    safe_from: time | None = None
    safe_to: time | None = None

    def perform(self) -> None:
        ticket = ticket_with(self.ticket)
        if self.actor is not None and not sight.may_see(self.actor, ticket, self.office, self.moment):
            raise NotAllowed("Dieses Ticket liegt bei einer anderen Stelle.", "This ticket lies with another unit.")
        if ticket.person is None:
            raise Invalid(
                "ticket",
                "Zu diesem Ticket ist keine Person erfasst.",
                "No person is recorded for this ticket.",
            )
        check_times(self.office, self.moment, "safe", self.safe_from, self.safe_to)
        ticket.person.safe_from = ticket.person.safe_to = None
        agree(ticket.person, self)


def agree(person: Person, agreed: Agreed) -> None:
    """Keep what a citizen has said, for every callback to her."""
    if agreed.may_show_number is not None:
        person.may_show_number = agreed.may_show_number
    if agreed.may_leave_message is not None:
        person.may_leave_message = agreed.may_leave_message
    if agreed.safe_from is not None:
        person.safe_from, person.safe_to = agreed.safe_from, agreed.safe_to
    person.save(update_fields=["may_show_number", "may_leave_message", "safe_from", "safe_to"])


def check_times(office: Office, moment: datetime, which: str, start: time | None, end: time | None) -> None:
    """Raise ``Invalid`` for daily times (fields ``…_from``, ``…_to``) that are half, empty, or never staffed."""
    if start is None and end is None:
        return
    if start is None or end is None:
        raise Invalid(
            f"{which}_to" if end is None else f"{which}_from",
            "Bitte geben Sie Beginn und Ende an, oder keines von beiden.",
            "Please give both start and end, or neither.",
        )
    if start >= end:
        raise Invalid(f"{which}_to", "Das Ende liegt vor dem Beginn.", "The end lies before the start.")
    if not _meets_service_hours(office, moment, start, end):
        raise Invalid(
            f"{which}_from",
            "In dieser Zeit ist das Amt nicht besetzt. Bitte vereinbaren Sie eine andere.",
            "The office is not staffed at this time. Please agree on another.",
        )


def _meets_service_hours(office: Office, moment: datetime, start: time, end: time) -> bool:
    """Return whether a daily window (office time) meets a service hour on one of the next days."""
    today = moment.astimezone(office.zone).date()
    for ahead in range(LOOK_AHEAD.days):
        day = today + timedelta(days=ahead)
        first, last = (datetime.combine(day, at, office.zone) for at in (start, end))
        if any(opens < last and first < closes for opens, closes in office.calendar.day(day).periods):
            return True
    return False
