"""What must fit together so that urgent matters can be decided: laws, authority, the duty roster, the competent bodies."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeAlias

from erreichbar.office import deciding_shapes, shapes
from erreichbar.office.checking import listed
from erreichbar.office.hours import MINUTES_A_DAY, Hours, write
from erreichbar.office.model import Urgency
from erreichbar.office.read import Draft, Entry
from erreichbar.office.text import Text
from erreichbar.record.words import Role

_MAY_DECIDE = (Role.CASE_WORKER, Role.DUTY_OFFICER, Role.TEAM_LEADER)
Known: TypeAlias = Callable[[Draft, Entry, str, str | None, str, Text], bool]
_LAW = Text("Die Rechtsgrundlage", "rule of law")
_PERSON = Text("Die Person", "person")
_DAYS = (
    Text("Montag", "Monday"), Text("Dienstag", "Tuesday"), Text("Mittwoch", "Wednesday"), Text("Donnerstag", "Thursday"),
    Text("Freitag", "Friday"), Text("Samstag", "Saturday"), Text("Sonntag", "Sunday"),
)  # fmt: skip


def check_deciding(draft: Draft, known: Known) -> None:
    """Add to the draft every fault of what urgent matters need. ``known`` notes a fault for an id that does not exist."""
    for entry in draft.entries("reasons"):
        _reason(draft, entry, known)
    for entry in draft.readable("authorities"):
        _authority(draft, entry, known)
    for entry in draft.readable("duty"):
        _duty(draft, entry, known)
    _duties_apart(draft)
    _bodies_apart(draft)


def _reason(draft: Draft, entry: Entry, known: Known) -> None:
    shape: shapes.ReasonShape = entry.shape
    if shape.decision is None:
        return
    laws = [
        *shape.decision.laws,
        *(one.law for one in shape.decision.dates),
        *(one.law for one in shape.decision.checklist),
    ]
    for law in laws:
        known(draft, entry, "decision", law, "laws", _LAW)
    if shape.urgency not in (Urgency.URGENT, Urgency.IMMEDIATE):
        de = "Sofort entschieden wird nur, was dringend ist: urgency urgent oder immediate."
        en = "Only what is urgent is decided at once: urgency urgent or immediate."
        draft.fault(entry, "decision", de, en, allowed=listed(["urgent", "immediate"]))
    asked = len(shape.questions.de)
    for number in shape.decision.deciding:
        if number > asked:
            de = f"deciding nennt die {number}. Frage; es gibt nur {asked}."
            draft.fault(entry, "decision", de, f"deciding names question {number}; there are only {asked}.")
    if not any(shape.id in one.shape.reasons for one in draft.entries("authorities")):
        draft.fault(
            entry,
            "decision",
            "Niemand darf darüber entscheiden.",
            "Nobody may decide about this.",
            allowed=Text(
                "ein Eintrag unter [[authorities]], der es nennt", "an entry under [[authorities]] that names it"
            ),
        )
    bodies = draft.entries("competent_bodies")
    if shape.decision.asks_new_place and not any(one.shape.ours for one in bodies):
        draft.fault(
            entry,
            "decision",
            "asks_new_place fragt, wer zuständig ist; unter [[competent_bodies]] fehlt dieses Amt (ours = true).",
            "asks_new_place asks who is competent; under [[competent_bodies]] this office (ours = true) is missing.",
        )


def _authority(draft: Draft, entry: Entry, known: Known) -> None:
    shape: deciding_shapes.AuthorityShape = entry.shape
    for reason in shape.reasons or ():
        known(draft, entry, "reasons", reason, "reasons", Text("Das Anliegen", "contact reason"))
    for person in shape.people or ():
        if known(draft, entry, "people", person, "people", _PERSON):
            _of_role(draft, entry, "people", person, _MAY_DECIDE)


def _duty(draft: Draft, entry: Entry, known: Known) -> None:
    shape: deciding_shapes.DutyShape = entry.shape
    for key, person in (("officer", shape.officer), ("deputy", shape.deputy)):
        if person is not None and known(draft, entry, key, person, "people", _PERSON):
            _of_role(draft, entry, key, person, (Role.DUTY_OFFICER,))
    if shape.deputy is not None and shape.deputy == shape.officer:
        draft.fault(entry, "deputy", "Niemand vertritt sich selbst.", "Nobody is her own deputy.")


def _of_role(draft: Draft, entry: Entry, key: str, person: str, roles: tuple[Role, ...]) -> None:
    found = draft.ids("people")[person]
    if found.whole and found.shape.role not in roles:
        draft.fault(
            entry,
            key,
            f"{person} hat die Rolle {found.shape.role.value}.",
            f"{person} has the role {found.shape.role.value}.",
            allowed=listed(role.value for role in roles),
        )


def _duties_apart(draft: Draft) -> None:
    """At no time two lines of one kind: nobody could say who is on duty."""
    for one, other in combinations(draft.entries("duty"), 2):
        for when, first, second in _same_days(one.shape, other.shape):
            if any(a < d and c < b for a, b in first for c, d in second):
                de = f"Am {when.de} stehen zur selben Zeit zwei Zeilen im Dienstplan: {one.section}, {write(first)}."
                en = f"On {when.en} the duty roster has two lines at the same time: {one.section}, {write(first)}."
                draft.fault(other, "hours" if other.shape.hours else "day", de, en)
                break


def _same_days(one: deciding_shapes.DutyShape, other: deciding_shapes.DutyShape) -> Iterator[tuple[Text, Hours, Hours]]:
    if one.hours is not None and other.hours is not None:
        yield from zip(_DAYS, one.hours.week(), other.hours.week(), strict=True)
    elif one.day is not None and other.day is not None:
        day = max(one.day, other.day)
        if day <= min(one.until or one.day, other.until or other.day):
            whole = ((0, MINUTES_A_DAY),)
            yield Text(f"{day:%d.%m.%Y}", str(day)), one.times or whole, other.times or whole


def _bodies_apart(draft: Draft) -> None:
    for one, other in combinations(draft.entries("competent_bodies"), 2):
        for first in one.shape.postal_codes:
            for second in other.shape.postal_codes:
                both = max(first.first, second.first)
                if both <= min(first.last, second.last):
                    de = f"Für {both} steht schon {one.section} als zuständig."
                    draft.fault(other, "postal_codes", de, f"For {both}, {one.section} is competent already.")
