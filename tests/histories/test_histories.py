"""Random histories through the database: whatever happens, nothing that was promised is lost, and nothing happens twice.

A history that fails is told; ``python -m tests.histories SEED`` tells it again. ``ERREICHBAR_HISTORIES`` sets how many are
played.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from erreichbar import office as offices
from tests.histories.play import play
from tests.house import House

HISTORIES = int(os.environ.get("ERREICHBAR_HISTORIES", "200"))
PARTS, FEW = 8, 5


@pytest.fixture
def house(db: None, standing: Any) -> House:
    """The demo office in force, on an empty database."""
    return House(offices.demo(), standing).opens_for_business()


@pytest.mark.parametrize("seed", range(FEW))
def test_nothing_is_lost(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    play(house, seed, tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_in_many(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    for seed in range(FEW + part, HISTORIES, PARTS):
        play(house, seed, tmp_path, monkeypatch)
