"""Who may see and deal with what: need to know, by role, unit and organisation (§ 35 SGB I).

Case workers see the tickets of their unit, duty officers those of their organisation, agents nothing but the caller in
front of them. Managers, auditors and admins see no citizen at all.
"""

from datetime import datetime, timedelta

from erreichbar.centre.errors import NotAllowed
from erreichbar.centre.models import Application, Call, CallState, Message, Ticket, User
from erreichbar.office import Office
from erreichbar.record.words import Role, TalkedWith

AFTERWARDS = timedelta(minutes=15)
"""How long after a conversation whoever had it may still enter what was said. Assumption."""
WITH_TICKETS = frozenset({Role.CASE_WORKER, Role.DUTY_OFFICER, Role.TEAM_LEADER})
"""The roles that deal with tickets."""


def is_in_front(user: User, call: Call, moment: datetime) -> bool:
    """Return whether somebody is in this call, or was a moment ago."""
    if call.user_id != user.pk:
        return False
    if call.state == CallState.TALKING:
        return True
    return call.answered_at is not None and call.ended_at is not None and moment <= call.ended_at + AFTERWARDS


def is_of_unit(user: User, unit: str, office: Office) -> bool:
    """Return whether somebody belongs to a unit or leads it."""
    found = office.units.get(unit)
    return found is not None and (user.username in found.members or user.username == found.leader)


def led_by(user: User, office: Office) -> list[str]:
    """Return the ids of everybody whose leader somebody is, or of whose unit, in the order of their names."""
    if user.role != Role.TEAM_LEADER:
        return []
    led = [unit for unit in office.units if is_of_unit(user, unit, office)]
    people = {person for unit in led for person in office.units[unit].members} - {user.username}
    return sorted(people, key=lambda person: office.people[person].name)


def covers(user: User, unit: str, office: Office) -> bool:
    """Return whether the tickets of a unit are somebody's to deal with: her own unit's, for duty officers all."""
    if not user.is_active or Role(user.role) not in WITH_TICKETS:
        return False
    return is_of_unit(user, unit, office) or (user.role == Role.DUTY_OFFICER and _same_organisation(user, unit, office))


def works_on(user: User, ticket: Ticket, office: Office) -> bool:
    """Return whether a ticket is somebody's to deal with, without a call."""
    if ticket.holder_id == user.pk:
        return user.is_active and Role(user.role) in WITH_TICKETS
    return covers(user, ticket.unit, office)


def has_on_the_line(user: User, ticket: Ticket, moment: datetime) -> bool:
    """Return whether the citizen of a ticket is, identified, in a call with somebody."""
    if ticket.person_id is None:
        return False
    calls = Call.objects.filter(user=user, person_id=ticket.person_id, answered_at__isnull=False)
    return any(is_in_front(user, call, moment) for call in calls.order_by("-answered_at")[:1])


def may_see(user: User, ticket: Ticket, office: Office, moment: datetime) -> bool:
    """Return whether somebody may see a ticket."""
    return works_on(user, ticket, office) or has_on_the_line(user, ticket, moment)


def works_on_application(user: User, application: Application, office: Office) -> bool:
    """Return whether an application is somebody's to take over: her unit's, or, if none is known, everybody's with tickets."""
    ticket = Ticket.objects.filter(matter=application.matter_id).first()
    if ticket is not None and works_on(user, ticket, office):
        return True
    if application.unit in office.units:
        return covers(user, application.unit, office)
    return user.is_active and Role(user.role) in WITH_TICKETS


def may_see_application(user: User, application: Application, office: Office, moment: datetime) -> bool:
    """Return whether an application is somebody's to take over, or was made in the call in front of her."""
    in_front = application.call is not None and is_in_front(user, application.call, moment)
    return in_front or works_on_application(user, application, office)


def prints(user: User, message: Message, office: Office) -> bool:
    """Return whether a written message is somebody's to print and dispatch."""
    if message.ticket is not None:
        return works_on(user, message.ticket, office)
    return message.application is not None and works_on_application(user, message.application, office)


def require_work_on(user: User | None, ticket: Ticket, office: Office) -> None:
    """Raise ``NotAllowed`` if a ticket is not somebody's to deal with. The house (none) may."""
    if user is not None and not works_on(user, ticket, office):
        raise NotAllowed(
            "Dieses Ticket liegt bei einer anderen Stelle.", "This ticket lies with another unit.", "other_unit"
        )


def talked_with(user: User, ticket: Ticket, office: Office) -> TalkedWith:
    """Return in what relation to a ticket somebody talks with its citizen; a duty officer also where it is hers."""
    if user.role == Role.DUTY_OFFICER:
        return TalkedWith.DUTY_OFFICER
    if user.pk in (ticket.responsible_id, ticket.holder_id) and ticket.responsible_id in (None, user.pk):
        return TalkedWith.RESPONSIBLE
    if Role(user.role) in WITH_TICKETS and is_of_unit(user, ticket.unit, office):
        # A ticket in the pool is the unit's: any of its members is the one responsible.
        return TalkedWith.RESPONSIBLE if ticket.responsible_id is None else TalkedWith.SUBSTITUTE
    return TalkedWith.SUBSTITUTE if ticket.holder_id == user.pk else TalkedWith.AGENT


def _same_organisation(user: User, unit: str, office: Office) -> bool:
    person = office.people.get(user.username)
    found = office.units.get(unit)
    colleagues = {*found.members, found.leader} if found else set()
    return person is not None and any(
        colleague.id in colleagues and colleague.organisation == person.organisation
        for colleague in office.people.values()
    )
