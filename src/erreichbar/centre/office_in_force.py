"""The office file and the access model in force. Read once a process and content, asked for by digest."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache

from django.db import connection

from erreichbar import access, office
from erreichbar.access import AccessModel
from erreichbar.centre.models import AdoptedModel, OfficeFile
from erreichbar.office import Office

_kept: ContextVar[dict[str, str] | None] = ContextVar("kept", default=None)
"""By table, the digest that a page has read; none where each question is asked anew."""


class NothingInForce(RuntimeError):
    """No office file has been imported, or no access model adopted."""


def office_in_force() -> Office:
    """Return the office that was imported last. Raises ``NothingInForce`` if none was."""
    return _office(_last_digest("centre_officefile", "There is no office file: erreichbar office import FILE."))


def model_in_force() -> AccessModel:
    """Return the access model that was adopted last. Raises ``NothingInForce`` if none was."""
    return _model(_last_digest("centre_adoptedmodel", "No access model has been adopted."))


def model_in_force_at(moment: datetime) -> AccessModel:
    """Return the access model that was in force at a moment; the first ever before any. Raises ``NothingInForce``."""
    adopted = AdoptedModel.objects.filter(adopted_at__lte=moment).order_by("-id").first()
    adopted = adopted or AdoptedModel.objects.order_by("id").first()
    if adopted is None:
        raise NothingInForce("No access model has been adopted.")
    return _model(adopted.digest)


@contextmanager
def by_one_office() -> Iterator[None]:
    """Let all that is read meanwhile be read by one office and one model, asked for once. Not for what changes something."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def _last_digest(table: str, missing: str) -> str:
    kept = _kept.get()
    if kept is None:
        return _asked(table, missing)
    if table not in kept:
        kept[table] = _asked(table, missing)
    return kept[table]


def _asked(table: str, missing: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT digest FROM {table} ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    if row is None:
        raise NothingInForce(missing)
    return str(row[0])


@lru_cache(maxsize=4)
def _office(digest: str) -> Office:
    file = OfficeFile.objects.filter(digest=digest).latest("id")
    return office.loads(file.text, file.name)


@lru_cache(maxsize=8)
def _model(digest: str) -> AccessModel:
    model = AdoptedModel.objects.filter(digest=digest).latest("id")
    return access.loads(model.text, model.name)
