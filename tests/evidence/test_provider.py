"""The page of a provider's figures: each with its definition, its raw counts and the mark that we did not count it."""

from typing import Any

import pytest
from django.test import Client

from erreichbar import office as offices
from erreichbar.centre.models import User
from erreichbar.desk import catalogue
from erreichbar.intake.figures import take_figures_table
from tests.house import House, StandingClock

MARK = "vom Anbieter gemeldet, nicht von uns gezählt"


@pytest.fixture
def house(db: None, standing: StandingClock, settings: Any, tmp_path: Any) -> House:
    catalogue.compiled()
    settings.RUN_FOLDER = tmp_path
    return House(offices.demo(), standing).opens_for_business()


def window(username: str, language: str = "de") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(User.objects.get(username=username))
    return client


def somebody(house: House, role: str) -> str:
    return next(person.id for person in house.office.people.values() if person.role == role)


def report(*lines: str) -> None:
    text = "\n".join(["interval;offered;answered;abandoned;answered_within;within_s;mean_wait_s", *lines])
    list(take_figures_table(text.encode(), organisation="service-centre"))


def see(house: House, role: str = "auditor", address: str = "/provider", language: str = "de") -> str:
    answer = window(somebody(house, role), language).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_each_figure_has_its_definition_counts_and_mark(house: House) -> None:
    report("2026-03-03;100;80;15;60;20;30", "2026-03-04;50;45;5;;;")
    page = see(house)
    assert page.count(MARK) >= 3
    for said in (
        "83,3 %",
        "125 von 150",
        "60 von 100",
        "Angenommene Anrufe geteilt durch alle, die ankamen",
        "80 Anrufe",
    ):
        assert said in page, said
    assert "Wir haben in diesen Zeiten keinen eigenen Anruf gezählt" in page
    assert "reported by the provider, not counted by us" in see(house, language="en")


def test_where_we_counted_too_both_stand_side_by_side(house: House) -> None:
    call = house.talks()
    house.hangs_up(call)
    house.clock.set("2026-03-06T10:00:00+01:00")
    report("2026-03-05;100;80;15;;;")
    page = see(house)
    assert "Von uns in denselben Zeiten gezählt" in page and "1 von 1" in page and "80 von 100" in page
    assert "180" not in page and "101" not in page


def test_a_correction_counts_and_the_earlier_version_stays(house: House) -> None:
    report("2026-03-03;100;80;15;;;")
    report("2026-03-03;100;70;15;;;")
    page = see(house)
    assert "70 von 100" in page and "80 von 100" not in page
    assert "Vom Anbieter berichtigt" in page and "1 berichtigt" in page


def test_days_can_be_chosen_and_nonsense_is_as_none(house: House) -> None:
    report("2026-03-03;100;80;15;;;", "2026-03-04;50;45;5;;;")
    assert "45 von 50" in see(house, address="/provider?from=2026-03-04&until=2026-03-04")
    assert "125 von 150" in see(house, address="/provider?from=x&until=&of=nobody")
    assert "Für diese Tage wurde nichts gemeldet" in see(house, address="/provider?from=2025-01-01&until=2025-01-02")


def test_an_empty_page_says_what_will_stand_there(house: House) -> None:
    assert "Noch keine Organisation hat Zahlen gemeldet." in see(house)


@pytest.mark.parametrize(
    ("role", "status"),
    [("auditor", 200), ("manager", 200), ("team_leader", 200), ("agent", 403), ("case_worker", 403), ("admin", 403)],
)
def test_who_sees_it(house: House, role: str, status: int) -> None:
    assert window(somebody(house, role)).get("/provider").status_code == status
    assert Client().get("/provider").status_code == 302
