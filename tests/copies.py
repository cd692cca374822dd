"""Many tickets for tests, made at once: copies of one that was opened as tickets are."""

from erreichbar.centre import refs
from erreichbar.centre.models import Matter, Person, PersonNumber, Ticket
from erreichbar.promise import receipt


def copies(ref: str, number: int, first: int = 0) -> None:
    """Open as many tickets more, each like one that was opened, of a person of its own; their codes count from ``first``."""
    ticket = Ticket.objects.select_related("matter", "person").get(ref=ref)
    assert ticket.person is not None
    people, matters, tickets = [], [], []
    for n in range(number):
        person = Person(ref=refs.new_ref(), given_name="Kim", family_name=f"Muster{n}", search_name=f"muster{n} kim")
        matter = Matter(ref=refs.new_ref(), person=person, reason=ticket.reason, raised_at=ticket.opened_at)
        people.append(person)
        matters.append(matter)
        kept = {
            field.attname: getattr(ticket, field.attname)
            for field in Ticket._meta.concrete_fields
            if field.attname not in ("id", "ref", "code", "matter_id", "person_id")
        }
        tickets.append(Ticket(**kept, ref=refs.new_ref(), code=receipt.code(first + n), matter=matter, person=person))
    Person.objects.bulk_create(people)
    PersonNumber.objects.bulk_create(PersonNumber(person=person, e164=ticket.number or "") for person in people)
    Matter.objects.bulk_create(matters)
    Ticket.objects.bulk_create(tickets)
