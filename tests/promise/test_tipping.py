"""Which tickets tip over is told by what is likely before and after, the first by when it runs out."""

from datetime import UTC, datetime, timedelta

from erreichbar.office.text import Text
from erreichbar.promise.forecast import Chances, Change, tipping

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)


def change(ref: str, before: float, after: float) -> Change:
    return Change(ref, Chances(1, before, before), Chances(1, after, after), "a", "a", Text("", ""))


def test_the_first_to_run_out_comes_first() -> None:
    found = tipping(
        [change("late", 0.9, 0.1), change("soon", 0.5, 0.49), change("less", 0.9, 0.6), change("won", 0.2, 0.5)],
        {"late": NOW + timedelta(hours=5), "soon": NOW, "less": NOW, "won": NOW},
    )
    assert (found.lost, found.saved, found.first) == (("soon", "late"), ("won",), NOW)


def test_nothing_tips_where_nothing_becomes_unlikely() -> None:
    found = tipping([change("x", 0.9, 0.6), change("y", 0.3, 0.1)], {"x": NOW, "y": NOW})
    assert (found.lost, found.saved, found.first) == ((), (), None)
