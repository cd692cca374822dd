"""Access models: TOML files that say how an office can be reached. The presets of this folder are such files too."""

from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from erreichbar.access.points import Rules
from erreichbar.office.checking import Shape, check, did_you_mean, listed, wrong
from erreichbar.office.faults import Fault, Faults
from erreichbar.office.text import Text
from erreichbar.office.toml import NotToml, read
from erreichbar.record.vocabulary import CODE
from erreichbar.record.words import PresentedNumber, code


class ModelFaults(Faults):
    """An access model cannot be used."""


@dataclass(frozen=True, slots=True)
class AccessModel:
    """An access model as read. ``digest`` is the SHA-256 of ``text``; ``live``: the telephone can carry it out."""

    name: str
    title: Text
    description: Text
    rules: Rules
    text: str
    digest: str
    live: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Return the model as JSON values; what a rule does not limit is none, lengths of time are in ms."""
        rules: dict[str, Any] = {name: None if value == -1 else value for name, value in self.rules._asdict().items()}
        rules["presented"] = list(PresentedNumber)[self.rules.presented].value
        return {
            "name": self.name,
            "title": {"de": self.title.de, "en": self.title.en},
            "description": {"de": self.description.de, "en": self.description.en},
            "live": self.live,
            "digest": self.digest,
            "rules": rules,
        }


def names() -> list[str]:
    """Return the names of the presets, in the order of the dispute: from what is to what was asked for."""
    return list(PRESETS)


PRESETS = ("service-centre", "recognisable-callback")


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
    shape, faults = check(_File, document.table, document, (), "")
    if shape is None:
        raise ModelFaults(faults)
    return AccessModel(
        name=shape.model.name,
        title=_flowing(shape.model.title),
        description=_flowing(shape.model.description),
        rules=_rules(shape),
        text=text,
        digest=sha256(text.encode()).hexdigest(),
    )


# -- the file
# -----------------------------------------------------------------------------------------------------------

_Said = Annotated[str, Field(min_length=1)]
_Seconds = Annotated[int, Field(ge=1, le=7200)]


def _code(name: str) -> str:
    if not CODE.fullmatch(name):
        raise wrong(
            f"„{name[:60]}“ ist keine Kennung.",
            f"“{name[:60]}” is no identifier.",
            Text(
                "ein Kleinbuchstabe, dann Kleinbuchstaben, Ziffern, _ und -, höchstens 40 Zeichen",
                "a small letter, then small letters, digits, _ and -, at most 40 characters",
            ),
        )
    return name


class _Text(Shape):
    de: _Said
    en: _Said


class _Model(Shape):
    name: Annotated[str, AfterValidator(_code)]
    title: _Text
    description: _Text


class _Queue(Shape):
    ring_s: Annotated[int, Field(ge=5, le=120)]
    places: Annotated[int, Field(ge=0, le=10_000)] | None = None
    places_per_agent: Annotated[float, Field(ge=0, le=1_000)] | None = None
    longest_wait_s: _Seconds | None = None


class _Callback(Shape):
    presented: Literal["withheld", "centre", "own"]
    attempts: Annotated[int, Field(ge=1, le=10)]


class _RingBack(Shape):
    within_working_days: Annotated[int, Field(ge=0, le=30)]
    first_to_who_tried_s: Annotated[int, Field(ge=0, le=120)]


class _File(Shape):
    model: _Model
    queue: _Queue
    callback: _Callback
    ring_back: _RingBack | None = None

    @model_validator(mode="after")
    def _recognisable(self) -> Self:
        if self.ring_back and self.callback.presented == "withheld":
            raise wrong(
                '[ring_back] steht neben presented = "withheld": Wer keine Nummer sieht, kann nicht zurückrufen.',
                '[ring_back] stands beside presented = "withheld": who sees no number cannot ring back.',
                Text('[ring_back] streichen, oder presented = "centre"', 'drop [ring_back], or presented = "centre"'),
            )
        return self


def _flowing(text: _Text) -> Text:
    """Return a text with its paragraphs on one line each, as pages want them."""
    return Text(*("\n\n".join(" ".join(part.split()) for part in said.split("\n\n")) for said in (text.de, text.en)))


def _rules(file: _File) -> Rules:
    """Return the scalars of a model file, each of its one type."""
    queue, callback, ring_back = file.queue, file.callback, file.ring_back
    return Rules(
        places=-1 if queue.places is None else int(queue.places),
        places_per_agent=-1.0 if queue.places_per_agent is None else float(queue.places_per_agent),
        longest_wait_ms=-1 if queue.longest_wait_s is None else int(queue.longest_wait_s) * 1000,
        ring_ms=int(queue.ring_s) * 1000,
        presented=code(PresentedNumber(callback.presented)),
        attempts=int(callback.attempts),
        ring_back=ring_back is not None,
        ring_back_days=int(ring_back.within_working_days) if ring_back else 0,
        ring_back_first_ms=int(ring_back.first_to_who_tried_s) * 1000 if ring_back else 0,
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
