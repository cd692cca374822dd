"""A plain twin of the office in SimPy: the same citizens, the same rules, none of the house's machinery.

It asks ``traffic`` what citizens do, ``access`` and ``promise`` what happens next, and keeps everything else in plain
lists. What it tells (``Tables``) must be what the centre in virtual time tells of the same day, to the last digit.
"""

from tests.lab.twin.day import live, run_day, run_days

__all__ = ["live", "run_day", "run_days"]
