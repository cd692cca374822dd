"""Applications made by telephone: which still have to be taken over into a case file, and those of a matter."""

from erreichbar.centre import clock, sight
from erreichbar.centre.errors import NotFound
from erreichbar.centre.models import Application, Matter, User
from erreichbar.centre.models.application import PENDING
from erreichbar.centre.office_in_force import office_in_force

_SHOWN = ("person", "call", "matter__ticket", "taken_by", "taken_over_by")


def pending_applications(user: User) -> list[Application]:
    """Return the applications that somebody is to take over, those made first on top."""
    office = office_in_force()
    pending = Application.objects.filter(PENDING).select_related(*_SHOWN).order_by("made_at", "pk")
    return [one for one in pending if sight.works_on_application(user, one, office)]


def applications_of(matter: Matter) -> list[Application]:
    """Return what was applied for with a matter, in that order, withdrawn or not. For who sees the matter."""
    return list(matter.applications.select_related(*_SHOWN).order_by("made_at", "pk"))


def application_for(user: User, ref: str) -> Application:
    """Return an application that somebody may see. Raises ``NotFound``, also for one that is none of her business."""
    found = Application.objects.filter(ref=ref).select_related(*_SHOWN).first()
    if found is None or not sight.may_see_application(user, found, office_in_force(), clock.now()):
        raise NotFound("Diesen Antrag gibt es für Sie nicht.", "There is no such application for you.")
    return found
