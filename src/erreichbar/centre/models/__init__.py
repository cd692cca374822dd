"""The tables of the centre, one idea a file. Every invariant is also a rule of the database."""

from erreichbar.centre.models.application import Application
from erreichbar.centre.models.attempt import Attempt, AttemptState
from erreichbar.centre.models.call import Call, CallState
from erreichbar.centre.models.command import ActionKey, Command
from erreichbar.centre.models.decision import Decision
from erreichbar.centre.models.digest import MorningDigest
from erreichbar.centre.models.house import AdoptedModel, NumberRight, OfficeFile
from erreichbar.centre.models.journal import JournalEntry, JournalHead
from erreichbar.centre.models.keeping import Message, StepTaken
from erreichbar.centre.models.matter import Matter
from erreichbar.centre.models.person import Person, PersonNumber
from erreichbar.centre.models.presence import CalendarAddress, TimeTaken
from erreichbar.centre.models.provider import ProviderInterval
from erreichbar.centre.models.report import Report
from erreichbar.centre.models.seat import Seat
from erreichbar.centre.models.ticket import Ticket, TicketNote
from erreichbar.centre.models.urgent import UrgentMatter
from erreichbar.centre.models.user import StaffPseudonym, User

__all__ = [
    "ActionKey", "AdoptedModel", "Application", "Attempt", "AttemptState", "CalendarAddress", "Call", "CallState",
    "Command", "Decision", "JournalEntry", "JournalHead", "Matter", "Message", "MorningDigest", "NumberRight",
    "OfficeFile", "Person", "PersonNumber", "ProviderInterval", "Report", "Seat", "StaffPseudonym", "StepTaken",
    "Ticket", "TicketNote", "TimeTaken", "UrgentMatter", "User",
]  # fmt: skip
