"""The morning's digests: for whom one is due, what stands in it, which are to be sent."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from erreichbar.centre.models import MorningDigest, StepTaken, Ticket, User
from erreichbar.centre.models.digest import DUE
from erreichbar.centre.models.ticket import RUNNING
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.centre.queries.presence import roster
from erreichbar.centre.sight import WITH_TICKETS
from erreichbar.office import Office
from erreichbar.office.calendar import Calendar
from erreichbar.promise.digest import RECENT, Digest, Running, digest, is_due
from erreichbar.record.words import LadderStep


def today(office: Office, at: datetime) -> date:
    """Return the day of a moment by the office's clocks."""
    return at.astimezone(office.zone).date()


def people_due(at: datetime) -> list[str]:
    """Return who (ids) is to have her digest of today now, and has not."""
    office, there = office_in_force(), roster(at)
    had = MorningDigest.objects.filter(day=today(office, at)).values("user")
    users = User.objects.filter(is_active=True, role__in=WITH_TICKETS).exclude(pk__in=had).order_by("pk")
    return [one for one in users.values_list("username", flat=True) if is_due(office, there, one, at)]


def digest_for(user: User, at: datetime) -> Digest:
    """Return what stands in somebody's digest at a moment."""
    office = office_in_force()
    led = [unit.id for unit in office.units.values() if unit.leader == user.username]
    running = Ticket.objects.filter(RUNNING)
    own = _running(office, running.filter(holder=user), (LadderStep.REMIND,), at)
    others = running.filter(unit__in=led).exclude(holder=user)
    return digest(own, _running(office, others, (LadderStep.TELL_LEADER, LadderStep.BROKEN), at) if led else (), at)


def shown_digest(user: User, at: datetime) -> MorningDigest | None:
    """Return somebody's digest of today, none if she has none, if it is empty, or if she has put it away."""
    day = today(office_in_force(), at)
    return MorningDigest.objects.filter(user=user, day=day, nothing=False, dismissed_at=None).first()


def digests_to_send(at: datetime) -> list[MorningDigest]:
    """Return the digests of today whose turn it is, those waiting longest first."""
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=at)
    found = MorningDigest.objects.filter(DUE, due, day=today(office_in_force(), at), user__is_active=True)
    return list(found.select_related("user").order_by("pk"))


def still_running(refs: Iterable[str]) -> dict[str, Ticket]:
    """Return those of some tickets (refs) of which something still runs out, those due first."""
    found = Ticket.objects.filter(RUNNING, ref__in=list(refs)).select_related("person")
    return {ticket.ref: ticket for ticket in found.order_by("due_elapsed", "pk")}


def _running(
    office: Office, tickets: Iterable[Ticket], steps: Iterable[LadderStep], at: datetime
) -> list[tuple[Running, Calendar]]:
    listed = list(tickets)
    taken = StepTaken.objects.filter(ticket__in=[one.pk for one in listed], step__in=steps, taken_at__gte=at - RECENT)
    told = dict(taken.order_by("taken_at").values_list("ticket", "taken_at"))
    return [
        (
            Running(one.ref, one.decide_by if one.reached_at else one.last_chance, one.urgent, told.get(one.pk)),
            office.calendar_of(one.unit),
        )
        for one in listed
    ]
