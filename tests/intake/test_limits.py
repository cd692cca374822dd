"""The API is limited: so many requests a minute for each organisation, so many bytes; both told in German and English."""

import json
import logging
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from tests.house import House
from tests.intake.conftest import REPORT

ORGANISATIONS = {"service-centre": "one token", "jobcenter": "another token"}


@pytest.fixture
def send(house: House, settings: Any) -> Any:
    settings.ERREICHBAR_INTAKE_TOKENS = [
        (organisation, sha256(token.encode()).hexdigest()) for organisation, token in ORGANISATIONS.items()
    ]

    def post(body: Any = REPORT, organisation: str = "service-centre") -> Any:
        client = Client(headers={"authorization": f"Bearer {ORGANISATIONS[organisation]}"})
        return client.post(
            "/api/v1/tickets", body if isinstance(body, str) else json.dumps(body), content_type="application/json"
        )

    return post


def test_more_than_so_many_in_a_minute_wait_and_others_do_not(send: Any, settings: Any) -> None:
    settings.ERREICHBAR_INTAKE_PER_MINUTE = 3
    assert [send().status_code for _ in range(4)] == [201, 200, 200, 429]
    refused = send()
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert (
        "höchstens 3 in der Minute" in refused.json()["detail_de"] and "at most 3 a minute" in refused.json()["title"]
    )
    assert refused["Content-Type"] == "application/problem+json"
    assert send(organisation="jobcenter").status_code == 200


def test_what_was_counted_is_seen_by_every_process_and_names_nobody(send: Any, settings: Any) -> None:
    send()
    kept = list((settings.RUN_FOLDER / "limits").iterdir())
    assert len(kept) == 1
    assert b"Albrecht" not in kept[0].read_bytes() and b"service-centre" not in kept[0].read_bytes()


def test_a_request_that_is_too_long_is_not_read(send: Any, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000
    answer = send(REPORT | {"note": "x" * 2_000})
    assert answer.status_code == 413
    assert "höchstens 2000 Bytes" in answer.json()["detail_de"] and "at most 2000 bytes" in answer.json()["title"]


@pytest.mark.parametrize("body", ["{", "\x00", '{"reference": '])
def test_what_is_no_json_is_said_in_both_languages(send: Any, body: str) -> None:
    answer = send(body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["title"] == "The request is no readable JSON."
    assert answer.json()["detail_de"] == "Die Anfrage ist kein lesbares JSON."


def test_a_token_that_is_none_is_said_in_both_languages(house: House) -> None:
    answer = Client(headers={"authorization": "Bearer wrong"}).post("/api/v1/tickets", {})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "Token" in answer.json()["detail_de"] and "token" in answer.json()["title"]


def test_no_log_holds_what_was_said_of_a_citizen(send: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send()
        send(REPORT | {"reason": "nonsense"})
        send(REPORT | {"date_of_birth": 7})
        send(json.dumps(REPORT)[:-1])
    told = caplog.text + "".join(
        str(record.__dict__) for record in caplog.records if record.name.startswith("erreichbar")
    )
    for secret in (REPORT["family_name"], REPORT["number"], REPORT["benefit_unit_number"], "28817386"):
        assert secret not in told


def test_what_the_api_has_not_is_said_in_both_languages_and_people_get_a_page(house: House) -> None:
    client = Client()
    missing, method = client.post("/api/v1/nothing", {}), client.get("/api/v1/tickets")
    assert (missing.status_code, method.status_code, method["Allow"]) == (404, 405, "POST")
    for answer, german in ((missing, "gibt es nichts"), (method, "anders aufgerufen: POST")):
        assert answer["Content-Type"] == "application/problem+json"
        assert german in answer.json()["detail_de"] and answer.json()["title"].isascii()
    page = client.get("/nothing")
    assert page.status_code == 404 and page["Content-Type"].startswith("text/html")
