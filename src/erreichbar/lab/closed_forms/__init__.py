"""Queues that can be calculated: what the simulation is held against.

``erlang`` is loss and delay without impatience, ``waiting`` the queue M/M/n and M/M/n+M as a whole, ``priorities`` classes
that overtake or interrupt, ``many_servers`` the limits for many servers, ``birth_death`` any queue whose next step depends
on how many are in it.
"""

from erreichbar.lab.closed_forms.birth_death import BirthDeath
from erreichbar.lab.closed_forms.erlang import Unstable, erlang_b, erlang_c, log_erlang_b
from erreichbar.lab.closed_forms.many_servers import garnett, halfin_whitt
from erreichbar.lab.closed_forms.priorities import non_preemptive, preemptive_resume
from erreichbar.lab.closed_forms.waiting import Waiting

__all__ = [
    "BirthDeath",
    "Unstable",
    "Waiting",
    "erlang_b",
    "erlang_c",
    "garnett",
    "halfin_whitt",
    "log_erlang_b",
    "non_preemptive",
    "preemptive_resume",
]
