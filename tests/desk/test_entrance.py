"""Coming in: by name and password, by taking a seat (in the demo only), and again after being away."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from erreichbar.centre import actions
from erreichbar.centre.models import Command

Open = Callable[..., Any]
PASSWORD = "ein-langes-Passwort"


@pytest.fixture
def stranger(house: Any) -> Client:
    """Somebody with a password who is not signed in."""
    house.do(actions.AddUser, person="lange", password=PASSWORD)
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def in_the_demo(settings: Any) -> None:
    settings.ERREICHBAR_DEMO = True


def signs_in(browser: Client, **typed: str) -> Any:
    return browser.post("/sign-in", {"username": "lange", "password": PASSWORD, **typed})


def test_name_and_password_lead_to_ones_desk(stranger: Client) -> None:
    assert stranger.get("/").headers["Location"] == "/sign-in"
    answer = stranger.post("/sign-in", {"username": "lange", "password": PASSWORD}, follow=True)
    assert [address for address, _ in answer.redirect_chain] == ["/", "/tickets"]


def test_a_wrong_password_is_said_and_the_name_stays(stranger: Client) -> None:
    answer = signs_in(stranger, password="falsch")
    page = answer.content.decode()
    assert "Name and password do not fit together." in page and 'value="lange"' in page
    assert "falsch" not in page and stranger.get("/tickets").status_code == 302


def test_after_signing_in_one_goes_on_where_one_wanted(stranger: Client) -> None:
    asked = stranger.get("/tickets?unit=benefits-1")
    assert asked.headers["Location"] == "/sign-in?next=%2Ftickets%3Funit%3Dbenefits-1"
    page = stranger.get(asked.headers["Location"]).content.decode()
    assert 'name="next" value="/tickets?unit=benefits-1"' in page and "You were signed out" not in page
    assert signs_in(stranger, next="/tickets?unit=benefits-1").headers["Location"] == "/tickets?unit=benefits-1"


def test_nobody_is_led_elsewhere(stranger: Client) -> None:
    assert signs_in(stranger, next="https://example.org/").headers["Location"] == "/"


@pytest.mark.parametrize(("name", "desk"), [
    ("arslan", "/conversation"), ("lange", "/tickets"), ("roth", "/duty"), ("kaminski", "/tickets"),
])  # fmt: skip
def test_everybody_comes_to_her_own_desk(house: Any, window: Open, name: str, desk: str) -> None:
    assert window(name).get("/").headers["Location"] == desk


@pytest.mark.parametrize("role", ["manager", "auditor", "admin"])
def test_who_looks_after_the_house_sees_how_it_stands(house: Any, window: Open, role: str) -> None:
    person = next(one for one in house.office.people.values() if one.role == role)
    page = window(person.id).see("/")
    assert "the chain is whole" in page and "not running" in page
    assert "Recognisable callback" in page or house.office.name in page


# -- away and back ------------------------------------------------------------------------------------------------------


def test_who_was_signed_out_is_told_so(stranger: Client, window: Open) -> None:
    browser = window("lange")
    browser.session.flush()
    answer = browser.get("/tickets")
    assert answer.headers["Location"] == "/sign-in?expired=1&next=%2Ftickets"
    assert "You were signed out. Please sign in again" in stranger.get(answer.headers["Location"]).content.decode()


def test_a_part_of_a_page_takes_its_page_to_sign_in(stranger: Client) -> None:
    answer = stranger.get(
        "/tickets/part", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/tickets?unit=benefits-1"}
    )
    assert (answer.status_code, answer.content) == (204, b""), "no page inside a page"
    assert answer.headers["HX-Redirect"] == "/sign-in?expired=1&next=%2Ftickets%3Funit%3Dbenefits-1"


def test_a_form_sent_too_late_leads_in_but_not_to_what_cannot_be_fetched(stranger: Client) -> None:
    assert stranger.post("/conversation/search", {}).headers["Location"] == "/sign-in"
    assert stranger.post("/sign-out").headers["Location"] == "/"


def test_a_page_knows_where_to_go_when_it_is_signed_out(house: Any, window: Open) -> None:
    assert 'data-away="/sign-in?expired=1&amp;next=%2Ftickets"' in window("lange").see("/tickets")


# -- the seats of the demo ----------------------------------------------------------------------------------------------


def test_outside_the_demo_there_are_no_seats(house: Any, client: Client) -> None:
    assert client.get("/seats").status_code == 404
    assert client.post("/seats", {"person": "lange"}).status_code == 404
    assert client.get("/tickets").status_code == 302, "and nobody sits"


def test_in_the_demo_anybody_sits_down_anywhere(house: Any, in_the_demo: None, client: Client) -> None:
    assert client.get("/").headers["Location"] == "/seats"
    page = client.get("/seats").content.decode()
    assert set(re.findall(r'name="person" value="(\w+)"', page)) == set(house.office.people)
    assert client.post("/seats", {"person": "arslan"}, follow=True).redirect_chain[-1][0] == "/conversation"
    assert list(Command.objects.values_list("user__username", "kind")) == [("arslan", "take")]


def test_who_does_not_work_here_has_no_seat(house: Any, in_the_demo: None, client: Client) -> None:
    assert client.post("/seats", {"person": "nobody"}).status_code == 404


def test_who_stands_up_in_the_demo_leaves_the_seat_to_a_colleague(house: Any, in_the_demo: None, window: Open) -> None:
    browser = window("arslan")
    assert browser.post("/sign-out").headers["Location"] == "/"
    assert list(Command.objects.values_list("user__username", "kind")) == [("arslan", "hand_over")]
    assert browser.cookies["sessionid"].value == "", "nothing is left of it"


def test_a_new_demo_asks_who_was_there_before_to_sit_down_again(house: Any, in_the_demo: None, window: Open) -> None:
    browser = window("arslan")
    browser.session.flush()
    answer = browser.get("/conversation", follow=True)
    assert answer.redirect_chain[-1][0] == "/seats?expired=1"
    assert "Please take a seat again." in answer.content.decode()
