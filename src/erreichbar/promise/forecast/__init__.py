"""Can the promises still be kept? By proof where there is one, by probability where there is none."""

from erreichbar.promise.forecast.feasibility import Break, Work, first_break, smallest_late_set

__all__ = ["Break", "Work", "first_break", "smallest_late_set"]
