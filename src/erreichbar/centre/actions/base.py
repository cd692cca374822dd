"""What an action is: one change, made whole or not at all, once, by somebody who may, and written in the journal."""

import dataclasses
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from erreichbar.centre import bell, clock, journal, permissions
from erreichbar.centre.actions import keys
from erreichbar.centre.actions.fields import converters, to_json
from erreichbar.centre.errors import Busy, Contradiction, Invalid, NotAllowed
from erreichbar.centre.journal import pseudonyms
from erreichbar.centre.models import User
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.office import Office
from erreichbar.record.vocabulary import Event, Staff
from erreichbar.record.words import Role

log = logging.getLogger(__name__)

ACTIONS: dict[str, type["Action"]] = {}
"""Every action by its name."""
TRIES = 3
"""How often a change is begun anew when the database gave preference to another."""


@dataclass(kw_only=True)
class Action:
    """A change. Fields hold JSON values, so that a change can wait in a file while the database is away.

    ``key`` names the change: made again with the same key, it returns what it returned and does nothing. ``by`` is the
    id of the person who makes it, none for the house itself. ``at`` is when it happened, by default now.
    """

    permission: ClassVar[str]
    """``centre.`` and the name of the change, as ``permissions`` has it."""

    key: str
    by: str | None = None
    at: datetime | None = None

    def __init_subclass__(cls) -> None:
        ACTIONS[cls.__name__] = cls
        cls.permission = "centre." + re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __post_init__(self) -> None:
        kind: type = type(self)  # mypy takes a class whose instances have no hash for one that has none itself
        for name, convert in converters(kind):
            setattr(self, name, convert(name, getattr(self, name)))
        self._events: list[Event] = []
        self._pseudonyms: dict[int, Staff] = {}

    def run(self) -> Any:
        """Make the change and return its result (a JSON value).

        Raises ``Refused`` (then nothing has changed), ``Busy`` among them if the database is away or locked.
        """
        for attempt in range(1, TRIES + 1):
            try:
                return self._run_once()
            except IntegrityError as error:
                # Another process was first: with the same key (then its result is ours), or with the same code.
                if attempt == TRIES:
                    log.exception("%s contradicts what is recorded.", type(self).__name__)
                    raise Contradiction from error
            except (OperationalError, InterfaceError) as error:
                if _is_a_fault_of_ours(error):
                    raise
                if attempt == TRIES or not _gave_preference(error):
                    log.warning("%s: the database did not take it: %s", type(self).__name__, error)
                    connection.close_if_unusable_or_obsolete()
                    raise Busy from error
            self._forget()
        raise AssertionError

    def perform(self) -> Any:
        """Make the change inside the transaction and return its result."""
        raise NotImplementedError

    def journal(self, event: Event) -> None:
        """Let an event stand in the journal, with this change or not at all."""
        self._events.append(event)

    def to_json(self) -> dict[str, Any]:
        """Return the change as a JSON object. ``at`` is filled, so it keeps its moment however long it waits."""
        self.at = self.moment
        values = {field.name: to_json(getattr(self, field.name)) for field in dataclasses.fields(self)}
        return {"action": type(self).__name__, **values}

    # -- what perform needs -----------------------------------------------------------------------------------------

    @property
    def moment(self) -> datetime:
        """When it happened, in UTC to the millisecond."""
        if self.at is None:
            self.at = clock.now()
        return self.at

    @cached_property
    def actor(self) -> User | None:
        """Who makes the change, none for the house. Raises ``NotAllowed`` for somebody who may not sign in."""
        if self.by is None:
            return None
        user = User.objects.filter(username=self.by, is_active=True).first()
        if user is None:
            raise NotAllowed(
                f"„{self.by}“ ist im Haus nicht (mehr) bekannt.", f'"{self.by}" is not known in this house (any more).'
            )
        return user

    @cached_property
    def office(self) -> Office:
        """The office file in force."""
        return office_in_force()

    def staff(self, user: User) -> Staff:
        """Return the pseudonym of somebody of the office at the moment of this change."""
        if user.pk not in self._pseudonyms:
            self._pseudonyms[user.pk] = pseudonyms.of(user.pk, self.moment)
        return self._pseudonyms[user.pk]

    @property
    def staff_of_actor(self) -> Staff | None:
        """Return the pseudonym of who makes this change, none for the house."""
        return None if self.actor is None else self.staff(self.actor)

    def _run_once(self) -> Any:
        with transaction.atomic():
            found, result = keys.find(self.key, type(self).__name__)
            if found:
                return result
            self._allow()
            result = self.perform()
            keys.keep(self.key, type(self).__name__, result, self.moment)
            if self._events:
                # Last, because on PostgreSQL the head of the journal is locked from here to the commit.
                journal.append(self._events, self.moment)
            bell.ring_on_commit()
        return result

    def _allow(self) -> None:
        if self.actor is not None and not permissions.allows(Role(self.actor.role), self.permission):
            raise NotAllowed(
                "Ihre Rolle erlaubt diesen Schritt nicht.",
                "Your role does not allow this step.",
            )

    def _forget(self) -> None:
        self._events.clear()
        self._pseudonyms.clear()
        for cached in ("actor", "office"):
            self.__dict__.pop(cached, None)


def from_json(given: Mapping[str, Any]) -> Action:
    """Return the change that ``to_json`` wrote. Raises ``Invalid`` for an unknown change or field."""
    values = dict(given)
    name = values.pop("action", None)
    action = ACTIONS.get(name) if isinstance(name, str) else None
    if action is None:
        raise Invalid("action", f"Unbekannte Änderung: {name!r}.", f"Unknown change: {name!r}.")
    try:
        return action(**values)
    except TypeError as error:
        de, en = f"Diese Änderung ist nicht lesbar: {name}.", f"This change cannot be read: {name} ({error})."
        raise Invalid("action", de, en) from None


def _is_a_fault_of_ours(error: DatabaseError | InterfaceError) -> bool:
    """Whether the statement was wrong. SQLite calls that operational, too."""
    text = str(error)
    return any(sign in text for sign in ("no such table", "no such column", "syntax error", "has no column"))


def _gave_preference(error: DatabaseError | InterfaceError) -> bool:
    """Whether PostgreSQL ended the transaction in favour of another (deadlock, serialization failure)."""
    return getattr(error.__cause__, "sqlstate", None) in ("40001", "40P01")


__all__ = ["ACTIONS", "Action", "from_json"]
