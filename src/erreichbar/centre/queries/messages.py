"""What citizens are told in writing."""

from django.db.models import Q

from erreichbar.centre import sight
from erreichbar.centre.models import Message, Ticket, User
from erreichbar.centre.models.keeping import WAITING
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.record.words import MessageChannel

_SHOWN = ("ticket__person", "ticket__holder", "application__person")


def messages_of(ticket: Ticket) -> list[Message]:
    """Return what the citizen of a ticket is and was told in writing, proofs of what she applied for included, oldest first."""
    about = Q(ticket=ticket) | Q(application__matter__ticket=ticket)
    return list(Message.objects.filter(about).select_related("application").order_by("queued_at", "pk"))


def letters_of(user: User) -> list[Message]:
    """Return the letters that wait to be printed, of open tickets and applications that somebody deals with, oldest first."""
    office = office_in_force()
    waiting = Message.objects.filter(WAITING, channel=MessageChannel.LETTER, ticket__closed_at=None)
    letters = waiting.select_related(*_SHOWN).order_by("queued_at", "pk")
    return [letter for letter in letters if sight.prints(user, letter, office)]


def letter_for(user: User, ref: str) -> Message | None:
    """Return a letter that somebody deals with, printed or not; none if there is none for her."""
    letter = Message.objects.filter(ref=ref, channel=MessageChannel.LETTER).select_related(*_SHOWN).first()
    return letter if letter is not None and sight.prints(user, letter, office_in_force()) else None
