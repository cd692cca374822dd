"""An application that another organisation took counts from its call, by whatever way it is reported, and exists once."""

import json
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.test import Client

from erreichbar.centre import actions, journal
from erreichbar.centre.models import Application, JournalEntry, Message
from erreichbar.intake.mails import take_mail
from erreichbar.intake.tables import take_table
from tests.house import House
from tests.intake.conftest import REPORT

CENTRE = "service-centre"
APPLIED = REPORT | {"called_at": "2026-02-28T23:59", "reason": "new_application", "application_made": "new_award"}


def by_api(settings: Any, report: dict[str, str]) -> Any:
    settings.ERREICHBAR_INTAKE_TOKENS = [(CENTRE, sha256(b"token").hexdigest())]
    client = Client(headers={"authorization": "Bearer token"})
    return client.post("/api/v1/tickets", json.dumps(report), content_type="application/json")


def by_table(report: dict[str, str]) -> dict[str, str]:
    (answer,) = take_table(f"{';'.join(report)}\n{';'.join(report.values())}\n".encode(), organisation=CENTRE)
    return answer


def by_mail(report: dict[str, str]) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in report.items())
    return str(take_mail(f"From: a@example.org\n\n{lines}".encode(), organisation=CENTRE).reply.get_content())


def test_it_counts_from_the_call_and_exists_once_by_three_ways(house: House, settings: Any) -> None:
    first = by_api(settings, APPLIED)
    assert first.status_code == 201
    made = Application.objects.get()
    assert first.json()["application"] == f"{made.code[:4]}\N{NO-BREAK SPACE}{made.code[4:]}"
    assert made.made_at == datetime.fromisoformat("2026-02-28T23:59+01:00")
    assert (made.works_back_to, made.organisation, made.taken_by) == (date(2026, 2, 1), CENTRE, None)
    other_reference = APPLIED | {"reference": "2", "called_at": "2026-03-01T00:10"}
    assert by_table(other_reference)["application"] == first.json()["application"]
    assert first.json()["application"] in by_mail(APPLIED | {"reference": ""})
    assert Application.objects.count() == 1
    assert JournalEntry.objects.filter(kind="application.recorded").count() == 1 and journal.verify().ok


def test_what_was_left_out_first_is_taken_when_it_comes_again(house: House) -> None:
    assert by_table({name: value for name, value in APPLIED.items() if name != "application_made"})["application"] == ""
    assert by_table(APPLIED)["application"]


def test_an_unknown_kind_says_what_there_is_and_nothing_is_kept(house: House) -> None:
    answer = by_table(APPLIED | {"application_made": "a castle"})
    assert answer["fault"].startswith("kind: ") and "new_award" in answer["fault"]
    assert Application.objects.count() == JournalEntry.objects.filter(kind="ticket.opened").count() == 0


def test_the_proof_goes_the_way_the_answer_was_wished(house: House) -> None:
    by_table(APPLIED | {"channel": "letter"})
    assert list(Message.objects.values_list("kind", "channel")) == [("application_proof", "letter")]
    house.do(actions.TakeOverApplication, "lange", application=Application.objects.get().ref)
