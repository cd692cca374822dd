"""A clock that starts at another moment and may run faster: for the demo, which always begins on a working morning."""

import os
import time
from datetime import datetime, timedelta

from erreichbar.centre import clock

VARIABLE = "ERREICHBAR_CLOCK"


class ShiftedClock:
    """``origin`` is what the clock showed when the machine's clock showed ``real`` (Unix seconds)."""

    def __init__(self, origin: datetime, real: float, speed: float) -> None:
        self.origin = origin
        self.real = real
        self.speed = speed

    def now(self) -> datetime:
        return self.origin + timedelta(seconds=(time.time() - self.real) * self.speed)


def tell_children(origin: datetime, speed: float) -> None:
    """Let every process that is started from here run on a shifted clock that starts now."""
    os.environ[VARIABLE] = f"{origin.isoformat()}|{time.time()}|{speed}"


def take_over() -> float:
    """Use the shifted clock that the environment asks for. Returns the speed, 1.0 on the machine's own clock."""
    told = os.environ.get(VARIABLE)
    if not told:
        return 1.0
    origin, real, speed = told.split("|")
    clock.use(ShiftedClock(datetime.fromisoformat(origin), float(real), float(speed)))
    return float(speed)
