"""What in an office file refers to something else in it, and must be there."""

import re
from collections.abc import Callable, Collection
from datetime import date

import phonenumbers

from erreichbar.office import build, shapes
from erreichbar.office.basic_shapes import HoursShape
from erreichbar.office.benefit_units import compact
from erreichbar.office.calendar import DayKind
from erreichbar.office.checking import did_you_mean, listed
from erreichbar.office.deciding_references import check_deciding
from erreichbar.office.numbers import Number
from erreichbar.office.read import Draft, Entry
from erreichbar.office.text import Text
from erreichbar.record.words import Role

_NEEDS_UNIT = (Role.CASE_WORKER, Role.TEAM_LEADER)
_MAY_SUBSTITUTE = (Role.CASE_WORKER, Role.DUTY_OFFICER, Role.TEAM_LEADER)


def check_references(draft: Draft) -> None:
    """Add to the draft every fault that only shows when tables are held against each other."""
    sections = (
        "organisations",
        "units",
        "people",
        "applications",
        "reasons",
        "laws",
        "authorities",
        "competent_bodies",
    )
    for section in sections:
        _unique_ids(draft, section)
    for entry in draft.readable("units"):
        _unit(draft, entry)
    for entry in draft.readable("people"):
        _person(draft, entry)
    _unique_among_people(draft, "extension", lambda shape: shape.extension)
    _unique_among_people(draft, "sip_user", lambda shape: shape.sip_user)
    for entry in draft.readable("responsibilities"):
        _responsibility(draft, entry)
    _every_reason_has_somebody(draft)
    _applications(draft)
    check_deciding(draft, _known)
    _numbers(draft)
    _hours(draft)
    _special_days(draft)


def _applications(draft: Draft) -> None:
    """A reason that takes applications needs something to apply for: no declaration may be refused (§ 20(3) SGB X)."""
    for entry in draft.readable("reasons"):
        if entry.shape.takes_applications and not draft.lists.get("applications"):
            de = "Hier werden Anträge aufgenommen, aber unter [[applications]] steht keine Antragsart."
            en = "Applications are taken down here, but [[applications]] names nothing to apply for."
            draft.fault(entry, "takes_applications", de, en)


def _unique_ids(draft: Draft, section: str) -> None:
    seen: dict[str, Entry] = {}
    for entry in draft.lists.get(section, []):
        if entry.id is None:
            continue
        if entry.id in seen:
            first = seen[entry.id].section
            draft.fault(
                entry,
                "id",
                f"Die Kennung „{entry.id}“ gibt es schon: {first}.",
                f"The identifier “{entry.id}” exists: {first}.",
            )
        seen.setdefault(entry.id, entry)


def _unique_among_people(draft: Draft, key: str, value: Callable[[shapes.PersonShape], str | None]) -> None:
    seen: dict[str, str] = {}
    for entry in draft.readable("people"):
        given = value(entry.shape)
        if given is None:
            continue
        if given in seen:
            draft.fault(
                entry, key, f"„{given}“ hat schon {seen[given]}.", f"“{given}” is already that of {seen[given]}."
            )
        seen.setdefault(given, entry.id or entry.section)


def _known(draft: Draft, entry: Entry, key: str, given: str | None, section: str, what: Text) -> bool:
    """Return whether ``given`` is none or an id of ``section``; note a fault if it is neither."""
    known = draft.ids(section)
    if given is None or given in known:
        return True
    near = did_you_mean(given, known)
    draft.fault(
        entry,
        key,
        f"{what.de} „{given}“ gibt es nicht.{near.de}",
        f"There is no {what.en} “{given}”.{near.en}",
        allowed=_some_of(known),
    )
    return False


def _some_of(ids: Collection[str]) -> Text:
    if len(ids) <= 12:
        return listed(ids)
    first = ", ".join(list(ids)[:12])
    return Text(f"{first} und {len(ids) - 12} weitere", f"{first} and {len(ids) - 12} more")


def _role(draft: Draft, person: str) -> Role | None:
    entry = draft.ids("people")[person]
    return entry.shape.role if entry.whole else None


