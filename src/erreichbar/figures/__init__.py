"""What is counted, and how? One function a figure, over the tables of the record.

Each returns a ``Figure``: value, raw counts, definition in German and English. ``calls`` counts citizens' calls,
``first_contact`` what happens in them, ``direct`` those to direct lines and transfers, ``promise`` what became of tickets,
``matters`` what became of needs, ``visits`` who came in person, ``groups`` how groups are served, ``work`` people's time by
role and organisation, ``day`` the counts of a day, ``waiting`` who waits how long and the course of the day; ``window`` leaves out
what is not to be counted. ``conservation`` says what must hold in every run. The live centre keeps no times of people and no
visits, so over it those figures say that they are not recorded.
"""

from erreichbar.figures.day import demo_day
from erreichbar.figures.figure import Figure, Unit
from erreichbar.figures.promise import Part

__all__ = ["Figure", "Part", "Unit", "demo_day"]
