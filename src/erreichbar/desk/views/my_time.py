"""When am I there? One's working week, what is entered against it, and one's calendar; for leaders their people's, too."""

from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from erreichbar.centre import actions, clock, queries, sight
from erreichbar.centre.errors import Invalid, Refused
from erreichbar.centre.models import TimeTaken, User
from erreichbar.desk import words
from erreichbar.desk.acting import REFUSED, Entered, Outcome, act, entered, for_roles
from erreichbar.desk.days import midnight_after, moment_typed
from erreichbar.desk.here import user_of
from erreichbar.desk.views.presence import MOMENT, WITH_A_LIST
from erreichbar.office import Office, hours
from erreichbar.office.text import Text
from erreichbar.promise.calendars import LARGEST, NoCalendar, coming
from erreichbar.promise.presence import LOOK_AHEAD, Taken

TAKEN: dict[Taken, Promise] = {
    Taken.ABSENT: lazy("Not in"),
    Taken.APPOINTMENT: lazy("Appointment"),
    Taken.PROTECTED: lazy("Protected time for case work"),
}


@require_GET
@for_roles(*WITH_A_LIST)
def my_time(request: HttpRequest) -> HttpResponse:
    """Show when I am there."""
    return _page(request)


@require_POST
@for_roles(*WITH_A_LIST)
def take(request: HttpRequest) -> HttpResponse:
    """Enter that I, or somebody I lead, am absent, have an appointment or protected time."""
    try:
        start, end = _stretch(request, queries.office_in_force())
    except Refused as refused:
        return _page(request, entered(request, "take", refused))
    kind = request.POST.get("kind", "")
    return _done(
        request, act(request, "take", actions.TakeTime, person=_whom(request), start=start, end=end, kind=kind)
    )


@require_POST
@for_roles(*WITH_A_LIST)
def free(request: HttpRequest) -> HttpResponse:
    """Take an entry back."""
    entry = request.POST.get("entry", "")
    return _done(request, act(request, "free", actions.FreeTime, person=_whom(request), entry=entry))


@require_POST
@for_roles(*WITH_A_LIST)
def read(request: HttpRequest) -> HttpResponse:
    """Read my calendar from a file. The file is read here and kept nowhere."""
    given = request.FILES.get("calendar")
    text = given.read(LARGEST + 1) if isinstance(given, UploadedFile) else b""
    try:
        busy = coming(text, clock.now(), queries.office_in_force().zone)
    except NoCalendar as no:
        return _page(request, entered(request, "read", Invalid("calendar", no.de, no.en)))
    me = user_of(request).username
    return _done(request, act(request, "read", actions.ReadCalendar, person=me, busy=busy))


@require_POST
@for_roles(*WITH_A_LIST)
def follow(request: HttpRequest) -> HttpResponse:
    """Let my calendar be read again and again."""
    me, address = user_of(request).username, request.POST.get("address", "")
    return _done(request, act(request, "follow", actions.FollowCalendar, person=me, address=address))


@require_POST
@for_roles(*WITH_A_LIST)
def leave(request: HttpRequest) -> HttpResponse:
    """Forget my calendar."""
    return _done(request, act(request, "leave", actions.LeaveCalendar, person=user_of(request).username))


def _whom(request: HttpRequest) -> str:
    return request.POST.get("person") or user_of(request).username


def _stretch(request: HttpRequest, office: Office) -> tuple[datetime, datetime | None]:
    """Return from when to when a form says: whole days where no time of day is given. Raises ``Invalid``."""
    given = {name: request.POST.get(name, "").strip() for name in ("day", "start", "last_day", "end")}
    first = moment_typed(office, "day", given["day"], "start", given["start"])
    if not given["last_day"] and not given["end"]:
        return first, midnight_after(first, office)
    last = given["last_day"] or given["day"]
    end = moment_typed(office, "last_day", last, "end", given["end"])
    return first, end if given["end"] else midnight_after(end, office)


def _done(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    return _page(request, outcome.entered) if outcome.entered else redirect("desk:my_time")


def _page(request: HttpRequest, refused: Entered | None = None) -> HttpResponse:
    user, office, now = user_of(request), queries.office_in_force(), clock.now()
    led = sight.led_by(user, office)
    rows = [_row(entry, office, now) for entry in queries.entries_of([user.username, *led], now)]
    calendar = queries.calendar_of(user)
    context: dict[str, Any] = {
        "entered": refused,
        "week": _week(user, office),
        "mine": [row for row in rows if row["person"] == user.username and not row["from_calendar"]],
        "read": [row for row in rows if row["person"] == user.username and row["from_calendar"]],
        "others": _by_name(
            [row for row in rows if row["person"] != user.username and not row["from_calendar"]], office
        ),
        "people": [(person, office.people[person].name) for person in led],
        "kinds": list(TAKEN.items()),
        "first_day": now.astimezone(office.zone).date().isoformat(),
        "weeks": LOOK_AHEAD // timedelta(weeks=1),
        "calendar": calendar,
        "trouble": Text(**calendar.trouble).in_(get_language() or "de") if calendar and calendar.trouble else "",
        "read_at": words.moment(calendar.asked_at, now, office.zone) if calendar and calendar.asked_at else "",
        "hosts": settings.ERREICHBAR_CALENDAR_HOSTS,
    }
    return render(request, "desk/time.html", context, status=REFUSED if refused else 200)


def _row(entry: TimeTaken, office: Office, now: datetime) -> dict[str, Any]:
    return {
        "ref": entry.ref,
        "person": entry.user.username,
        "kind": TAKEN[Taken(entry.kind)],
        "when": _when(entry.start, entry.end, office, now),
        "from_calendar": entry.from_calendar,
    }


def _when(start: datetime, end: datetime | None, office: Office, now: datetime) -> str:
    """Return from when to when in words: whole days without a time of day."""
    zone = office.zone
    midnight = time()
    if end is None:
        return _("from %(start)s until further notice") % {"start": words.moment(start, now, zone)}
    whole = start.astimezone(zone).time() == midnight and end.astimezone(zone).time() == midnight
    first, last = words.day(start, now, zone), words.day(end - MOMENT, now, zone)
    if whole:
        return first if first == last else f"{first} – {last}"
    if first == last:
        return f"{first} {words.clock(start, zone)}–{words.clock(end, zone)}"
    return f"{first} {words.clock(start, zone)} – {last} {words.clock(end, zone)}"


def _by_name(rows: list[dict[str, Any]], office: Office) -> list[tuple[str, list[dict[str, Any]]]]:
    def name(row: dict[str, Any]) -> str:
        return office.people[row["person"]].name

    return [(key, list(of)) for key, of in groupby(sorted(rows, key=name), key=name)]


def _week(user: User, office: Office) -> list[tuple[str, str, str]]:
    """Return weekday, working hours and the time kept free for callbacks, as the office file has them."""
    person = office.people.get(user.username)
    if person is None:
        return []
    calendar = office.calendar_of(person.unit) if person.unit else office.calendar
    worked, calls = person.hours or calendar.week, person.callback_hours
    days = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return [
        (
            name,
            hours.write(worked[day]) or "–",
            (hours.write(calls[day]) if calls else worked[day] and _("any free time")) or "–",
        )
        for day, name in enumerate(days)
    ]
