"""A text in the two languages of the pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same said in German and in English. ``in_`` picks one; every other language reads English."""

    de: str
    en: str

    def in_(self, language: str) -> str:
        """Return the German text for ``de`` (also ``de-DE``, ``de_DE``), else the English one."""
        return self.de if language.replace("_", "-").split("-")[0].lower() == "de" else self.en


NOTHING = Text("", "")
"""Nothing to say, in any language."""
