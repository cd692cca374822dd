"""A provider's call figures: by table and API, once; corrected in versions; never among what we counted."""

import csv
import io
import json
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from erreichbar.centre import actions, journal
from erreichbar.centre.models import JournalEntry, ProviderInterval
from erreichbar.intake.figures import take_figures_table
from erreichbar.intake.tables import NoTable
from tests.house import House

CENTRE = "service-centre"
DAY = {"interval": "2026-03-04", "offered": "100", "answered": "80", "abandoned": "15"}
HALF_HOURS = [
    {"interval": "2026-03-03T08:00", "offered": "10", "answered": "8", "abandoned": "2", "answered_within": "6", "within_s": "20"},
    {"interval": "2026-03-03T08:30", "offered": "12", "answered": "9", "abandoned": "1"},
]  # fmt: skip


def table(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = csv.DictWriter(text, columns, delimiter=";")
    written.writeheader()
    written.writerows(rows)
    return text.getvalue().encode()


def take(*rows: dict[str, str], organisation: str = CENTRE) -> list[tuple[str, str, str]]:
    answers = take_figures_table(table(*rows), organisation=organisation)
    return [(one["version"], one["known"], one["fault"].partition(":")[0]) for one in answers]


def test_a_table_twice_exists_once(house: House) -> None:
    assert take(DAY, *HALF_HOURS) == [("1", "no", "")] * 3
    assert take(DAY, *HALF_HOURS) == [("1", "yes", "")] * 3
    assert ProviderInterval.objects.count() == 3
    entry = JournalEntry.objects.get(kind="provider.figures_reported")
    told = json.loads(entry.payload or "")
    assert (told["intervals"], told["corrected"], told["offered"], told["answered"]) == (3, 0, 122, 97)
    assert told["organisation"] == CENTRE and journal.verify().ok


def test_a_correction_is_a_new_version_and_both_stay(house: House) -> None:
    take(DAY)
    assert take(DAY | {"answered": "70"}) == [("2", "no", "")]
    assert take(DAY | {"answered": "70"}) == [("2", "yes", "")]
    assert take(DAY) == [("3", "no", "")]
    assert list(ProviderInterval.objects.order_by("version").values_list("answered", flat=True)) == [80, 70, 80]


def test_it_is_no_call_of_ours(house: House) -> None:
    before = journal.record_tables()
    take(DAY, *HALF_HOURS)
    after = journal.record_tables()
    assert after.contacts.equals(before.contacts) and after.tickets.equals(before.tickets)


def test_a_wrong_line_does_not_keep_the_others(house: House) -> None:
    rows = [
        DAY,
        DAY | {"interval": "2026-03-03", "offered": "90"},
        *HALF_HOURS,
        DAY | {"interval": "2026-03-02", "answered": "x"},
    ]
    assert take(*rows) == [("1", "no", ""), ("", "", "offered"), ("1", "no", ""), ("1", "no", ""), ("", "", "answered")]


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({"interval": "2026-03-05"}, "interval"),  # not over yet
        ({"interval": "2026-02-30"}, "interval"),
        ({"interval": "2026-03-03T08:10"}, "interval"),
        ({"interval": "2026-03-29T02:30"}, "interval"),
        ({"interval": "yesterday"}, "interval"),
        ({"offered": ""}, "offered"),
        ({"answered": "96"}, "offered"),
        ({"answered_within": "5"}, "within_s"),
        ({"offered": "1.5"}, "offered"),
    ],
)
def test_what_is_wrong_is_said(house: House, fields: dict[str, str], at_fault: str) -> None:
    assert take(DAY | fields) == [("", "", at_fault)]
    assert ProviderInterval.objects.count() == JournalEntry.objects.filter(kind__startswith="provider").count() == 0


def test_a_day_over_half_hours_known_is_refused_and_another_organisation_is_its_own(house: House) -> None:
    take(*HALF_HOURS)
    assert take(DAY | {"interval": "2026-03-03"}) == [("", "", "interval")]
    assert take(DAY | {"interval": "2026-03-03"}, organisation="jobcenter") == [("1", "no", "")]


def test_an_unknown_organisation_reports_nothing(house: House) -> None:
    with pytest.raises(actions.Invalid, match="organisation"):
        take(DAY, organisation="nobody")


@pytest.mark.parametrize("given", [b"", b"%PDF-1.7", b"a;b\n1;2\n"])
def test_what_is_no_table_says_so(house: House, given: bytes) -> None:
    with pytest.raises(NoTable):
        list(take_figures_table(given, organisation=CENTRE))


def test_by_api_and_table_it_exists_once(house: House, settings: Any) -> None:
    settings.ERREICHBAR_INTAKE_TOKENS = [(CENTRE, sha256(b"token").hexdigest())]
    client = Client(headers={"authorization": "Bearer token"})
    given = {name: int(value) if name != "interval" else value for name, value in DAY.items()}

    def post(*intervals: dict[str, Any]) -> Any:
        body = json.dumps({"intervals": intervals})
        return client.post("/api/v1/figures", body, content_type="application/json")

    assert post(given).json() == [{"line": "1", "interval": "2026-03-04", "version": "1", "known": "no", "fault": ""}]
    assert take(DAY) == [("1", "yes", "")]
    wrong = post(given, given | {"interval": "2026-03-03", "offered": 1})
    assert (wrong.status_code, [bool(one["fault"]) for one in wrong.json()]) == (422, [False, True])
    assert post(given | {"more": 1}).json()["field"] == "more"
    assert Client().post("/api/v1/figures", "{}", content_type="application/json").status_code == 401
