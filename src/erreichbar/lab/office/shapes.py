"""The section ``[lab]`` of the office file: what the simulation needs beyond ``[traffic]``, every value with its source.

A source is a mark that ``docs/algorithms/lab-office.md`` explains, or ``assumption``; ``between`` names the range in which
an assumption is varied. Shares are parts of one; other units stand in the names.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from erreichbar.office.basic_shapes import HoursShape
from erreichbar.office.checking import Shape, wrong
from erreichbar.office.hours import Week
from erreichbar.office.text import Text
from erreichbar.office.values import Id, Line, Listed
from erreichbar.traffic.behaviour import MINUTE_MS, times
from erreichbar.traffic.further import Further
from erreichbar.traffic.parameters import Duration, Factor, Share, Sourced, Spread

Count = Annotated[int, Field(ge=1, le=1_000)]
Hourly = Sourced[Annotated[float, Field(gt=0, le=1_000)]]
Amount = Sourced[Annotated[float, Field(ge=0, le=10_000_000)]]
Hours = Sourced[Annotated[float, Field(ge=0, le=10_000)]]


_HOUR_MS = 60 * MINUTE_MS


def week(shape: HoursShape | None) -> Week:
    """Return weekly hours as the calendar wants them, Monday first; none is a week without any."""
    if shape is None:
        return ((), (), (), (), (), (), ())
    return (
        shape.monday, shape.tuesday, shape.wednesday, shape.thursday, shape.friday, shape.saturday, shape.sunday,
    )  # fmt: skip


class Away(Shape):
    """When people who should be there are not, or not for citizens and cases."""

    absence: Share
    """Part of working days on which somebody is away altogether: ill, on leave, in training."""
    absence_days: Spread
    """How long one absence lasts (calendar days)."""
    breaks: Share
    """Part of the time outside protected hours and hours for appointments in which somebody does something else."""
    break_min: Duration
    """How long that lasts each time."""


class Agents(Shape):
    """``[lab.agents]``: who answers for the centre. ``organisation`` employs them; ``unit`` none: they belong to none."""

    organisation: Id
    away: Away


class Shift(Shape):
    """``[[lab.shifts]]``: so many agents on the roll with the same hours."""

    id: Id
    agents: Count
    hours: HoursShape
    source: Line


class Appointments(Shape):
    """How much of somebody's time citizens have booked."""

    per_week: Sourced[Annotated[float, Field(ge=0, le=200)]]
    """In a week without absence."""
    minutes: Sourced[Annotated[int, Field(ge=5, le=240)]]
    hours: HoursShape
    """When appointments are given."""


class CaseWork(Shape):
    """Work on cases, which calls interrupt."""

    items_per_week: Sourced[Annotated[float, Field(ge=0, le=1_000)]]
    item_min: Spread
    backlog: Sourced[Annotated[float, Field(ge=0, le=10_000)]]
    """How many lie on each desk at the start."""
    usual_days: Sourced[Annotated[float, Field(gt=0, le=1_000)]]
    """After how long (calendar days) a decision counts as late."""


class Team(Shape):
    """``[[lab.teams]]``: ``teams`` teams of ``people`` alike, in a unit each; together they share the work of ``unit``."""

    id: Id
    unit: Id
    role: Literal["case_worker", "duty_officer"] = "case_worker"
    organisation: Id
    teams: Count = 1
    people: Count
    hours: HoursShape
    source: Line
    away: Away
    appointments: Appointments | None = None
    protected: HoursShape | None = None
    """When nobody may disturb them."""
    case_work: CaseWork | None = None


class ByLevel(Shape):
    """Part of matters somebody settles in the conversation, by what first level may do about the reason."""

    settle: Share
    record: Share
    inform: Share
    none: Share


class Settlement(Shape):
    """``[lab.settlement]``: what is settled in a conversation, by who has it. Of agents ``[traffic.matters]`` says it."""

    responsible: ByLevel
    colleague: ByLevel
    duty_officer: ByLevel


class Urgent(Shape):
    """``[lab.urgent]``: by when urgent matters must be decided, after they arose: at the least, and on average."""

    urgent_least_h: Hours
    urgent_mean_h: Hours
    immediate_least_h: Hours
    immediate_mean_h: Hours

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for name, least, mean in (
            ("urgent", self.urgent_least_h, self.urgent_mean_h),
            ("immediate", self.immediate_least_h, self.immediate_mean_h),
        ):
            if least.value > mean.value:
                raise wrong(
                    f"{name}: Das Mindeste ({least.value:g} Stunden) liegt über dem Mittel ({mean.value:g}).",
                    f"{name}: The least ({least.value:g} hours) is more than the mean ({mean.value:g}).",
                    Text("ein Mittel, das mindestens so groß ist", "a mean at least as large"),
                )
        return self


class Reaching(Shape):
    """``[lab.citizens]``: what citizens do when they do not get through, and when they can telephone."""

    in_person: Share
    in_person_h: Spread
    most_calls: Sourced[Annotated[int, Field(ge=1, le=1_000)]]
    after_missed: Share
    after_missed_h: Spread
    chases: Share
    chases_h: Spread
    before_noon: Share
    after_noon: Share
    late: Share
    telephone_only: Share
    advised: Share

    @model_validator(mode="after")
    def _at_most_one(self) -> Self:
        together = self.before_noon.value + self.after_noon.value + self.late.value
        if together > 1:
            raise wrong(
                f"before_noon, after_noon und late sind zusammen {together:g}.",
                f"before_noon, after_noon and late together are {together:g}.",
                Text("zusammen höchstens 1", "together at most 1"),
            )
        return self


