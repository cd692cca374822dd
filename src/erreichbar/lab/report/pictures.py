"""The result as pictures (SVG): readable in greyscale, with title and description, all numbers in the tables beside them.

Lengths are in units of a picture 360 wide, as wide as a telephone, so that words stay readable there.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import accumulate, pairwise
from textwrap import wrap

from erreichbar.lab.experiment.result import Comparison, Estimate
from erreichbar.lab.experiment.shown import SERVED, UNDISTURBED
from erreichbar.lab.report import tables, words
from erreichbar.lab.report.words import number
from erreichbar.office.text import Text

WIDE = 360
LETTERS = 46
"""So many letters of words fit beside a mark."""
_INK, _LINE, _FILL = "#1a1a1a", "#8a8a8a", "#5b5b5b"
_SHADES = ("#ffffff", "#e4e4e4", "#c4c4c4", "#9c9c9c", "#6b6b6b", "#3d3d3d", "#111111")
_DARK = 4
"""From this shade on, words on it are white."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def served_against_undisturbed(found: Comparison, language: str) -> str:
    """Return matters served in time (up) against undisturbed work (right), a number in a circle for each model; "" if unknown."""
    served, undisturbed = found.row(SERVED), found.row(UNDISTURBED)
    points = [
        (place, model.name == found.baseline, x, y)
        for place, model in enumerate(found.models, 1)
        if (x := undisturbed.cells[model.name].estimate) and (y := served.cells[model.name].estimate)
    ]
    if not points:
        return ""
    wide, high = words.scale(undisturbed, found).factor, words.scale(served, found).factor
    across = _ticks([end * wide for _, _, x, _ in points for end in _ends(x)])
    up = _ticks([end * high for _, _, _, y in points for end in _ends(y)])
    left, top, right, bottom = box = (44.0, 28.0, WIDE - 22.0, 278.0)

    def right_of(value: float) -> float:
        return left + (value - across[0]) / (across[-1] - across[0]) * (right - left)

    def above(value: float) -> float:
        return bottom - (value - up[0]) / (up[-1] - up[0]) * (bottom - top)

    body = [*_axes(box, [(right_of(x), x) for x in across], [(above(y), y) for y in up], language)]
    unit = words.unit(undisturbed, found, language)
    body.append(_text((left + right) / 2, bottom + 36, f"{words.name(undisturbed, language)}, {unit} →", "middle"))
    body.append(_text(0, 10, f"↑ {words.name(served, language)}, %"))
    for place, is_baseline, x, y in points:
        low, far = (right_of(end * wide) for end in _ends(x))
        foot, top_end = (above(end * high) for end in _ends(y))
        middle, level = right_of(x.value * wide), above(y.value * high)
        body.append(
            f'<path d="M{low:.1f} {level:.1f}H{far:.1f}M{middle:.1f} {foot:.1f}V{top_end:.1f}" stroke="{_INK}"/>'
        )
        body.append(_mark(middle, level, place, is_baseline))
    row = bottom + 58
    for place, (model, title) in enumerate(zip(found.models, tables.titles(found, language), strict=True), 1):
        body.append(_mark(11, row - 4, place, model.name == found.baseline))
        for said in wrap(title, LETTERS):
            body.append(_text(28, row, said))
            row += 16
        row += 6
    head = Text("Rechtzeitig bedient gegen ungestörte Fallarbeit", "Served in time against undisturbed case work")
    desc = Text(
        "Jede Zahl ist ein Zugangsmodell mit seinem Vertrauensbereich; weiter oben und weiter rechts ist besser. Das Vergleichsmodell "
        "ist dunkel und eckig. Alle Werte stehen in der Tabelle.",
        "Each number is an access model with its interval; further up and further right is better. The baseline is dark and square. "
        "All values stand in the table.",
    )
    return _svg("served", head.in_(language), desc.in_(language), row, body)


