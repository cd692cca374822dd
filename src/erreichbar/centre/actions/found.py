"""Finding what an action is about, with messages for when it is not there.

What belongs to a locked row is fetched after the lock, never joined to it: where PostgreSQL had to wait for the lock, a
join still holds what was true before.
"""

from erreichbar.centre.errors import NotFound
from erreichbar.centre.models import Attempt, Call, Matter, Person, Ticket, User
from erreichbar.office import Office, Text


def user_named(username: str) -> User:
    """Return a person of the office. Raises ``NotFound``."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotFound(f"„{username}“ steht nicht in der Bürodatei.", f'"{username}" is not in the office file.')
    return user


def call_with(ref: str) -> Call:
    """Return a call. Raises ``NotFound``."""
    call = Call.objects.select_related("person").filter(ref=ref).first()
    if call is None:
        raise NotFound("Dieses Gespräch ist nicht bekannt.", "This call is not known.")
    return call


def person_with(ref: str) -> Person:
    """Return a citizen. Raises ``NotFound``."""
    person = Person.objects.filter(ref=ref).first()
    if person is None:
        raise NotFound("Diese Person ist nicht erfasst.", "This person is not recorded.")
    return person


def matter_with(ref: str) -> Matter:
    """Return a matter, locked until the change is made. Raises ``NotFound``."""
    matter = Matter.objects.select_for_update().prefetch_related("call", "person").filter(ref=ref).first()
    if matter is None:
        raise NotFound("Dieses Anliegen ist nicht erfasst.", "This matter is not recorded.")
    return matter


def ticket_with(ref: str) -> Ticket:
    """Return a ticket, locked until the change is made. Raises ``NotFound``."""
    ticket = (
        Ticket.objects.select_for_update().prefetch_related("person", "holder", "changed_by").filter(ref=ref).first()
    )
    if ticket is None:
        raise NotFound("Dieses Ticket gibt es nicht.", "There is no such ticket.")
    return ticket


def attempt_with(ref: str) -> Attempt:
    """Return an attempt, locked until the change is made. Raises ``NotFound``."""
    attempt = Attempt.objects.select_for_update().prefetch_related("user", "ticket").filter(ref=ref).first()
    if attempt is None:
        raise NotFound("Dieser Rückruf ist nicht bekannt.", "This callback is not known.")
    return attempt


def name_of(office: Office, user: User | None) -> Text:
    """Return how somebody of the office is called there; none is the house itself."""
    if user is None:
        return Text("Das Haus", "The house")
    person = office.people.get(user.username)
    name = person.name if person else user.username
    return Text(name, name)