def _unit(draft: Draft, entry: Entry) -> None:
    shape: shapes.UnitShape = entry.shape
    if not _known(draft, entry, "leader", shape.leader, "people", _PERSON) or shape.leader is None:
        return
    if _role(draft, shape.leader) not in (None, Role.TEAM_LEADER):
        draft.fault(
            entry,
            "leader",
            f"{shape.leader} leitet die Einheit, hat aber nicht die Rolle team_leader.",
            f"{shape.leader} leads the unit, but her role is not team_leader.",
        )


def _person(draft: Draft, entry: Entry) -> None:
    shape: shapes.PersonShape = entry.shape
    _known(draft, entry, "organisation", shape.organisation, "organisations", Text("Die Organisation", "organisation"))
    _known(draft, entry, "unit", shape.unit, "units", _UNIT)
    if "unit" not in entry.given and shape.role in _NEEDS_UNIT:
        draft.fault(
            entry,
            "unit",
            f"Wer die Rolle {shape.role.value} hat, gehört zu einer Einheit.",
            f"Who has the role {shape.role.value} belongs to a unit.",
            allowed=_some_of(draft.ids("units")),
        )
    if not _known(draft, entry, "substitute", shape.substitute, "people", _PERSON) or shape.substitute is None:
        return
    if shape.substitute == shape.id:
        draft.fault(entry, "substitute", "Niemand vertritt sich selbst.", "Nobody is her own substitute.")
    elif _role(draft, shape.substitute) not in (None, *_MAY_SUBSTITUTE):
        draft.fault(
            entry,
            "substitute",
            f"{shape.substitute} darf nicht vertreten, weil sie oder er nicht über Anliegen entscheidet.",
            f"{shape.substitute} cannot be a substitute, because she or he does not decide matters.",
            allowed=listed(role.value for role in _MAY_SUBSTITUTE),
        )


def _responsibility(draft: Draft, entry: Entry) -> None:
    shape: shapes.ResponsibilityShape = entry.shape
    _known(draft, entry, "unit", shape.unit, "units", _UNIT)
    for reason in shape.reasons:
        _known(draft, entry, "reasons", reason, "reasons", Text("Das Anliegen", "contact reason"))
    if _known(draft, entry, "case_worker", shape.case_worker, "people", _PERSON) and shape.case_worker is not None:
        person = draft.ids("people")[shape.case_worker]
        worker = person.shape if person.whole else None
        if worker is not None and worker.unit != shape.unit and shape.unit is not None:
            draft.fault(
                entry,
                "case_worker",
                f"{shape.case_worker} gehört nicht zur Einheit {shape.unit}.",
                f"{shape.case_worker} does not belong to the unit {shape.unit}.",
            )
        if worker is not None and worker.role not in _MAY_SUBSTITUTE:
            draft.fault(
                entry,
                "case_worker",
                f"{shape.case_worker} hat die Rolle {worker.role.value} und entscheidet nicht über Anliegen.",
                f"{shape.case_worker} has the role {worker.role.value} and does not decide matters.",
                allowed=listed(role.value for role in _MAY_SUBSTITUTE),
            )
    _benefit_units(draft, entry)


def _benefit_units(draft: Draft, entry: Entry) -> None:
    about: shapes.BenefitUnitsShape | None = draft.single.get("benefit_unit_numbers")
    if about is None:
        return
    for span in entry.shape.benefit_unit_numbers:
        for number in (span.first, span.last):
            if not re.fullmatch(about.pattern, compact(number)):
                draft.fault(
                    entry,
                    "benefit_unit_numbers",
                    f"„{number}“ passt nicht zum Muster der BG-Nummern.",
                    f"“{number}” does not fit the pattern of benefit-unit numbers.",
                    allowed=listed([f"{about.example} ({about.pattern})"]),
                )


def _every_reason_has_somebody(draft: Draft) -> None:
    rules = draft.lists.get("responsibilities", [])
    if not rules or any(not rule.whole or not rule.shape.reasons for rule in rules):
        return  # a rule for all reasons, or one whose faults must be mended first
    covered = {reason for rule in rules for reason in rule.shape.reasons}
    for entry in draft.entries("reasons"):
        if entry.shape.id not in covered:
            draft.fault(
                entry,
                "id",
                "Für dieses Anliegen ist niemand zuständig; ein Ticket wäre nicht möglich.",
                "Nobody is responsible for this contact reason; no ticket could be opened.",
                allowed=Text(
                    "eine Zuständigkeit unter [[responsibilities]], die es nennt oder keine reasons hat",
                    "a rule under [[responsibilities]] that names it or has no reasons",
                ),
            )