def course(found: Comparison, language: str) -> str:
    """Return the calls of a working day by half hour, a small picture for each model: offered as outline, answered filled."""
    per = 1 / max(1, found.working_days * found.replications)
    used = [n for n in range(48) if any(one.offered[n] for one in found.course.values())]
    if not used:
        return ""
    first, last = used[0], used[-1] + 1
    most = _ticks([0.0, *(max(one.offered) * per for one in found.course.values())], 3)
    left, high, gap = 34.0, 92.0, 46.0
    step = (WIDE - left - 8) / (last - first)
    body = [
        f'<rect x="0.5" y="0.5" width="12" height="12" fill="{_FILL}"/>',
        _text(18, 11, Text("angenommen", "answered").in_(language)),
        f'<rect x="120.5" y="0.5" width="12" height="12" fill="#fff" stroke="{_INK}"/>',
        _text(
            138,
            11,
            Text("angeboten, je halbe Stunde und Arbeitstag", "offered, by half hour and working day").in_(language),
        ),
    ]
    top = 46.0
    for model, title in zip(found.models, tables.titles(found, language), strict=True):
        *above, lowest = wrap(title, LETTERS)
        for said in above:
            body.append(_text(0, top - 8, said, weight="bold"))
            top += 16
        body.append(_text(0, top - 8, lowest, weight="bold"))
        box = (left, top, WIDE - 8.0, top + high)
        across = [(left + (n - first) * step, n / 2) for n in range(first, last + 1) if n % 4 == 0]
        body += _axes(box, across, [(top + high - value / most[-1] * high, value) for value in most], language)
        one = found.course[model.name]
        for n in range(first, last):
            x = left + (n - first) * step
            for counts, look in (
                (one.offered, f'fill="#fff" stroke="{_INK}"'),
                (one.answered, f'fill="{_FILL}"'),
            ):
                tall = counts[n] * per / most[-1] * high
                body.append(
                    f'<rect x="{x:.1f}" y="{top + high - tall:.1f}" width="{step:.1f}" height="{tall:.1f}" {look}/>'
                )
        top += high + gap
    head = Text("Der Lauf des Tages: Anrufe je halbe Stunde", "The course of the day: calls by half hour")
    desc = Text(
        "Für jedes Zugangsmodell ein Bild: umrandet die angebotenen, gefüllt die angenommenen Anrufe eines Arbeitstags, über der "
        "Uhrzeit. Alle Werte stehen in der Tabelle.",
        "A picture for each access model: outlined the offered, filled the answered calls of a working day, by time of day. All values "
        "stand in the table.",
    )
    return _svg("course", head.in_(language), desc.in_(language), top - 18, body)


def waits(found: Comparison, language: str) -> str:
    """Return how long offered calls wait, a bar for each model."""
    caption = tables.waits(found, language).caption
    counts = {model: tuple(each) for model, each in found.waits.items()}
    return _bars(found, "waits", caption, tables.wait_classes(language), counts, language)


def served_after(found: Comparison, language: str) -> str:
    """Return how long it takes until matters are served, a bar for each model; "" if matters are not recorded."""
    caption = tables.served_after(found, language).caption
    counts = {model: each or () for model, each in found.served_after.items()}
    return _bars(found, "served-after", caption, tables.served_classes(language), counts, language)