class Direct(Shape):
    """``[lab.direct]``: what changes where direct numbers are given out."""

    uses: Share
    uses_advised: Share
    misdirected: Share
    induced: Share


class Parts(Shape):
    """``[lab.callback]``: times as likely as on average to reach somebody, by the part of the day (to 11, 14, 17, later)."""

    morning: Factor
    midday: Factor
    afternoon: Factor
    evening: Factor


class Interruptions(Shape):
    """``[lab.interruptions]``: what it costs to get back into case work."""

    resume_min: Spread


class Status(Shape):
    """``[lab.status_calls]``: calls about decisions that take long. ``elasticity`` 0: none."""

    elasticity: Sourced[Annotated[float, Field(ge=0, le=10)]]
    after_h: Spread


class Costs(Shape):
    """``[lab.costs]``: euros an hour by role, everything included, and what a purchased centre is paid.

    ``purchased``: the centre's organisation is paid its price, and not its people's hours.
    """

    full_week_h: Sourced[Annotated[float, Field(gt=0, le=60)]]
    agent: Hourly
    case_worker: Hourly
    duty_officer: Hourly
    purchased: bool
    centre_per_month: Amount
    centre_per_call: Amount
    centre_per_minute: Amount


class Lab(Shape):
    """All of ``[lab]``."""

    agents: Agents
    shifts: Annotated[Listed[Shift], Field(min_length=1)]
    teams: Annotated[Listed[Team], Field(min_length=1)]
    settlement: Settlement
    urgent: Urgent
    citizens: Reaching
    direct: Direct
    callback: Parts
    interruptions: Interruptions
    status_calls: Status
    costs: Costs

    def assumptions(self) -> Iterator[tuple[str, object, str]]:
        """Return every value with its name as in the file, and its source."""
        yield from leaves(self, "lab")


def leaves(shape: Shape, name: str) -> Iterator[tuple[str, object, str]]:
    """Return the values of a table and of those in it, entries of lists by their ids."""
    for key in type(shape).model_fields:
        value = getattr(shape, key)
        if isinstance(value, Sourced):
            yield f"{name}.{key}", value.value, value.source
        elif isinstance(value, tuple):
            for entry in value:
                yield from leaves(entry, f"{name}.{key}.{entry.id}")
        elif isinstance(value, Shape) and not isinstance(value, HoursShape):
            yield from leaves(value, f"{name}.{key}")
        elif isinstance(value, int) and hasattr(shape, "source"):
            yield f"{name}.{key}", value, str(shape.source)


def ranges(shape: Shape, name: str) -> Iterator[tuple[str, float, float]]:
    """Return the values that are varied, with the ends of their ranges."""
    for key in type(shape).model_fields:
        value = getattr(shape, key)
        if isinstance(value, Sourced):
            if value.between is not None:
                yield f"{name}.{key}", value.between[0], value.between[1]
        elif isinstance(value, tuple):
            for entry in value:
                yield from ranges(entry, f"{name}.{key}.{entry.id}")
        elif isinstance(value, Shape) and not isinstance(value, HoursShape):
            yield from ranges(value, f"{name}.{key}")


def further(lab: Lab) -> Further:
    """Return what citizens do beyond ``[traffic]`` as scalars."""
    citizens, direct, urgent, parts = lab.citizens, lab.direct, lab.urgent, lab.callback
    return Further(
        in_person=float(citizens.in_person.value),
        in_person_after=times(citizens.in_person_h, _HOUR_MS),
        most_calls=int(citizens.most_calls.value),
        after_missed=float(citizens.after_missed.value),
        after_missed_after=times(citizens.after_missed_h, _HOUR_MS),
        chases=float(citizens.chases.value),
        chases_after=times(citizens.chases_h, _HOUR_MS),
        before_noon=float(citizens.before_noon.value),
        after_noon=float(citizens.after_noon.value),
        late=float(citizens.late.value),
        telephone_only=float(citizens.telephone_only.value),
        advised=float(citizens.advised.value),
        uses_direct=float(direct.uses.value),
        uses_direct_advised=float(direct.uses_advised.value),
        misdirected=float(direct.misdirected.value),
        induced=float(direct.induced.value),
        urgent_mean=float(urgent.urgent_mean_h.value * _HOUR_MS),
        immediate_mean=float(urgent.immediate_mean_h.value * _HOUR_MS),
        urgent_least=float(urgent.urgent_least_h.value * _HOUR_MS),
        immediate_least=float(urgent.immediate_least_h.value * _HOUR_MS),
        status_elasticity=float(lab.status_calls.elasticity.value),
        status_after=times(lab.status_calls.after_h, _HOUR_MS),
        morning=float(parts.morning.value),
        midday=float(parts.midday.value),
        afternoon=float(parts.afternoon.value),
        evening=float(parts.evening.value),
    )
