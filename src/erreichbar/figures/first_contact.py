"""Figures of what happens in a citizen's call. A matter is settled at first contact if no ticket was needed for it."""

import polars as pl

from erreichbar.figures.calls import ANSWERED, calls
from erreichbar.figures.figure import Figure, count, share
from erreichbar.figures.once import both, total
from erreichbar.figures.window import Window
from erreichbar.record.tables import Tables

WEEK_MS = 7 * 24 * 3600 * 1000


def settled_at_first_contact(tables: Tables, until: int | None = None) -> Figure:
    """Matters settled in the call that brought them, of all matters raised in calls that were answered."""
    return share(
        "settled_at_first_contact",
        *both(calls(tables, until), pl.col("settled").filter(ANSWERED), pl.col("matters").filter(ANSWERED)),
        "Anliegen, die im selben Gespräch ohne Ticket erledigt wurden, geteilt durch alle Anliegen aus angenommenen "
        "Anrufen. Wer wegen derselben Sache wieder anruft, bleibt hier unbemerkt.",
        "Matters settled in the same conversation without a ticket, divided by all matters of answered calls. Who "
        "calls again about the same matter goes unnoticed here.",
    )


def settled_without_repeat(tables: Tables, until: int | None = None, begun: Window | None = None) -> Figure:
    """Calls of known persons with every matter settled and no further call for the same reason within 7 days.

    ``begun``: only calls that began then count; whether they were repeated is looked for among all.
    """
    all_calls = calls(tables, until)
    counts = ANSWERED & (pl.col("matters") > 0) & (pl.col("person") >= 0)
    if begun is not None:
        counts &= (pl.col("start") >= begun[0]) & (pl.col("start") < begun[1])
    settled = all_calls.select(pl.col("contact", "start").filter(counts & (pl.col("settled") == pl.col("matters"))))
    again = (pl.col("previous") >= 0) & pl.col("same_reason")
    repeats = all_calls.select(pl.col("previous").filter(again), again=pl.col("start").filter(again))
    soon = settled.join(repeats, left_on="contact", right_on="previous").filter(
        pl.col("again") - pl.col("start") <= WEEK_MS
    )
    return share(
        "settled_without_repeat",
        settled.height - soon["contact"].n_unique(),
        total(all_calls, counts),
        "Angenommene Anrufe bekannter Personen, in denen jedes Anliegen erledigt wurde und die nicht innerhalb von 7 "
        "Tagen aus demselben Grund wieder anriefen, geteilt durch alle angenommenen Anrufe bekannter Personen mit "
        "Anliegen.",
        "Answered calls of known persons in which every matter was settled and who did not call again within 7 days "
        "for the same reason, divided by all answered calls of known persons with a matter.",
    )


def tickets_opened(tables: Tables, until: int | None = None) -> Figure:
    """Tickets opened: promises given."""
    opened = tables.tickets if until is None else tables.tickets.filter(pl.col("opened") <= until)
    return count(
        "tickets_opened",
        opened.height,
        "Angelegte Tickets: gegebene Versprechen.",
        "Tickets opened: promises given.",
    )
