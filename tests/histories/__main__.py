"""``python -m tests.histories SEED …``: play histories and tell what happened in them."""

import sys
import tempfile
from pathlib import Path

import pytest

from erreichbar import office as offices
from erreichbar.site import boot


def main() -> None:
    """Play each history in an empty house and print its story."""
    boot.django(":memory:")
    boot.migrate()
    from erreichbar.centre import clock
    from tests.histories.play import Untrue, play
    from tests.house import House, StandingClock

    standing = StandingClock()
    with clock.use(standing), tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        house = House(offices.demo(), standing).opens_for_business()
        for seed in map(int, sys.argv[1:]):
            try:
                print(play(house, seed, Path(folder), patch).story())
            except Untrue as untrue:
                print(untrue)


if __name__ == "__main__":
    main()
