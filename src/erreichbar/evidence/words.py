"""Figures in words and numbers, in the reader's language."""

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from erreichbar.figures.figure import Figure, Unit

NAMES: dict[str, Promise] = {
    "offered": lazy("Calls that arrived"),
    "reachability": lazy("Answered"),
    "abandoned": lazy("Hung up before"),
    "neither": lazy("Neither answered nor hung up"),
    "wait_mean": lazy("Mean wait"),
    "talk_mean": lazy("Mean conversation"),
}


def name(figure: Figure) -> str:
    """Return what a figure is called."""
    if figure.name.startswith("service_level_"):
        return _("Answered within %(seconds)s s") % {"seconds": figure.name.split("_")[2]}
    return str(NAMES[figure.name])


def value(figure: Figure) -> str:
    """Return a figure's value with its unit; where there is nothing to divide by, that is said."""
    if figure.value is None:
        return _("not reported")
    if figure.unit is Unit.SHARE:
        return f"{number_format(figure.value * 100, 1)} %"
    if figure.unit is Unit.MILLISECONDS:
        return f"{number_format(figure.value / 1000, 0)} s"
    return number_format(figure.numerator, 0, force_grouping=True)


def raw(figure: Figure) -> str:
    """Return the raw counts of a figure: how many of how many."""
    if figure.denominator is None:
        return ""
    of = number_format(figure.denominator, 0, force_grouping=True)
    if figure.unit is Unit.MILLISECONDS:
        return _("over %(count)s calls") % {"count": of}
    many = number_format(figure.numerator, 0, force_grouping=True)
    return _("%(count)s of %(all)s") % {"count": many, "all": of}
