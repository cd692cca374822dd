"""Every change of the record, one small class each. Nothing else writes.

``action.run()`` makes the change in one transaction, once (by its ``key``), and returns its result; it raises
``Refused``, with messages in German and English, if it may not be.
"""

from erreichbar.centre.actions.agreeing import AgreeOnCalling
from erreichbar.centre.actions.applications import (
    IdentifyApplicant,
    RecordApplication,
    TakeOverApplication,
    WithdrawApplication,
)
from erreichbar.centre.actions.attempts import ConnectAttempt, EndAttempt, RecordAttempt, StartAttempt
from erreichbar.centre.actions.base import ACTIONS, Action, from_json
from erreichbar.centre.actions.calendars import CalendarNotRead, FollowCalendar, LeaveCalendar, ReadCalendar
from erreichbar.centre.actions.calls import (
    AbandonCall,
    AdoptCall,
    AnswerCall,
    CallIsOver,
    CloseOutOfHours,
    EndCall,
    MissRing,
    QueueCall,
    ReceiveCall,
    RingSeat,
    TurnAwayCall,
)
from erreichbar.centre.actions.citizens import IdentifyCaller, JoinTicket, RaiseMatter, RegisterPerson, SettleMatter
from erreichbar.centre.actions.commands import AskFloor, CommandHandled
from erreichbar.centre.actions.decisions import DecideMatter, WithdrawDecision
from erreichbar.centre.actions.digests import (
    DigestDidNotGoOut,
    DigestWentOut,
    DismissDigest,
    TryDigest,
    WriteDigest,
)
from erreichbar.centre.actions.dispatching import DispatchDecision, ReferMatter
from erreichbar.centre.actions.house import AddUser, AdoptModel, ImportOffice, RecordNumberRight, ReplaySpool
from erreichbar.centre.actions.opening import OpenTicket
from erreichbar.centre.actions.posting import DispatchLetter, MessageDidNotGoOut, MessageWentOut
from erreichbar.centre.actions.presence import FreeTime, NotInToday, TakeTime
from erreichbar.centre.actions.provider import ReportFigures
from erreichbar.centre.actions.reporting import ReportMatter
from erreichbar.centre.actions.retention import CloseDay, EraseEntries
from erreichbar.centre.actions.seats import ChangeSeat
from erreichbar.centre.actions.spreading import SpreadTickets
from erreichbar.centre.actions.tending import TakeSteps, TendTickets
from erreichbar.centre.actions.tickets import (
    ForwardTicket,
    ReachCitizen,
    ReopenTicket,
    ResolveTicket,
    TakeTicket,
    WriteNote,
)
from erreichbar.centre.actions.urgent_facts import KeepUrgentFacts
from erreichbar.centre.actions.waiting import PauseTicket, ResumeTicket
from erreichbar.centre.errors import (
    Busy,
    Contradiction,
    Invalid,
    NoNumber,
    NotAllowed,
    NotFound,
    NotResponsible,
    NumberRefused,
    Refused,
    Stale,
)

__all__ = [
    "ACTIONS", "AbandonCall", "Action", "AddUser", "AdoptCall", "AdoptModel", "AgreeOnCalling", "AnswerCall",
    "AskFloor", "Busy", "CalendarNotRead", "CallIsOver", "ChangeSeat", "CloseDay", "CloseOutOfHours",
    "CommandHandled", "ConnectAttempt", "Contradiction", "DecideMatter", "DigestDidNotGoOut", "DigestWentOut",
    "DismissDigest", "DispatchDecision", "DispatchLetter", "EndAttempt", "EndCall", "EraseEntries", "FollowCalendar",
    "ForwardTicket", "FreeTime", "IdentifyApplicant", "IdentifyCaller", "ImportOffice", "Invalid", "JoinTicket",
    "KeepUrgentFacts", "LeaveCalendar", "MessageDidNotGoOut", "MessageWentOut", "MissRing", "NoNumber", "NotAllowed",
    "NotFound", "NotInToday", "NotResponsible", "NumberRefused", "OpenTicket", "PauseTicket", "QueueCall",
    "RaiseMatter", "ReachCitizen", "ReadCalendar", "ReceiveCall", "RecordApplication", "RecordAttempt",
    "RecordNumberRight", "ReferMatter", "Refused", "RegisterPerson", "ReopenTicket", "ReplaySpool", "ReportFigures",
    "ReportMatter", "ResolveTicket", "ResumeTicket", "RingSeat", "SettleMatter", "SpreadTickets", "Stale",
    "StartAttempt", "TakeOverApplication", "TakeSteps", "TakeTicket", "TakeTime", "TendTickets", "TryDigest", "TurnAwayCall",
    "WithdrawApplication", "WithdrawDecision", "WriteDigest", "WriteNote", "from_json",
]  # fmt: skip
