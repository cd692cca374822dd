"""The figures of a day as raw counts, as the demonstration prints them."""

from erreichbar.figures.calls import counts
from erreichbar.figures.first_contact import settled_at_first_contact, tickets_opened
from erreichbar.figures.promise import Part, in_time
from erreichbar.record.tables import Tables
from erreichbar.record.words import ClockName


def demo_day(tables: Tables, until_ms: int | None = None) -> dict[str, int | dict[str, int]]:
    """Return the raw counts as they stood at ``until_ms`` (the tables' origin).

    ``attempted_in_time``, ``reached_in_time`` and ``resolved_in_time`` count tickets, on each clock; their denominator
    is ``tickets_opened``.
    """
    found = counts(tables, until_ms)
    return {
        "offered": found.offered,
        "answered": found.answered,
        "abandoned": found.abandoned,
        "turned_away": found.turned_away,
        "out_of_hours": found.out_of_hours,
        "settled_at_first_contact": settled_at_first_contact(tables, until_ms).numerator,
        "tickets_opened": tickets_opened(tables, until_ms).numerator,
        **{
            f"{part}_in_time": {clock.replace("-", "_"): in_time(tables, part, clock, until_ms) for clock in ClockName}
            for part in Part
        },
    }
