"""What is settled in a conversation, by who has it; and how that is fitted to a part of all matters."""

from typing import TYPE_CHECKING

import numpy as np

from erreichbar.lab.office import arrays as a
from erreichbar.lab.office import people
from erreichbar.lab.office.shapes import ByLevel
from erreichbar.office.model import FirstLevel, Office, Urgency
from erreichbar.traffic.parameters import Parameters

if TYPE_CHECKING:
    from erreichbar.lab.office.model import LabOffice


def possible(office: Office) -> float:
    """Return the part of matters about which first level may do something."""
    shares = {reason.id: reason.share for reason in office.reasons.values()}
    may = [reason.share for reason in office.reasons.values() if reason.first_level is not FirstLevel.NONE]
    return sum(may) / sum(shares.values())


def settled(office: Office, parameters: Parameters) -> float:
    """Return the part of matters that agents settle by the numbers of the file."""
    part = first_level(parameters)
    every = office.reasons.values()
    return sum(reason.share * part[reason.first_level] for reason in every) / sum(reason.share for reason in every)


def first_level(parameters: Parameters) -> dict[FirstLevel, float]:
    """Return the part of matters that agents settle, by what first level may do."""
    matters = parameters.matters
    return {
        FirstLevel.SETTLE: matters.settled_if_settle.value,
        FirstLevel.RECORD: matters.settled_if_record.value,
        FirstLevel.INFORM: matters.settled_if_inform.value,
        FirstLevel.NONE: 0.0,
    }


def _to_target(plain: a.Floats, share: a.Floats, target: float) -> a.Floats:
    """Return the parts scaled so that over all reasons ``target`` is settled, none above 1."""
    low, high = 0.0, 1e6
    for _ in range(100):
        middle = (low + high) / 2
        reached = float(np.minimum(1.0, plain * middle) @ share / share.sum())
        low, high = (middle, high) if reached < target else (low, middle)
    return np.minimum(1.0, plain * high)


def reasons(lab: "LabOffice") -> a.Reasons:
    counted = lab.reasons
    part = first_level(lab.parameters)
    share = np.array([reason.share for reason in counted], np.float64)
    plain = np.array([part[reason.first_level] for reason in counted], np.float64)
    settles = np.zeros((len(counted), a.WHO), np.float64)
    decides = np.zeros((len(counted), a.WHO), np.int8)
    settles[:, a.AGENT] = _to_target(plain, share, lab.settlement)
    given = lab.lab.settlement
    for who, level in (
        (a.RESPONSIBLE, given.responsible),
        (a.COLLEAGUE, given.colleague),
        (a.DUTY_OFFICER, given.duty_officer),
    ):
        settles[:, who] = [_by_level(level, reason.first_level) for reason in counted]
    decides[:, (a.RESPONSIBLE, a.COLLEAGUE)] = 1
    decides[:, a.DUTY_OFFICER] = [reason.is_urgent for reason in counted]
    return a.Reasons(
        share=share,
        urgency=np.array([list(Urgency).index(reason.urgency) for reason in counted], np.int8),
        area=np.array([_area(lab, reason.id) for reason in counted], np.int64),
        plain=plain,
        settles=settles,
        decides=decides,
    )


def _by_level(given: ByLevel, level: FirstLevel) -> float:
    return float({
        FirstLevel.SETTLE: given.settle, FirstLevel.RECORD: given.record, FirstLevel.INFORM: given.inform,
        FirstLevel.NONE: given.none,
    }[level].value)  # fmt: skip


def _area(lab: "LabOffice", reason: str) -> int:
    for rule in lab.office.responsibilities:
        if not rule.reasons or reason in rule.reasons:
            person = lab.office.people.get(rule.case_worker or "")
            for one in lab.staff:
                if one.person.id == (person.id if person else None):
                    return one.area
            return people.area_of_unit(lab.lab, rule.unit)
    return -1
