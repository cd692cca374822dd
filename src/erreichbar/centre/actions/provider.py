"""Call figures of another organisation: checked, kept in versions, never mixed into what we counted."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from erreichbar.centre.actions.base import Action
from erreichbar.centre.errors import Invalid
from erreichbar.centre.models import ProviderInterval
from erreichbar.centre.queries.provider import latest
from erreichbar.record import events
from erreichbar.record.provider import Interval, Untrue, check, contradictions
from erreichbar.record.vocabulary import Code, Count
from erreichbar.record.words import ReportWay

NUMBERS = Interval._fields[2:]


@dataclass(kw_only=True)
class ReportFigures(Action):
    """Keep what an organisation reports of its calls. A wrong interval does not keep the others.

    ``lines`` has, by line number (as text), an interval as ``record.provider.Interval`` names its parts, moments in ISO 8601.
    Returns by line ``{"version": n, "known": bool}`` or ``{"field", "de", "en"}``: why it was not taken. The same numbers again
    are known; other numbers of a known interval are its next version, and the earlier ones stay.
    """

    organisation: str
    way: ReportWay
    lines: dict[str, Any] = field(default_factory=dict)

    def perform(self) -> dict[str, Any]:
        if self.organisation not in self.office.organisations:
            raise Invalid(
                "organisation",
                "Diese Organisation steht nicht in der Amtsdatei.",
                "This organisation is not in the office file.",
            )
        answers: dict[str, Any] = {}
        read: dict[int, Interval] = {}
        for line, given in self.lines.items():
            try:
                read[int(line)] = one = _interval(given)
                check(one, self.moment, self.office.zone)
            except Untrue as no:
                read.pop(int(line), None)
                answers[line] = _fault(no)
        if read:
            answers |= self._keep(read)
        return answers

    def _keep(self, read: dict[int, Interval]) -> dict[str, Any]:
        first, last = min(one.start for one in read.values()), max(one.end for one in read.values())
        # Locked, so that two reports at once are one after the other: the second finds what the first has written.
        known = {(row.start, row.end): row for row in latest(self.organisation, first, last, lock=True)}
        faults = contradictions(read, known)
        answers: dict[str, Any] = {str(line): _fault(no) for line, no in faults.items()}
        written: list[ProviderInterval] = []
        for line, one in sorted(read.items()):
            if line in faults:
                continue
            row = known.get((one.start, one.end))
            is_known = row is not None and all(getattr(row, name) == getattr(one, name) for name in NUMBERS)
            if row is None or not is_known:
                row = known[one.start, one.end] = self._write(one, row)
                written.append(row)
            answers[str(line)] = {"version": row.version, "known": is_known}
        if written:
            self._tell(written, known=sum(answer.get("known", False) for answer in answers.values()))
        return answers

    def _tell(self, written: list[ProviderInterval], known: int) -> None:
        corrected = sum(row.version > 1 for row in written)
        self.journal(
            events.ProviderFiguresReported(
                organisation=Code(self.organisation),
                way=self.way,
                intervals=Count(len(written) - corrected),
                corrected=Count(corrected),
                known=Count(known),
                offered=Count(sum(row.offered for row in written)),
                answered=Count(sum(row.answered for row in written)),
                first=min(row.start for row in written),
                last=max(row.end for row in written),
            )
        )

    def _write(self, one: Interval, before: ProviderInterval | None) -> ProviderInterval:
        return ProviderInterval.objects.create(
            organisation=self.organisation,
            version=before.version + 1 if before else 1,
            way=self.way,
            reported_at=self.moment,
            **one._asdict(),
        )


def _interval(given: Any) -> Interval:
    """Return the interval of a line. Raises ``Untrue`` for what is missing or no number."""
    if not isinstance(given, dict):
        raise Untrue("interval", "Hier wird ein Zeitraum erwartet.", "An interval is expected here.")
    values: dict[str, Any] = {}
    for name in ("start", "end"):
        try:
            values[name] = datetime.fromisoformat(str(given.get(name))).astimezone(UTC)
        except ValueError:
            raise Untrue("interval", "Dieser Zeitraum ist nicht lesbar.", "This interval cannot be read.") from None
    for name in NUMBERS:
        number = given.get(name)
        needed = name in ("offered", "answered", "abandoned")
        if number is None and not needed:
            continue
        if not isinstance(number, int) or isinstance(number, bool):
            raise Untrue(name, "Hier fehlt eine ganze Zahl.", "A whole number is missing here.")
        values[name] = number
    return Interval(**values)


def _fault(no: Untrue) -> dict[str, str]:
    return {"field": no.field, "de": no.de, "en": no.en}
