"""The tools that the tests stand on find what they are to find: a barrier, a browser without the network, a database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

GOOD = '<!doctype html><html lang="de"><head><title>Gut</title></head><body><main><h1>Gut</h1></main></body></html>'
BAD = '<!doctype html><html lang="de"><head><title>Schlecht</title></head><body><main><img src="x.png"></main></body></html>'


@pytest.mark.browser
def test_a_page_without_barriers_passes_and_one_with_a_barrier_does_not(
    browser: Any, axe: Callable[[Any], None]
) -> None:
    page = browser.new_page()
    page.set_content(GOOD)
    axe(page)
    page.set_content(BAD)
    with pytest.raises(AssertionError, match=r"image-alt.*"):
        axe(page)


@pytest.mark.browser
def test_the_browser_writes_with_the_brought_fonts(browser: Any, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 200, "height": 60})
    pictures = []
    for text in ("Erreichbar", "Besetzt"):
        page.set_content(f'<p style="font: 30px sans-serif">{text}</p>')
        pictures.append(page.screenshot())
    assert pictures[0] != pictures[1], "without a font both words would be the same empty picture"


@pytest.mark.postgres
def test_postgresql_answers(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("select current_setting('server_encoding')").fetchone()
    assert row == ("UTF8",)
