"""The office file and the access model in force. Read once a process and content, asked for by digest."""

from functools import lru_cache

from django.db import connection

from erreichbar import access, office
from erreichbar.access import AccessModel
from erreichbar.centre.models import AdoptedModel, OfficeFile
from erreichbar.office import Office


class NothingInForce(RuntimeError):
    """No office file has been imported, or no access model adopted."""


def office_in_force() -> Office:
    """Return the office that was imported last. Raises ``NothingInForce`` if none was."""
    return _office(_last_digest("centre_officefile", "There is no office file: erreichbar office import FILE."))


def model_in_force() -> AccessModel:
    """Return the access model that was adopted last. Raises ``NothingInForce`` if none was."""
    return _model(_last_digest("centre_adoptedmodel", "No access model has been adopted."))


def _last_digest(table: str, missing: str) -> str:
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
