"""What the check of the telephone makes of what Asterisk says."""

import dataclasses
from typing import Any

import pytest

from erreichbar import office as offices
from erreichbar.office.model import Trunk
from erreichbar.record.words import AttemptOutcome
from erreichbar.telephone.asterisk import check, outbound
from erreichbar.telephone.asterisk.check import Weight
from erreichbar.telephone.asterisk.conf import MODULES
from erreichbar.telephone.asterisk.settings import Foreign
from erreichbar.telephone.asterisk.talk import End

DEMO = offices.demo()
OFFICE = dataclasses.replace(
    DEMO, telephone=dataclasses.replace(DEMO.telephone, trunk=Trunk("127.0.0.1", 5060, "udp", None, None, False))
)


@pytest.mark.parametrize(
    ("said", "weight"),
    [
        ("Asterisk 22.10.1~dfsg", Weight.GOOD),
        ("Asterisk certified/22.8.0", Weight.GOOD),
        ("Asterisk 20.5.0", Weight.FAULT),
        ("error while loading shared libraries", Weight.FAULT),
        ("", Weight.FAULT),
    ],
)
def test_the_version(said: str, weight: Weight) -> None:
    assert check.version(said).weight is weight


def running(*without: str, also: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return [{"name": f"{name}.so", "status": "Running"} for name in (*MODULES, *also) if name not in without]


def test_all_modules_are_no_finding() -> None:
    assert list(check.modules(running())) == []


def test_a_codec_that_is_missing_is_named() -> None:
    (finding,) = check.modules(running("codec_alaw"))
    assert finding.weight is Weight.FAULT
    assert "alaw" in finding.text.en


def test_what_could_listen_in_is_a_fault() -> None:
    (finding,) = check.modules(running(also=("app_chanspy", "app_mixmonitor")))
    assert finding.weight is Weight.FAULT
    assert "app_mixmonitor, app_chanspy" in finding.text.de
    assert "§ 201 StGB" in finding.text.de


def endpoints(**states: str) -> list[dict[str, str]]:
    seats = {person.sip_user: "online" for person in OFFICE.people.values() if person.sip_user}
    return [
        {"resource": name, "state": state} for name, state in ({"trunk": "online"} | seats | states).items() if state
    ]


def test_everybody_there_is_good() -> None:
    found = list(check.endpoints(OFFICE, endpoints()))
    assert [finding.weight for finding in found] == [Weight.GOOD, Weight.GOOD]


def test_a_trunk_that_does_not_answer_and_a_telephone_that_is_away() -> None:
    trunk, away = check.endpoints(OFFICE, endpoints(trunk="offline", **{"seat-lange": "offline"}))
    assert (trunk.weight, away.weight) == (Weight.FAULT, Weight.HINT)
    assert OFFICE.people["lange"].name in away.text.de


def test_a_telephone_that_asterisk_does_not_know() -> None:
    found = list(check.endpoints(OFFICE, endpoints(**{"seat-lange": ""})))
    assert [finding.weight for finding in found] == [Weight.GOOD, Weight.FAULT]


@pytest.mark.parametrize(("status", "word"), [(401, "password"), (404, "not ARI"), (0, "No Asterisk")])
def test_why_asterisk_does_not_answer(status: int, word: str) -> None:
    assert word in check.unanswered(status, Foreign("127.0.0.1", 8088)).text.en


@pytest.mark.parametrize(
    ("state", "weight"), [("Registered", Weight.GOOD), ("Rejected", Weight.FAULT), ("Unregistered", Weight.FAULT)]
)
def test_the_registration_of_the_trunk(state: str, weight: Weight) -> None:
    said = f" trunk-registration/sip:sip.example:5060     trunk     {state}     (exp. 53s)\n"
    assert check.registration(said).weight is weight


@pytest.mark.parametrize(
    ("end", "rang", "outcome"),
    [
        (End(17, 486), False, AttemptOutcome.BUSY),
        (End(21, 603), True, AttemptOutcome.BUSY),
        (End(21, 403), False, None),
        (End(1, 404), False, AttemptOutcome.WRONG_NUMBER),
        (End(18, 408), True, AttemptOutcome.NOT_ANSWERED),
        (End(18, 408), False, None),
        (End(19, 480), False, AttemptOutcome.NOT_ANSWERED),
        (End(34, 503), False, None),
        (End(17, 0), False, AttemptOutcome.BUSY),
        (End(18, 0), False, None),
        (End(18, 0), True, AttemptOutcome.NOT_ANSWERED),
        (End(19, 0), False, AttemptOutcome.NOT_ANSWERED),
        (End(28, 0), False, AttemptOutcome.WRONG_NUMBER),
        (End(0, 0), True, None),
        (End(38, 0), True, None),
    ],
)
def test_a_citizen_is_missed_or_the_line_failed(end: End, rang: bool, outcome: AttemptOutcome | None) -> None:
    assert outbound.missed(end, rang=rang) is outcome
