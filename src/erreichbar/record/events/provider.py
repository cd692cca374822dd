"""What other organisations report of their own work."""

from datetime import datetime
from typing import Annotated, ClassVar

from erreichbar.record.vocabulary import Code, Count, Event, event
from erreichbar.record.words import ReportWay


@event
class ProviderFiguresReported(Event):
    """An organisation reported figures of its calls. They are its own; nothing of ours is counted by them."""

    kind: ClassVar[str] = "provider.figures_reported"
    organisation: Annotated[Code, "which organisation"]
    way: Annotated[ReportWay, "by what way"]
    intervals: Annotated[Count, "intervals reported for the first time"]
    corrected: Annotated[Count, "intervals that were known with other numbers; both are kept"]
    known: Annotated[Count, "intervals that were known with the same numbers"]
    offered: Annotated[Count, "calls offered in the intervals that are new or corrected, as reported"]
    answered: Annotated[Count, "of these, answered, as reported"]
    first: Annotated[datetime, "when the first of them begins"]
    last: Annotated[datetime, "when the last of them ends"]
