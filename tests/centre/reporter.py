"""A process of its own that reports a call of another organisation, by API or as a table, and says which ticket it became."""

import json
import os
import sys
from hashlib import sha256
from typing import Any

REPORT = {
    "called_at": "2026-03-05T09:00", "reason": "payment_status", "family_name": "Zimmer", "given_name": "Nils",
    "date_of_birth": "1971-04-02", "postal_code": "41460", "number": "0152 28817399",
}  # fmt: skip
ORGANISATION = "service-centre"
TOKEN = "a token"
PATIENCE = 60
"""How often the same is reported again while the database is busy: a reporter loses nothing by that."""


def by_api(report: dict[str, str]) -> str:
    """Post a report over HTTP and return the code."""
    from django.test import Client

    client = Client(headers={"authorization": f"Bearer {TOKEN}"})
    for _ in range(PATIENCE):
        answer = client.post("/api/v1/tickets", json.dumps(report), content_type="application/json")
        if answer.status_code != 503:
            break
    return str(answer.json()["code"])


def by_table(report: dict[str, str]) -> str:
    """Report a table of one line and return the code."""
    from erreichbar.intake.tables import take_table

    table = f"{';'.join(report)}\n{';'.join(report.values())}\n".encode()
    for _ in range(PATIENCE):
        (answer,) = take_table(table, organisation=ORGANISATION)
        if answer["code"]:
            break
    return answer["code"]


def main() -> None:
    """Say that one is ready, wait for the word, report."""
    given: dict[str, Any] = json.loads(sys.argv[1])
    os.environ["ERREICHBAR_INTAKE_TOKENS"] = f"{ORGANISATION}:{sha256(TOKEN.encode()).hexdigest()}"
    from erreichbar.site import boot

    boot.django(given["database"])
    from django.db import connection
    from django.test.utils import setup_test_environment

    from erreichbar.centre import clock
    from tests.house import StandingClock

    setup_test_environment()
    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    with clock.use(StandingClock()):
        report = REPORT | {"reference": given["reference"]} if given["reference"] else REPORT
        print(json.dumps((by_api if given["way"] == "api" else by_table)(report)))


if __name__ == "__main__":
    main()
