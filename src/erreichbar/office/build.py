"""From the shapes of an office file to the office."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, TypeVar

from erreichbar.office import deciding_shapes, shapes
from erreichbar.office.calendar import Calendar, SpecialDay
from erreichbar.office.deciding import AskedDate, Authority, Body, CheckItem, Duty, Law, ToDecide
from erreichbar.office.model import (
    ApplicationKind,
    BenefitUnitNumbers,
    ContactReason,
    Keeping,
    Mail,
    NumberRight,
    Office,
    Organisation,
    Person,
    Post,
    Responsibility,
    Sms,
    Telephone,
    Trunk,
    Unit,
)
from erreichbar.office.numbers import Number
from erreichbar.office.read import ELSEWHERE, Draft
from erreichbar.record.words import PresentedNumber

_I = TypeVar("_I", Organisation, Person, Unit, ApplicationKind, ContactReason, Law, Authority, Body)


def office(draft: Draft, text: str) -> Office:
    """Return the office of a draft without faults."""
    about: shapes.OfficeShape = draft.single["office"]
    numbers: shapes.BenefitUnitsShape = draft.single["benefit_unit_numbers"]
    calendar = whole_calendar(draft)
    people = _by_id(draft, "people", _person)
    return Office(
        file=draft.document.file,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        name=about.name,
        short_name=about.short_name,
        fictional=about.fictional,
        zone=about.zone,
        state=about.state,
        calendar=calendar,
        organisations=_by_id(draft, "organisations", _organisation),
        units=_by_id(draft, "units", lambda shape: _unit(shape, calendar, people)),
        people=people,
        applications=_by_id(draft, "applications", _application),
        reasons=_by_id(draft, "reasons", _reason),
        telephone=_telephone(draft.single["telephone"]),
        benefit_unit_numbers=BenefitUnitNumbers(numbers.pattern, numbers.example),
        keeping=Keeping(**draft.single["promise"].model_dump()),
        post=_post(draft.single["post"]),
        responsibilities=tuple(_responsibility(entry.shape) for entry in draft.entries("responsibilities")),
        laws=_by_id(draft, "laws", _law),
        authorities=_by_id(draft, "authorities", _authority),
        duty=tuple(_duty(entry.shape) for entry in draft.entries("duty")),
        bodies=_by_id(draft, "competent_bodies", _body),
        sections={name: draft.document.table[name] for name in ELSEWHERE if name in draft.document.table},
    )


def whole_calendar(draft: Draft) -> Calendar:
    """Return the office's calendar. Of special days of one kind that name the same day the first counts."""
    about: shapes.OfficeShape = draft.single["office"]
    dated: dict[date, SpecialDay] = {}
    yearly: dict[tuple[int, int], SpecialDay] = {}
    from_easter: dict[int, SpecialDay] = {}
    # Closed days first: where both name a day, it is closed.
    for entry in (*draft.entries("closed_days"), *draft.entries("part_days")):
        shape: shapes.DaysShape = entry.shape
        special = SpecialDay(shape.hours if isinstance(shape, shapes.PartDaysShape) else (), shape.reason.text())
        for day in days(shape):
            dated.setdefault(day, special)
        if shape.every_year is not None:
            yearly.setdefault(shape.every_year, special)
        if shape.days_from_easter is not None:
            from_easter.setdefault(shape.days_from_easter, special)
    return Calendar(about.zone, about.state, draft.single["hours"].week(), dated, yearly, from_easter)


def days(shape: shapes.DaysShape) -> list[date]:
    """Return the dates that a special day names, none if it comes every year."""
    if shape.day is None:
        return []
    length = ((shape.until or shape.day) - shape.day).days + 1
    return [shape.day + timedelta(days=number) for number in range(length)]


def _by_id(draft: Draft, section: str, build: Callable[[Any], _I]) -> Mapping[str, _I]:
    built = [build(entry.shape) for entry in draft.entries(section)]
    return MappingProxyType({one.id: one for one in built})


def _organisation(shape: shapes.OrganisationShape) -> Organisation:
    return Organisation(shape.id, shape.name.text(), shape.kind)