def _numbers(draft: Draft) -> None:
    about: shapes.BenefitUnitsShape | None = draft.single.get("benefit_unit_numbers")
    if about is not None and not re.fullmatch(about.pattern, compact(about.example)):
        de, en = "Das Beispiel passt nicht zum Muster (pattern).", "The example does not fit the pattern."
        draft.fault_at(("benefit_unit_numbers", "example"), "[benefit_unit_numbers]", "example", de, en)
    telephone: shapes.TelephoneShape | None = draft.single.get("telephone")
    if telephone is None:
        return
    known = set(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
    for code in telephone.allowed_countries:
        if code not in known:
            de, en = f"Die Landesvorwahl {code} gibt es nicht.", f"There is no country code {code}."
            draft.fault_at(("telephone", "allowed_countries"), "[telephone]", "allowed_countries", de, en)
    _dialable(draft, Number(telephone.centre.trunk, telephone.centre.extension))
    for entry in draft.readable("people"):
        if entry.shape.extension is not None:
            _dialable(draft, Number(telephone.direct_trunk, entry.shape.extension), entry)


def _dialable(draft: Draft, number: Number, entry: Entry | None = None) -> None:
    # E.164 ends at 15 digits; the library's plan for Germany is more generous.
    if len(number.e164) <= len("+") + 15 and phonenumbers.is_valid_number(phonenumbers.parse(number.e164, None)):
        return
    de = f"{number.e164} ist keine gültige Rufnummer; Stamm und Durchwahl prüfen."
    en = f"{number.e164} is no valid number; check trunk and extension."
    if entry is None:
        draft.fault_at(("telephone", "centre"), "[telephone]", "centre", de, en)
    else:
        draft.fault(entry, "extension", de, en)


def _hours(draft: Draft) -> None:
    shape: HoursShape | None = draft.single.get("hours")
    if shape is not None and not any(hours for _, hours in shape):
        de, en = "Das Amt hat an keinem Wochentag Servicezeit.", "The office has no service hours on any weekday."
        draft.fault_at(("hours",), "[hours]", "", de, en, allowed=listed(['monday = ["08:00-18:00"]']))
    for entry in draft.entries("units"):
        if entry.shape.hours is not None and not any(hours for _, hours in entry.shape.hours):
            de, en = "Die Einheit hat an keinem Wochentag Servicezeit.", "The unit has no service hours on any weekday."
            draft.fault(entry, "hours", de, en)
    for entry in draft.entries("people"):
        if entry.shape.hours is not None and not any(hours for _, hours in entry.shape.hours):
            de = "Sie oder er hat an keinem Wochentag Arbeitszeit. Ohne [people.hours] gelten die Zeiten der Einheit."
            en = "She or he has no working hours on any weekday. Without [people.hours] those of the unit count."
            draft.fault(entry, "hours", de, en)


def _special_days(draft: Draft) -> None:
    """A dated part day on a day that is closed anyway would silently do nothing, so it is a fault."""
    if not {"office", "hours"} <= set(draft.single):
        return
    calendar = build.whole_calendar(draft)
    seen: dict[date, str] = {}
    for name in ("closed_days", "part_days"):
        for entry in draft.entries(name):
            for day in build.days(entry.shape):
                if day in seen:
                    de, en = f"Der {day:%d.%m.%Y} steht schon in {seen[day]}.", f"{day} already stands in {seen[day]}."
                    draft.fault(entry, "day", de, en)
                seen.setdefault(day, entry.section)
                found = calendar.day(day)
                if name == "part_days" and found.kind == DayKind.PUBLIC_HOLIDAY and found.reason is not None:
                    de = f"Der {day:%d.%m.%Y} ist ein Feiertag ({found.reason.de}); das Amt ist geschlossen."
                    en = f"{day} is a public holiday ({found.reason.en}); the office is closed."
                    draft.fault(entry, "day", de, en)


_PERSON = Text("Die Person", "person")
_UNIT = Text("Die Einheit", "unit")
