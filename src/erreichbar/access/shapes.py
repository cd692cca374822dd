"""The file of an access model as it is written: which tables and keys there are, and what may not stand together."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from erreichbar.access.phone_hours import NO_HOURS, OtherHours, PhoneHours
from erreichbar.access.points import Audience, Rules
from erreichbar.access.resolve import urgency_code
from erreichbar.office.basic_shapes import HoursShape
from erreichbar.office.checking import Shape, wrong
from erreichbar.office.model import Urgency
from erreichbar.office.text import Text
from erreichbar.office.values import Id, Listed
from erreichbar.record.vocabulary import CODE
from erreichbar.record.words import PresentedNumber, code

AUDIENCES = {
    "internal": Audience.INTERNAL,
    "advice-centres": Audience.ADVICE_CENTRES,
    "public": Audience.PUBLIC,
}
"""How the file writes to whom direct numbers are given; without ``[direct]`` they are internal."""

_Said = Annotated[str, Field(min_length=1)]
_Ring = Annotated[int, Field(ge=5, le=120)]
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

    def flowing(self) -> Text:
        """Return the text with its paragraphs on one line each, as pages want them."""
        de, en = ("\n\n".join(" ".join(part.split()) for part in said.split("\n\n")) for said in (self.de, self.en))
        return Text(de, en)


class _Model(Shape):
    name: Annotated[str, AfterValidator(_code)]
    title: _Text
    description: _Text


class _Centre(Shape):
    """``[centre]``: whether there is one. Left out, there is."""

    answers: bool


class _Queue(Shape):
    """``[queue]``: how calls wait for the centre."""

    ring_s: _Ring
    places: Annotated[int, Field(ge=0, le=10_000)] | None = None
    places_per_agent: Annotated[float, Field(ge=0, le=1_000)] | None = None
    longest_wait_s: _Seconds | None = None


class _Callback(Shape):
    """``[callback]``: what a callback shows, and how many attempts are promised."""

    presented: Literal["withheld", "centre", "own"]
    attempts: Annotated[int, Field(ge=1, le=10)]


class _RingBack(Shape):
    """``[ring_back]``: what becomes of the call of somebody who missed a callback."""

    within_working_days: Annotated[int, Field(ge=0, le=30)]
    first_to_who_tried_s: Annotated[int, Field(ge=0, le=120)]


class _Transfer(Shape):
    """``[transfer]``: before the ticket is written the case worker responsible is rung once."""

    ring_s: _Ring
    only_in_phone_hours: bool = False


class _Urgent(Shape):
    """``[urgent]``: matters from an urgency on go at once to the duty officer, then to the deputy."""

    from_urgency: Literal["urgent", "immediate"]
    ring_s: _Ring


class _Direct(Shape):
    """``[direct]``: direct lines of case workers, for whom they ring, and what becomes of a call that is not taken."""

    audience: Literal["advice-centres", "public"]
    published: bool = False
    ring_s: _Ring
    colleagues: Annotated[int, Field(ge=0, le=5)] = 0


class _OtherHours(HoursShape):
    """``[[phone_hours.others]]``: units or people with telephone hours of their own; no weekday at all: none."""

    units: Listed[Id] = ()
    people: Listed[Id] = ()


class _PhoneHours(HoursShape):
    """``[phone_hours]``: the telephone hours of all case workers by weekday, and those of others."""

    others: Listed[_OtherHours] = ()


class ModelFile(Shape):
    """The whole file."""

    model: _Model
    centre: _Centre = _Centre(answers=True)
    queue: _Queue | None = None
    callback: _Callback
    ring_back: _RingBack | None = None
    transfer: _Transfer | None = None
    urgent: _Urgent | None = None
    direct: _Direct | None = None
    phone_hours: _PhoneHours | None = None

    @model_validator(mode="after")
    def _recognisable(self) -> Self:
        if self.ring_back and self.callback.presented == "withheld":
            raise wrong(
                '[ring_back] steht neben presented = "withheld": Wer keine Nummer sieht, kann nicht zurückrufen.',
                '[ring_back] stands beside presented = "withheld": who sees no number cannot ring back.',
                Text('[ring_back] streichen, oder presented = "centre"', 'drop [ring_back], or presented = "centre"'),
            )
        return self

    @model_validator(mode="after")
    def _somebody_answers(self) -> Self:
        if self.centre.answers and self.queue is None:
            raise wrong(
                "[queue] fehlt: Wo ein Servicecenter antwortet, warten Anrufe.",
                "[queue] is missing: where a centre answers, calls wait.",
                Text(
                    "[queue] mit ring_s = 20, oder [centre] answers = false",
                    "[queue] with ring_s = 20, or [centre] answers = false",
                ),
            )
        if self.centre.answers:
            return self
        if self.queue is not None:
            raise wrong(
                "[queue] steht neben [centre] answers = false: Ohne Servicecenter wartet niemand auf eines.",
                "[queue] stands beside [centre] answers = false: without a centre nobody waits for one.",
                Text("[queue] streichen", "drop [queue]"),
            )
        if self.direct is None or self.direct.audience != "public":
            raise wrong(
                "[centre] answers = false: Ohne Servicecenter und ohne Durchwahlen für alle ist das Amt nicht zu erreichen.",
                "[centre] answers = false: with no centre and no direct lines for everybody the office cannot be reached.",
                Text('[direct] mit audience = "public"', '[direct] with audience = "public"'),
            )
        if self.callback.presented == "centre":
            raise wrong(
                '[callback] presented = "centre": Es gibt kein Servicecenter, das zurückgerufen werden kann.',
                '[callback] presented = "centre": there is no centre to ring back.',
                Text('"own" oder "withheld"', '"own" or "withheld"'),
            )
        return self

    @model_validator(mode="after")
    def _published_for_all(self) -> Self:
        if self.direct and self.direct.published and self.direct.audience != "public":
            raise wrong(
                f"[direct] published = true: Eine öffentliche Liste ist nicht nur für „{self.direct.audience}“.",
                f"[direct] published = true: a public list is not for “{self.direct.audience}” alone.",
                Text('published = false, oder audience = "public"', 'published = false, or audience = "public"'),
            )
        return self

    @model_validator(mode="after")
    def _hours_for_something(self) -> Self:
        by_transfer = self.transfer is not None and self.transfer.only_in_phone_hours
        if by_transfer and self.phone_hours is None:
            raise wrong(
                "[transfer] only_in_phone_hours = true, aber das Modell hat keine Telefonzeiten.",
                "[transfer] only_in_phone_hours = true, but the model has no telephone hours.",
                Text("[phone_hours] ergänzen, oder die Angabe streichen", "add [phone_hours], or drop the entry"),
            )
        if self.phone_hours is None:
            return self
        if not by_transfer and self.direct is None:
            raise wrong(
                "[phone_hours]: In diesen Zeiten klingelt es bei niemandem, weil weder Durchwahlen gelten noch durchgestellt wird.",
                "[phone_hours]: nobody is rung in these hours, as neither direct lines nor transfers apply.",
                Text(
                    '[direct] mit audience = "public", oder [transfer] mit only_in_phone_hours = true',
                    '[direct] with audience = "public", or [transfer] with only_in_phone_hours = true',
                ),
            )
        if not any(self.phone_hours.week()) and not any(any(other.week()) for other in self.phone_hours.others):
            raise wrong(
                "[phone_hours] nennt keine einzige Zeit.",
                "[phone_hours] names no time at all.",
                Text('zum Beispiel tuesday = ["09:30-11:30"]', 'for example tuesday = ["09:30-11:30"]'),
            )
        return self

    def hours(self) -> PhoneHours:
        """Return the telephone hours of the file; without any nobody has some."""
        if self.phone_hours is None:
            return PhoneHours(NO_HOURS)
        others = tuple(OtherHours(other.units, other.people, other.week()) for other in self.phone_hours.others)
        return PhoneHours(self.phone_hours.week(), others)

    def rules(self) -> Rules:
        """Return the scalars of the file, each of its one type."""
        queue, callback, ring_back, direct = self.queue, self.callback, self.ring_back, self.direct
        ring_s = queue.ring_s if queue else direct.ring_s if direct else 20
        return Rules(
            places=-1 if queue is None or queue.places is None else int(queue.places),
            places_per_agent=(
                -1.0 if queue is None or queue.places_per_agent is None else float(queue.places_per_agent)
            ),
            longest_wait_ms=-1 if queue is None else _ms(queue.longest_wait_s),
            ring_ms=_ms(ring_s),
            presented=code(PresentedNumber(callback.presented)),
            attempts=int(callback.attempts),
            ring_back=ring_back is not None,
            ring_back_days=int(ring_back.within_working_days) if ring_back else 0,
            ring_back_first_ms=_ms(ring_back.first_to_who_tried_s) if ring_back else 0,
            centre=bool(self.centre.answers),
            transfer_ring_ms=_ms(self.transfer.ring_s if self.transfer else None),
            transfer_in_phone_hours=bool(self.transfer and self.transfer.only_in_phone_hours),
            urgent_from=urgency_code(Urgency(self.urgent.from_urgency)) if self.urgent else -1,
            urgent_ring_ms=_ms(self.urgent.ring_s if self.urgent else None),
            direct_audience=int(AUDIENCES[direct.audience] if direct else Audience.INTERNAL),
            direct_published=bool(direct and direct.published),
            direct_ring_ms=_ms(direct.ring_s if direct else None),
            diversions=int(direct.colleagues) if direct else 0,
            phone_hours=self.phone_hours is not None,
        )


def _ms(seconds: int | None) -> int:
    return -1 if seconds is None else int(seconds) * 1000
