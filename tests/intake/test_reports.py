"""Tickets from outside: by API, by e-mail and by table, each twice and across, and each exists once."""

import csv
import io
import json
from email.message import EmailMessage
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from erreichbar.centre import actions, journal, queries
from erreichbar.centre.models import JournalEntry, Person, Report, Ticket
from erreichbar.intake.mails import Answered, take_mail
from erreichbar.intake.reports import take
from erreichbar.intake.tables import NoTable, take_table
from erreichbar.record.words import ReportWay
from tests.house import House
from tests.intake.conftest import REPORT

CENTRE = "service-centre"
TOKEN = "a token of the centre"


@pytest.fixture
def api(house: House, settings: Any) -> Client:
    settings.ERREICHBAR_INTAKE_TOKENS = [(CENTRE, sha256(TOKEN.encode()).hexdigest())]
    return Client(headers={"authorization": f"Bearer {TOKEN}"})


def post(client: Client, **fields: Any) -> Any:
    return client.post("/api/v1/tickets", json.dumps(REPORT | fields), content_type="application/json")


def table(*rows: dict[str, str], separator: str = ";") -> bytes:
    text = io.StringIO()
    written = csv.DictWriter(text, list(REPORT), delimiter=separator)
    written.writeheader()
    written.writerows(rows or [REPORT])
    return text.getvalue().encode()


def mail(attached: bytes | None = None, **fields: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Message-ID"] = "centre@example.org", "<one@example.org>"
    if attached is None:
        report = {name: value for name, value in (REPORT | fields).items() if value}
        message.set_content("\n".join(f"{name}: {value}" for name, value in report.items()))
    else:
        message.set_content("Attached.")
        message.add_attachment(attached, maintype="text", subtype="csv", filename="reports.csv")
    return message.as_bytes()


def by_table(given: bytes) -> list[dict[str, str]]:
    return list(take_table(given, organisation=CENTRE))


def text(answered: Answered) -> str:
    return str(answered.reply.get_content())


def test_by_api_twice_it_exists_once(api: Client) -> None:
    first, again = post(api), post(api)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["code"] == again.json()["code"]
    assert (first.json()["known"], again.json()["known"]) == (False, True)
    assert Ticket.objects.count() == Person.objects.count() == Report.objects.count() == 1


def test_by_table_twice_it_exists_once(house: House) -> None:
    (first,), (again,) = by_table(table()), by_table(table())
    assert (first["known"], again["known"], first["code"]) == ("no", "yes", again["code"])
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("attached", [None, table()])
def test_by_email_twice_it_exists_once(house: House, attached: bytes | None) -> None:
    first, again = (take_mail(mail(attached), organisation=CENTRE) for _ in range(2))
    assert first.ok and again.ok and "known" in text(again)
    assert Ticket.objects.count() == 1
    assert first.reply["In-Reply-To"] == "<one@example.org>" and first.reply["To"] == "centre@example.org"
    assert "Albrecht" not in text(first) and "0152" not in text(first)


def test_by_three_ways_without_a_common_reference_it_exists_once(house: House, api: Client) -> None:
    post(api)
    by_table(table(REPORT | {"reference": ""}))
    take_mail(mail(reference="", called_at="2026-03-05T09:20"), organisation=CENTRE)
    assert (Ticket.objects.count(), Report.objects.count()) == (1, 3)
    reported = JournalEntry.objects.filter(kind="matter.reported")
    assert reported.count() == 3 and not any("Albrecht" in entry.line for entry in reported)
    assert journal.verify().ok


def test_another_matter_of_the_same_person_is_another_ticket(api: Client) -> None:
    post(api)
    other = next(reason for reason in queries.office_in_force().reasons if reason != "payment_status")
    post(api, reference="2", reason=other)
    post(api, reference="3", called_at="2026-03-05T08:00")
    assert (Ticket.objects.count(), Person.objects.count()) == (3, 1)


@pytest.mark.parametrize("more", [{}, {"number": "0152 28817387"}, {"benefit_unit_number": "99901BG0000200"}])
def test_two_people_of_one_name_are_two(api: Client, more: dict[str, str]) -> None:
    """Of one name, in the same minutes, with the same matter: neither becomes the other, nor is her matter lost."""
    bare = {"date_of_birth": "", "benefit_unit_number": "", "given_name": ""}
    post(api, **{**bare, "number": "0152 28817386"})
    post(api, reference="2", **{**bare, "number": "0152 28817399", **more})
    assert Ticket.objects.count() == Person.objects.count() == 2


def test_who_is_known_by_unit_or_number_is_known_again(api: Client) -> None:
    for number, fields in enumerate(({"date_of_birth": ""}, {"date_of_birth": "", "benefit_unit_number": ""})):
        post(api, reference=f"{number}a", called_at="2026-03-05T07:00", **fields)
        post(api, reference=f"{number}b", called_at="2026-03-05T09:00", **fields)
    assert Person.objects.count() == 1


def test_it_lies_with_who_is_there_now(house: House, api: Client) -> None:
    house.do(actions.NotInToday, "lange", person="lange")
    post(api)
    assert Ticket.objects.values_list("holder__username", flat=True).get() == "yildiz"


def test_the_promise_counts_from_the_moment_of_the_call(api: Client) -> None:
    assert post(api).json()["due"] == "2026-03-07T09:00:00+01:00"
    assert Ticket.objects.get().opened_at.isoformat() == "2026-03-05T08:00:00+00:00"


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({"called_at": "2026-03-29T02:30"}, "called_at"),
        ({"called_at": "2026-03-06T09:00"}, "called_at"),
        ({"called_at": "2025-03-05T09:00"}, "called_at"),
        ({"called_at": "gestern"}, "called_at"),
        ({"reason": "nonsense"}, "reason"),
        ({"number": "110"}, "number"),
        ({"family_name": " "}, "family_name"),
        ({"channel": "pigeon"}, "channel"),
        ({"date_of_birth": "1980-13-01"}, "date_of_birth"),
        ({"more": "x"}, "more"),
        ({"reference": 7}, "reference"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(api: Client, fields: dict[str, Any], at_fault: str) -> None:
    answer = post(api, **fields)
    assert (answer.status_code, answer["Content-Type"], answer.json()["field"]) == (
        422,
        "application/problem+json",
        at_fault,
    )
    assert answer.json()["title"] and answer.json()["detail_de"]
    assert Ticket.objects.count() == Person.objects.count() == Report.objects.count() == 0


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "null"])
def test_nonsense_is_no_report(api: Client, body: str) -> None:
    assert api.post("/api/v1/tickets", body, content_type="application/json").status_code in (400, 422)


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", "Basic eDp5"])
def test_without_a_token_nobody_reports(api: Client, header: str) -> None:
    assert Client(headers={"authorization": header}).post("/api/v1/tickets", {}).status_code == 401
    assert Client().get("/api/v1/openapi.json").status_code == 200


