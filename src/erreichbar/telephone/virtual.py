"""Virtual time: the same floor and the same actions, from one thing on the agenda to the next, as fast as they go."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from erreichbar import access
from erreichbar.centre import queries, refs
from erreichbar.office import Office
from erreichbar.telephone.agenda import Agenda, from_ms, to_ms
from erreichbar.telephone.floor import Floor
from erreichbar.telephone.training import Colleagues, TrainingLine
from erreichbar.traffic import Citizens

LONGEST = timedelta(days=28)
"""After this a day's tickets are no longer followed. Assumption; every promise has been kept or broken long before."""


class VirtualClock:
    """A clock that stands still until it is set."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def set(self, moment: datetime) -> None:
        self._now = max(moment, self._now)


def run_day(
    office: Office,
    model: access.AccessModel,
    citizens: Citizens,
    day: date,
    folder: Path,
    virtual: VirtualClock,
    *,
    until: datetime | None = None,
    progress: Callable[[datetime], None] | None = None,
) -> datetime:
    """Run a day of calls and the days its tickets still need, or until ``until``. Returns the last moment.

    Every seat is automatic; nobody calls for the first time after ``day``. The database must be set up and hold nothing
    else, and the centre must run by ``virtual``, set to the beginning of ``day``, with seeded references.
    """
    start = virtual.now()
    end = min(until or start + LONGEST, start + LONGEST)
    agenda = Agenda()
    line = TrainingLine(office, citizens, agenda, virtual.now, refs.new_ref)
    floor = Floor(office, model, line, agenda, folder, virtual.now)
    line.start(floor.tell)
    colleagues = Colleagues(floor, line)
    colleagues.fill_every_seat()
    line.begin_day(day)
    today = day
    while virtual.now() < end:
        colleagues.open_day(today)
        midnight = datetime.combine(today + timedelta(days=1), time(), office.zone)
        tonight = min(midnight, end)
        while (due := agenda.next()) is not None and due < to_ms(tonight):
            virtual.set(from_ms(due))
            entry = agenda.pop()
            if entry.act is not None:
                entry.act()
        virtual.set(tonight)
        if progress:
            progress(tonight)
        if until is None and not queries.any_open_ticket():
            break
        today += timedelta(days=1)
    return virtual.now()
