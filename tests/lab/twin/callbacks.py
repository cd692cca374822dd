"""Tickets and callbacks in the twin."""

from collections import Counter
from datetime import timedelta
from functools import partial

from erreichbar import access, promise
from erreichbar.access import Act, Point
from erreichbar.office import responsibility
from erreichbar.promise import duty, stand_in, urgent
from erreichbar.promise.ladder import Ladder
from erreichbar.record.tables import NONE, TICKETS
from erreichbar.record.words import (
    AttemptOutcome,
    Channel,
    ClockName,
    Direction,
    EndedBy,
    LadderStep,
    Role,
    TalkedWith,
    TicketOutcome,
    code,
)
from erreichbar.telephone.training.line import ANSWERS_AFTER_MS, RING_MS
from erreichbar.traffic import further
from tests.lab.twin import calls, persisting
from tests.lab.twin.world import EPOCH, MS, Attempt, Call, Kind, Matter, Person, Seat, Ticket, World

TELLS_HERSELF = (AttemptOutcome.VOICEMAIL, AttemptOutcome.OTHER_PERSON)


def draw(world: World, seat: Seat, what: str) -> int:
    nth = seat.did[what]
    seat.did[what] += 1
    return world.citizens.seat_ms(what, seat.number, nth)


# -- the ticket ----------------------------------------------------------------------------------------------------------


