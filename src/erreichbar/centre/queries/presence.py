"""Who of the office is there, now and next."""

from datetime import datetime

from django.db.models import Q

from erreichbar.centre.models import TimeTaken
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.promise.presence import Entry, Presence, Roster, Taken


def roster(at: datetime) -> Roster:
    """Return when everybody is there, by the office file and by what is entered from ``at`` on."""
    later = TimeTaken.objects.filter(Q(end__isnull=True) | Q(end__gt=at)).order_by("start", "pk")
    columns = later.values_list("user__username", "start", "end", "kind")
    return Roster(office_in_force(), [Entry(user, start, end, Taken(kind)) for user, start, end, kind in columns])


def presence(person: str, at: datetime) -> Presence:
    """Return whether somebody (id) is there, until when, and when she is free next."""
    return roster(at).presence(person, at)
