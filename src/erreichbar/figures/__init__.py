"""What is counted, and how? One function a figure, over the tables of the record.

Each returns a ``Figure``: value, raw counts, definition in German and English. ``calls`` counts citizens' calls,
``first_contact`` what happens in them, ``promise`` what became of tickets, ``day`` the counts of a day.
"""

from erreichbar.figures.day import demo_day
from erreichbar.figures.figure import Figure, Unit
from erreichbar.figures.promise import Part

__all__ = ["Figure", "Part", "Unit", "demo_day"]