def open_ticket(world: World, call: Call, person: Person, matter: Matter) -> Ticket:
    office, now, reason = world.office, world.clock.moment, matter.row["reason"]
    found = responsibility.responsible(
        office, reason, benefit_unit_number=person.benefit_unit_number or None, family_name=person.family_name
    )
    dues = promise.on_all_clocks(office.calendar, now, staffed=office.calendar_of(found.unit))
    headline = dues[ClockName.ELAPSED]
    is_urgent, own = office.reasons[reason].is_urgent, found.case_worker
    if is_urgent and (deciders := duty.order(office, now, unit=found.unit, reason=reason)):
        own = deciders[0][0]
    day = urgent.deadline(office, reason, {}, now, office.calendar_of(found.unit))
    decide_by = day.decide_by if day else None
    held = Counter(ticket.holder for ticket in world.tickets if ticket.is_open and ticket.holder)
    placed = stand_in.holder_of(
        office,
        world.roster,
        unit=found.unit,
        responsible=own,
        opened=now,
        due=headline.moment,
        last_chance=headline.last_chance,
        now=now,
        open_tickets={str(user): number for user, number in held.items()},
        present=own,
        urgent=reason if is_urgent else None,
        decide_by=decide_by,
    )
    in_the_pool = own is None and placed.level is stand_in.Level.RESPONSIBLE
    channel = Channel.TELEPHONE if person_number(world, call) else Channel.LETTER
    row = {
        **dict.fromkeys(TICKETS, NONE),
        "ticket": len(world.tickets),
        "matter": matter.row["matter"],
        "contact": call.row["contact"],
        "person": world.number_of(person),
        "reason": reason,
        "unit": found.unit,
        "urgent": is_urgent,
        "channel": code(channel),
        "language": code(call.citizen.language),
        "opened": world.clock.ms,
        **{f"due_{clock.replace('-', '_')}": (due.moment - EPOCH) // MS for clock, due in dues.items()},
        "last_chance": (headline.last_chance - EPOCH) // MS if headline.last_chance else NONE,
        "without_contact": False,
        **dict.fromkeys(("attempts", "ring_backs", "assignments", "reopenings"), 0),
    }
    call.row["tickets_opened"] += 1
    world.tickets.append(
        Ticket(
            row,
            person,
            person_number(world, call),
            None if in_the_pool else placed.person,
            own,
            world.citizens.window(call.citizen),
            headline.moment,
            headline.last_chance,
            now,
            call.citizen,
            matter.nth,
            reason if is_urgent else None,
            decide_by,
            call.citizen.person,
        )
    )
    persisting.may_chase(world, world.tickets[-1], world.tickets[-1].row["due_elapsed"])
    if world.lab:
        watch(world, world.tickets[-1])
    return world.tickets[-1]


def watch(world: World, ticket: Ticket) -> None:
    """Place a ticket anew when half of its time is over."""
    limit = urgent.sooner(ticket.last_chance, ticket.decide_by)
    steps = Ladder.of(world.office).moments(
        world.office.calendar_of(ticket.row["unit"]), ticket.opened, ticket.due, limit
    )
    if LadderStep.REASSIGN in steps:
        half = -(-(steps[LadderStep.REASSIGN] - EPOCH) // MS)
        if half > world.clock.ms:
            world.clock.at(half, Kind.PERSON, lambda: place_anew(world, ticket))


def place_anew(world: World, ticket: Ticket) -> None:
    """Give a ticket whose citizen is not reached to who is to hold it now."""
    if not ticket.is_open or ticket.is_reached:
        return
    placed = stand_in.holder_of(
        world.office,
        world.roster,
        unit=ticket.row["unit"],
        responsible=ticket.responsible,
        opened=ticket.opened,
        due=ticket.due,
        last_chance=ticket.last_chance,
        now=world.clock.moment,
        open_tickets=Counter(one.holder for one in world.tickets if one.is_open and one.holder),
        present=ticket.holder,
        urgent=ticket.reason,
        decide_by=ticket.decide_by,
    )
    in_the_pool = ticket.responsible is None and placed.level is stand_in.Level.RESPONSIBLE
    ticket.holder = None if in_the_pool else placed.person


def person_number(world: World, call: Call) -> str | None:
    return world.citizens.person(call.citizen).number


def reach(world: World, ticket: Ticket, seat: Seat | None) -> None:
    """Let the citizen be reached, by somebody or (none) in writing. The first time counts."""
    if ticket.is_reached:
        return
    whom = TalkedWith.NOBODY if seat is None else talked_with(world, ticket, seat.user)
    ticket.row |= {"reached": world.clock.ms, "with_whom": code(whom), "without_contact": seat is None}
    if ticket.row["attempted"] == NONE:
        ticket.row["attempted"] = world.clock.ms


def talked_with(world: World, ticket: Ticket, user: str) -> TalkedWith:
    if world.office.people[user].role is Role.DUTY_OFFICER:
        return TalkedWith.DUTY_OFFICER
    if user in (ticket.responsible, ticket.holder) and ticket.responsible in (None, user):
        return TalkedWith.RESPONSIBLE
    if user in world.office.units[ticket.row["unit"]].members:
        return TalkedWith.RESPONSIBLE if ticket.responsible is None else TalkedWith.SUBSTITUTE
    return TalkedWith.SUBSTITUTE if ticket.holder == user else TalkedWith.AGENT


def settle(world: World, ticket: Ticket, seat: Seat) -> None:
    """Close a ticket; what is to be decided only if that is hers, and as it was decided: always yes."""
    reason, outcome = world.office.reasons[ticket.row["reason"]], TicketOutcome.SETTLED
    if reason.decision is not None:
        if duty.may_decide(world.office, seat.user, reason.id) is None:
            return
        outcome = reason.decision.ends_with or TicketOutcome.DECIDED
    ticket.row |= {"closed": world.clock.ms, "outcome": code(outcome), "resolved": world.clock.ms}


# -- the case worker's day -----------------------------------------------------------------------------------------------


def look_later(world: World, seat: Seat) -> None:
    """Do a piece of case work, then look whether somebody is to be called back."""
    if not seat.looking:
        seat.looking = True
        after = draw(world, seat, "case_work")
        seat.looks_at = world.clock.ms + after
        world.clock.after(after, Kind.SEAT, lambda: look(world, seat))


def look(world: World, seat: Seat) -> None:
    seat.looking = False
    if seat.state != "ready":
        return
    look_later(world, seat)
    for ticket in sorted(world.tickets, key=lambda ticket: (ticket.due, ticket.row["ticket"])):
        left_open = ticket.is_open and ticket.is_reached and ticket.row["urgent"] and ticket.holder == seat.user
        if left_open and seat.role is Role.DUTY_OFFICER:
            settle(world, ticket, seat)
    mine = [
        ticket for ticket in world.tickets if ticket.is_open and not ticket.is_reached and hers(world, seat, ticket)
    ]
    mine.sort(key=lambda ticket: (ticket.due, ticket.row["ticket"]))
    lists = [ticket for ticket in mine if ticket.holder], [ticket for ticket in mine if not ticket.holder]
    for listed in lists:
        chosen = promise.next_callback(
            [as_asked(world, ticket) for ticket in listed if may_be_called(world, ticket)],
            world.office.calendar,
            world.clock.moment,
        )
        if chosen is not None:
            world.clock.after(0, Kind.SEAT, partial(call_back, world, seat, world.tickets[int(chosen.ref)]))
            return
    written = [ticket for listed in lists for ticket in listed if ticket.row["channel"] != code(Channel.TELEPHONE)]
    if written:
        reach(world, written[0], None)
        settle(world, written[0], seat)


def hers(world: World, seat: Seat, ticket: Ticket) -> bool:
    return ticket.holder == seat.user or (
        ticket.holder is None
        and seat.role is Role.CASE_WORKER
        and seat.user in world.office.units[ticket.row["unit"]].members
    )


def may_be_called(world: World, ticket: Ticket) -> bool:
    busy = any(attempt.ticket.person is ticket.person for attempt in world.attempts)
    return ticket.number is not None and ticket.attempts < world.model.rules.attempts and not busy


def as_asked(world: World, ticket: Ticket) -> promise.Callback:
    return promise.Callback(
        ref=str(ticket.row["ticket"]),
        opened=ticket.opened,
        due=ticket.due,
        last_chance=ticket.last_chance,
        urgency=world.office.reasons[ticket.row["reason"]].urgency,
        window=ticket.window,
        attempts=tuple(when for when, _, _ in ticket.tried),
        decide_by=ticket.decide_by,
    )


# -- the callback --------------------------------------------------------------------------------------------------------


def call_back(world: World, seat: Seat, ticket: Ticket) -> None:
    if seat.state in ("talking", "ringing"):
        return
    now, number = world.clock.moment, ticket.number
    assert number
    presented = access.presented(access.decide(world.model.rules, access.moment(Point.CALLBACK)))
    row = world.contact(
        Direction.CALLBACK,
        in_service_hours=True,
        presented=code(presented),
        role=code(seat.role),
        staff=world.staff_number(seat.user),
        person=ticket.row["person"],
        ticket=ticket.row["ticket"],
        reason=ticket.row["reason"],
    )
    citizen = world.last_at.get(number) or world.citizens.at_number(number)
    nth = world.made[citizen.id]
    world.made[citizen.id] += 1
    window = world.citizens.window(citizen)
    local = now.astimezone(world.office.zone)
    in_window = window is None or window[0] <= local.time() < window[1]
    at_hour = further.reached_at(world.lab.further, 60 * local.hour + local.minute) if world.lab else 1.0
    outcome = world.citizens.answers_callback(citizen, nth, presented, in_window, at_hour)
    attempt = Attempt(row, ticket, seat, citizen, nth, presented, outcome)
    world.does(seat, "talking", attempt)
    world.attempts.append(attempt)
    world.dialled.append(attempt)
    if outcome in (AttemptOutcome.NOT_ANSWERED, AttemptOutcome.BUSY):
        world.clock.after(RING_MS, Kind.CALL_ANSWERED, lambda: missed(world, attempt))
    else:
        world.clock.after(ANSWERS_AFTER_MS, Kind.CALL_ANSWERED, lambda: answered(world, attempt))


def answered(world: World, attempt: Attempt) -> None:
    attempt.row["answered"] = world.clock.ms
    count(attempt)
    talk = world.citizens.talk_ms(attempt.citizen, attempt.nth, attempt.seat.role)
    world.clock.after(talk, Kind.CALL_ENDS, lambda: talked(world, attempt))


def talked(world: World, attempt: Attempt) -> None:
    record(world, attempt)
    reached = attempt.outcome is AttemptOutcome.REACHED
    if reached:
        reach(world, attempt.ticket, attempt.seat)
        settle(world, attempt.ticket, attempt.seat)
    over(world, attempt, EndedBy.CITIZEN)
    is_last = not reached and perhaps_give_up(world, attempt.ticket)
    persisting.may_call(world, attempt, sees=attempt.outcome in TELLS_HERSELF, is_last=is_last)


def missed(world: World, attempt: Attempt) -> None:
    over(world, attempt, EndedBy.LINE)
    count(attempt)
    record(world, attempt)
    persisting.may_call(world, attempt, sees=True, is_last=perhaps_give_up(world, attempt.ticket))


def count(attempt: Attempt) -> None:
    ticket = attempt.ticket
    ticket.attempts += 1
    ticket.row["attempts"] += 1
    if ticket.row["attempted"] == NONE:
        ticket.row["attempted"] = attempt.row["start"]


def record(world: World, attempt: Attempt) -> None:
    attempt.row["attempt_outcome"] = code(attempt.outcome)
    started = EPOCH + timedelta(milliseconds=attempt.row["start"])
    attempt.ticket.tried.append((started, attempt.seat.user, attempt.outcome))


def over(world: World, attempt: Attempt, by: EndedBy) -> None:
    attempt.row["ended"], attempt.row["ended_by"] = world.clock.ms, code(by)
    world.attempts.remove(attempt)
    calls.be_ready(world, attempt.seat, matching=True)


def perhaps_give_up(world: World, ticket: Ticket) -> bool:
    """After the last promised attempt (returned) wait for a ring-back as long as the promise runs."""
    step = access.decide(world.model.rules, access.moment(Point.MISSED, attempts_made=ticket.attempts))
    if step.act == Act.END:
        until = (ticket.last_chance or ticket.due) - EPOCH
        world.clock.at(max(until // MS, world.clock.ms), Kind.PERSON, lambda: give_up(world, ticket))
        return True
    return False


def give_up(world: World, ticket: Ticket) -> None:
    if ticket.is_open and not ticket.is_reached:
        ticket.row |= {"closed": world.clock.ms, "outcome": code(TicketOutcome.DONE_NOT_TOLD)}
