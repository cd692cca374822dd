"""The page of a provider's figures in the browser, searched for barriers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.desk.browser.conftest import Shown
from tests.desk.demo import Demo
from tests.desk.keyboard import FIRST, first

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_what_a_provider_reported_is_seen_with_its_mark(house: Demo, window: Callable[..., Any], check: Shown) -> None:
    today = datetime.now(UTC).date()
    rows = [
        f"{today - timedelta(days=ago)};{900 + ago};{700 - ago};{150 + ago};{500 - ago};20;45;190"
        for ago in range(1, 15)
    ]
    corrected = rows[3].replace(";904;", ";924;")
    table = house.folder / "figures.csv"
    for lines in (rows, [corrected]):
        head = "interval;offered;answered;abandoned;answered_within;within_s;mean_wait_s;mean_talk_s"
        table.write_text("\n".join([head, *lines]), "utf-8")
        house.run(
            "-m", "erreichbar.cli", "intake", "figures", str(table), "--organisation", "service-centre",
            "--db", "var/demo/erreichbar.sqlite3",
        )  # fmt: skip
    page = window(FIRST)
    page.goto("/seats")
    auditor = next(person.name for person in house.callers.office.people.values() if person.role == "auditor")
    page.get_by_role("button", name=auditor, exact=True).click()
    page.get_by_role("link", name=first("Figures of the provider")).click()
    page.get_by_text(first("Corrected by the provider")).wait_for()
    check(page, "provider")
