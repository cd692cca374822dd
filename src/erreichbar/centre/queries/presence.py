"""Who of the office is there."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q

from erreichbar.centre.models import CalendarAddress, TimeTaken, User
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.promise.presence import Entry, Roster, Taken


def roster(at: datetime, *, as_if_in: bool = False) -> Roster:
    """Return when everybody is there, by the office file and by what is entered from ``at`` on.

    Who may not sign in (any more), such as somebody who has left, is not there. ``as_if_in``: as if who is entered as
    absent at the moment were in.
    """
    office = office_in_force()
    later = TimeTaken.objects.filter(Q(end__isnull=True) | Q(end__gt=at)).order_by("start", "pk")
    if as_if_in:
        later = later.exclude(kind=Taken.ABSENT, start__lte=at)
    columns = later.values_list("user__username", "start", "end", "kind")
    entered = [Entry(user, start, end, Taken(kind)) for user, start, end, kind in columns]
    active = set(User.objects.filter(is_active=True).values_list("username", flat=True))
    return Roster(office, [*entered, *(Entry(person, at, None) for person in office.people if person not in active)])


def absence_now(user: User, at: datetime) -> TimeTaken | None:
    """Return the entry that says that somebody is not there now, the one that ends last; none if there is none."""
    entries = TimeTaken.objects.filter(Q(end__isnull=True) | Q(end__gt=at), user=user, start__lte=at, kind=Taken.ABSENT)
    return entries.order_by(F("end").desc(nulls_first=True), "pk").first()


def entries_of(people: Iterable[str], at: datetime) -> list[TimeTaken]:
    """Return what is entered against the time of people (ids) from a moment on, by person and start."""
    entries = TimeTaken.objects.filter(Q(end__isnull=True) | Q(end__gt=at), user__username__in=list(people))
    return list(entries.select_related("user").order_by("user__username", "start", "pk"))


def calendar_of(user: User) -> CalendarAddress | None:
    """Return where somebody's calendar is read from, none if nowhere."""
    return CalendarAddress.objects.filter(user=user).first()


def calendars_due(at: datetime, every: timedelta) -> list[CalendarAddress]:
    """Return whose calendar is to be read (again), the longest unread first. Who may not sign in is left out."""
    due = Q(asked_at__isnull=True) | Q(asked_at__lte=at - every)
    return list(CalendarAddress.objects.filter(due, user__is_active=True).select_related("user").order_by("asked_at"))
