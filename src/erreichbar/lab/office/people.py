"""From ``[lab]``'s shifts and teams to an office of single people, so that every rule of floor 1 can be asked about them.

A file that names ten teams of thirteen stays readable; here each of the hundred and thirty gets an id, hours, a deputy and
her part of the benefit units. Whoever else the file names (team leaders, management) stays.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from erreichbar.lab.office.shapes import Away, Lab, Team, week
from erreichbar.office.hours import Week
from erreichbar.office.model import Office, OrganisationKind, Person, Responsibility, Span, Unit
from erreichbar.office.text import Text
from erreichbar.record.words import Language, Role

_FIRST_EXTENSION = 1000


@dataclass(frozen=True, slots=True)
class Staff:
    """One of the people of the simulated office. ``pattern`` numbers her shift or team: who shares it is alike.

    ``area`` is the place of the team in ``[[lab.teams]]`` (−1: an agent), ``unit_number`` numbers single units.
    """

    person: Person
    pattern: int
    area: int
    unit_number: int
    centre: bool
    away: Away


def staff(office: Office, lab: Lab) -> tuple[Staff, ...]:
    """Return the people of the simulation: agents first, then teams in the order of the file. The place is the seat."""
    found: list[Staff] = []
    kinds = {id: organisation.kind for id, organisation in office.organisations.items()}
    for pattern, shift in enumerate(lab.shifts):
        for nth in range(shift.agents):
            person = _person(f"{shift.id}-{nth + 1}", Role.AGENT, lab.agents.organisation, None, week(shift.hours))
            centre = kinds.get(person.organisation) is OrganisationKind.CENTRE
            found.append(Staff(person, pattern, -1, -1, centre, lab.agents.away))
    unit_number = 0
    for area, team in enumerate(lab.teams):
        for unit, members in _members(team):
            for place, id in enumerate(members):
                person = _person(id, Role(team.role), team.organisation, unit, week(team.hours))
                deputy = members[(place + 1) % len(members)]
                person = replace(person, substitute=deputy if deputy != id else None)
                person = replace(person, extension=str(_FIRST_EXTENSION + len(found)))
                centre = kinds.get(person.organisation) is OrganisationKind.CENTRE
                found.append(Staff(person, len(lab.shifts) + area, area, unit_number, centre, team.away))
            unit_number += 1
    return tuple(found)


def expanded(office: Office, lab: Lab, people: tuple[Staff, ...]) -> Office:
    """Return the office with these people in their units, and with rules that give each her part of the work."""
    generated = {one.person.id: one.person for one in people}
    replaced = {Role.AGENT, Role.CASE_WORKER, Role.DUTY_OFFICER}
    kept = {person.id: person for person in office.people.values() if person.role not in replaced}
    everybody = {**generated, **kept}
    return replace(
        office,
        people=MappingProxyType(everybody),
        units=MappingProxyType({unit.id: unit for unit in _units(office, lab, everybody)}),
        responsibilities=tuple(_rules(office, lab, people)),
    )


def area_of_unit(lab: Lab, unit: str) -> int:
    """Return which team (its place in ``[[lab.teams]]``) of case workers does the work of a unit; −1: none does."""
    for area, team in enumerate(lab.teams):
        if team.unit == unit and team.role == "case_worker":
            return area
    return -1


def _members(team: Team) -> Iterator[tuple[str, list[str]]]:
    for number in range(team.teams):
        unit = team.unit if team.teams == 1 else f"{team.unit}-{number + 1}"
        beginning = team.id if team.teams == 1 else f"{team.id}-{number + 1}"
        yield unit, [f"{beginning}-{nth + 1}" for nth in range(team.people)]


def _person(id: str, role: Role, organisation: str, unit: str | None, hours: Week) -> Person:
    return Person(
        id=id,
        name=id,
        role=role,
        organisation=organisation,
        unit=unit,
        extension=None,
        substitute=None,
        languages=tuple(Language),
        sip_user=None,
        hours=hours,
        callback_hours=None,
    )


def _units(office: Office, lab: Lab, people: dict[str, Person]) -> Iterator[Unit]:
    def members(unit: str) -> tuple[str, ...]:
        return tuple(person.id for person in people.values() if person.unit == unit)

    split = {team.unit: team for team in lab.teams if team.teams > 1}
    for unit in office.units.values():
        if unit.id not in split:
            yield replace(unit, members=members(unit.id))
            continue
        for number in range(split[unit.id].teams):
            one = f"{unit.id}-{number + 1}"
            name = Text(f"{unit.name.de} {number + 1}", f"{unit.name.en} {number + 1}")
            yield replace(unit, id=one, name=name, members=members(one))
        # Team leaders of the file belong to the unit as a whole.
        yield replace(unit, members=members(unit.id))


def _rules(office: Office, lab: Lab, people: tuple[Staff, ...]) -> Iterator[Responsibility]:
    """Return the rules of the file, each split among the people of its team by ranges of benefit-unit numbers."""
    for rule in office.responsibilities:
        area = area_of_unit(lab, rule.unit)
        team = [one.person for one in people if one.area == area] if area >= 0 else []
        spans = list(shares_of_numbers(office.benefit_unit_numbers.example, len(team)))
        if not spans:
            yield rule
        for person, span in zip(team, spans, strict=bool(spans)):
            yield replace(rule, unit=person.unit or rule.unit, case_worker=person.id, benefit_unit_numbers=(span,))


def shares_of_numbers(example: str, of: int) -> Iterator[Span]:
    """Return ``of`` equal ranges of numbers that look like the example: the same beginning, its last digits free."""
    match = re.fullmatch(r"(.*?)(\d{1,7})", example)
    if match is None or of < 1:
        return
    beginning, digits = match[1], len(match[2])
    whole = 10**digits
    for nth in range(of):
        first, last = nth * whole // of, (nth + 1) * whole // of - 1
        yield Span(f"{beginning}{first:0{digits}}", f"{beginning}{last:0{digits}}")
