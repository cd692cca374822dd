"""Citizens' calls in the twin: come, wait, ring, talk, go, come again."""

from collections.abc import Callable

from erreichbar import access
from erreichbar.access import Act, Point, Step
from erreichbar.access.ring_back import counts_since, ring_back_ticket
from erreichbar.centre.reading import search_name
from erreichbar.record.words import AttemptOutcome, CallOutcome, Direction, EndedBy, Line, Role, code
from erreichbar.telephone.training.colleagues import PAUSE_AFTER_MISS_MS
from erreichbar.telephone.training.line import ANNOUNCEMENT_MS
from erreichbar.traffic import Citizen
from tests.lab.twin import callbacks, persisting, through, visiting
from tests.lab.twin.arisen import Raised
from tests.lab.twin.world import AT_A_DESK, EPOCH, MS, Call, Kind, Person, Seat, Ticket, World

MISSED = (AttemptOutcome.NOT_ANSWERED, AttemptOutcome.BUSY, AttemptOutcome.VOICEMAIL, AttemptOutcome.OTHER_PERSON)
PRESENT = ("ready", "ringing", "talking", "wrap_up", "pause")


def arrive(world: World, citizen: Citizen, about: Ticket | None = None, tries: int = 0) -> None:
    """A citizen calls the centre, perhaps ``about`` a ticket, after so many calls in vain."""
    if persisting.is_needless(world, about) or persisting.is_put_off(world, citizen, about, tries):
        return
    nth = world.made[citizen.id]
    world.made[citizen.id] += 1
    person = world.citizens.person(citizen)
    if person.number:
        world.last_at[person.number] = citizen
    number = None if citizen.number_withheld else person.number
    is_open = world.office.calendar.is_open(world.clock.moment)
    known = world.on_number[number] if number else []
    call = Call(
        world.contact(
            Direction.INBOUND,
            line=code(Line.CENTRE),
            in_service_hours=is_open,
            number_withheld=number is None,
            person=world.number_of(known[0]) if len(known) == 1 else -1,
        ),
        citizen,
        nth,
        number,
        about=about,
        tries=tries,
    )
    world.calls_of[citizen.id].append(call)
    patience = world.citizens.patience_ms(citizen, nth)
    call.patience = world.clock.after(patience, Kind.CALL_ENDS, lambda: lose_patience(world, call))
    if is_open and number:
        answers_missed_callback(world, call, number)
    call.line = through.dials(world, call)
    if call.line:
        step = through.ask(world, call, Point.ARRIVED, is_open=is_open)
    else:
        step = ask(world, Point.ARRIVED, call, is_open=is_open)
    if world.lab:
        call.row["diverted"] = 0
    if step.act == Act.ANNOUNCE_CLOSED:
        announce(world, call, CallOutcome.OUT_OF_HOURS, lambda: None)
        visiting.instead(world, citizen)
    elif step.act == Act.TURN_AWAY:
        turn_away(world, call)
    elif step.act == Act.RING:
        through.ring(world, call, step)
    else:
        call.line = None
        queue(world, call)


