"""Can the promises still be kept? By proof where there is one, by probability where there is none.

``first_break`` proves that something must break, ``chances`` says how probable it is that each ticket is dealt with in
time, ``learn`` takes what that rests on from the office's own record.
"""

from erreichbar.promise.forecast.chances import chances
from erreichbar.promise.forecast.changes import Change, changes
from erreichbar.promise.forecast.feasibility import Break, Work, first_break, smallest_late_set
from erreichbar.promise.forecast.habits import Learnt, learn
from erreichbar.promise.forecast.more_time import More, hour_more
from erreichbar.promise.forecast.shapes import Chances, Habits, Lasting, OpenTicket
from erreichbar.promise.forecast.tipping import Tipping, tipping

__all__ = [
    "Break", "Chances", "Change", "Habits", "Lasting", "Learnt", "More", "OpenTicket", "Tipping", "Work", "chances",
    "changes", "first_break", "hour_more", "learn", "smallest_late_set", "tipping",
]  # fmt: skip
