"""The event vocabulary: everything that the journal can say, one small class an event.

References are random, codes come from the office file, people of the office stand under pseudonyms (``vocabulary``).
The moment an event happened at is the moment of its journal entry.
"""

from erreichbar.record.events.calls import (
    CallAbandoned,
    CallAdopted,
    CallAnswered,
    CallArrived,
    CallEnded,
    CallerIdentified,
    CallOutOfHours,
    CallQueued,
    CallRang,
    CallRingMissed,
    CallTurnedAway,
    CallWrappedUp,
)
from erreichbar.record.events.house import (
    DayClosed,
    EntriesErased,
    ModelAdopted,
    NumberRightRecorded,
    OfficeImported,
    PresenceChanged,
    SeatChanged,
    SpoolReplayed,
    UserAdded,
)
from erreichbar.record.events.keeping import (
    MessageQueued,
    StepTaken,
    TicketWaits,
)
from erreichbar.record.events.tickets import (
    AttemptConnected,
    AttemptEnded,
    AttemptRecorded,
    AttemptStarted,
    CallJoinedTicket,
    CitizenReached,
    MatterRaised,
    MatterSettled,
    TicketAssigned,
    TicketOpened,
    TicketReopened,
    TicketResolved,
)

__all__ = [
    "AttemptConnected",
    "AttemptEnded",
    "AttemptRecorded",
    "AttemptStarted",
    "CallAbandoned",
    "CallAdopted",
    "CallAnswered",
    "CallArrived",
    "CallEnded",
    "CallJoinedTicket",
    "CallOutOfHours",
    "CallQueued",
    "CallRang",
    "CallRingMissed",
    "CallTurnedAway",
    "CallWrappedUp",
    "CallerIdentified",
    "CitizenReached",
    "DayClosed",
    "EntriesErased",
    "MatterRaised",
    "MatterSettled",
    "MessageQueued",
    "ModelAdopted",
    "NumberRightRecorded",
    "OfficeImported",
    "PresenceChanged",
    "SeatChanged",
    "SpoolReplayed",
    "StepTaken",
    "TicketAssigned",
    "TicketOpened",
    "TicketReopened",
    "TicketResolved",
    "TicketWaits",
    "UserAdded",
]
