"""What makes an office impossible to simulate, and what makes its work pile up: the field, the value, what would be possible."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from erreichbar.access import PhoneHours
from erreichbar.lab.office.people import Staff
from erreichbar.lab.office.shapes import Lab, Team, week
from erreichbar.office.checking import listed
from erreichbar.office.faults import Fault
from erreichbar.office.hours import Hours, Week, write
from erreichbar.office.model import Office
from erreichbar.office.text import NOTHING, Text
from erreichbar.office.toml import Document, Path

NO_HOURS: Week = ((), (), (), (), (), (), ())
NO_PHONE_HOURS = PhoneHours(NO_HOURS)
DAYS = (
    Text("Montag", "Monday"), Text("Dienstag", "Tuesday"), Text("Mittwoch", "Wednesday"), Text("Donnerstag", "Thursday"),
    Text("Freitag", "Friday"), Text("Samstag", "Saturday"), Text("Sonntag", "Sunday"),
)  # fmt: skip


def impossible(office: Office, lab: Lab, document: Document) -> list[Fault]:
    """Return every reason why this office cannot be."""
    found: list[Fault] = []

    def fault(place: Path, section: str, key: str, de: str, en: str, allowed: Text = NOTHING) -> None:
        found.append(Fault(document.file, section, key, de, en, allowed, document.line((*place, key))))

    _known(office, lab, fault)
    _somebody_answers(office, lab, fault)
    for place, team in enumerate(lab.teams):
        where: Path = ("lab", "teams", place)
        section = f"[[lab.teams]] {place + 1} ({team.id})"
        _appointments(team, where, section, fault)
        _stable(lab, team, where, section, fault)
    return found


_Fault = Callable[..., None]


def _known(office: Office, lab: Lab, fault: _Fault) -> None:
    if lab.agents.organisation not in office.organisations:
        _unknown(
            fault, ("lab", "agents"), "[lab.agents]", "organisation", lab.agents.organisation, office.organisations
        )
    ids: set[str] = set()
    named = [("shifts", place, shift.id) for place, shift in enumerate(lab.shifts)]
    for name, place, id in [*named, *(("teams", place, team.id) for place, team in enumerate(lab.teams))]:
        if id in ids:
            de, en = f"Die Kennung „{id}“ gibt es schon.", f"The identifier “{id}” exists already."
            fault(("lab", name, place), f"[[lab.{name}]] {place + 1}", "id", de, en)
        ids.add(id)
    units: set[str] = set()
    for place, team in enumerate(lab.teams):
        where: Path = ("lab", "teams", place)
        section = f"[[lab.teams]] {place + 1} ({team.id})"
        if team.organisation not in office.organisations:
            _unknown(fault, where, section, "organisation", team.organisation, office.organisations)
        if team.unit not in office.units:
            _unknown(fault, where, section, "unit", team.unit, office.units)
        if team.unit in units and team.role == "case_worker":
            de = f"Die Arbeit der Einheit {team.unit} teilt sich schon ein anderes Team."
            en = f"Another team shares the work of the unit {team.unit} already."
            fault(where, section, "unit", de, en, Text("jede Einheit einmal", "each unit once"))
        if team.role == "case_worker":
            units.add(team.unit)
    for rule in office.responsibilities:
        if rule.unit not in units:
            de = f"Für Anliegen der Einheit {rule.unit} ist niemand da: Kein Team nennt sie."
            en = f"Nobody is there for matters of the unit {rule.unit}: no team names it."
            fault(("lab", "teams"), "[[lab.teams]]", "unit", de, en)
            units.add(rule.unit)


def _unknown(fault: _Fault, where: Path, section: str, key: str, given: str, known: Iterable[str]) -> None:
    de, en = f"„{given}“ gibt es in dieser Datei nicht.", f"There is no “{given}” in this file."
    fault(where, section, key, de, en, listed(known))


def _somebody_answers(office: Office, lab: Lab, fault: _Fault) -> None:
    """A centre that is open while nobody is on its roll would let everybody wait in vain."""
    for weekday, open_hours in enumerate(office.calendar.week):
        left = _without(open_hours, [period for shift in lab.shifts for period in week(shift.hours)[weekday]])
        if left:
            day, hours = DAYS[weekday], write(left)
            fault(
                ("lab", "shifts"),
                "[[lab.shifts]]",
                "hours",
                f"In der Servicezeit {day.de} {hours} ist niemand eingeteilt.",
                f"In the service hours {day.en} {hours} nobody is on the roll.",
                Text(
                    "eine Schicht zu dieser Zeit, oder kürzere Servicezeiten",
                    "a shift at that time, or shorter service hours",
                ),
            )


def _appointments(team: Team, where: Path, section: str, fault: _Fault) -> None:
    given = team.appointments
    if given is None:
        return
    slots = slots_a_week(team)
    if given.per_week.value > slots:
        minutes = given.minutes.value
        fault(
            (*where, "appointments"),
            section,
            "appointments.per_week",
            f"{given.per_week.value:g} Termine zu {minutes} Minuten passen nicht in die Zeit für Termine.",
            f"{given.per_week.value:g} appointments of {minutes} minutes do not fit into the time for appointments.",
            Text(
                f"höchstens {slots} in der Woche bei diesen Zeiten (hours, ohne protected und außerhalb der Arbeitszeit)",
                f"at most {slots} a week with these hours (without protected time and time off)",
            ),
        )


def slots_a_week(team: Team, free: Week = NO_HOURS) -> int:
    """Return how many appointments of a team's length fit into its hours for them in a week."""
    if team.appointments is None:
        return 0
    return sum((end - start) // team.appointments.minutes.value for day in windows(team, free) for start, end in day)


def windows(team: Team, free: Week = NO_HOURS) -> Week:
    """Return when appointments can be: the hours given for them, within working hours, outside protected time.

    ``free`` are hours that an access model keeps free for the telephone: neither appointments nor protection lie in them.
    """
    given = week(team.appointments.hours if team.appointments else None)
    days = zip(given, week(team.hours), protected(team, free), free, strict=True)
    return tuple(tuple(_without(common_hours(asked, works), [*shut, *kept])) for asked, works, shut, kept in days)


def protected(team: Team, free: Week = NO_HOURS) -> Week:
    """Return when nobody may disturb a team."""
    return tuple(tuple(_without(shut, kept)) for shut, kept in zip(week(team.protected), free, strict=True))


def too_little_time(office: Office, lab: Lab, staff: Sequence[Staff], free: PhoneHours) -> list[Fault]:
    """Return which appointments do not fit beside hours that an access model keeps free for the telephone of somebody of a team."""
    found: list[Fault] = []
    for area, team in enumerate(lab.teams):
        weeks = {free.week_of(one.person) for one in staff if one.area == area}
        given, slots = team.appointments, min((slots_a_week(team, week) for week in weeks), default=0)
        if given is None or given.per_week.value <= slots:
            continue
        found.append(
            Fault(
                office.file,
                f"[[lab.teams]] ({team.id})",
                "appointments.per_week",
                f"Neben diesen Telefonzeiten passen {given.per_week.value:g} Termine in der Woche nicht mehr.",
                f"Beside these telephone hours {given.per_week.value:g} appointments a week no longer fit.",
                Text(f"höchstens {slots}, oder kürzere Telefonzeiten", f"at most {slots}, or shorter telephone hours"),
            )
        )
    return found


def hours_of(given: Week) -> float:
    """Return the hours of a week."""
    return sum(end - start for day in given for start, end in day) / 60.0


def loads(lab: Lab, team: Team) -> tuple[float, float]:
    """Return (hours of work that come in a week, hours in which somebody of a team can do it). Calls are not in it."""
    there = hours_of(week(team.hours)) * (1.0 - team.away.absence.value)
    given = team.appointments
    booked = given.per_week.value * given.minutes.value / 60.0 * (1.0 - team.away.absence.value) if given else 0.0
    shut = hours_of(tuple(common_hours(*day) for day in zip(week(team.hours), week(team.protected), strict=True)))
    loose = (hours_of(week(team.hours)) - hours_of(windows(team)) - shut) * (1.0 - team.away.absence.value)
    able = there - booked - loose * team.away.breaks.value
    work = team.case_work.items_per_week.value * team.case_work.item_min.mean.value / 60.0 if team.case_work else 0.0
    return work, able


def _stable(lab: Lab, team: Team, where: Path, section: str, fault: _Fault) -> None:
    work, able = loads(lab, team)
    if work < able or (team.appointments and team.appointments.per_week.value > slots_a_week(team)):
        return
    assert team.case_work is not None
    most = able * 60.0 / team.case_work.item_min.mean.value
    fault(
        (*where, "case_work"),
        section,
        "case_work.items_per_week",
        f"Diese Warteschlange ist nicht stabil: In der Woche kommen {work:.1f} Stunden Fallarbeit je Person, möglich sind "
        f"{able:.1f}. Der Stapel wüchse ohne Ende.",
        f"This queue is unstable: {work:.1f} hours of case work a person come in a week, {able:.1f} are possible. The pile "
        "would grow without end.",
        Text(f"weniger als {most:.1f} in der Woche", f"less than {most:.1f} a week"),
    )


def common_hours(one: Hours, other: Hours) -> Hours:
    """Return what lies in both hours of a day."""
    both = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return tuple(sorted((start, end) for start, end in both if start < end))


def _without(hours: Hours, taken: "list[tuple[int, int]] | Hours") -> list[tuple[int, int]]:
    left = list(hours)
    for begin, stop in taken:
        left = list(_cut(left, begin, stop))
    return left


def _cut(hours: list[tuple[int, int]], begin: int, stop: int) -> Iterator[tuple[int, int]]:
    for start, end in hours:
        for piece in ((start, min(end, begin)), (max(start, stop), end)):
            if piece[0] < piece[1]:
                yield piece
