"""Results as pictures, tables and one page: everything said, nothing made up, nothing needed from elsewhere."""

import csv
import io
import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from erreichbar import access
from erreichbar.figures.figure import Unit
from erreichbar.lab.experiment.result import Cell, Comparison, Estimate
from erreichbar.lab.experiment.running import Experiment, run
from erreichbar.lab.experiment.shown import SERVED
from erreichbar.lab.report import page, pictures, tables, terminal, words
from erreichbar.lab.report.pictures import _ticks
from tests.lab.conftest import MODELS
from tests.lab.experiment.fake import played

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = (pictures.served_against_undisturbed, pictures.course, pictures.waits, pictures.served_after)
EMPTY = ("img", "br", "meta", "link", "rect", "path", "circle")


def unrecorded(found: Comparison) -> Comparison:
    """The same without matters and working time, as of an engine that does not know them."""
    bare = {model: Cell(None) for model in MODELS}
    rows = tuple(
        replace(row, recorded=False, cells=bare) if row.name.startswith(("served", "undisturbed", "euros")) else row
        for row in found.rows
    )
    none = dict.fromkeys(MODELS)
    return replace(found, rows=rows, groups=(), worst=none, served_after=none)


class Elements(HTMLParser):
    """Collects what a page holds, and finds what is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_figure_has_its_name_and_its_unit(found: Comparison) -> None:
    for row in found.rows:
        for language in ("de", "en"):
            assert words.name(row, language)
            assert words.unit(row, found, language) or row.unit is Unit.RATIO
    share = found.row(SERVED)
    assert words.unit(share, found, "de", difference=True) == "Prozentpunkte"


@pytest.mark.parametrize(
    ("value", "digits", "language", "said"),
    [(1234.56, 1, "de", "1.234,6"), (1234.56, 1, "en", "1,234.6"), (-0.01, 1, "de", "0,0"), (-5, 0, "en", "−5")],
)
def test_numbers_are_written_as_they_are_read(value: float, digits: int, language: str, said: str) -> None:
    assert words.number(value, digits, language) == said


def test_a_value_stands_with_its_interval_and_what_is_unknown_is_a_dash() -> None:
    percent = words.Scale(words.NAMES[SERVED], 100, 1)
    assert words.estimate(Estimate(0.5, 0.4, 0.6), percent, "de") == "50,0 [40,0; 60,0]"
    assert words.estimate(Estimate(0.014, -0.002, 0.03), percent, "en", sign=True) == "+1.4 [−0.2; +3.0]"
    assert words.estimate(Estimate(0.5), percent, "de") == "50,0"
    assert words.estimate(None, percent, "de") == "–"


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_picture_says_what_it_is_and_stays_within_its_frame(
    found: Comparison, picture: Callable[[Comparison, str], str], language: str
) -> None:
    root = ElementTree.fromstring(picture(found, language))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and desc is not None and title.text and desc.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    _, _, wide, high = (float(number) for number in (root.get("viewBox") or "").split())
    for rect in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.get(key) or 0) for key in ("x", "y", "width", "height"))
        assert x >= 0 and x + w <= wide and y >= 0 and y + h <= high
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    for model in found.models:
        said = " ".join(texts)
        assert all(word in said for word in model.title.in_(language).split())


def test_points_lie_where_their_values_are(found: Comparison) -> None:
    root = ElementTree.fromstring(pictures.served_against_undisturbed(found, "de"))
    # First the marks in the picture, then those of the legend; the baseline's is a square.
    circles = [(float(c.get("cx") or 0), float(c.get("cy") or 0)) for c in root.iter(f"{SVG}circle")][:2]
    [square] = [(float(r.get("x") or 0) + 9, float(r.get("y") or 0) + 9) for r in root.iter(f"{SVG}rect")][:1]
    heights = [-y for _, y in (square, *circles)]
    served = [cell.estimate.value for cell in found.row(SERVED).cells.values() if cell.estimate]
    ups = [b - a for a, b in itertools.pairwise(heights)]
    rises = [b - a for a, b in itertools.pairwise(served)]
    assert ups[0] / ups[1] == pytest.approx(rises[0] / rises[1], rel=0.02)


def test_a_bar_is_everything(found: Comparison) -> None:
    root = ElementTree.fromstring(pictures.waits(found, "de"))
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("height") == "22"]
    classes = len(found.waits[MODELS[0]])
    assert len(bars) == classes * len(MODELS)
    wide = sum(float(bar.get("width") or 0) for bar in bars[:classes])
    assert wide == pytest.approx(pictures.WIDE - 2, abs=0.5)


def test_ticks_are_round_and_span_what_there_is() -> None:
    assert _ticks([0.13, 0.87]) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    assert _ticks([37.2, 38.4]) == pytest.approx([37, 37.5, 38, 38.5])
    ticks = _ticks([5.0, 5.0])
    assert ticks[0] < 5 < ticks[-1]


def test_a_table_beside_each_picture_adds_up(found: Comparison) -> None:
    table = tables.waits(found, "en")
    for place in range(len(MODELS)):
        assert sum(float(line.cells[place]) for line in table.lines) == pytest.approx(100, abs=0.5)
    course = tables.course(found, "en")
    answered, offered = (sum(float(line.cells[0].split(" / ")[side]) for line in course.lines) for side in (0, 1))
    per_day = found.row("offered").cells[MODELS[0]].numerator or 0
    assert offered == pytest.approx(per_day / 6 / found.working_days, abs=1)
    assert answered < offered


def test_figures_stand_with_definition_raw_counts_and_differences(found: Comparison) -> None:
    row = found.row(SERVED)
    [line] = tables.figures(found, [row], "x", "de").lines
    assert line.note == row.definition.de
    cell = row.cells[MODELS[0]]
    said = [words.number(count or 0, 0, "de") for count in (cell.numerator, cell.denominator)]
    assert line.raws[0] == " von ".join(said)
    [difference] = tables.differences(found, [row], "x", "de").lines
    assert len(difference.cells) == len(MODELS) - 1
    assert all(said.startswith("+") for said in difference.cells)
    models = tables.by_model(found, [row], "x", "de", differences=True).lines
    assert [line.cells[0] for line in models] == list(difference.cells)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("wait_mean", r"n = [\d,]+"),
        ("offered", r"[\d,]+"),
        ("undisturbed_work", r"[\d,]+ of [\d,]+ h"),
        ("interruptions", r"\d+ in [\d,]+ h"),
        ("presence_agent_centre", r"[\d,]+ h"),
        ("time_case_worker_call", r"\d+ of [\d,]+ h"),
        ("wait_p90", ""),
        ("euros_centre", ""),
    ],
)
def test_raw_counts_are_told_in_what_they_count(found: Comparison, name: str, said: str) -> None:
    [line] = tables.figures(found, [found.row(name)], "x", "en").lines
    assert re.fullmatch(said, line.raws[0])


def test_the_worst_served_group_has_its_bound_and_its_name(found: Comparison) -> None:
    worst = found.worst[MODELS[0]]
    assert worst is not None and worst.lower is not None
    said = tables.groups(found, "de").lines[-1].cells[0]
    assert said == f"{words.number(worst.lower * 100, 1, 'de')} % ({worst.title.de})"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_needs_nothing_from_elsewhere(found: Comparison, language: str) -> None:
    text = page.html(found, language)
    seen = Elements(text.removeprefix("<!doctype html>")).seen
    assert not [tag for tag, _ in seen if tag in ("script", "link", "img", "iframe")]
    assert not [(tag, told) for tag, told in seen if {"src", "href"} & set(told)]
    assert "url(" not in text and "@import" not in text
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text)
    ids = [told["id"] for _, told in seen if "id" in told]
    assert len(ids) == len(set(ids))
    named = {one for _, told in seen for one in (told.get("aria-labelledby") or "").split()}
    assert named <= set(ids)
    assert len([tag for tag, _ in seen if tag == "svg"]) == len(PICTURES)
    for one in found.assumptions:
        assert one.name in text
    assert found.office.digest in text and str(found.seed) in text and found.versions["sources"] in text
    assert page.command(found) in text


def test_what_is_not_recorded_is_said_and_not_drawn(found: Comparison) -> None:
    bare = unrecorded(found)
    assert pictures.served_against_undisturbed(bare, "de") == pictures.served_after(bare, "de") == ""
    text = page.html(bare, "de")
    Elements(text.removeprefix("<!doctype html>"))
    assert tables.UNKNOWN.de in text and "Rechtzeitig bedient;" in text
    assert f"{tables.UNKNOWN.de}: Rechtzeitig bedient;" in terminal.text(bare, "de")
    assert tables.groups(bare, "de").lines == ()


def test_the_terminal_says_figures_differences_and_what_they_claim(found: Comparison) -> None:
    for language in ("de", "en"):
        text = terminal.text(found, language)
        assert words.NAMES[SERVED].in_(language) in text and page.CLAIMS.in_(language) in text
        for model in found.models:
            difference = found.row(SERVED).cells[model.name].difference
            percent = words.scale(found.row(SERVED), found)
            assert difference is None or words.estimate(difference, percent, language, sign=True) in text
    assert "Erreichbarkeit" in terminal.first(found, "de")


def test_the_file_holds_every_figure_of_every_model(found: Comparison) -> None:
    lines = list(csv.DictReader(io.StringIO(tables.as_csv(found))))
    assert len(lines) == len(found.rows) * len(MODELS)
    [line] = [one for one in lines if (one["model"], one["figure"]) == (MODELS[1], SERVED)]
    cell = found.row(SERVED).cells[MODELS[1]]
    assert cell.estimate is not None and cell.difference is not None
    assert float(line["value"]) == cell.estimate.value and float(line["difference_low"]) == cell.difference.low
    assert int(line["denominator"]) == cell.denominator


def test_the_command_asks_the_same_again(found: Comparison, asked: Experiment) -> None:
    said = "erreichbar lab compare service-centre transfer-once phone-hours-daily --office as-contracted --days 14"
    assert page.command(found) == f"{said} --replications 6 --seed 1"
    assert "--precision 2% " in page.command(replace(found, precision=0.02))
    assert "--precision 0.25% " in page.command(replace(found, precision=0.0025))


def test_one_model_alone_and_ten_are_told(asked: Experiment) -> None:
    alone = run(replace(asked, models=asked.models[:1], days=2, replications=2), played)
    assert "Unterschied" not in page.html(alone, "de")
    nine = tuple(access.load(name) for name in access.names())
    Elements(page.html(run(replace(asked, models=nine, days=2, replications=2), played), "en"))


def test_an_office_is_called_by_its_own_name(found: Comparison) -> None:
    assert words.office(found, "en") == "Default office, as contracted"
    audited = replace(found, office=replace(found.office, name="as-audited"))
    assert words.office(audited, "de") == "Muster-Amt, wie geprüft"
    ours = replace(found, office=replace(found.office, name="rhein"))
    assert words.office(ours, "de") == "rhein: Muster-Amt, wie vereinbart"
