"""What happens to the house itself: its files, its people, their seats, its journal."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from erreichbar.record.vocabulary import Code, Count, Digest, Event, Staff, event
from erreichbar.record.words import PresentedNumber, Role, SeatState


@event
class OfficeImported(Event):
    """An office file became the one in force."""

    kind: ClassVar[str] = "office.imported"
    digest: Annotated[Digest, "SHA-256 of the office file"]


@event
class ModelAdopted(Event):
    """An access model became the one in force."""

    kind: ClassVar[str] = "model.adopted"
    model: Annotated[Code, "name of the access model"]
    digest: Annotated[Digest, "SHA-256 of the model file"]


@event
class UserAdded(Event):
    """Somebody may sign in."""

    kind: ClassVar[str] = "user.added"
    staff: Annotated[Staff, "who"]
    role: Annotated[Role, "in what role"]


@event
class NumberRightRecorded(Event):
    """The right to present a number on callbacks was checked (§ 120 TKG)."""

    kind: ClassVar[str] = "number.right_recorded"
    presented: Annotated[PresentedNumber, "which of the office's numbers"]
    by: Annotated[Staff, "who checked"]


@event
class SpoolReplayed(Event):
    """What happened while the database was away has been entered."""

    kind: ClassVar[str] = "spool.replayed"
    entries: Annotated[Count, "how many waiting changes were entered"]
    since: Annotated[datetime, "moment of the first of them"]


@event
class EntriesErased(Event):
    """Retention erased payload and salt of a stretch of entries; the chain still verifies."""

    kind: ClassVar[str] = "entries.erased"
    first: Annotated[Count, "sequence number of the first entry erased"]
    last: Annotated[Count, "sequence number of the last entry erased"]


@event
class DayClosed(Event):
    """The counts of a day, journalled before retention erases what they were counted from."""

    kind: ClassVar[str] = "day.closed"
    day: Annotated[date, "the day, in the office's zone"]
    offered: Annotated[Count, "calls offered in service hours"]
    answered: Annotated[Count, "of these, answered"]
    abandoned: Annotated[Count, "of these, abandoned"]
    turned_away: Annotated[Count, "of these, turned away"]
    out_of_hours: Annotated[Count, "calls outside service hours, beside the offered"]
    matters_settled: Annotated[Count, "matters settled at first contact"]
    tickets_opened: Annotated[Count, "tickets opened"]
    attempted_in_time: Annotated[Count, "of these, attempted within 48 literal hours"]
    reached_in_time: Annotated[Count, "of these, reached within 48 literal hours"]
    resolved_in_time: Annotated[Count, "of these, resolved within 48 literal hours"]


@event
class PresenceChanged(Event):
    """When somebody of a unit is there has changed. Who it is and why stands nowhere in the journal."""

    kind: ClassVar[str] = "presence.changed"
    unit: Annotated[Code | None, "the unit, none for who belongs to none"]


@event
class SeatChanged(Event):
    """Somebody became ready, went into pause or wrap-up, or left."""

    kind: ClassVar[str] = "seat.changed"
    staff: Annotated[Staff, "who sits there"]
    role: Annotated[Role, "in what role"]
    state: Annotated[SeatState, "what the seat does from now on"]