def test_a_wrong_line_does_not_keep_the_others(house: House) -> None:
    rows = by_table(table(REPORT | {"reason": "x"}, REPORT, dict.fromkeys(REPORT, ""), separator="\t"))
    assert [(row["line"], bool(row["fault"]), bool(row["code"])) for row in rows] == [
        ("2", True, False),
        ("3", False, True),
    ]


def test_tables_of_german_spreadsheets_are_read(house: House) -> None:
    rows = "Zeichen;Anruf;Anliegen;Name;Vorname;Telefon;PLZ;BG-Nummer\r\n7;2026-03-05T09:00;payment_status;Jäger;Käthe;0152 28817386;41460;99901BG0000100\r\n"
    (answer,) = by_table(rows.encode("cp1252"))
    assert (answer["fault"], Person.objects.get().family_name) == ("", "Jäger")


@pytest.mark.parametrize("given", [b"", b"\x00\xff", b"a;b\n1;2\n", b"<html>"])
def test_what_is_no_table_says_so(house: House, given: bytes) -> None:
    with pytest.raises(NoTable):
        by_table(given)


def test_an_email_without_a_report_is_answered(house: House) -> None:
    answered = take_mail(b"From: x@example.org\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>", organisation=CENTRE)
    assert not answered.ok and "no readable report" in text(answered)


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_whatever_bytes_come_there_is_an_answer(house: House, given: bytes) -> None:
    assert not take_mail(given, organisation=CENTRE).ok
    try:
        by_table(given)
    except NoTable:
        pass


def test_an_unknown_organisation_reports_nothing(house: House) -> None:
    with pytest.raises(actions.Invalid, match="organisation"):
        take(REPORT, organisation="nobody", way=ReportWay.CSV)


def test_after_it_everything_works_without_a_telephone_of_ours(house: House, api: Client) -> None:
    post(api)
    (found,) = queries.list_page(house.user("lange"), None, house.clock.now()).tickets
    house.do(actions.ReachCitizen, "lange", ticket=found.ref, version=found.version)
    found.refresh_from_db()
    house.do(actions.ResolveTicket, "lange", ticket=found.ref, outcome="settled", version=found.version)
    found.refresh_from_db()
    assert found.closed_at is not None and journal.verify().ok
