"""A house that takes reports, and a report of the service centre."""

from typing import Any

import pytest

from erreichbar import office as offices
from tests.house import House, StandingClock

REPORT = {
    "reference": "SC-2026-0815",
    "called_at": "2026-03-05T09:00",
    "reason": "payment_status",
    "family_name": "Albrecht",
    "given_name": "Nadia",
    "date_of_birth": "1980-03-05",
    "benefit_unit_number": "99901BG0000100",
    "postal_code": "41460",
    "number": "0152 28817386",
}


@pytest.fixture
def house(db: None, standing: StandingClock, settings: Any, tmp_path: Any) -> House:
    settings.RUN_FOLDER = tmp_path
    return House(offices.demo(), standing).opens_for_business()
