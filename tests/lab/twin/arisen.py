"""Every matter that arose in an office of the lab, voiced or not, in the twin: what became of it, from the twin's own notes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from erreichbar.lab.office.arrays import AGENT, COLLEAGUE, DUTY_OFFICER, RESPONSIBLE
from erreichbar.office.model import Urgency
from erreichbar.record.tables import NONE
from erreichbar.record.words import Direction, MatterEnd, Role, TalkedWith, code
from erreichbar.traffic import Citizen, further, who

if TYPE_CHECKING:
    from tests.lab.twin.world import Call, Seat, Ticket, World

WORDS = {
    AGENT: TalkedWith.AGENT,
    RESPONSIBLE: TalkedWith.RESPONSIBLE,
    COLLEAGUE: TalkedWith.SUBSTITUTE,
    DUTY_OFFICER: TalkedWith.DUTY_OFFICER,
}


@dataclass(frozen=True)
class Authority:
    """Who may decide: by reason the part that needs no decision (``plain``), who ``decides`` the rest, and whose work it is (``area``).

    ``works_on``: by person the same. ``ends``: when the run does (ms).
    """

    plain: Mapping[str, float]
    decides: Mapping[str, Sequence[bool]]
    area: Mapping[str, int]
    works_on: Mapping[str, int]
    ends: int


@dataclass(frozen=True)
class Raised:
    """A matter is told in a conversation: settled in it, or turned into a ticket."""

    call: "Call"
    seat: "Seat"
    own: str | None
    """Whose matter it is."""
    ticket: "Ticket | None"


def matters(world: "World") -> Iterator[dict[str, Any]]:
    """Return the rows of ``matters``, and tell each ticket of which it is."""
    for ticket in world.tickets:
        ticket.row["matter"] = NONE
    numbers = 0
    for citizen, arose in [*world.arisen, *world.induced]:
        for place in range(len(citizen.matters)):
            row = matter(world, citizen, arose, place) | {"matter": numbers}
            if row["ticket"] >= 0:
                world.tickets[row["ticket"]].row["matter"] = numbers
            numbers += 1
            yield row


def matter(world: "World", citizen: Citizen, arose: int, place: int) -> dict[str, Any]:
    assert world.lab
    lab, seed, reason = world.lab, world.lab.seed, citizen.matters[place]
    calls, raised = world.calls_of[citizen.id], world.raised[citizen.id, place]
    answered = [nth for nth, call in enumerate(calls, 1) if call.row["answered"] >= 0]
    needs_decision = who.needs(seed, 0, citizen.id, place) >= lab.authority.plain[reason]
    known, urgency = world.office.reasons[reason], world.office.reasons[reason].urgency
    date = NONE
    if known.is_urgent:
        date = arose + further.date_after_ms(lab.further, seed, 0, citizen.id, place, urgency is Urgency.IMMEDIATE)
    tickets = [one.ticket for one in raised if one.ticket]
    services = sorted(served(world, raised, reason, needs_decision), key=lambda one: one[0])
    row = {
        "person": world.number_of(world.person_at.get(citizen.person)),
        "reason": reason,
        "arose": arose,
        "first_try": calls[0].row["start"] if calls else NONE,
        "tries": answered[0] if answered else len(calls),
        "contact": raised[0].call.row["contact"] if raised else NONE,
        "ticket": tickets[-1].row["ticket"] if tickets else NONE,
        "needs_decision": int(needs_decision),
        "urgent": known.is_urgent,
        "urgent_date": date,
        "served": services[0][0] if services else NONE,
        "served_with": code(services[0][1]) if services else NONE,
        "language": code(citizen.language),
        "available": further.availability_of(lab.further, seed, citizen.person),
        "telephone_only": int(further.is_telephone_only(lab.further, seed, citizen.person)),
        "advised": int(further.is_advised(lab.further, seed, citizen.person)),
    }
    if tickets:
        end, ended = MatterEnd.TICKET, tickets[-1].row["closed"]
    elif raised:
        contact = raised[0].call.row
        in_person = contact["direction"] == code(Direction.VISIT)
        end, ended = MatterEnd.IN_PERSON if in_person else MatterEnd.SETTLED, contact["ended"]
    elif calls:
        end, ended = MatterEnd.GIVEN_UP, world.given_up.get(citizen.id, NONE)
    else:
        end, ended = MatterEnd.NEVER_VOICED, arose
    return row | {"ended": ended, "end": code(end) if ended >= 0 else NONE}


def served(
    world: "World", raised: "Sequence[Raised]", reason: str, needs_decision: bool
) -> Iterator[tuple[int, TalkedWith]]:
    """Return when somebody dealt with a matter who may, and who: in a conversation, or about a ticket of it."""
    assert world.lab
    authority, is_urgent = world.lab.authority, world.office.reasons[reason].is_urgent
    for one in raised:
        role, user = one.seat.role, one.seat.user
        whose = {Role.AGENT: AGENT, Role.DUTY_OFFICER: DUTY_OFFICER}.get(
            role, RESPONSIBLE if user == one.own else COLLEAGUE
        )
        decides = authority.decides[reason][whose]
        if whose == COLLEAGUE:
            decides = decides and authority.works_on[user] == authority.area[reason]
        if decides if needs_decision else one.ticket is None:
            yield one.call.row["ended"], WORDS[whose]
        if one.ticket and one.ticket.is_reached:
            whom = list(TalkedWith)[one.ticket.row["with_whom"]]
            may = whom is not TalkedWith.AGENT and (whom is not TalkedWith.DUTY_OFFICER or is_urgent)
            if may or not needs_decision:
                yield one.ticket.row["reached"], whom
