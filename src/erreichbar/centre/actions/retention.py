"""Retention: a day's counts are journalled first, then what they were counted from may be erased."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count as CountOf
from django.db.models import F, Q, QuerySet

from erreichbar.centre import journal
from erreichbar.centre.actions.base import Action
from erreichbar.centre.errors import Invalid, Refused
from erreichbar.centre.models import (
    ActionKey,
    Application,
    Call,
    CallState,
    JournalEntry,
    Matter,
    StaffPseudonym,
    Ticket,
)
from erreichbar.centre.models.application import PENDING
from erreichbar.record import events
from erreichbar.record.vocabulary import Count, Event
from erreichbar.record.words import CallOutcome

KEYS_KEPT = timedelta(days=30)
"""After this no change waits to be made again, so its key is forgotten."""


@dataclass(kw_only=True)
class CloseDay(Action):
    """Journal the counts of a day, once they cannot change any more. False if it had been done already."""

    day: date

    def perform(self) -> bool:
        if self.day in closed_days():
            return False
        start, end = (datetime.combine(self.day + timedelta(days=after), time(), self.office.zone) for after in (0, 1))
        calls = Call.objects.filter(arrived_at__gte=start, arrived_at__lt=end)
        tickets = Ticket.objects.filter(opened_at__gte=start, opened_at__lt=end)
        if (
            self.moment < end
            or calls.exclude(state=CallState.ENDED).exists()
            or tickets.filter(due_elapsed__gt=self.moment).exists()
        ):
            raise Refused(
                "day_is_not_over",
                "Dieser Tag kann noch nicht abgeschlossen werden: Seine Zahlen können sich noch ändern.",
                "This day cannot be closed yet: its figures may still change.",
            )
        matters = Matter.objects.filter(settled_at__gte=start, settled_at__lt=end)
        self.journal(_counts(self.day, calls, matters, tickets))
        ActionKey.objects.filter(done_at__lt=self.moment - KEYS_KEPT).delete()
        return True


@dataclass(kw_only=True)
class EraseEntries(Action):
    """Erase what a stretch of entries says. The chain still verifies. Returns how many entries were erased.

    Only closed days can be erased: their counts stay. So does what says of an application that no case file has it yet.
    Pseudonyms of which nothing is left are forgotten.
    """

    first: int
    last: int

    def perform(self) -> int:
        if not 1 <= self.first <= self.last <= journal.last_sequence():
            raise Invalid("last", "Diese Einträge gibt es nicht.", "There are no such entries.")
        days = self._days()
        if not_closed := sorted(days - closed_days()):
            raise Refused(
                "day_is_not_closed",
                f"Der Tag {not_closed[0]:%d.%m.%Y} ist noch nicht abgeschlossen.",
                f"The day {not_closed[0].isoformat()} has not been closed yet.",
            )
        erased = journal.erase(self.first, self.last, kept=self._still_needed())
        if erased:
            self.journal(events.EntriesErased(first=Count(self.first), last=Count(self.last)))
            _forget_pseudonyms(self.moment)
        return erased

    def _still_needed(self) -> list[int]:
        """Return the entries that are the proof of an application which no case file has yet."""
        needed = set(Application.objects.filter(PENDING).values_list("ref", flat=True))
        told = _readable().filter(kind__startswith="application.", sequence__range=(self.first, self.last))
        rows = told.values_list("sequence", "payload")
        return [sequence for sequence, payload in rows if json.loads(payload or "{}").get("application") in needed]

    def _days(self) -> set[date]:
        """Return the days (office time) on which something happened that is to be erased."""
        left = _readable().filter(sequence__range=(self.first, self.last))
        hours = {moment[:13] for moment in left.values_list("moment", flat=True).iterator()}
        return {datetime.fromisoformat(f"{hour}:00Z").astimezone(self.office.zone).date() for hour in hours}


def closed_days() -> set[date]:
    """Return the days whose counts stand in the journal."""
    read = (Event.read(kind, payload) for kind, payload in _payloads(events.DayClosed.kind))
    return {event.day for event in read if isinstance(event, events.DayClosed)}


def _payloads(kind: str) -> Iterable[tuple[str, dict[str, object]]]:
    for payload in JournalEntry.objects.filter(kind=kind).values_list("payload", flat=True):
        if payload is not None:
            yield kind, json.loads(payload)


def _readable() -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(payload__isnull=False).exclude(kind__in=journal.KEPT)


def _counts(day: date, calls: QuerySet[Call], matters: QuerySet[Matter], tickets: QuerySet[Ticket]) -> events.DayClosed:
    by_outcome = dict(
        calls.filter(in_service_hours=True).values_list("outcome").annotate(number=CountOf("pk")).order_by()
    )
    answered, abandoned, turned_away = (
        by_outcome.get(outcome, 0) for outcome in (CallOutcome.ANSWERED, CallOutcome.ABANDONED, CallOutcome.TURNED_AWAY)
    )
    in_time = tickets.aggregate(
        opened=CountOf("pk"),
        attempted=CountOf("pk", filter=Q(attempted_at__lte=F("due_elapsed"))),
        reached=CountOf("pk", filter=Q(reached_at__lte=F("due_elapsed"))),
        resolved=CountOf("pk", filter=Q(resolved_at__lte=F("due_elapsed"))),
    )
    return events.DayClosed(
        day=day,
        offered=Count(answered + abandoned + turned_away),
        answered=Count(answered),
        abandoned=Count(abandoned),
        turned_away=Count(turned_away),
        out_of_hours=Count(calls.filter(in_service_hours=False).count()),
        matters_settled=Count(matters.count()),
        tickets_opened=Count(in_time["opened"]),
        attempted_in_time=Count(in_time["attempted"]),
        reached_in_time=Count(in_time["reached"]),
        resolved_in_time=Count(in_time["resolved"]),
    )


def _forget_pseudonyms(now: datetime) -> None:
    """Forget under what pseudonyms people stood in months of which nothing is left."""
    oldest = _readable().order_by("moment").values_list("moment", flat=True).first()
    since = date.fromisoformat(oldest[:10]) if oldest else now.date()
    StaffPseudonym.objects.filter(month__lt=since.replace(day=1)).delete()
