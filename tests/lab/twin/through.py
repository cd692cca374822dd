"""Direct lines, and putting through before a ticket is written, in the twin."""

from erreichbar import access
from erreichbar.access import Act, Point, Step, Whom
from erreichbar.lab.office import arrays
from erreichbar.office import responsibility
from erreichbar.office.responsibility import Responsible
from erreichbar.office.text import Text
from erreichbar.promise import duty
from erreichbar.record.words import Line, Role, code
from erreichbar.traffic import further, who
from tests.lab.twin import callbacks, calls, persisting
from tests.lab.twin.world import Call, Kind, Seat, World


def responsible(world: World, call: Call, index: int) -> Responsible:
    asked = world.asking.get(call.citizen.id)
    if asked is not None:
        officer = world.office.people[asked]
        return Responsible(officer.unit or "", asked if officer.role is Role.CASE_WORKER else None, Text("", ""))
    person = world.citizens.person(call.citizen)
    return responsibility.responsible(
        world.office,
        call.citizen.matters[index],
        benefit_unit_number=person.benefit_unit_number or None,
        family_name=person.family_name,
    )


def settles(world: World, call: Call, index: int, seat: Seat) -> bool:
    """Return whether who answers (or the agent who put the call through) settles a matter in the conversation."""
    if world.lab is None:
        return world.citizens.settles(call.citizen, index)
    parts = world.lab.settled[call.citizen.matters[index]]
    part = parts[arrays.COLLEAGUE]
    if seat.role is Role.AGENT:
        part = parts[arrays.AGENT]
    elif seat.role is Role.DUTY_OFFICER:
        part = parts[arrays.DUTY_OFFICER]
    elif responsible(world, call, index).case_worker == seat.user:
        part = parts[arrays.RESPONSIBLE]
    if call.put_through:
        part = max(part, parts[arrays.AGENT])
    return who.needs(world.lab.seed, 0, call.citizen.id, index) < part


# -- direct lines --------------------------------------------------------------------------------------------------------


def dials(world: World, call: Call) -> str | None:
    """Return whose direct line a citizen dials."""
    rules, lab = world.model.rules, world.lab
    if lab is None or rules.direct_ring_ms <= 0:
        return None
    own = responsible(world, call, 0).case_worker
    if own is None:
        return None
    citizen, advised = call.citizen, is_advised(world, call)
    if rules.direct_audience != access.Audience.PUBLIC and not advised:
        return None
    if not further.dials_direct(lab.further, lab.seed, 0, citizen.id, call.nth, advised):
        return None
    call.row["line"] = code(Line.DIRECT)
    others = [seat.user for seat in world.seats.values() if seat.role is Role.CASE_WORKER and seat.user != own]
    if others and further.is_misdirected(lab.further, lab.seed, 0, citizen.id, call.nth):
        return others[further.whose_instead(lab.seed, 0, citizen.id, call.nth, len(others))]
    return own


def is_advised(world: World, call: Call) -> bool:
    assert world.lab
    return further.is_advised(world.lab.further, world.lab.seed, call.citizen.person)


def colleagues(world: World, call: Call) -> list[Seat]:
    """Return the free colleagues of whose line it is."""
    assert call.line
    unit = world.office.people[call.line].unit
    return [
        seat
        for seat in world.seats.values()
        if seat.role is Role.CASE_WORKER
        and world.office.people[seat.user].unit == unit
        and seat.user not in (call.line, *call.missed_by)
        and seat.state == "ready"
    ]


def readiness(world: World, call: Call, user: str | None) -> int:
    seat = world.seats.get(user) if user else None
    is_there = seat is not None and seat.state != "off"
    return access.readiness(
        is_there, False, seat is not None and seat.state != "ready", user is not None and user in call.missed_by
    )


def in_hours(world: World, user: str | None) -> bool:
    return user is not None and access.in_phone_hours(world.model.hours, world.office, user, world.clock.moment)


def ask(world: World, call: Call, point: Point, *, is_open: bool = True) -> Step:
    is_known = is_advised(world, call) and not call.citizen.number_withheld
    return access.decide(
        world.model.rules,
        access.moment(
            point,
            is_open=is_open,
            waiting=len(world.waiting),
            agents_present=len(world.agents(*calls.PRESENT)),
            agents_free=len(world.agents("ready")),
            is_ring_back=call.ring_back_of is not None,
            line=code(Line.DIRECT),
            caller=access.audience(False, is_known),
            responsible=readiness(world, call, call.line),
            in_phone_hours=in_hours(world, call.line),
            colleagues_free=len(colleagues(world, call)),
            diversions_made=call.diversions,
        ),
    )


