"""What citizens are told in writing."""

from erreichbar.centre import sight
from erreichbar.centre.models import Message, Ticket, User
from erreichbar.centre.models.keeping import WAITING
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.record.words import MessageChannel


def messages_of(ticket: Ticket) -> list[Message]:
    """Return what the citizen of a ticket is and was told in writing, oldest first."""
    return list(Message.objects.filter(ticket=ticket).order_by("queued_at", "pk"))


def letters_of(user: User) -> list[Message]:
    """Return the letters that wait to be printed, of open tickets that somebody deals with, oldest first."""
    office = office_in_force()
    waiting = Message.objects.filter(WAITING, channel=MessageChannel.LETTER, ticket__closed_at=None)
    letters = waiting.select_related("ticket__person", "ticket__holder").order_by("queued_at", "pk")
    return [letter for letter in letters if sight.works_on(user, letter.ticket, office)]


def letter_for(user: User, ref: str) -> Message | None:
    """Return a letter of a ticket that somebody deals with, printed or not; none if there is none for her."""
    letter = Message.objects.filter(ref=ref, channel=MessageChannel.LETTER).select_related("ticket__person").first()
    return letter if letter is not None and sight.works_on(user, letter.ticket, office_in_force()) else None
