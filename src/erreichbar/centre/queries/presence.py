"""Who of the office is there."""

from datetime import datetime

from django.db.models import F, Q

from erreichbar.centre.models import TimeTaken, User
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.promise.presence import Entry, Roster, Taken


def roster(at: datetime) -> Roster:
    """Return when everybody is there, by the office file and by what is entered from ``at`` on."""
    later = TimeTaken.objects.filter(Q(end__isnull=True) | Q(end__gt=at)).order_by("start", "pk")
    columns = later.values_list("user__username", "start", "end", "kind")
    return Roster(office_in_force(), [Entry(user, start, end, Taken(kind)) for user, start, end, kind in columns])


def absence_now(user: User, at: datetime) -> TimeTaken | None:
    """Return the entry that says that somebody is not there now, the one that ends last; none if there is none."""
    entries = TimeTaken.objects.filter(Q(end__isnull=True) | Q(end__gt=at), user=user, start__lte=at, kind=Taken.ABSENT)
    return entries.order_by(F("end").desc(nulls_first=True), "pk").first()
