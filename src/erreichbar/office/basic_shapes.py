"""Shapes that several sections of the office file share: texts in two languages, weekly hours."""

from pydantic import model_validator

from erreichbar.office.checking import Shape, wrong
from erreichbar.office.hours import Week
from erreichbar.office.text import Text
from erreichbar.office.values import Line, Listed, OpenHours


class TextShape(Shape):
    """``{ de = "…", en = "…" }``."""

    de: Line
    en: Line

    def text(self) -> Text:
        """Return the text."""
        return Text(self.de, self.en)


class TextsShape(Shape):
    """Several texts: ``de = ["…", "…"]`` and as many in ``en``."""

    de: Listed[Line] = ()
    en: Listed[Line] = ()

    @model_validator(mode="after")
    def _as_many(self) -> "TextsShape":
        if len(self.de) != len(self.en):
            raise wrong(
                f"Texte auf Deutsch: {len(self.de)}, auf Englisch: {len(self.en)}. Jeder braucht beide Sprachen.",
                f"Texts in German: {len(self.de)}, in English: {len(self.en)}. Each needs both languages.",
            )
        return self

    def texts(self) -> tuple[Text, ...]:
        """Return the texts in order."""
        return tuple(Text(de, en) for de, en in zip(self.de, self.en, strict=True))


class HoursShape(Shape):
    """``[hours]``: the weekly service hours; a weekday that is not named is closed."""

    monday: OpenHours = ()
    tuesday: OpenHours = ()
    wednesday: OpenHours = ()
    thursday: OpenHours = ()
    friday: OpenHours = ()
    saturday: OpenHours = ()
    sunday: OpenHours = ()

    def week(self) -> Week:
        """Return the hours of the seven weekdays, Monday first."""
        return (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday)