def ring(world: World, call: Call, step: Step) -> None:
    """Let a call ring on a direct line: at whose it is, or at the colleague who has been idle longest."""
    if step.ring_whom == Whom.RESPONSIBLE:
        assert call.line
        seat = world.seats[call.line]
    else:
        call.diversions += 1
        call.row["diverted"] = 1
        free = colleagues(world, call)
        seat = free[access.longest_idle([one.idle_since for one in free])]
    call.state, call.seat = "ringing", seat
    call.ringings += 1
    call.row["rings"] += 1
    world.does(seat, "ringing", call)
    picks_up = callbacks.draw(world, seat, "pick_up")
    world.clock.after(picks_up, Kind.SEAT, lambda: calls.pick_up(world, call, seat))
    call.timer = world.clock.after(step.ring_ms, Kind.TIMER, lambda: missed(world, call, seat))


def missed(world: World, call: Call, seat: Seat) -> None:
    """It was let ring: to a colleague, to the centre, or nowhere."""
    calls.stop(call)
    call.missed_by.add(seat.user)
    call.row["rings_missed"] += 1
    call.seat = None
    calls.be_ready(world, seat)
    step = ask(world, call, Point.DIRECT_MISSED)
    if step.act == Act.RING:
        ring(world, call, step)
    elif step.act == Act.QUEUE:
        call.line, call.row["queued"] = None, world.clock.ms
        calls.wait(world, call)
    else:
        calls.turn_away(world, call)
    calls.match(world)


# -- putting through -----------------------------------------------------------------------------------------------------


def puts_through(world: World, call: Call, agent: Seat) -> bool:
    """Let a call ring at somebody who may settle what its agent cannot, if the access model says so; return whether it does."""
    rules = world.model.rules
    if persisting.about(call):
        return False
    if rules.transfer_ring_ms <= 0 and rules.urgent_from < 0:
        return False
    for index, reason in enumerate(call.citizen.matters):
        if settles(world, call, index, agent):
            continue
        found = responsible(world, call, index)
        asked: list[str] = []
        if world.office.reasons[reason].is_urgent:
            order = duty.order(world.office, world.clock.moment, unit=found.unit, reason=reason)
            asked = [user for user, _ in order if world.roster.presence(user, world.clock.moment).here]
        officer, deputy = (*asked, None, None)[:2]
        step = access.decide(
            rules,
            access.moment(
                Point.TRANSFER_MISSED if call.put_through else Point.UNSETTLED,
                urgency=access.urgency(world.office.reasons[reason]),
                responsible=readiness(world, call, found.case_worker),
                in_phone_hours=in_hours(world, found.case_worker),
                duty=readiness(world, call, officer),
                duty_deputy=readiness(world, call, deputy),
                transfers_made=call.put_through,
            ),
        )
        whom = {Whom.DUTY: officer, Whom.DUTY_DEPUTY: deputy, Whom.RESPONSIBLE: found.case_worker}
        if step.act == Act.RING:
            user = whom[Whom(step.ring_whom)]
            assert user
            ring_for(world, call, agent, world.seats[user], step.ring_ms)
            return True
    return False


def ring_for(world: World, call: Call, agent: Seat, seat: Seat, ring_ms: int) -> None:
    call.state = "put_through"
    call.row["rings"] += 1
    world.does(seat, "ringing", call)
    picks_up = callbacks.draw(world, seat, "pick_up")
    takes = world.clock.after(picks_up, Kind.SEAT, lambda: take(world, call, agent, seat))
    call.timer = world.clock.after(ring_ms, Kind.TIMER, lambda: not_through(world, call, agent, seat))
    call.takes = takes


def take(world: World, call: Call, agent: Seat, seat: Seat) -> None:
    calls.stop(call)
    call.put_through += 1
    call.state = "talking"
    world.does(seat, "talking", call)
    call.row |= {"transferred": world.clock.ms, "transferred_to": code(seat.role)}
    calls.wrap_up(world, call, agent, noted=False)
    talk = world.citizens.talk_ms(call.citizen, call.nth, seat.role)
    world.clock.after(talk, Kind.CALL_ENDS, lambda: calls.conclude(world, call, seat))
    calls.match(world)


def not_through(world: World, call: Call, agent: Seat, seat: Seat) -> None:
    assert call.takes
    call.takes.cancel()
    call.timer = None
    call.missed_by.add(seat.user)
    call.row["rings_missed"] += 1
    call.put_through += 1
    calls.be_ready(world, seat)
    calls.conclude(world, call, agent)
