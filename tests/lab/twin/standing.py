"""How the twin's office stands at a moment: what its tables hold, and besides it what only it and the draws know."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from erreichbar.lab.engine.preparing import counted, seats_of
from erreichbar.lab.engine.shapes import CallIs, SeatIs
from erreichbar.lab.engine.standing import Standing
from erreichbar.lab.engine.under_way import AtSeat, UnderWay
from erreichbar.lab.stood import Besides, stood, written
from erreichbar.record.tables import NONE, Tables
from erreichbar.record.words import CallOutcome, code
from erreichbar.telephone.training.line import ANNOUNCEMENT_MS
from tests.lab.twin.world import Attempt, Call, Ticket, World

_LENGTHS = ("wait", "talk", "wrap_up")
_DOES = {"off": SeatIs.OFF, "ready": SeatIs.READY, "ringing": SeatIs.RINGING, "talking": SeatIs.TALKING,
         "wrap_up": SeatIs.WRAP_UP, "pause": SeatIs.PAUSE}  # fmt: skip
_IS = {"waiting": CallIs.WAITING, "ringing": CallIs.RINGING, "talking": CallIs.TALKING}


class Standings:
    """The twin as it stands at ``now`` (ms since ``origin``), whose ``tables`` of that moment count from the same beginning."""

    def __init__(self, world: World, tables: Tables, origin: int, seed: int) -> None:
        self.world, self.tables, self.origin, self.seed = world, tables, origin, seed
        self.everybody = seats_of(world.office).everybody
        self.tickets = [ticket.row["ticket"] for ticket in world.tickets if ticket.is_open]

    def at(self, now: int) -> Standing:
        """Return how it stands."""
        world, by_contact = self.world, dict[int, tuple[int, int, int]]()
        place, telephone = dict[int, int](), set[int]()
        contacts: list[Call | Attempt] = [*self._calls(), *world.dialled]
        for one in contacts:
            by_contact[one.row["contact"]] = one.citizen.id, one.nth, self._seat(one.seat.user if one.seat else None)
            place[one.citizen.id] = one.citizen.person
            if world.citizens.person(one.citizen).number:
                telephone.add(one.citizen.id)
        citizen, nth, seat = np.array([by_contact[row["contact"]] for row in world.contacts], np.int64).reshape(-1, 3).T
        besides = Besides(
            citizen, nth, seat, place, telephone,
            matter={ticket.row["ticket"]: self._matter(ticket, citizen) for ticket in world.tickets},
            holder={ticket.row["ticket"]: self._seat(ticket.holder) for ticket in world.tickets},
        )  # fmt: skip
        under_way = self._under_way()
        return replace(
            stood(self.tables, now, world.citizens.parameters, besides, self.seed),
            seats=dict(self._seats(under_way)),
            contacts=[self._contact(one) for one in under_way],
        )

    def _seat(self, user: str | None) -> int:
        return self.everybody.index(user) if user else NONE

    def _matter(self, ticket: Ticket, citizen: np.ndarray) -> tuple[int, int]:
        """Return whose matter a ticket is, and which of hers: those of a call stand one after the other."""
        raised = [one.row["matter"] for one in self.world.matters if one.row["contact"] == ticket.row["contact"]]
        return int(citizen[ticket.row["contact"]]), raised.index(ticket.row["matter"])

    def _calls(self) -> list[Call]:
        return [call for calls in self.world.calls_of.values() for call in calls]

    def _under_way(self) -> list[Call | Attempt]:
        wrapping = [seat.wraps_up for seat in self.world.seats.values()]
        now = self.world.clock.ms
        said = [
            call for call in self._calls()
            if call.row["outcome"] == code(CallOutcome.TURNED_AWAY) and call.row["ended"] + ANNOUNCEMENT_MS >= now
        ]  # fmt: skip
        calls = [call for call in self._calls() if call.state in _IS or call in wrapping or call in said]
        return sorted([*calls, *self.world.attempts], key=lambda one: int(one.row["contact"]))

    @property
    def under_way(self) -> list[int]:
        """The contacts that are under way, by number."""
        return [one.row["contact"] for one in self._under_way()]

    def _seats(self, under_way: Sequence[Call | Attempt]) -> Any:
        for user, seat in self.world.seats.items():
            about = seat.wraps_up or seat.call
            since = seat.notes[-1].since - self.origin if seat.notes else 0
            yield self._seat(user), AtSeat(
                _DOES[seat.state], since, seat.did["pick_up"], seat.did["case_work"],
                seat.looks_at - self.origin if seat.looking else NONE,
                under_way.index(about) if about is not None else NONE,
            )  # fmt: skip

    def _contact(self, one: Call | Attempt) -> UnderWay:
        contact = self.tables.contacts.row(one.row["contact"], named=True)
        seat = self._seat(one.seat.user) if one.seat else NONE
        row = written(contact, counted(self.world.office), self.tickets, seat)
        if isinstance(one, Attempt):
            return UnderWay(
                CallIs.CALLBACK, one.citizen.id, one.nth, contact["start"], contact["answered"], seat,
                ticket=self.tickets.index(one.ticket.row["ticket"]), outcome=code(one.outcome),
                presented=code(one.presented), row=row,
            )  # fmt: skip
        since = contact["answered"]
        if one.state == "ringing" and one.seat is not None:
            since = one.seat.notes[-1].since - self.origin
        elif contact["outcome"] == code(CallOutcome.TURNED_AWAY):
            since = contact["ended"]
        is_ = _IS.get(one.state, CallIs.ANNOUNCED if since == contact["ended"] else CallIs.FREE)
        back = one.ring_back_of.row["ticket"] if one.ring_back_of else NONE
        return UnderWay(
            is_, one.citizen.id, one.nth, contact["start"], since, seat, one.ringings,
            [self._seat(user) for user in one.missed_by if self.world.seats[user].role == "agent"],
            self.tickets.index(back) if back in self.tickets else NONE, row=row,
        )  # fmt: skip
