"""The same office in plain Python: sorted lists and objects, the rules as they are, the same draws. Slow, and easy to read."""

import heapq
from dataclasses import dataclass, field
from typing import Any

from erreichbar import access
from erreichbar.access.points import Act, Point
from erreichbar.lab.engine.shapes import Law, Plan
from erreichbar.record.words import CallOutcome, code
from erreichbar.traffic import laws
from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.process import times_of_day


def lasts(law: Law, u: float) -> int:
    if law.mean == 0:
        return 0
    return laws.exponential_ms(u, law.mean) if law.median < 0 else laws.log_normal_ms(u, law.median, law.mean)


@dataclass
class Seat:
    number: int
    place: int
    state: str = "off"
    since: int = 0
    call: "Call | None" = None
    rungs: int = 0


@dataclass
class Call:
    contact: int
    citizen: int
    nth: int
    start: int
    state: str = "new"
    seat: Seat | None = None
    rings: int = 0
    missed: list[int] = field(default_factory=list)
    asked: int = 0
    row: dict[str, int] = field(default_factory=dict)


class Plain:
    """Runs a plan and keeps a row for each call."""

    def __init__(self, plan: Plan, numbers: list[int]) -> None:
        self.plan = plan
        self.seats = [Seat(number, place) for place, number in enumerate(numbers)]
        self.agenda: list[Any] = []
        self.entries = 0
        self.waiting: list[Call] = []
        self.rows: list[dict[str, int]] = []
        self.now = 0

    def run(self) -> list[dict[str, int]]:
        plan = self.plan
        for day in range(len(plan.days.keys)):
            times = [0] * 65_536
            profile = plan.days.profiles[day]
            count = times_of_day(
                [float(one) for one in plan.days.cumulated[profile]], float(plan.days.tops[profile]),
                float(plan.days.totals[day]), plan.seed.seed, plan.seed.replication, int(plan.days.keys[day]), times,
            )  # fmt: skip
            for nth in range(count):
                at = int(plan.days.starts[day]) + times[nth]
                citizen = (int(plan.days.keys[day]) << 16) + nth
                if at < plan.days.horizon:
                    self.at(at, 3, citizen, 8, self.arrives, citizen, 0)
        if plan.hours is None:
            for seat in self.seats:
                seat.state = "ready"
        else:
            for place, start, end in plan.hours.shifts.tolist():
                self.at(start, 1, place, 6, self.comes, self.seats[place])
                self.at(end, 5, place, 11, self.leaves, self.seats[place])
        while self.agenda:
            self.now, _, _, _, _, act, given = heapq.heappop(self.agenda)
            act(*given)
        return self.rows

    def at(self, moment: int, kind: int, identity: int, what: int, act: Any, *given: Any) -> None:
        self.entries += 1
        heapq.heappush(self.agenda, (moment, kind, identity, what, self.entries, act, given))

    def draw(self, stream: Stream, entity: int, nth: int) -> float:
        return uniform(self.plan.seed.seed, self.plan.seed.replication, stream.value, entity, nth)

    def ask(self, point: Point, call: Call, is_open: bool = True) -> access.Step:
        return access.decide(
            self.plan.rules,
            access.moment(
                point,
                is_open=is_open,
                waiting=len([other for other in self.waiting if other is not call]),
                agents_present=len([seat for seat in self.seats if seat.state != "off"]),
                agents_free=len([seat for seat in self.seats if seat.state == "ready"]),
                waited_ms=self.now - call.start,
                ringings=call.rings,
            ),
        )

    # -- calls --------------------------------------------------------------------------------------------------------

    def arrives(self, citizen: int, nth: int) -> None:
        call = Call(len(self.rows), citizen, nth, self.now)
        hours = self.plan.hours
        is_open = hours is None or any(start <= self.now < end for start, end in hours.periods.tolist())
        call.row = {
            "start": self.now, "open": int(is_open), "outcome": -1, "queued": -1, "rings": 0, "missed": 0,
            "answered": -1, "ended": -1, "wrapped_up": -1, "seat": -1, "citizen": citizen, "nth": nth,
        }  # fmt: skip
        self.rows.append(call.row)
        match self.ask(Point.ARRIVED, call, is_open).act:
            case Act.ANNOUNCE_CLOSED:
                self.over(call, CallOutcome.OUT_OF_HOURS)
            case Act.TURN_AWAY:
                self.turned_away(call)
            case _:
                call.row["queued"] = self.now
                if self.plan.patience is not None:
                    patience = max(1, lasts(self.plan.patience, self.draw(Stream.PATIENCE, citizen, nth)))
                    self.at(self.now + patience, 0, call.contact, 0, self.hangs_up, call)
                self.wait(call)
                self.match()
                self.watch(call)

    def wait(self, call: Call) -> None:
        call.state = "waiting"
        self.waiting = sorted([*self.waiting, call], key=lambda one: one.contact)

    def watch(self, call: Call) -> None:
        if call.state == "waiting":
            step = self.ask(Point.WAITED, call)
            if step.act == Act.TURN_AWAY:
                self.waiting.remove(call)
                self.turned_away(call)
            elif step.wait_ms > 0:
                self.at(self.now + step.wait_ms, 4, call.contact, 10, self.watch, call)

    def turned_away(self, call: Call) -> None:
        self.over(call, CallOutcome.TURNED_AWAY)
        if self.plan.again is not None:
            said = self.now + self.plan.again.announcement_ms
            self.at(said, 0, call.contact, 2, self.calls_again, call)

    def hangs_up(self, call: Call) -> None:
        if call.state not in ("waiting", "ringing"):
            return
        if call.state == "waiting":
            self.waiting.remove(call)
        self.over(call, CallOutcome.ABANDONED)
        if call.seat:
            self.ready(call.seat)
        self.match()
        self.calls_again(call)

    def calls_again(self, call: Call) -> None:
        again = self.plan.again
        if again and self.draw(Stream.CALLS_AGAIN, call.citizen, 2 * call.nth) < again.part:
            after = lasts(again.after, self.draw(Stream.CALLS_AGAIN, call.citizen, 2 * call.nth + 1))
            self.at(self.now + after, 3, call.citizen, 8, self.arrives, call.citizen, call.nth + 1)

    def over(self, call: Call, outcome: CallOutcome) -> None:
        call.state = "over"
        call.row |= {"outcome": code(outcome), "ended": self.now, "rings": call.rings}

    # -- seats --------------------------------------------------------------------------------------------------------

    def ready(self, seat: Seat) -> None:
        seat.state, seat.since, seat.call = "ready", self.now, None

    def match(self) -> None:
        while self.waiting:
            call = self.waiting[0]
            ready = [seat for seat in self.seats if seat.state == "ready"]
            free = [seat for seat in ready if seat.number not in call.missed] or ready
            chosen = access.longest_idle([seat.since for seat in free])
            if chosen < 0:
                return
            self.ring(self.waiting.pop(0), free[chosen])

    def ring(self, call: Call, seat: Seat) -> None:
        call.rings += 1
        call.seat, seat.call = seat, call
        ring = self.plan.ring
        after = 0
        if ring is not None:
            after = lasts(ring.pick_up, self.draw(Stream.PICK_UP, seat.number, seat.rungs))
            seat.rungs += 1
        call.state = seat.state = "ringing"
        if after == 0:
            self.picks_up(seat, call, call.rings)
            return
        rings = call.rings
        self.at(self.now + after, 1, seat.place, 4, self.picks_up, seat, call, rings)
        call.rings -= 1
        step = self.ask(Point.RUNG, call)
        call.rings += 1
        self.at(self.now + step.ring_ms, 4, call.contact, 9, self.rang_out, seat, call, rings)

    def picks_up(self, seat: Seat, call: Call, rings: int) -> None:
        if seat.state != "ringing" or seat.call is not call or call.rings != rings:
            return
        call.state = seat.state = "talking"
        call.row |= {"answered": self.now, "seat": seat.place}
        talk = max(1, lasts(self.plan.talk, self.draw(Stream.TALK, call.citizen, call.nth)))
        self.at(self.now + talk, 0, call.contact, 1, self.talk_ends, seat, call)

    def rang_out(self, seat: Seat, call: Call, rings: int) -> None:
        if call.state != "ringing" or call.rings != rings:
            return
        assert self.plan.ring is not None
        call.missed.append(seat.number)
        call.row["missed"] += 1
        seat.state, seat.call, call.seat = "pause", None, None
        self.at(self.now + self.plan.ring.pause_ms, 1, seat.place, 5, self.back, seat, "pause", -1)
        self.wait(call)
        self.match()
        self.watch(call)

    def talk_ends(self, seat: Seat, call: Call) -> None:
        self.over(call, CallOutcome.ANSWERED)
        wrap_up = self.plan.wrap_up
        after = 0 if wrap_up is None else lasts(wrap_up, self.draw(Stream.WRAP_UP, call.citizen, call.nth))
        if after:
            seat.state = "wrap_up"
            self.at(self.now + after, 1, seat.place, 3, self.back, seat, "wrap_up", call.contact)
        else:
            self.ready(seat)
        self.match()

    def back(self, seat: Seat, state: str, contact: int) -> None:
        if seat.state == state:
            if contact >= 0:
                self.rows[contact]["wrapped_up"] = self.now
            self.ready(seat)
            self.match()

    def comes(self, seat: Seat) -> None:
        if seat.state == "off":
            self.ready(seat)
            self.match()

    def leaves(self, seat: Seat) -> None:
        if seat.state == "off":
            return
        assert self.plan.hours is not None
        if self.waiting or seat.state not in ("ready", "pause"):
            self.at(self.now + self.plan.hours.look_ms, 1, seat.place, 7, self.leaves, seat)
        else:
            seat.state = "off"
