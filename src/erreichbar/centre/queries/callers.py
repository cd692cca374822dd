"""What may be known of a caller: before the identity check counts only, after it the one person.

Several people behind one number are never told of each other, and nobody searches among all citizens: every question
that names a person is asked from within a call, or by somebody who deals with tickets.
"""

from datetime import date
from typing import NamedTuple

from erreichbar.centre import clock, sight
from erreichbar.centre.errors import NotAllowed, NotFound
from erreichbar.centre.models import Call, Person, PersonNumber, Ticket, User
from erreichbar.centre.reading import search_name
from erreichbar.office import benefit_units
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Role

MOST_FOUND = 5
"""Of more people than this a search shows none, so that nobody leafs through the register."""


class CallerHint(NamedTuple):
    """What is known before the identity check: how many people the number has, with how many open tickets."""

    persons: int
    open_tickets: int


class TooMany(NotAllowed):
    """More people were found than may be shown."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Es gibt {number} Personen, auf die das zutrifft. Bitte fragen Sie nach einer weiteren Angabe.",
            f"This fits {number} people. Please ask for one more detail.",
            "too_many",
        )


def caller_hint(call: Ref) -> CallerHint:
    """Return the counts for the number of a call; nothing for a withheld one."""
    number = Call.objects.filter(ref=call).values_list("e164", flat=True).first()
    if number is None:
        return CallerHint(0, 0)
    persons = PersonNumber.objects.filter(e164=number).values("person")
    return CallerHint(len(persons), Ticket.objects.filter(closed_at=None, person__in=persons).count())


def call_of(user: User) -> Call | None:
    """Return the call that somebody is in, or was in a moment ago; none if there is none."""
    last = Call.objects.filter(user=user, answered_at__isnull=False).select_related("person").order_by("-answered_at")
    call = last.first()
    return call if call is not None and sight.is_in_front(user, call, clock.now()) else None


def search_persons(
    user: User,
    call: Ref | None,
    *,
    family_name: str = "",
    given_name: str = "",
    date_of_birth: date | None = None,
    benefit_unit_number: str = "",
) -> list[Person]:
    """Return the people that fit what a caller says of herself: name, and date of birth or benefit-unit number.

    Raises ``NotAllowed`` without a call (for agents) and with too little to go on, ``TooMany`` if it fits many.
    """
    if call is not None:
        _in_front(user, call)
    elif Role(user.role) not in sight.WITH_TICKETS:
        raise NotAllowed("Das geht nur im Gespräch.", "This is possible only in a conversation.")
    if not family_name.strip() or (date_of_birth is None and not benefit_unit_number.strip()):
        raise NotAllowed(
            "Bitte fragen Sie nach dem Familiennamen und nach Geburtsdatum oder BG-Nummer.",
            "Please ask for the family name, and for the date of birth or the benefit-unit number.",
            "too_little",
        )
    found = Person.objects.filter(search_name__startswith=search_name(family_name, given_name))
    if date_of_birth is not None:
        found = found.filter(date_of_birth=date_of_birth)
    if benefit_unit_number.strip():
        found = found.filter(benefit_unit_number=benefit_units.compact(benefit_unit_number))
    people = list(found.order_by("search_name", "pk")[: MOST_FOUND + 1])
    if len(people) > MOST_FOUND:
        raise TooMany(found.count())
    return people


def find_person(given_name: str, family_name: str, date_of_birth: date | None) -> Ref | None:
    """Return the one person of this name and date of birth, none if there is none or more than one.

    For the house itself (automatic colleagues, importers); people at a desk ask ``search_persons``.
    """
    found = Person.objects.filter(search_name=search_name(family_name, given_name), date_of_birth=date_of_birth)
    refs = list(found.values_list("ref", flat=True)[:2])
    return Ref(refs[0]) if len(refs) == 1 else None


def open_tickets(user: User, person: Person) -> list[Ticket]:
    """Return the open tickets of a citizen who is, identified, in a call with ``user``. Raises ``NotAllowed``."""
    call = call_of(user)
    if (call is None or call.person_id != person.pk) and Role(user.role) not in sight.WITH_TICKETS:
        raise NotAllowed("Das geht nur im Gespräch mit dieser Person.", "Only in the conversation with this person.")
    tickets = Ticket.objects.filter(person=person, closed_at=None).select_related("holder", "matter")
    return list(tickets.order_by("due_elapsed", "pk"))


def _in_front(user: User, ref: Ref) -> Call:
    call = Call.objects.filter(ref=ref).first()
    if call is None:
        raise NotFound("Dieses Gespräch ist nicht bekannt.", "This call is not known.")
    if not sight.is_in_front(user, call, clock.now()):
        raise NotAllowed(
            "Das geht nur im Gespräch mit dieser Person oder in der Nachbearbeitung.",
            "This is possible only in the conversation with this person or in wrap-up.",
        )
    return call
