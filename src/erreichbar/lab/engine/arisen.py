"""Every matter that arose, voiced or not, with its one end: from the loop's rows to the record's table ``matters``."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from erreichbar.lab.engine.borrowing import borrowed
from erreichbar.lab.engine.boxes import boxed
from erreichbar.lab.engine.compiling import apart, compiled
from erreichbar.lab.engine.driving import Found
from erreichbar.lab.engine.promised import (
    GAVE_UP,
    M_CALLER,
    M_CONTACT,
    M_NTH,
    M_SEAT,
    M_SETTLED,
    M_TICKET,
    T_CLOSED,
    T_REACHED,
    T_WITH,
    Promised,
)
from erreichbar.lab.engine.rules import (
    availability_of,
    date_after_ms,
    is_advised,
    is_telephone_only,
    needs,
)
from erreichbar.lab.engine.shapes import Floats, Ints, Plan, Seed
from erreichbar.lab.engine.state import (
    NOBODY,
    R_CITIZEN,
    R_DIRECTION,
    R_ENDED,
    R_OUTCOME,
    R_START,
)
from erreichbar.lab.engine.through import who_is
from erreichbar.lab.office.arrays import COLLEAGUE, DUTY_OFFICER, RESPONSIBLE, Arrays
from erreichbar.office.model import Urgency
from erreichbar.record.tables import MATTERS
from erreichbar.record.words import CallOutcome, Direction, MatterEnd, TalkedWith, code
from erreichbar.traffic.further import ASKING, INDUCED, Further

IMMEDIATE = list(Urgency).index(Urgency.IMMEDIATE)
CALL, VISIT, WAS_ANSWERED = code(Direction.INBOUND), code(Direction.VISIT), code(CallOutcome.ANSWERED)
SETTLED, TICKET, IN_PERSON, GIVEN_UP, NEVER_VOICED = (
    code(one)
    for one in (
        MatterEnd.SETTLED, MatterEnd.TICKET, MatterEnd.IN_PERSON, MatterEnd.GIVEN_UP, MatterEnd.NEVER_VOICED,
    )
)  # fmt: skip
WITH_AGENT, WITH_DUTY = code(TalkedWith.AGENT), code(TalkedWith.DUTY_OFFICER)
WITH_RESPONSIBLE, WITH_SUBSTITUTE = code(TalkedWith.RESPONSIBLE), code(TalkedWith.SUBSTITUTE)

(
    CALLER, NTH, REASON, AROSE, FIRST_TRY, TRIES, CONTACT, ITS_TICKET, NEEDS, DATE, SERVED, SERVED_WITH, ENDED, END, AVAILABLE,
    TELEPHONE_ONLY, ADVISED,
) = range(17)  # fmt: skip
COLUMNS = 17


class Known(NamedTuple):
    """What is asked of an office and its citizens; names as in ``Callers``, ``Reasons`` of both and ``Staff``."""

    first_key: int
    first: Ints
    arises: Ints
    others: Ints
    place: Ints
    matters: Ints
    reason: Ints
    own: Ints
    urgency: Ints
    urgent: Ints
    plain: Floats
    decides: Ints
    area: Ints
    area_of: Ints
    """Of each seat."""
    role: Ints
    further: Further


def drawn(plan: Plan, arrays: Arrays) -> Ints:
    """Return what is drawn of the matters of all callers, whatever becomes of them: int64[17, k]."""
    given = plan.promised
    assert given is not None
    columns = np.full((COLUMNS, int(given.callers.matters.sum())), NOBODY, np.int64)
    _draw(_known(given, arrays), plan.seed, columns.T)
    return columns


def matters(found: Found, given: Promised, arrays: Arrays, arose: Ints) -> tuple[Ints, Mapping[str, Any]]:
    """Return the ticket's matter for each ticket, and the columns of ``matters`` but for the words: ``reason``, ``language``.

    ``arose`` as ``drawn`` gives it.
    A matter that is voiced again has several tickets; the last is its own, by which it ends, the others have none. Moments in ms
    since the start of the run.
    """
    assert found.rows is not None
    assert found.tickets is not None
    assert found.matters is not None
    assert found.person is not None
    assert found.stories is not None
    callers = given.callers
    told = arose.copy()
    _fill(_known(given, arrays), found.rows, found.matters, found.tickets, found.stories, told.T)
    matter = np.full(len(found.tickets), NOBODY, np.int64)
    has = np.flatnonzero(told[ITS_TICKET] >= 0)
    matter[told[ITS_TICKET][has]] = has
    reason, caller = told[REASON], told[CALLER]
    columns = {
        "matter": np.arange(len(caller)),
        "person": found.person[callers.place[caller]],
        "arose": told[AROSE],
        "first_try": told[FIRST_TRY],
        "tries": told[TRIES],
        "contact": told[CONTACT],
        "ticket": told[ITS_TICKET],
        "needs_decision": told[NEEDS],
        "urgent": given.reasons.urgent[reason] >= 0,
        "urgent_date": told[DATE],
        "served": told[SERVED],
        "served_with": told[SERVED_WITH],
        "ended": told[ENDED],
        "end": told[END],
        "available": told[AVAILABLE],
        "telephone_only": told[TELEPHONE_ONLY],
        "advised": told[ADVISED],
        "language": callers.language[caller],
        "reason": reason,
    }
    assert set(columns) == set(MATTERS)
    return matter, columns


def _known(given: Promised, arrays: Arrays) -> Known:
    callers = given.callers
    return Known(
        callers.first_key, callers.first, callers.arises, callers.others,
        callers.place, callers.matters, callers.reason, callers.own, given.reasons.urgency,
        given.reasons.urgent, arrays.reasons.plain, arrays.reasons.decides.astype(np.int64), arrays.reasons.area,
        arrays.staff.area, given.people.role, given.further,
    )  # fmt: skip


@compiled
def _draw(known: Known, seed: Seed, rows: Ints) -> None:
    """Write a row for each matter: who has it, and what is so of it whether it is voiced or not."""
    callers, further, count = known, known.further, 0
    of_days = len(callers.place) - len(callers.others)
    day = 0
    for caller in range(len(callers.place)):
        while caller < of_days and caller >= callers.first[day + 1]:
            day += 1
        citizen = ((callers.first_key + day) << 16) + caller - callers.first[day]
        if caller >= of_days:
            citizen = callers.others[caller - of_days]
        place = callers.place[caller]
        for nth in range(callers.matters[caller]):
            row, reason = rows[count], callers.reason[caller, nth]
            row[CALLER], row[NTH], row[REASON], row[AROSE] = caller, nth, reason, callers.arises[caller]
            row[NEEDS] = int(needs(seed.seed, seed.replication, citizen, nth) >= known.plain[reason])
            if known.urgent[reason] >= 0:
                immediate = known.urgency[reason] == IMMEDIATE
                after = date_after_ms(further, seed.seed, seed.replication, citizen, nth, immediate)
                row[DATE] = row[AROSE] + after
            row[AVAILABLE] = availability_of(further, seed.seed, place)
            row[TELEPHONE_ONLY] = int(is_telephone_only(further, seed.seed, place))
            row[ADVISED] = int(is_advised(further, seed.seed, place))
            count += 1


@compiled
def _fill(known: Known, contacts: Ints, raised: Ints, tickets: Ints, stories: Ints, rows: Ints) -> None:
    """Write of each matter its citizen's calls, and what became of it."""
    given, contacts, raised, tickets, rows = (
        boxed(known), borrowed(contacts), borrowed(raised), borrowed(tickets), borrowed(rows),
    )  # fmt: skip
    callers = given
    spoke = np.zeros(len(callers.place), np.int64)
    tries = np.zeros(len(callers.place), np.int64)
    tried = np.full(len(callers.place), NOBODY, np.int64)
    first = np.zeros(len(callers.place) + 1, np.int64)
    of_days = len(callers.place) - len(callers.others)
    for contact in range(len(contacts)):
        if contacts[contact, R_DIRECTION] == CALL and contacts[contact, R_CITIZEN] < ASKING:
            citizen = contacts[contact, R_CITIZEN]
            if citizen >= INDUCED:
                caller = of_days + np.searchsorted(callers.others, citizen)
            else:
                caller = callers.first[(citizen >> 16) - callers.first_key] + (citizen & 0xFFFF)
            if tried[caller] < 0:
                tried[caller] = contacts[contact, R_START]
            if spoke[caller] == 0:
                tries[caller] += 1
                spoke[caller] = int(contacts[contact, R_OUTCOME] == WAS_ANSWERED)
    for caller in range(len(callers.place)):
        first[caller + 1] = first[caller] + callers.matters[caller]
        for row in rows[first[caller] : first[caller + 1]]:
            row[FIRST_TRY], row[TRIES] = tried[caller], tries[caller]
    for one in range(len(raised)):
        row = rows[first[raised[one, M_CALLER]] + raised[one, M_NTH]]
        _is_raised(given, contacts, raised[one], tickets, row)
    for row in rows:
        if row[CONTACT] < 0:
            if row[FIRST_TRY] < 0:
                row[END], row[ENDED] = NEVER_VOICED, row[AROSE]
            elif stories[row[CALLER], GAVE_UP] >= 0:
                row[END], row[ENDED] = GIVEN_UP, stories[row[CALLER], GAVE_UP]


