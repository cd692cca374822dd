"""Log-normal times read off a table: to the millisecond what ``laws.log_normal_ms`` says, without exponential and division.

The law is cut into equal bins of its draw, and in each put as a polynomial. Whether that is near enough is measured when the table is
made; where it is not, or where a whole number is so near that it could matter, the law itself is asked.
"""

from functools import cache

import numpy as np

from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.rules import duration
from erreichbar.lab.engine.shapes import Floats, Ints, Law
from erreichbar.traffic.laws import log_normal

BINS = 256
_TERMS = 6
_SURE_MS = 1.0 / 256.0
"""How far from the next whole number the polynomial must be; it is nowhere as much as a quarter of that off."""
_CHECKED = 33


@cache
def table(law: Law) -> Floats:
    """Return the polynomials of a law (BINS, 6), lowest power first, of the place in the bin from −1 to 1; 0 where it is to be asked."""
    rows = np.zeros((BINS, _TERMS))
    if law.median <= 0.0 or law.mean <= 0.0:
        return rows
    # In the outermost bins the law goes to 0 and beyond all bounds.
    inner = np.arange(1, BINS - 1)
    nodes, checked = np.cos(np.pi * (np.arange(_TERMS) + 0.5) / _TERMS), np.linspace(-1.0, 1.0, _CHECKED)
    fitted = np.polynomial.polynomial.polyfit(nodes, _times(law, inner, nodes), _TERMS - 1)
    off = np.abs(np.polynomial.polynomial.polyval(checked, fitted).T - _times(law, inner, checked)).max(axis=0)
    near = 4.0 * off < _SURE_MS
    rows[inner[near]] = fitted.T[near]
    return rows


def _times(law: Law, bins: Ints, places: Floats) -> Floats:
    """Return the law at places of some bins: (places, bins)."""
    draws = (bins + 0.5 + 0.5 * places[:, np.newaxis]) / BINS
    return np.array([[log_normal(float(u), law.median, law.mean) for u in row] for row in draws])


@part
def read(rows: Floats, law: Law, u: float) -> int:
    """Return what ``duration`` says."""
    at = u * BINS
    row = rows[int(at)]
    place = 2.0 * (at - int(at)) - 1.0
    time = ((((row[5] * place + row[4]) * place + row[3]) * place + row[2]) * place + row[1]) * place + row[0]
    whole = int(time)
    if whole > 0 and _SURE_MS < time - whole < 1.0 - _SURE_MS:
        return whole
    return duration(law, u)