def _bars(
    found: Comparison, id: str, caption: str, classes: Sequence[str], counts: dict[str, tuple[int, ...]], language: str
) -> str:
    if not any(sum(each) for each in counts.values()):
        return ""
    shades = _shades(len(classes))
    body, top = list[str](), 0.0
    for place, (said, shade) in enumerate(zip(classes, shades, strict=True)):
        x, y = place % 3 * 118.0, 4.0 + place // 3 * 20
        body.append(f'<rect x="{x + 1:.0f}" y="{y:.0f}" width="13" height="13" fill="{shade}" stroke="{_INK}"/>')
        body.append(_text(x + 20, y + 11, said))
        top = y + 20
    for model, title in zip(found.models, tables.titles(found, language), strict=True):
        for said in wrap(title, LETTERS):
            body.append(_text(0, top + 18, said, weight="bold"))
            top += 16
        top -= 16
        all_ = sum(counts[model.name]) or 1
        ends = [end / all_ * (WIDE - 2) for end in accumulate(counts[model.name], initial=0)]
        for place, ((start, end), shade) in enumerate(zip(pairwise(ends), shades, strict=False)):
            body.append(
                f'<rect x="{start + 1:.1f}" y="{top + 24:.1f}" width="{end - start:.1f}" height="22" fill="{shade}" stroke="{_INK}"/>'
            )
            part = f"{number(100 * counts[model.name][place] / all_, 0, language)} %"
            if end - start > 9 * len(part):
                ink = "#fff" if _SHADES.index(shade) >= _DARK else _INK
                body.append(_text((start + end) / 2 + 1, top + 39, part, "middle", ink=ink))
        top += 52
    desc = Text(
        "Ein Balken für jedes Zugangsmodell, von kurz (hell) nach lang (dunkel). Alle Werte stehen in der Tabelle.",
        "A bar for each access model, from short (light) to long (dark). All values stand in the table.",
    )
    return _svg(id, caption, desc.in_(language), top, body)


def _shades(count: int) -> tuple[str, ...]:
    """Return so many shades from light to dark, as far apart as they can be."""
    return tuple(_SHADES[round(place * (len(_SHADES) - 1) / max(1, count - 1))] for place in range(count))


def _axes(
    box: Box, across: Iterable[tuple[float, float]], up: Iterable[tuple[float, float]], language: str
) -> Iterator[str]:
    left, top, right, bottom = box
    yield f'<path d="M{left:.1f} {top:.1f}V{bottom:.1f}H{right:.1f}" fill="none" stroke="{_INK}"/>'
    for x, value in across:
        yield f'<path d="M{x:.1f} {bottom:.1f}v4" stroke="{_INK}"/>'
        yield _text(x, bottom + 17, _short(value, language), "middle")
    for y, value in up:
        yield f'<path d="M{left:.1f} {y:.1f}H{right:.1f}" stroke="{_LINE}" stroke-width=".5"/>'
        yield _text(left - 5, y + 4, _short(value, language), "end")


def _short(value: float, language: str) -> str:
    digits = 0 if value == round(value) else 1 if abs(value * 10 - round(value * 10)) < 1e-6 else 2
    return number(value, digits, language)


def _ends(one: Estimate) -> tuple[float, float]:
    if one.low is None or one.high is None:
        return one.value, one.value
    return one.low, one.high


def _ticks(values: Sequence[float], about: int = 5) -> list[float]:
    """Return round numbers at equal distances that span the values, about so many steps."""
    low, high = min(values), max(values)
    if high - low < 1e-9:
        low, high = low - max(0.5, abs(low) * 0.05), high + max(0.5, abs(high) * 0.05)
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    return [n * step for n in range(math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9) + 1)]


def _mark(x: float, y: float, place: int, is_baseline: bool) -> str:
    if is_baseline:
        shape = f'<rect x="{x - 9:.1f}" y="{y - 9:.1f}" width="18" height="18" fill="{_INK}"/>'
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="#fff" stroke="{_INK}" stroke-width="1.5"/>'
    return shape + _text(x, y + 4, str(place), "middle", ink="#fff" if is_baseline else _INK, weight="bold")


def _text(x: float, y: float, said: str, anchor: str = "start", *, ink: str = _INK, weight: str = "normal") -> str:
    look = f'text-anchor="{anchor}" fill="{ink}" font-weight="{weight}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(said)}</text>'


def _svg(id: str, title: str, desc: str, high: float, body: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="img" aria-labelledby="{id}-title {id}-desc" '
        f'viewBox="0 0 {WIDE} {high:.0f}" font-family="sans-serif" font-size="12">'
    )
    said = f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-desc">{escape(desc)}</desc>'
    return "\n".join((head + said, *body, "</svg>"))
