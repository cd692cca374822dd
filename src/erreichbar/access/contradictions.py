"""Does an access model fit an office? What it asks for that the office does not have, with what would be possible."""

from collections.abc import Collection, Iterable

from erreichbar.access.model import AccessModel
from erreichbar.access.phone_hours import DAYS, OtherHours
from erreichbar.access.resolve import urgency
from erreichbar.office import hours
from erreichbar.office.calendar import Calendar
from erreichbar.office.checking import did_you_mean, listed
from erreichbar.office.faults import Fault
from erreichbar.office.hours import Hours, Week
from erreichbar.office.model import Office, Person, Urgency
from erreichbar.office.text import NOTHING, Text
from erreichbar.office.toml import Document, Path, read
from erreichbar.record.words import PresentedNumber, Role


def contradictions(model: AccessModel, office: Office, rights: Collection[PresentedNumber] = ()) -> tuple[Fault, ...]:
    """Return every reason why this office cannot work under this model, in the order of the model's file.

    ``rights`` are numbers that may be shown besides those of the office file.
    """
    found = _Contradictions(model, office)
    found.presented(rights)
    found.transfer()
    found.urgent()
    found.direct()
    found.phone_hours()
    return tuple(sorted(found.faults, key=lambda fault: fault.line or 0))


class _Contradictions:
    """The faults found so far, and what they are found in."""

    def __init__(self, model: AccessModel, office: Office) -> None:
        self.model, self.office, self.rules = model, office, model.rules
        self.document: Document = read(model.text, model.name)
        self.case_workers = office.in_role(Role.CASE_WORKER)
        self.faults: list[Fault] = []

    def fault(self, path: Path, de: str, en: str, allowed: Text = NOTHING) -> None:
        section, key = str(path[0]), ".".join(str(part + 1 if isinstance(part, int) else part) for part in path[1:])
        self.faults.append(Fault(self.model.name, section, key, de, en, allowed, self.document.line(path)))

    def presented(self, rights: Collection[PresentedNumber]) -> None:
        """A number is shown only by right; who has no direct line has no number of her own."""
        shown = list(PresentedNumber)[self.rules.presented]
        if shown is PresentedNumber.WITHHELD:
            return
        held = [right for right in PresentedNumber if right in rights or right in self.office.telephone.presented]
        if shown not in held:
            self.fault(
                ("callback", "presented"),
                f"„{shown.value}“: In der Amtsdatei ist kein Recht eingetragen, diese Nummer anzuzeigen (§ 120 TKG).",
                f"“{shown.value}”: the office file records no right to show this number (§ 120 TKG).",
                listed([PresentedNumber.WITHHELD.value, *(right.value for right in held)]),
            )
        if shown is PresentedNumber.OWN:
            self._without(("callback", "presented"), self.case_workers, "own", extension=True)

    def transfer(self) -> None:
        """Who is put through to has a telephone."""
        if self.rules.transfer_ring_ms > 0:
            self._without(("transfer", "ring_s"), self.case_workers, f"{self.rules.transfer_ring_ms // 1000}")

    def urgent(self) -> None:
        """An urgent lane has matters that are urgent, and somebody at its end."""
        if self.rules.urgent_from < 0:
            return
        path, level = ("urgent", "from_urgency"), list(Urgency)[self.rules.urgent_from].value
        officers = self.office.in_role(Role.DUTY_OFFICER)
        if not officers:
            self.fault(
                path,
                f"„{level}“: Das Amt hat keinen Tagesdienst, bei dem es klingeln könnte.",
                f"“{level}”: the office has no duty officer to be rung.",
                Text(
                    'jemand mit role = "duty_officer" unter [[people]]',
                    'somebody with role = "duty_officer" in [[people]]',
                ),
            )
        self._without(path, officers, level)
        levels = {urgency(reason): reason.urgency.value for reason in self.office.reasons.values()}
        if max(levels, default=-1) < self.rules.urgent_from:
            self.fault(
                path,
                f"„{level}“: Kein Anliegen des Amtes ist so dringend.",
                f"“{level}”: no contact reason of the office is that urgent.",
                Text(
                    'urgency = "urgent" oder "immediate" bei einem Anliegen unter [[reasons]]',
                    'urgency = "urgent" or "immediate" with a reason in [[reasons]]',
                ),
            )

    def direct(self) -> None:
        """Who shall be called directly has a direct line."""
        if self.rules.direct_ring_ms > 0:
            word = str(self.document.table["direct"]["audience"])
            self._without(("direct", "audience"), self.case_workers, word, extension=True)

    def phone_hours(self) -> None:
        """Telephone hours are of people there are, who have a telephone, and lie in the hours of their unit."""
        if not self.rules.phone_hours:
            return
        others = self.model.hours.others
        named = {unit for other in others for unit in other.units}
        self._hours(("phone_hours",), self.model.hours.week, {p.unit for p in self.case_workers if p.unit} - named)
        for number, other in enumerate(others):
            path: Path = ("phone_hours", "others", number)
            self._unknown((*path, "units"), other.units, self.office.units)
            self._unknown((*path, "people"), other.people, self.office.people)
            people = [self.office.people[person] for person in other.people if person in self.office.people]
            self._without((*path, "people"), people, ", ".join(other.people))
            self._hours(path, other.week, self._units_of(other, people))

    def _units_of(self, other: OtherHours, people: Iterable[Person]) -> set[str]:
        return {unit for unit in other.units if unit in self.office.units} | {p.unit for p in people if p.unit}

    def _hours(self, path: Path, week: Week, units: Collection[str]) -> None:
        for number, day in enumerate(DAYS):
            closed = {unit: open_ for unit in sorted(units) if (open_ := self._open(unit, number, week[number]))}
            for opening in dict.fromkeys(closed.values()):
                whose = ", ".join(unit for unit in closed if closed[unit] == opening)
                self.fault(
                    (*path, day),
                    f"{hours.write(week[number])} liegt nicht in den Servicezeiten von {whose}.",
                    f"{hours.write(week[number])} does not lie in the service hours of {whose}.",
                    opening,
                )

    def _open(self, unit: str, day: int, wished: Hours) -> Text | None:
        """Return the hours of a unit that day if ``wished`` does not lie in them, else none."""
        calendar: Calendar = self.office.calendar_of(unit)
        regular = calendar.week[day]
        if all(any(start <= begin and stop <= end for start, end in regular) for begin, stop in wished):
            return None
        return listed([hours.write(regular)]) if regular else Text("keine Zeiten an diesem Tag", "no hours on this day")

    def _unknown(self, path: Path, given: Iterable[str], known: Collection[str]) -> None:
        for one in given:
            if one not in known:
                near = did_you_mean(one, known)
                self.fault(
                    path,
                    f"„{one}“ gibt es im Amt nicht.{near.de}",
                    f"There is no “{one}” in the office.{near.en}",
                    listed(list(known)[:12]),
                )

    def _without(self, path: Path, people: Iterable[Person], value: str, *, extension: bool = False) -> None:
        """Note who of people lacks a direct line, or any telephone."""
        lacking = [p.id for p in people if not p.extension and (extension or not p.sip_user)]
        if not lacking:
            return
        who = ", ".join(lacking)
        de, en = ("keine Durchwahl", "no direct line") if extension else ("kein Telefon", "no telephone")
        keys = "extension" if extension else "extension, sip_user"
        self.fault(
            path,
            f"„{value}“: Diese Personen haben {de}: {who}.",
            f"“{value}”: these people have {en}: {who}.",
            Text(f"{keys} unter [[people]] eintragen", f"enter {keys} in [[people]]"),
        )
