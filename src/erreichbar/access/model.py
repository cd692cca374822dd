"""Access models: TOML files that say how an office can be reached. The presets of this folder are such files too."""

from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from erreichbar.access.live import not_live
from erreichbar.access.phone_hours import DAYS, PhoneHours
from erreichbar.access.points import Rules
from erreichbar.access.shapes import AUDIENCES, ModelFile
from erreichbar.office import hours
from erreichbar.office.checking import check, did_you_mean, listed
from erreichbar.office.faults import Fault, Faults
from erreichbar.office.model import Urgency
from erreichbar.office.text import Text
from erreichbar.office.toml import NotToml, read
from erreichbar.record.words import PresentedNumber


class ModelFaults(Faults):
    """An access model cannot be used."""


@dataclass(frozen=True, slots=True)
class AccessModel:
    """An access model as read. ``digest`` is the SHA-256 of ``text``."""

    name: str
    title: Text
    description: Text
    rules: Rules
    hours: PhoneHours
    text: str
    digest: str

    @property
    def not_live(self) -> tuple[Text, ...]:
        """What the telephone cannot carry out yet, in words."""
        return not_live(self.rules)

    @property
    def live(self) -> bool:
        """Whether the telephone can carry it out; else it is for the lab only."""
        return not self.not_live

    @property
    def refusal(self) -> Text | None:
        """Why it cannot be adopted, with everything that is missing; none if it can."""
        if self.live:
            return None
        de, en = ("; ".join(lacking.in_(language) for lacking in self.not_live) for language in ("de", "en"))
        return Text(
            f"Das Telefon kann „{self.title.de}“ noch nicht ausführen; das Modell ist nur für das Labor. Es kann noch nicht: {de}.",
            f"The telephone cannot carry out “{self.title.en}” yet; the model is for the lab only. It cannot yet: {en}.",
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the model as JSON values; what a rule does not limit is none, lengths of time are in ms."""
        rules: dict[str, Any] = {name: None if value == -1 else value for name, value in self.rules._asdict().items()}
        rules["presented"] = list(PresentedNumber)[self.rules.presented].value
        rules["urgent_from"] = list(Urgency)[self.rules.urgent_from].value if self.rules.urgent_from >= 0 else None
        rules["direct_audience"] = list(AUDIENCES)[self.rules.direct_audience]
        return {
            "name": self.name,
            "title": {"de": self.title.de, "en": self.title.en},
            "description": {"de": self.description.de, "en": self.description.en},
            "live": self.live,
            "not_live": [{"de": lacking.de, "en": lacking.en} for lacking in self.not_live],
            "digest": self.digest,
            "rules": rules,
            "phone_hours": {day: hours.write(given) for day, given in zip(DAYS, self.hours.week, strict=True) if given},
        }


def names() -> list[str]:
    """Return the names of the presets, in the order of the dispute: from what is to what was asked for."""
    return list(PRESETS)


PRESETS = (
    "service-centre",
    "recognisable-callback",
    "transfer-once",
    "urgent-lane",
    "phone-hours-twice-weekly",
    "phone-hours-daily",
    "direct-lines",
    "direct-lines-and-daily-hours",
    "advice-centre-list",
)


def load(name_or_path: str | Path) -> AccessModel:
    """Return a preset by its name, or the model of a file.

    Raises ``ModelFaults`` with every fault in one go, also if there is no such preset or file.
    """
    given = str(name_or_path)
    if given in PRESETS:
        preset = resources.files("erreichbar.access") / "presets" / f"{given}.toml"
        return loads(preset.read_text("utf-8"), f"{given}.toml")
    try:
        return loads(Path(given).read_text("utf-8"), Path(given).name)
    except (OSError, UnicodeDecodeError) as error:
        raise ModelFaults([_unreadable(given, error)]) from None


def loads(text: str, file: str) -> AccessModel:
    """Return the model written in ``text``; ``file`` is how faults call it. Raises ``ModelFaults``."""
    try:
        document = read(text, file)
    except NotToml as error:
        raise ModelFaults([error.fault]) from None
    shape, faults = check(ModelFile, document.table, document, (), "")
    if shape is None:
        raise ModelFaults(faults)
    return AccessModel(
        name=shape.model.name,
        title=shape.model.title.flowing(),
        description=shape.model.description.flowing(),
        rules=shape.rules(),
        hours=shape.hours(),
        text=text,
        digest=sha256(text.encode()).hexdigest(),
    )


def _unreadable(given: str, error: OSError | UnicodeDecodeError) -> Fault:
    if isinstance(error, UnicodeDecodeError):
        return Fault(given, "", "", "Die Datei ist kein Text in UTF-8.", "The file is no text in UTF-8.")
    near = did_you_mean(given, PRESETS)
    return Fault(
        given,
        "",
        "",
        f"Es gibt weder ein Zugangsmodell noch eine lesbare Datei dieses Namens.{near.de}",
        f"There is neither an access model nor a readable file of this name.{near.en}",
        listed(PRESETS),
    )