def _unit(shape: shapes.UnitShape, calendar: Calendar, people: Mapping[str, Person]) -> Unit:
    members = tuple(person.id for person in people.values() if person.unit == shape.id)
    own = replace(calendar, week=shape.hours.week()) if shape.hours is not None else None
    return Unit(shape.id, shape.name.text(), shape.leader, members, own)


def _person(shape: shapes.PersonShape) -> Person:
    return Person(
        id=shape.id,
        name=shape.name,
        role=shape.role,
        organisation=shape.organisation,
        unit=shape.unit,
        extension=shape.extension,
        substitute=shape.substitute,
        languages=tuple(shape.languages),
        sip_user=shape.sip_user,
        hours=shape.hours.week() if shape.hours is not None else None,
        callback_hours=shape.callback_hours.week() if shape.callback_hours is not None else None,
        email=shape.email,
    )


def _application(shape: shapes.ApplicationShape) -> ApplicationKind:
    return ApplicationKind(shape.id, shape.label.text(), shape.works_back, shape.law.text(), shape.law_as_of)


def _reason(shape: shapes.ReasonShape) -> ContactReason:
    return ContactReason(
        id=shape.id,
        label=shape.label.text(),
        script=shape.script.texts(),
        papers=shape.papers.texts(),
        questions=shape.questions.texts(),
        first_level=shape.first_level,
        permission=shape.permission.text() if shape.permission else None,
        urgency=shape.urgency,
        takes_applications=shape.takes_applications,
        share=shape.share,
        share_source=shape.share_source,
        decision=_to_decide(shape.decision) if shape.decision else None,
    )


def _telephone(shape: shapes.TelephoneShape) -> Telephone:
    rights = {PresentedNumber.CENTRE: shape.presented.centre, PresentedNumber.OWN: shape.presented.own}
    presented = {
        which: NumberRight(right.basis.text(), right.valid_from, right.checked_by, right.holder)
        for which, right in rights.items()
        if right is not None
    }
    return Telephone(
        centre=Number(shape.centre.trunk, shape.centre.extension),
        direct_trunk=shape.direct_trunk,
        presented=MappingProxyType(presented),
        allowed_countries=tuple(shape.allowed_countries),
        trunk=Trunk(**shape.trunk.model_dump()) if shape.trunk else None,
    )


def _post(shape: shapes.PostShape) -> Post:
    return Post(
        neutral_name=shape.neutral_name,
        remedy=shape.remedy.text() if shape.remedy else None,
        mail=Mail(**shape.mail.model_dump()) if shape.mail else None,
        sms=Sms(**shape.sms.model_dump()) if shape.sms else None,
    )


def _responsibility(shape: shapes.ResponsibilityShape) -> Responsibility:
    return Responsibility(
        shape.unit,
        shape.case_worker,
        tuple(shape.reasons),
        tuple(shape.benefit_unit_numbers),
        tuple(shape.letters),
        tuple(shape.postal_codes),
    )


def _to_decide(shape: deciding_shapes.DecisionShape) -> ToDecide:
    return ToDecide(
        dates=tuple(AskedDate(one.id, one.label.text(), one.months_after, one.law) for one in shape.dates),
        checklist=tuple(CheckItem(one.id, one.label.text(), one.law) for one in shape.checklist),
        deciding=tuple(shape.deciding),
        same_day=shape.same_day,
        ends_with=shape.ends(),
        asks_new_place=shape.asks_new_place,
        laws=tuple(shape.laws),
    )


def _law(shape: deciding_shapes.LawShape) -> Law:
    return Law(shape.id, shape.reference.text(), shape.says.text(), shape.as_of)


def _authority(shape: deciding_shapes.AuthorityShape) -> Authority:
    return Authority(shape.id, shape.name.text(), tuple(shape.reasons), tuple(shape.people))


def _duty(shape: deciding_shapes.DutyShape) -> Duty:
    weekly = shape.hours.week() if shape.hours is not None else None
    return Duty(shape.officer, shape.deputy, weekly, shape.day, shape.until or shape.day, shape.times)


def _body(shape: deciding_shapes.BodyShape) -> Body:
    return Body(
        id=shape.id,
        name=shape.name.text(),
        ours=shape.ours,
        postal_codes=tuple((span.first, span.last) for span in shape.postal_codes),
        telephone=shape.telephone,
        email=shape.email,
        address=shape.address,
        checked=shape.checked,
    )
