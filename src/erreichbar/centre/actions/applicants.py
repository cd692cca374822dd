"""Who applied: known by what two people of one name seldom share, and told to what was applied for in a call."""

from datetime import date

from erreichbar.centre.actions.base import Action
from erreichbar.centre.models import Application, Call, Person
from erreichbar.centre.reading import benefit_unit_number, number_of, search_name
from erreichbar.office import NotResponsible, Office, responsible
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref


def known_person(
    office: Office,
    *,
    family_name: str,
    given_name: str,
    date_of_birth: date | None,
    unit_number: str | None,
    number: str | None,
) -> Person | None:
    """Return who it is, if the name and date of birth, else benefit unit, else number are those of one person."""
    people = Person.objects.filter(search_name=search_name(family_name, given_name))
    unit = benefit_unit_number("benefit_unit_number", unit_number, office)
    if date_of_birth:
        people = people.filter(date_of_birth=date_of_birth)
    elif unit:
        people = people.filter(benefit_unit_number=unit)
    elif e164 := number_of("number", number):
        people = people.filter(numbers__e164=e164)
    else:
        return None
    found = list(people[:2])
    return found[0] if len(found) == 1 else None


def unit_of(office: Office, reason: str, person: Person | None) -> str:
    """Return the unit that is responsible for somebody's application, empty if it cannot be told (yet)."""
    if person is None:
        return ""
    try:
        return responsible(
            office,
            reason,
            benefit_unit_number=person.benefit_unit_number or None,
            family_name=person.family_name or None,
            postal_code=person.postal_code or None,
        ).unit
    except NotResponsible:
        return ""


def caller_found(action: Action, call: Call, person: Person) -> None:
    """Let what was applied for in a call before it was known who calls be hers."""
    for application in Application.objects.filter(call=call, person=None):
        identified(action, application, person)


def identified(action: Action, application: Application, person: Person) -> None:
    """Let an application be somebody's."""
    application.person = person
    application.unit = application.unit or unit_of(action.office, application.matter.reason, person)
    application.save(update_fields=["person", "unit"])
    action.journal(events.ApplicantIdentified(application=Ref(application.ref), by=action.staff_of_actor))
