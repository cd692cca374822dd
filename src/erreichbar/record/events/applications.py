"""What happens to an application that somebody made by telephone. Whose it is and what was said stands nowhere here."""

from datetime import datetime
from typing import Annotated, ClassVar

from erreichbar.record.vocabulary import Code, Event, Ref, Staff, event
from erreichbar.record.words import Mistake


@event
class ApplicationRecorded(Event):
    """Somebody applied in a conversation, and it was written down."""

    kind: ClassVar[str] = "application.recorded"
    application: Annotated[Ref, "the application"]
    matter: Annotated[Ref, "the matter that it belongs to"]
    applied_for: Annotated[Code, "what for, from the list of the office file"]
    made_at: Annotated[datetime, "when the conversation began in which it was declared"]
    identified: Annotated[bool, "whether it is known who applied"]
    organisation: Annotated[Code | None, "which other organisation took it, none: this house"]
    by: Annotated[Staff | None, "who took it, none for the house itself"]


@event
class ApplicantIdentified(Event):
    """It was found out who had applied."""

    kind: ClassVar[str] = "application.identified"
    application: Annotated[Ref, "the application"]
    by: Annotated[Staff | None, "who found it out, none for the house itself"]


@event
class ApplicationTakenOver(Event):
    """An application stands in the case file now; from here on it may be forgotten here."""

    kind: ClassVar[str] = "application.taken_over"
    application: Annotated[Ref, "the application"]
    by: Annotated[Staff, "who took it over"]


@event
class ApplicationWithdrawn(Event):
    """An application had been entered by mistake. The entry stays what it was."""

    kind: ClassVar[str] = "application.withdrawn"
    application: Annotated[Ref, "the application"]
    mistake: Annotated[Mistake, "what was wrong"]
    by: Annotated[Staff | None, "who withdrew it, none for the house itself"]
