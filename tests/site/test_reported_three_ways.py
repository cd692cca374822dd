"""A ticket arrives by API, by e-mail and by CSV, twice each, and exists once: through the real commands and HTTP."""

import csv
import io
import json
from email import message_from_bytes
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from erreichbar import office as offices
from erreichbar.centre import actions, journal
from erreichbar.centre.models import Person, Report, Ticket
from erreichbar.cli import main

CALL = {
    "called_at": "2026-03-05T09:00", "reason": "payment_status", "family_name": "Albrecht", "given_name": "Nadia",
    "date_of_birth": "1980-03-05", "postal_code": "41460", "number": "0152 28817386",
}  # fmt: skip


@pytest.fixture
def installed(db: None, tmp_path: Path, settings: Any, standing: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with the demo office in force that knows one token; returns its folder."""
    settings.RUN_FOLDER = tmp_path
    here = tmp_path / "erreichbar.sqlite3"
    here.touch()
    monkeypatch.setenv("ERREICHBAR_DB", str(here))
    settings.ERREICHBAR_INTAKE_TOKENS = [("service-centre", sha256(b"token").hexdigest())]
    actions.ImportOffice(key="test.import", text=offices.demo().text, name="office.toml").run()
    actions.AdoptModel(key="test.adopt", name="recognisable-callback").run()
    return tmp_path


def by_api() -> str:
    client = Client(headers={"authorization": "Bearer token"})
    report = json.dumps(CALL | {"reference": "0815"})
    answer = client.post("/api/v1/tickets", report, content_type="application/json")
    assert answer.status_code in (200, 201)
    return str(answer.json()["code"])


def command(*words: str, given: bytes | None = None) -> Result:
    done = CliRunner().invoke(main, [*words, "--organisation", "service-centre"], input=given)
    assert done.exit_code == 0, done.output
    return done


def by_email() -> str:
    message = EmailMessage()
    message["From"], message["Message-ID"] = "centre@example.org", "<0815@example.org>"
    message.set_content("".join(f"{name}: {value}\n" for name, value in CALL.items()))
    reply = message_from_bytes(command("intake", "email", given=message.as_bytes()).stdout_bytes)
    payload = reply.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().split("\n")[0].strip().removeprefix("Ticket ").removesuffix(" (bekannt / known)")


def by_csv(folder: Path) -> str:
    file = folder / "reports.csv"
    file.write_text(f"{';'.join(CALL)}\n{';'.join(CALL.values())}\n", "utf-8")
    (answer,) = csv.DictReader(io.StringIO(command("intake", "csv", str(file)).output), delimiter=";")
    return answer["code"]


def test_by_api_by_email_and_by_csv_twice_each_it_exists_once(installed: Path) -> None:
    codes = [way() for way in (by_api, by_email, lambda: by_csv(installed)) for _ in range(2)]
    ticket = Ticket.objects.get()
    assert codes == [f"{ticket.code[:4]}\N{NO-BREAK SPACE}{ticket.code[4:]}"] * 6
    assert (Person.objects.count(), Report.objects.count()) == (1, 3)
    assert ticket.opened_at.isoformat() == "2026-03-05T08:00:00+00:00" and journal.verify().ok
