"""The sentences that say why a promise is due when it is: what counted, what was skipped, and for what reason."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from erreichbar.office.text import Text
from erreichbar.promise import words
from erreichbar.promise.stretches import Kind, Stretch
from erreichbar.record.words import ClockName

CLOCKS = {
    ClockName.ELAPSED: Text("48 Stunden, durchgezählt", "48 hours, counted through"),
    ClockName.SERVICE_HOURS: Text("48 Stunden Servicezeit", "48 service hours"),
    ClockName.WORKING_DAYS: Text("zwei Arbeitstage", "two working days"),
}
"""What the three clocks are called."""
NO_CHANCE = Text("keine", "none")


@dataclass(frozen=True, slots=True)
class Why:
    """One stretch of the explanation: its ``code`` (a ``Kind``), from when to when (UTC), and a sentence for it.

    A stretch without length tells of an event: a change of hour, or that there is no staffed minute.
    """

    code: str
    start: datetime
    end: datetime
    de: str
    en: str

    def to_json(self, zone: tzinfo = UTC) -> dict[str, str]:
        """Return the stretch as JSON values, moments in ISO 8601 with the offset of ``zone``."""
        return {
            "code": self.code,
            "from": iso(self.start, zone),
            "to": iso(self.end, zone),
            "de": self.de,
            "en": self.en,
        }


def iso(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as ISO 8601 with the zone's offset, seconds always, fractions only if there are any."""
    return moment.astimezone(zone).isoformat()


def elapsed(stretch: Stretch, zone: ZoneInfo) -> Why:
    """Explain a stretch on the clock of literal hours: all of it counts."""
    if stretch.kind == Kind.OPEN:
        length = words.duration(stretch.length)
        return _why(
            stretch, zone, Text(f"Servicezeit, zählt mit ({length.de}).", f"service hours, counts ({length.en}).")
        )
    what = _closed(stretch)
    return _why(
        stretch,
        zone,
        Text(
            f"{what.de}. Die 48 Stunden laufen weiter, auch wenn niemand da ist.",
            f"{what.en}. The 48 hours run on, although nobody is there.",
        ),
    )


def service_hours(stretch: Stretch, counted: timedelta, promised: timedelta, zone: ZoneInfo) -> Why:
    """Explain a stretch on the clock of open time; ``counted`` is what has counted up to its end."""
    if stretch.kind != Kind.OPEN:
        what = _closed(stretch)
        return _why(stretch, zone, Text(f"{what.de}, zählt nicht.", f"{what.en}, does not count."))
    length, so_far, whole = words.duration(stretch.length), words.duration(counted), words.duration(promised)
    return _why(
        stretch,
        zone,
        Text(
            f"Servicezeit, {length.de} zählen (zusammen {so_far.de} von {whole.de}).",
            f"service hours, {length.en} count (together {so_far.en} of {whole.en}).",
        ),
    )


def opening_day(stretch: Stretch, zone: ZoneInfo) -> Why:
    """Explain the day of opening on the clock of working days: it does not count (§ 187(1) BGB)."""
    de = "Tag des Eingangs, zählt nicht mit (gezählt wird ab dem Folgetag, § 187 Abs. 1 BGB)."
    return _why(stretch, zone, Text(de, "day of opening, does not count (counted from the next day on, § 187(1) BGB)."))


def skipped_days(stretch: Stretch, zone: ZoneInfo) -> Why:
    """Explain closed days on the clock of working days."""
    what = _closed(stretch)
    return _why(stretch, zone, Text(f"{what.de}, kein Arbeitstag.", f"{what.en}, no working day."))


def working_day(stretch: Stretch, number: int, zone: ZoneInfo, *, last: bool) -> Why:
    """Explain a working day; the ``last`` one ends with its service hours."""
    end_de = ", bis zum Ende der Servicezeit" if last else ""
    end_en = ", up to the end of its service hours" if last else ""
    return _why(stretch, zone, Text(f"{number}. Arbeitstag{end_de}.", f"working day {number}{end_en}."))


def change_of_hour(at: datetime, grows: timedelta, zone: ZoneInfo) -> Why:
    """Explain that clocks were put on or back at a moment inside the time that counts."""
    length = words.duration(abs(grows))
    after = at.astimezone(zone)
    before = f"{(after.replace(tzinfo=None) - grows):%H:%M}"
    forward = grows > timedelta()
    de = f"Die Uhr springt von {before} auf {after:%H:%M}. Gezählt wird echte Zeit, auf der Uhr endet die Frist daher "
    en = f"the clock jumps from {before} to {after:%H:%M}. Real time is counted, so on the clock the promise ends "
    said = Text(
        f"{de}{length.de} {'später' if forward else 'früher'}.", f"{en}{length.en} {'later' if forward else 'earlier'}."
    )
    return _why(Stretch(Kind.CHANGE_OF_HOUR, at, at), zone, said)


def impossible(at: datetime, zone: ZoneInfo) -> Why:
    """Explain that nobody is there between the opening and the due moment."""
    said = Text(
        "Bis dahin ist nach dem Kalender niemand da: Diese Zusage lässt sich nicht einhalten.",
        "by the calendar nobody is there until then: this promise cannot be kept.",
    )
    return _why(Stretch(Kind.IMPOSSIBLE_BY_CALENDAR, at, at), zone, said)


def _closed(stretch: Stretch) -> Text:
    reason = stretch.reason
    match stretch.kind:
        case Kind.NIGHT:
            return Text("Außerhalb der Servicezeit", "outside service hours")
        case Kind.BREAK:
            return Text("Zwischen zwei Servicezeiten", "between two service periods")
        case Kind.WEEKEND:
            return Text("Wochenende", "weekend")
        case Kind.PUBLIC_HOLIDAY:
            return Text(*_named("Gesetzlicher Feiertag", "public holiday", reason))
        case Kind.CLOSED_DAY:
            return Text(*_named("Das Amt ist geschlossen", "the office is closed", reason))
        case Kind.PART_DAY:
            return Text(*_named("Verkürzte Servicezeit", "shortened service hours", reason))
        case _:
            return Text("An diesem Wochentag keine Servicezeit", "no service hours on this weekday")


def _named(de: str, en: str, reason: Text | None) -> tuple[str, str]:
    return (f"{de} ({reason.de})", f"{en} ({reason.en})") if reason else (de, en)


def _why(stretch: Stretch, zone: ZoneInfo, said: Text) -> Why:
    if stretch.start == stretch.end:
        place = words.moment(stretch.start, zone, end=True)
    else:
        place = words.stretch(stretch.start, stretch.end, zone)
    return Why(stretch.kind.value, stretch.start, stretch.end, f"{place.de}: {said.de}", f"{place.en}: {said.en}")
