"""Training days in real time: citizens who call today and every day after, colleagues who come and go."""

from datetime import datetime, time, timedelta

from erreichbar.telephone.agenda import Kind, to_ms
from erreichbar.telephone.floor import Floor
from erreichbar.telephone.training.colleagues import Colleagues
from erreichbar.telephone.training.line import TrainingLine


def begin(floor: Floor, line: TrainingLine) -> Colleagues:
    """Let virtual citizens call from now on, and automatic colleagues sit where nobody else does."""
    colleagues = Colleagues(floor, line)
    colleagues.fill_every_seat()
    _day(floor, line, colleagues, not_before=floor.now())
    colleagues.go_on()
    return colleagues


def _day(floor: Floor, line: TrainingLine, colleagues: Colleagues, not_before: datetime | None = None) -> None:
    today = floor.now().astimezone(floor.office.zone).date()
    line.begin_day(today, not_before)
    colleagues.open_day(today)
    midnight = datetime.combine(today + timedelta(days=1), time(), floor.office.zone)
    floor.agenda.at(to_ms(midnight), Kind.TIMER, "midnight", lambda: _day(floor, line, colleagues))
