"""Questions about the house itself."""

import fcntl
from pathlib import Path

from django.conf import settings

from erreichbar.centre import journal
from erreichbar.centre.models import Seat, Ticket, User
from erreichbar.office import Office, Person


def journal_entries() -> int:
    """Return how many entries the journal has."""
    return journal.last_sequence()


def floor_is_there() -> bool:
    """Return whether a floor runs on this machine: it holds its lease as long as it lives."""
    try:
        with (Path(settings.RUN_FOLDER) / "floor.lease").open() as lease:
            fcntl.flock(lease, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def any_open_ticket() -> bool:
    """Return whether any promise is still to be kept."""
    return Ticket.objects.filter(closed_at=None).exists()


def person_of(user: User, office: Office) -> Person | None:
    """Return somebody of the office as she stands in the office file, none if she left it."""
    return office.people.get(user.username)


def seat_of(user: User) -> Seat | None:
    """Return somebody's seat, none if she never had one."""
    return Seat.objects.filter(user=user).first()
