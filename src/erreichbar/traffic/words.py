"""What virtual citizens say: for training, never for a real call.

All texts stand in ``said.toml``, German and English. Who speaks neither well says so, in simple German.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from erreichbar.office.numbers import din5008
from erreichbar.record.words import AttemptOutcome, Language
from erreichbar.traffic.citizens import Citizen
from erreichbar.traffic.population import Person

# fmt: off
_MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni",
           "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}
# fmt: on


def inbound(person: Person, citizen: Citizen, *, rings_back: bool = False) -> dict[str, object]:
    """Return what a citizen says who calls, as JSON values.

    ``language``: in which she speaks, ``de`` or ``en``. ``opening``. ``matters``: for each, ``reason`` and ``says``.
    ``answers``: by what she is asked (``name``, ``date_of_birth``, ``benefit_unit_number``, ``postal_code``,
    ``number``, ``window``). ``closing``.
    """
    said = _Voice(person, citizen)
    little = person.language not in (Language.GERMAN, Language.ENGLISH)
    kind = "rings_back" if rings_back else "opening_little" if little else "opening"
    return said.conversation(said.one_of(kind))


def outbound(person: Person, citizen: Citizen, outcome: AttemptOutcome) -> dict[str, object]:
    """Return what is heard when a citizen is called back and the call is answered, as ``inbound``.

    Only with the outcome ``reached`` it is herself, with ``matters`` and ``answers``; else a mailbox or somebody else
    speaks, and both are empty.
    """
    said = _Voice(person, citizen)
    if outcome is AttemptOutcome.REACHED:
        return said.conversation(f"{said.one_of('picks_up')} {said.one_of('glad')}")
    kind = outcome.value if outcome.value in said.texts else "other_person"
    return {"language": said.language, "opening": said.one_of(kind), "matters": [], "answers": {}, "closing": ""}


class _Voice:
    """One citizen speaking. Which of several wordings she uses depends on her number alone."""

    def __init__(self, person: Person, citizen: Citizen) -> None:
        self.citizen = citizen
        self.language = "en" if person.language is Language.ENGLISH else "de"
        self.texts: dict[str, Any] = _said()[self.language]
        born = person.date_of_birth
        month = _MONTHS[self.language][born.month - 1]
        window = citizen.window
        between = "{} und {} Uhr" if self.language == "de" else "{} and {} o'clock"
        self._facts = {
            "name": f"{person.given_name} {person.family_name}",
            "born": f"{born.day}. {month} {born.year}" if self.language == "de" else f"{born.day} {month} {born.year}",
            "unit": person.benefit_unit_number,
            "postal": person.postal_code,
            "number": din5008(person.number) if person.number else "",
            "window": between.format(window[0].hour, window[1].hour) if window else "",
            "language": self.texts["languages"].get(person.language.value, ""),
        }

    def one_of(self, kind: str) -> str:
        return self._pick(self.texts[kind])

    def conversation(self, opening: str) -> dict[str, object]:
        return {
            "language": self.language,
            "opening": opening,
            "matters": [
                {"reason": reason, "says": self._matter(reason, nth)} for nth, reason in enumerate(self.citizen.matters)
            ],
            "answers": self._answers(),
            "closing": self.one_of("closing"),
        }

    def _matter(self, reason: str, nth: int) -> str:
        matters = self.texts["matters"]
        says = self._pick(matters.get(reason, matters["other"]))
        return f"{self.one_of('further')} {says}" if nth else says

    def _answers(self) -> dict[str, str]:
        answers = self.texts["answers"]
        given = {key: answers[key] for key in ("name", "date_of_birth", "benefit_unit_number", "postal_code")}
        given["number"] = answers["number" if self._facts["number"] else "no_number"]
        given["window"] = answers["window" if self._facts["window"] else "any_time"]
        return {key: text.format(**self._facts) for key, text in given.items()}

    def _pick(self, wordings: list[str]) -> str:
        # By a multiplier, so that citizens who call one after the other do not take the wordings in turn.
        return wordings[self.citizen.id * 2654435761 // 65536 % len(wordings)].format(**self._facts)


@cache
def _said() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("erreichbar.traffic").joinpath("said.toml").read_text("utf-8"))
