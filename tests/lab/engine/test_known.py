"""Of calls that are known the loop does not say that they were not made."""

import numpy as np
import pytest

from erreichbar import access
from erreichbar.lab.engine.filed import Filed, Known
from erreichbar.lab.office.draw import Arising
from erreichbar.record.words import Direction, code
from erreichbar.traffic.further import NEUTRAL
from erreichbar.traffic.process import PLACES
from tests.lab.engine.test_whole import DAY
from tests.telephone.test_virtual import village_office

pytestmark = pytest.mark.slow  # the loop is compiled anew after every change of the rules


def test_a_call_that_is_known_is_made_when_it_was_and_others_when_citizens_are_able_to() -> None:
    office = Filed(village_office(), access.load("service-centre"), DAY, 1, 2, further=NEUTRAL._replace(late=1.0))
    drawn = office.draws(1, 0)
    citizen = office.run.first_key * PLACES + np.arange(len(drawn.arises))
    arising = Arising(citizen, drawn.arises, drawn.place, drawn.matters.astype(np.int8), drawn.reason.astype(np.int16))
    known = Known(arising, drawn.withheld, drawn.telephone)
    starts = []
    for given in (None, known):
        found = office.play(1, 0, given).contacts
        starts.append(found.filter(found["direction"] == code(Direction.INBOUND))["start"])
    assert (starts[0] % (24 * 3_600_000) >= 16 * 3_600_000).all()
    assert set(drawn.arises) <= set(starts[1])
    assert not set(drawn.arises) <= set(starts[0])
