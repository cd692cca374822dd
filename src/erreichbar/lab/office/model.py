"""The office that is simulated: an office file with ``[traffic]`` and ``[lab]``, checked, and ready to become arrays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from erreichbar.access import AccessModel, PhoneHours
from erreichbar.access.contradictions import contradictions
from erreichbar.lab.office import build, checking, loading, people, settling
from erreichbar.lab.office.arrays import Arrays
from erreichbar.lab.office.checking import NO_PHONE_HOURS
from erreichbar.lab.office.loading import LabFaults
from erreichbar.lab.office.shapes import Lab, leaves, ranges
from erreichbar.office.checking import check
from erreichbar.office.faults import Fault
from erreichbar.office.model import ContactReason, Office
from erreichbar.office.text import Text
from erreichbar.office.toml import Document, read
from erreichbar.record.words import Language
from erreichbar.traffic.parameters import Parameters, parameters

SETTLEMENTS = (0.80, 0.62)
"""Parts of matters settled at first level: the provider's own count, and what the number 115 promised in its pilot's range."""


@dataclass(frozen=True)
class LabOffice:
    """An office that can be simulated.

    ``file`` is as read; ``office`` has every single person; the place of somebody in ``staff`` is her number everywhere.
    ``settlement`` is the part of matters that agents settle, over all reasons.
    """

    name: str
    file: Office
    office: Office
    parameters: Parameters
    lab: Lab
    staff: tuple[people.Staff, ...]
    settlement: float

    @property
    def reasons(self) -> tuple[ContactReason, ...]:
        """The contact reasons that have a share, in the order in which arrays number them."""
        return tuple(reason for reason in self.office.reasons.values() if reason.share > 0)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in the order in which arrays number them."""
        return tuple(Language(name) for name in self.parameters.people.languages.value)

    @property
    def _settlement_source(self) -> str:
        if self.settlement == settling.settled(self.office, self.parameters):
            return "traffic.matters"
        return "S18" if self.settlement == SETTLEMENTS[0] else "chosen for this run"

    def assumptions(self) -> Iterator[tuple[str, object, str]]:
        """Return every value that goes in, with its name and its source, or "assumption"."""
        yield from leaves(self.parameters, "traffic")
        for reason in self.reasons:
            yield f"reasons.{reason.id}.share", reason.share, reason.share_source
        yield from self.lab.assumptions()
        yield "settlement", self.settlement, self._settlement_source

    def ranges(self) -> dict[str, tuple[float, float]]:
        """Return by name in which ranges assumptions are to be varied."""
        both = [*ranges(self.parameters, "traffic"), *ranges(self.lab, "lab")]
        return {name: (low, high) for name, low, high in both}

    def varied(self, values: Mapping[str, float]) -> "LabOffice":
        """Return the office with other values, named as ``assumptions`` names them; whole numbers stay whole.

        Raises ``Faults`` if an office with these values cannot be, ``KeyError`` for a name that it does not have.
        """
        whole = {name for name, value, _ in self.assumptions() if isinstance(value, int)}
        fitting = {name: round(value) if name in whole else value for name, value in values.items()}
        return replace(of(loading.varied(self.file, fitting), None), settlement=self.settlement)

    def contradictions(self, model: AccessModel) -> list[Fault]:
        """Return every reason why this office cannot work under an access model, with what would be possible."""
        found = [*contradictions(model, self.office)]
        if model.rules.phone_hours:
            found += checking.too_little_time(self.file, self.lab, self.staff, model.hours)
        return found

    def arrays(
        self,
        first: date,
        days: int,
        *,
        warm_up: int = 7,
        follow: int | None = None,
        households: int | None = None,
        free: PhoneHours = NO_PHONE_HOURS,
    ) -> Arrays:
        """Return the office as arrays, for matters that arise on ``days`` days from ``first`` on.

        The run begins ``warm_up`` days before, and follows matters for ``follow`` days (none: until ten working days after
        the last 48 hours are over). ``households``: how many benefit units there are (none: as the file says).
        ``free``: whose hours the access model keeps free for the telephone, so that no appointment lies in them. Raises
        ``ValueError`` for fewer than one day, ``LabFaults`` if the appointments do not fit beside ``free``.
        """
        faults = checking.too_little_time(self.file, self.lab, self.staff, free)
        if faults:
            raise LabFaults(faults)
        return build.arrays(self, first, days, warm_up, follow, households, free)


def load(name_or_path: str | Path, settlement: float | None = None) -> LabOffice:
    """Return an office to simulate: a default one by its name, or that of a file.

    ``settlement``: the part of matters that agents settle, none: as the file's numbers have it. Raises ``Faults``
    (``OfficeFaults``, ``TrafficFaults``, ``LabFaults``) with every fault: where, which value, what would be possible.
    """
    return of(loading.office(name_or_path), settlement)


def of(office: Office, settlement: float | None = None) -> LabOffice:
    """Return the simulated form of an office that was read."""
    document = read(office.text, office.file)
    traffic = parameters(office)
    section = office.sections.get("lab")
    if section is None:
        de = "Der Abschnitt [lab] fehlt; ohne ihn lässt sich dieses Amt nicht simulieren."
        en = "The section [lab] is missing; without it this office cannot be simulated."
        like = Text("wie in as-contracted.toml", "as in as-contracted.toml")
        raise LabFaults([Fault(office.file, "lab", "", de, en, like)])
    lab, faults = check(Lab, section, _with(document, section), ("lab",), "[lab]")
    if lab is not None:
        faults = checking.impossible(office, lab, document)
    if settlement is not None and not 0 <= settlement <= most_settled(office):
        faults.append(_settlement(office, settlement))
    if lab is None or faults:
        raise LabFaults(faults)
    staff = people.staff(office, lab)
    return LabOffice(
        name=office.file.removesuffix(".toml"),
        file=office,
        office=people.expanded(office, lab, staff),
        parameters=traffic,
        lab=lab,
        staff=staff,
        settlement=settling.settled(office, traffic) if settlement is None else settlement,
    )


def most_settled(office: Office) -> float:
    """Return the largest part of matters that agents could settle: all that first level may do anything about."""
    return settling.possible(office)


def _with(document: Document, section: object) -> Document:
    """Return a document in which the whole section can be walked, also if its file only says what differs."""
    return Document(document.file, {**document.table, "lab": section}, document.lines)


def _settlement(office: Office, given: float) -> Fault:
    most = most_settled(office)
    return Fault(
        office.file,
        "settlement",
        "",
        f"{given:.0%} der Anliegen kann das Servicecenter nicht erledigen.",
        f"The centre cannot settle {given:.0%} of matters.",
        Text(
            f"0 bis {most:.0%}: der Anteil der Anliegen, bei denen first_level nicht none ist",
            f"0 to {most:.0%}: the part of matters whose first_level is not none",
        ),
    )