@apart
def _is_raised(known: Known, contacts: Ints, raised: Ints, tickets: Ints, row: Ints) -> None:
    """A matter is voiced in a call that is over: settled in it or turned into a ticket; perhaps it is served."""
    contact, ticket, reason = raised[M_CONTACT], raised[M_TICKET], row[REASON]
    if row[CONTACT] < 0:
        row[CONTACT] = contact
    ended = contacts[contact, R_ENDED]
    who = who_is(known.role[raised[M_SEAT]], raised[M_SEAT], known.own[row[CALLER], row[NTH]])
    decides = known.decides[reason, who] == 1
    if who == COLLEAGUE:
        decides = decides and known.area_of[raised[M_SEAT]] == known.area[reason]
    if (row[NEEDS] == 0 and raised[M_SETTLED] >= 0) or (row[NEEDS] == 1 and decides):
        _is_served(row, ended, _word(who))
    if ticket < 0:
        if row[ITS_TICKET] < 0 and row[END] < 0:
            in_person = contacts[contact, R_DIRECTION] == VISIT
            row[END], row[ENDED] = IN_PERSON if in_person else SETTLED, ended
        return
    row[ITS_TICKET] = ticket
    row[END], row[ENDED] = NOBODY, NOBODY
    if tickets[ticket, T_CLOSED] >= 0:
        row[END], row[ENDED] = TICKET, tickets[ticket, T_CLOSED]
    reached, whom = tickets[ticket, T_REACHED], tickets[ticket, T_WITH]
    urgent = known.urgent[reason] >= 0
    may = row[NEEDS] == 0 or (whom != WITH_AGENT and (whom != WITH_DUTY or urgent))
    if reached >= 0 and may:
        _is_served(row, reached, whom)


@apart
def _is_served(row: Ints, now: int, whom: int) -> None:
    if row[SERVED] < 0 or now < row[SERVED]:
        row[SERVED], row[SERVED_WITH] = now, whom


@apart
def _word(who: int) -> int:
    if who == RESPONSIBLE:
        return WITH_RESPONSIBLE
    if who == COLLEAGUE:
        return WITH_SUBSTITUTE
    return WITH_DUTY if who == DUTY_OFFICER else WITH_AGENT
