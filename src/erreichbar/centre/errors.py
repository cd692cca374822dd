"""Why a change was not made, in the user's words. Nothing was changed when one of these is raised."""

from collections.abc import Mapping
from datetime import datetime


class Refused(Exception):
    """The house refuses a change. ``code`` is for programs, ``de`` and ``en`` are for people."""

    def __init__(self, code: str, de: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.de = de
        self.en = en

    def in_(self, language: str) -> str:
        """Return the message in German or, for every other language, in English."""
        return self.de if language.startswith("de") else self.en

    def to_json(self) -> dict[str, str]:
        """Return code and both messages."""
        return {"code": self.code, "de": self.de, "en": self.en}


class NotAllowed(Refused):
    """The person's role, unit or organisation does not allow it."""

    def __init__(self, de: str, en: str, code: str = "not_allowed") -> None:
        super().__init__(code, de, en)


class NotFound(Refused):
    """What the change is about does not exist (any more), or is none of this person's business."""

    def __init__(self, de: str, en: str, code: str = "not_found") -> None:
        super().__init__(code, de, en)


class Invalid(Refused):
    """A field holds something that cannot be. ``field`` is its name in the action."""

    def __init__(self, field: str, de: str, en: str, code: str = "invalid") -> None:
        super().__init__(code, de, en)
        self.field = field

    def to_json(self) -> dict[str, str]:
        return super().to_json() | {"field": self.field}


class NumberRefused(Invalid):
    """A number must not be dialled or presented."""

    def __init__(self, field: str, de: str, en: str) -> None:
        super().__init__(field, de, en, "number_refused")


class NoNumber(Refused):
    """A ticket has no number on which somebody could be called."""

    def __init__(self) -> None:
        super().__init__(
            "no_number",
            "Zu diesem Ticket gibt es keine Telefonnummer. Bitte antworten Sie auf dem gewünschten Weg.",
            "This ticket has no telephone number. Please answer by the way the citizen wished.",
        )


class NotResponsible(Invalid):
    """No unit covers the matter, or something is missing that tells which one does."""

    def __init__(self, field: str, de: str, en: str) -> None:
        super().__init__(field, de, en, "not_responsible")


class Stale(Refused):
    """Somebody else was faster. ``who`` and ``when`` say who and when."""

    def __init__(self, de: str, en: str, *, who: str | None, when: datetime) -> None:
        super().__init__("stale", de, en)
        self.who = who
        self.when = when


class Busy(Refused):
    """The database is away or locked. Nothing was lost: the same change with the same key can be made again."""

    def __init__(self) -> None:
        super().__init__(
            "busy",
            "Die Datenbank ist gerade nicht da. Nichts ist verloren. Bitte versuchen Sie es gleich noch einmal.",
            "The database cannot be reached just now. Nothing is lost: please try again in a moment.",
        )


class Contradiction(Refused):
    """The change would break a rule of the database, such as two conversations of one person at once."""

    def __init__(self) -> None:
        super().__init__(
            "contradiction",
            "Das passt nicht zu dem, was schon eingetragen ist. Bitte laden Sie die Seite neu.",
            "This does not fit what has been entered already. Please reload the page.",
        )


def refused_from_json(given: Mapping[str, str]) -> Refused:
    """Return the refusal that was written down."""
    return Refused(given["code"], given["de"], given["en"])
