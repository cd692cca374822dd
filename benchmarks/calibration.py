"""How often does come what the forecast calls probable? On an office that follows the model, and on three that do not.

The offices are those of ``tests/promise/calibration.py``. Prints a table by tenths of probability, and the Brier score beside that of
the base rate, the share that came: known only afterwards, so a strict peer.

    python benchmarks/calibration.py [--desks 4000] [--futures 1000] [--write]

``--write`` puts table and diagram into ``docs/algorithms``; the same numbers give the same files.
"""

import argparse
import sys
import time
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.promise.calibration import OFFICES, PARTS, Outcome, Tenth, brier, play, tenths

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/algorithms/forecast.md"
DIAGRAM = ROOT / "docs/algorithms/forecast-calibration.svg"
BEGIN, END = "<!-- calibration: benchmarks/calibration.py --write -->", "<!-- /calibration -->"
ENOUGH = 1000
"""So many tickets every tenth is to have."""
SHAPES = {"model": "circle", "tail": "square", "longer": "triangle", "days": "diamond"}
COLOURS = {"model": "#0b5c2e", "tail": "#8a4b00", "longer": "#a3123f", "days": "#1d4f91"}
SIDE, GAP, TOP = 260, 60, 50


def main() -> None:
    """Measure, print, and write if asked to; exit 1 if a tenth has too few tickets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--desks", type=int, default=4000)
    parser.add_argument("--futures", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    start = time.process_time()
    outcome = play(chosen.desks, chosen.futures, seed=11)
    print(
        f"{len(outcome.said)} tickets of {chosen.desks} desks, {chosen.futures} futures: {time.process_time() - start:.0f} s"
    )
    found = {(office, part): tenths(outcome, office, part) for office in OFFICES for part in range(3)}
    text = table(outcome, found)
    print(text)
    if chosen.write:
        page = PAGE.read_text("utf-8")
        before, after = page[: page.index(BEGIN) + len(BEGIN)], page[page.index(END) :]
        PAGE.write_text(f"{before}\n{text}\n{after}", "utf-8")
        DIAGRAM.write_text(diagram(found), "utf-8")
    few = [key for key, these in found.items() if any(one is None or one.number < ENOUGH for one in these)]
    if few:
        sys.exit(f"Not every tenth has {ENOUGH} tickets: {few}. Take more desks.")


def table(outcome: Outcome, found: dict[tuple[str, int], list[Tenth | None]]) -> str:
    """Return the tables in Markdown: by tenths, and the Brier scores."""
    lines = [
        f"{len(outcome.said):,} tickets, {outcome.futures:,} futures. What came of those of whom so much was said, in percent:"
    ]
    for part, name in enumerate(PARTS):
        lines += [
            "",
            f"| {name} in time: tickets | said | {' | '.join(OFFICES)} |",
            "|" + " ---: |" * (2 + len(OFFICES)),
        ]
        for number in range(10):
            first = found["model", part][number]
            if first is None:
                lines.append(f"| 0 | | {' | '.join('' for _ in OFFICES)} |")
                continue
            cells = [_cell(found[office, part][number]) for office in OFFICES]
            lines.append(f"| {first.number:,} | {100 * first.said:.1f} | {' | '.join(cells)} |")
    lines += ["", "| Brier score (base rate) | " + " | ".join(PARTS) + " |", "| --- |" + " ---: |" * 3]
    for office, (said, _) in OFFICES.items():
        scores = (brier(outcome, office, part) for part in range(3))
        lines.append(f"| `{office}`: {said} | " + " | ".join(_score(*one) for one in scores) + " |")
    return "\n".join(lines)


def _cell(tenth: Tenth | None) -> str:
    return f"{100 * tenth.came:.1f} ({tenth.deviations:+.1f})" if tenth else ""


def _score(ours: float, base: float) -> str:
    # Where all tickets came alike the base rate is never wrong, and there is nothing to compare with.
    return f"{ours:.3f} ({base:.3f})" if base else f"{ours:.3f} (all alike)"


def diagram(found: dict[tuple[str, int], list[Tenth | None]]) -> str:
    """Return the reliability diagram as SVG: what came over what was said, one field a part, one sign an office."""
    wide, high = GAP + 3 * (SIDE + GAP), TOP + SIDE + GAP + 24 * len(OFFICES)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" font-family="sans-serif" font-size="13">',
        "<title>Reliability of the forecast</title>",
        "<desc>What came over what was said, by tenths. On the diagonal both are equal. As a table: forecast.md.</desc>",
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
    ]
    for part, name in enumerate(PARTS):
        left = GAP + part * (SIDE + GAP)
        parts.append(
            f'<text x="{left + SIDE / 2:g}" y="{TOP - 16}" text-anchor="middle" font-weight="bold">{name} in time</text>'
        )
        parts.append(f'<rect x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#444"/>')
        parts.append(f'<path d="M{left} {TOP + SIDE}L{left + SIDE} {TOP}" stroke="#444" stroke-dasharray="4 4"/>')
        for tick in (0, 0.5, 1):
            parts.append(
                f'<text x="{left + tick * SIDE:g}" y="{TOP + SIDE + 18}" text-anchor="middle">{tick:.0%}</text>'
            )
            parts.append(
                f'<text x="{left - 6}" y="{TOP + SIDE - tick * SIDE + 4:g}" text-anchor="end">{tick:.0%}</text>'
            )
        parts.append(f'<text x="{left + SIDE / 2:g}" y="{TOP + SIDE + 36}" text-anchor="middle">said</text>')
        for office in OFFICES:
            dots = [one for one in found[office, part] if one]
            at = [(left + one.said * SIDE, TOP + SIDE - one.came * SIDE) for one in dots]
            parts.append(
                f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in at)}" fill="none" stroke="{COLOURS[office]}"/>'
            )
            parts += [_sign(office, x, y) for x, y in at]
    for number, (office, (said, _)) in enumerate(OFFICES.items()):
        y = TOP + SIDE + GAP + 24 * number
        parts += [_sign(office, GAP + 6, y - 4), f'<text x="{GAP + 20}" y="{y}">{office}: {escape(said)}</text>']
    return "\n".join([*parts, "</svg>", ""])


def _sign(office: str, x: float, y: float) -> str:
    corners = {
        "circle": [],
        "square": [(-4, -4), (4, -4), (4, 4), (-4, 4)],
        "triangle": [(0, -5), (5, 4), (-5, 4)],
        "diamond": [(0, -6), (6, 0), (0, 6), (-6, 0)],
    }[SHAPES[office]]
    if not corners:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{COLOURS[office]}"/>'
    points = " ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in corners)
    return f'<polygon points="{points}" fill="{COLOURS[office]}"/>'


if __name__ == "__main__":
    main()