def answers_missed_callback(world: World, call: Call, number: str) -> None:
    """Find the open ticket that a call is taken to answer, and who tried."""
    missed = []
    for ticket in world.tickets:
        tries = [one for one in ticket.tried if one[2] in MISSED]
        if ticket.is_open and tries and number in (ticket.number, ticket.person.number):
            missed.append((ticket, tries[-1]))
    rules = world.model.rules
    since = counts_since(world.office.calendar, world.clock.moment, rules.ring_back_days)
    moments = [(when - EPOCH) // MS for _, (when, _, _) in missed]
    chosen = ring_back_ticket(rules, moments, (since - EPOCH) // MS)
    if chosen >= 0:
        call.ring_back_of, (_, call.first_to, _) = missed[chosen]
        call.row["ring_back_of"] = call.ring_back_of.row["ticket"]


def ask(world: World, point: Point, call: Call, *, is_open: bool = True) -> Step:
    """Ask the access model."""
    tried = world.seats.get(call.first_to) if call.first_to else None
    return access.decide(
        world.model.rules,
        access.moment(
            point,
            is_open=is_open,
            waiting=len(world.waiting),
            agents_present=len(world.agents(*PRESENT)),
            agents_free=len(world.agents("ready")),
            waited_ms=world.clock.ms - call.row["start"],
            ringings=call.ringings,
            is_ring_back=call.ring_back_of is not None,
            tried=access.readiness(
                is_there=tried is not None and tried.state != "off",
                is_protected=tried is not None and tried.state == "pause",
                is_engaged=tried is not None and tried.state != "ready",
            ),
        ),
    )


def announce(world: World, call: Call, outcome: CallOutcome, then: Callable[[], None]) -> None:
    """Let an announcement end the call."""
    end_unanswered(world, call, outcome)

    def announced() -> None:
        match(world)
        then()

    world.clock.after(ANNOUNCEMENT_MS, Kind.CALL_ENDS, announced)


def turn_away(world: World, call: Call) -> None:
    if call in world.waiting:
        world.waiting.remove(call)
    stop(call)
    announce(world, call, CallOutcome.TURNED_AWAY, lambda: call_again(world, call))


def end_unanswered(world: World, call: Call, outcome: CallOutcome) -> None:
    assert call.patience
    call.patience.cancel()
    call.state = "over"
    call.row["outcome"], call.row["ended"] = code(outcome), world.clock.ms


def queue(world: World, call: Call) -> None:
    call.row["queued"] = world.clock.ms
    wait(world, call)
    if call.ring_back_of:
        step = ask(world, Point.RING_BACK, call)
        if step.act == Act.RING and call.first_to:
            ring(world, call, world.seats[call.first_to], step.ring_ms)
            return
    match(world)


def wait(world: World, call: Call) -> None:
    """Stand in the queue, in the place of one's arrival."""
    call.state, call.seat = "waiting", None
    world.waiting.append(call)
    world.waiting.sort(key=lambda one: int(one.row["contact"]))


def match(world: World) -> None:
    """Bring who waits to who is ready."""
    visiting.match(world)
    for call in list(world.waiting):
        ready = world.agents("ready")
        free = [seat for seat in ready if seat.user not in call.missed_by] or ready
        chosen = access.longest_idle([seat.idle_since for seat in free])
        if chosen < 0:
            break
        ring(world, call, free[chosen], ask(world, Point.RUNG, call).ring_ms)
    for call in list(world.waiting):
        watch(world, call)


def watch(world: World, call: Call) -> None:
    if call.timer is not None or call.state != "waiting":
        return
    step = ask(world, Point.WAITED, call)
    if step.act == Act.TURN_AWAY:
        turn_away(world, call)
    elif step.wait_ms > 0:
        call.timer = world.clock.after(step.wait_ms, Kind.TIMER, lambda: waited(world, call))


def waited(world: World, call: Call) -> None:
    call.timer = None
    watch(world, call)


def ring(world: World, call: Call, seat: Seat, ring_ms: int) -> None:
    stop(call)
    world.waiting.remove(call)
    call.state, call.seat = "ringing", seat
    call.ringings += 1
    call.row["rings"] += 1
    world.does(seat, "ringing", call)
    picks_up = callbacks.draw(world, seat, "pick_up")
    world.clock.after(picks_up, Kind.SEAT, lambda: pick_up(world, call, seat))
    call.timer = world.clock.after(ring_ms, Kind.TIMER, lambda: ring_out(world, call, seat))


def ring_out(world: World, call: Call, seat: Seat) -> None:
    """Nobody picks up: the call waits on, an agent goes into pause, a case worker back to her work."""
    stop(call)
    call.missed_by.add(seat.user)
    call.row["rings_missed"] += 1
    wait(world, call)
    if call.first_to == seat.user:
        be_ready(world, seat)
    else:
        world.does(seat, "pause")
        world.clock.after(PAUSE_AFTER_MISS_MS, Kind.SEAT, lambda: ready_again(world, seat, "pause"))
    match(world)


def pick_up(world: World, call: Call, seat: Seat) -> None:
    if call.state != "ringing" or call.seat is not seat:
        return
    stop(call)
    assert call.patience
    call.patience.cancel()
    call.state = "talking"
    world.does(seat, "talking", call)
    call.row |= {
        "outcome": code(CallOutcome.ANSWERED),
        "answered": world.clock.ms,
        "role": code(seat.role),
        "staff": world.staff_number(seat.user),
    }
    talk = world.citizens.talk_ms(call.citizen, call.nth, seat.role)
    world.clock.after(talk, Kind.CALL_ENDS, lambda: conclude(world, call, seat))


def conclude(world: World, call: Call, seat: Seat) -> None:
    """Enter what was said; then the citizen hangs up, unless she is put through."""
    if seat.role is Role.AGENT and through.puts_through(world, call, seat):
        match(world)
        return
    if world.lab and call.row["direction"] == code(Direction.INBOUND):
        unit = world.office.people[seat.user].unit
        directly = seat.role in AT_A_DESK and call.line is not None
        call.row["misdirected"] = int(directly and unit != through.responsible(world, call, 0).unit)
    person = identify(world, call)
    ticket = persisting.about(call)
    if ticket is None:
        for index, reason in enumerate(call.citizen.matters):
            matter = world.matter(call.row, person, reason, index)
            if through.settles(world, call, index, seat):
                world.settled(call.row, matter)
            else:
                matter.ticket = callbacks.open_ticket(world, call, person, matter)
            own = through.responsible(world, call, index).case_worker
            world.raised[call.citizen.id, index].append(Raised(call, seat, own, matter.ticket))
    elif seat.role in AT_A_DESK:
        callbacks.reach(world, ticket, seat)
        callbacks.settle(world, ticket, seat)
    else:
        call.row["ticket"] = ticket.row["ticket"]
        ticket.row["ring_backs"] += int(ticket is call.ring_back_of)
    world.heard.add(call.citizen.id)
    persisting.asks_on(world, call)
    call.state, seat.call = "over", None
    call.row["ended"], call.row["ended_by"] = world.clock.ms, code(EndedBy.CITIZEN)
    if seat.role is Role.AGENT:
        wrap_up(world, call, seat)
    else:
        be_ready(world, seat)
    match(world)


def wrap_up(world: World, call: Call, seat: Seat, *, noted: bool = True) -> None:
    """Do the work after a conversation; it is not noted of a call that goes on with somebody else."""
    world.does(seat, "wrap_up", call)
    seat.wraps_up = call if noted else None
    after = world.citizens.wrap_up_ms(call.citizen, call.nth)
    world.clock.after(after, Kind.SEAT, lambda: ready_again(world, seat, "wrap_up"))


def identify(world: World, call: Call) -> Person:
    """Find the caller among those recorded, or record her."""
    told = world.citizens.person(call.citizen)
    found = world.known[search_name(told.family_name, told.given_name), told.date_of_birth]
    if len(found) == 1:
        world.person_at[call.citizen.person] = found[0]
        call.row["person"] = world.number_of(found[0])
        return found[0]
    person = Person(sum(map(len, world.known.values())), told.number, told.benefit_unit_number, told.family_name)
    found.append(person)
    world.number_of(person)
    world.person_at[call.citizen.person] = person
    if person.number:
        world.on_number[person.number].append(person)
    return person


def ready_again(world: World, seat: Seat, after: str) -> None:
    """Ask to be ready; the floor does so at once, if the seat is still as it was."""
    if seat.state == after:
        world.clock.after(0, Kind.SEAT, lambda: be_ready(world, seat, matching=True))


def be_ready(world: World, seat: Seat, *, matching: bool = False) -> None:
    leave_wrap_up(world, seat)
    world.does(seat, "ready")
    seat.idle_since = world.clock.ms
    if seat.role in AT_A_DESK:
        callbacks.look_later(world, seat)
    if matching:
        match(world)


def leave_wrap_up(world: World, seat: Seat) -> None:
    if seat.wraps_up is not None:
        seat.wraps_up.row["wrapped_up"] = world.clock.ms
        seat.wraps_up = None


def lose_patience(world: World, call: Call) -> None:
    if call.state not in ("waiting", "ringing"):
        return
    stop(call)
    if call in world.waiting:
        world.waiting.remove(call)
    seat = call.seat
    end_unanswered(world, call, CallOutcome.ABANDONED)
    if seat is not None:
        be_ready(world, seat)
    match(world)
    call_again(world, call)


def call_again(world: World, call: Call) -> None:
    after, tries = world.citizens.calls_again_ms(call.citizen, call.nth), call.tries + 1
    if after >= 0 and persisting.tries_again(world, tries):
        world.clock.after(after, Kind.CALL_ARRIVES, lambda: arrive(world, call.citizen, call.about, tries))
    else:
        visiting.instead(world, call.citizen)


def stop(call: Call) -> None:
    if call.timer is not None:
        call.timer.cancel()
        call.timer = None
