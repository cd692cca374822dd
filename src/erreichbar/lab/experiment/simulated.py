"""The lab's engine as what an experiment plays: an office under a model is made ready once, and every replication begins from there."""

import math
from collections.abc import Sequence
from datetime import date

from erreichbar import access
from erreichbar.access import AccessModel
from erreichbar.access.live import needs
from erreichbar.lab.engine.simulating import CAN, CannotSimulate, Course
from erreichbar.lab.experiment.replicating import Played
from erreichbar.lab.experiment.running import MOST_MODELS, CannotCompare, Experiment
from erreichbar.lab.office import LabOffice
from erreichbar.office.checking import listed
from erreichbar.office.faults import Fault

WEEK = 7
_courses: dict[tuple[object, ...], Course] = {}
"""The latest offices made ready, in this process: threads share them, other processes make their own."""


def simulated(office: LabOffice, model: AccessModel, first: date, days: int, seed: int, replication: int) -> Played:
    """Simulate one replication, with the record of the whole run, of people's time its sums. A ``Replicate``; raises as ``Course`` does."""
    course = _course(office, model, first, days)
    tables = course.run(seed, replication, rows=True, summed=True).tables
    assert tables is not None
    run, midnight = course.arrays.run, course.arrays.days.midnight
    return Played(tables, [int(moment) for moment in midnight[(midnight >= run.begins) & (midnight <= run.ends)]])


def refuse(experiment: Experiment) -> None:
    """Raise ``CannotCompare`` for all models that the loop cannot carry out yet, with those it can."""
    faults = []
    for model in experiment.models:
        if missing := needs(model.rules) - CAN:
            said = CannotSimulate(model, missing).text
            faults.append(Fault("lab compare", "", model.name, said.de, said.en, listed(possible())))
    if faults:
        raise CannotCompare(faults)


def warm_up(office: LabOffice) -> int:
    """Return how many days are played before those that count: a week, and where citizens ask about late cases, until there are any."""
    if not office.lab.status_calls.elasticity.value:
        return WEEK
    usual = (team.case_work.usual_days.value for team in office.lab.teams if team.case_work)
    return WEEK + math.ceil(max(usual, default=0.0))


def possible() -> Sequence[str]:
    """Return the presets that can be simulated."""
    return [name for name in access.names() if not needs(access.load(name).rules) - CAN]


def _course(office: LabOffice, model: AccessModel, first: date, days: int) -> Course:
    key = (office.file.digest, office.settlement, model.digest, first, days)
    found = _courses.get(key)
    if found is None:
        found = _courses[key] = Course(office, model, days=days, first=first, warm_up=warm_up(office))
        for old in list(_courses)[:-MOST_MODELS]:
            _courses.pop(old, None)
    return found
