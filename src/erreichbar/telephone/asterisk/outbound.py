"""A callback: the seat's telephone first, then the citizen's, showing the presented number and nothing else."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, EndedBy, PresentedNumber
from erreichbar.telephone.asterisk import pjsip
from erreichbar.telephone.asterisk.client import Json, Refused
from erreichbar.telephone.asterisk.talk import FAULTS, UNSAID, End, Talk, by
from erreichbar.telephone.line import CitizenMissed, CitizenPickedUp, Declined, HungUp, PickedUp

if TYPE_CHECKING:
    from erreichbar.telephone.asterisk.exchange import Exchange

log = logging.getLogger(__name__)

SEAT_RINGS_S = 45
CITIZEN_RINGS_S = 50
"""Shorter than most answering services wait, longer than anybody walks to the telephone."""

E164 = re.compile(r"\+[1-9]\d{6,14}")

BUSY = frozenset({17})
"""Causes (Q.850), where the network says no more: busy."""
NO_ANSWER_AT_ALL = 18
"""No user responding."""
NO_SUCH_NUMBER = frozenset({1, 22, 28})
"""Unallocated; changed; not a whole number."""
BY_STATUS = {
    **dict.fromkeys((486, 600, 603), AttemptOutcome.BUSY),
    **dict.fromkeys((404, 410, 484, 485, 604), AttemptOutcome.WRONG_NUMBER),
    **dict.fromkeys((480, 487), AttemptOutcome.NOT_ANSWERED),
}
"""What a final answer (SIP, RFC 3261) says of a citizen; every other one says that the line failed, 408 unless it rang."""


class Outbound(Talk):
    """A call that the office makes to a citizen."""

    def __init__(self, exchange: Exchange, ref: Ref, user: str, number: str, presented: PresentedNumber) -> None:
        super().__init__(exchange, ref)
        self.user = user
        self.number = number
        self.presented = presented
        self.seat: str | None = None
        self.citizen: str | None = None
        self.picked_up = False
        self.rang = False
        self.talking = False

    def channels(self) -> list[str]:
        return [channel for channel in (self.seat, self.citizen) if channel]

    async def dial(self) -> None:
        """Ring the seat."""
        if not E164.fullmatch(self.number):
            log.error("A callback to something that is no number in E.164 was not made.")
            await self._line_failed()
            return
        endpoint = self.exchange.endpoint(self.user)
        if endpoint is None:
            await self._seat_missed()
            return
        self.seat = self.exchange.channel_id(self.ref, "back", self.user)
        self.exchange.own(self.seat, self)
        variables = {
            "ERREICHBAR_CALL": self.ref,
            "ERREICHBAR_NUMBER": self.number,
            "ERREICHBAR_PRESENTED": self.presented.value,
        }
        try:
            await self.exchange.originate(endpoint, self.seat, SEAT_RINGS_S * 2, variables)
        except Refused:
            await self._seat_missed()
            return
        self.wait_for_seat()

    def wait_for_seat(self) -> None:
        """Give up on the seat after a while."""
        self.in_time(SEAT_RINGS_S, self._seat_missed)

    async def go_on(self, *, dialled: bool) -> None:
        """Go on with a citizen's channel that another controller has made."""
        if dialled:
            self.in_time(CITIZEN_RINGS_S, self._rang_out)
        else:
            self.put(self._dial_citizen)

    async def _seat_missed(self) -> None:
        self.tell(Declined, user=self.user)
        await self.end()

    async def started(self, channel: Json) -> None:
        if channel["id"] == self.seat and not self.picked_up:
            await self.call_citizen()
        elif channel["id"] == self.citizen and not self.talking:
            await self._dial_citizen()

    async def call_citizen(self) -> None:
        """The seat picked up: prepare the citizen's channel."""
        self.picked_up = True
        self.call_off()
        self.tell(PickedUp, user=self.user)
        if self.seat:
            # Whatever is joined with the citizen carries no identity that could be passed on to her.
            await self.exchange.present_nobody(self.seat)
            await self.join(self.seat)
        trunk = pjsip.WITHHELD if self._shown() is None else pjsip.TRUNK
        self.citizen = self.exchange.channel_id(self.ref, "back", None)
        self.exchange.own(self.citizen, self)
        try:
            # Dialled once the channel is ours (``started``): before that Asterisk refuses.
            await self.ari.post(
                "channels/create",
                {
                    "endpoint": f"PJSIP/{self.number}@{trunk}",
                    "app": self.exchange.app,
                    "appArgs": "citizen",
                    "channelId": self.citizen,
                },
                {"variables": {"ERREICHBAR_CALL": self.ref}},
            )
        except Refused:
            await self._line_failed()

    def _shown(self) -> str | None:
        return self.exchange.shown(self.user, self.presented)

    async def _dial_citizen(self) -> None:
        channel = self.citizen
        shown = self._shown()
        if shown is None:
            await self._set("PJSIP_HEADER(add,Privacy)", "id")
        # Joined before it is dialled, so that the network's own announcements are heard; and before the number is set,
        # because joining takes over the seat's identity, which is withheld.
        await self.ari.post(f"bridges/{self.ref}/addChannel", {"channel": channel})
        if shown is not None:
            await self._set("CONNECTEDLINE(num,i)", shown)
        await self._set("CONNECTEDLINE(pres,i)", "prohib" if shown is None else "allowed")
        await self.ari.post(f"channels/{channel}/dial", {"timeout": CITIZEN_RINGS_S * 2})
        self.in_time(CITIZEN_RINGS_S, self._rang_out)

    async def _set(self, variable: str, value: str) -> None:
        await self.ari.post(f"channels/{self.citizen}/variable", {"variable": variable, "value": value})

    async def changed(self, channel: Json) -> None:
        if channel["id"] != self.citizen or self.talking:
            return
        self.rang = self.rang or channel["state"] in ("Ring", "Ringing")
        if channel["state"] == "Up":
            self.talking = True
            self.call_off()
            self.tell(CitizenPickedUp)

    async def _rang_out(self) -> None:
        if not self.talking:
            await self._missed(AttemptOutcome.NOT_ANSWERED)

    async def _missed(self, outcome: AttemptOutcome) -> None:
        self.tell(CitizenMissed, outcome=outcome)
        await self.end()

    async def hang_up(self) -> None:
        await self._given_up(EndedBy.OFFICE)

    async def _given_up(self, who: EndedBy) -> None:
        """The office's side is over. While it rang at the citizen's, who will see that somebody called, it is a callback missed."""
        if self.rang and not self.talking:
            await self._missed(AttemptOutcome.NOT_ANSWERED)
            return
        self.tell(HungUp, by=who)
        await self.end()

    async def _line_failed(self) -> None:
        # Nobody was called: no outcome must say that the citizen did not answer.
        self.tell(HungUp, by=EndedBy.LINE)
        await self.end()

    async def gone(self, channel: str, end: End) -> None:
        if channel == self.seat and not self.picked_up:
            await self._seat_missed()
        elif channel == self.seat:
            await self._given_up(by(EndedBy.OFFICE, end))
        elif channel == self.citizen and self.talking:
            self.tell(HungUp, by=by(EndedBy.CITIZEN, end))
            await self.end()
        elif channel == self.citizen:
            outcome = missed(end, rang=self.rang)
            await (self._line_failed() if outcome is None else self._missed(outcome))


def missed(end: End, *, rang: bool) -> AttemptOutcome | None:
    """Return what the end of a citizen's channel says of a citizen who was not reached, none if the line failed.

    ``rang``: whether the network said that her telephone rings. A trunk that is dead and a citizen who does not answer
    both end in a timeout; only the second is an attempt.
    """
    if end.status:
        return BY_STATUS.get(end.status, AttemptOutcome.NOT_ANSWERED if end.status == 408 and rang else None)
    if end.cause in FAULTS or end.cause == UNSAID or (end.cause == NO_ANSWER_AT_ALL and not rang):
        return None
    if end.cause in BUSY:
        return AttemptOutcome.BUSY
    return AttemptOutcome.WRONG_NUMBER if end.cause in NO_SUCH_NUMBER else AttemptOutcome.NOT_ANSWERED
