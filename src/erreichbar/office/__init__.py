"""Who works here, when, on what number, for which matters?

``load`` turns an office file into an ``Office``, immutable and checked, or tells every fault of it (``OfficeFaults``).
The rooms above read it; nothing changes it. ``numbers`` reads and shows telephone numbers and says which must not be
called, ``responsibility`` who deals with a matter, ``calendar`` when the office is open.
"""

from erreichbar.office.calendar import Calendar, Day, DayKind, NeverOpen
from erreichbar.office.faults import Fault, Faults, OfficeFaults
from erreichbar.office.loading import demo, load, loads
from erreichbar.office.model import (
    ApplicationKind,
    ContactReason,
    FirstLevel,
    NumberRight,
    Office,
    Organisation,
    OrganisationKind,
    Person,
    Telephone,
    Unit,
    Urgency,
)
from erreichbar.office.moments import AmbiguousMoment
from erreichbar.office.numbers import NotANumber, Number, refusal
from erreichbar.office.responsibility import NotResponsible, Responsible, responsible
from erreichbar.office.text import Text

__all__ = [
    "AmbiguousMoment",
    "ApplicationKind",
    "Calendar",
    "ContactReason",
    "Day",
    "DayKind",
    "Fault",
    "Faults",
    "FirstLevel",
    "NeverOpen",
    "NotANumber",
    "NotResponsible",
    "Number",
    "NumberRight",
    "Office",
    "OfficeFaults",
    "Organisation",
    "OrganisationKind",
    "Person",
    "Responsible",
    "Telephone",
    "Text",
    "Unit",
    "Urgency",
    "demo",
    "load",
    "loads",
    "refusal",
    "responsible",
]
