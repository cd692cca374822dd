"""What is summed over tickets, from the loop's own rows of them, whether the record is wished or not."""

import numpy as np

from erreichbar.lab.engine.driving import Found
from erreichbar.lab.engine.promised import (
    T_ATTEMPTED,
    T_ATTEMPTS,
    T_CLOSED,
    T_DUE,
    T_OPENED,
    T_REACHED,
    T_RESOLVED,
    T_RING_BACKS,
    T_WITHOUT,
)
from erreichbar.lab.office.arrays import Arrays


def sums(found: Found, arrays: Arrays) -> dict[str, float]:
    """Return the sums over tickets that are opened in the days that count; ``simulating.Run`` names them."""
    assert found.tickets is not None
    opened = found.tickets[:, T_OPENED]
    rows = found.tickets[(opened >= arrays.run.begins) & (opened < arrays.run.ends)]
    told = {"tickets": float(len(rows))}
    for name, place in (("attempted", T_ATTEMPTED), ("reached", T_REACHED), ("resolved", T_RESOLVED)):
        happened = rows[:, place] >= 0
        told[name] = float(np.count_nonzero(happened))
        told[f"{name}_in_time"] = float(np.count_nonzero(happened & (rows[:, place] <= rows[:, T_DUE])))
    told["attempts"] = float(rows[:, T_ATTEMPTS].sum())
    told["ring_backs"] = float(rows[:, T_RING_BACKS].sum())
    told["not_told"] = float(np.count_nonzero((rows[:, T_CLOSED] >= 0) & (rows[:, T_RESOLVED] < 0)))
    told["without_contact"] = float(rows[:, T_WITHOUT].sum())
    return told
