"""A citizen's call: answered, told something, waiting, ringing at seats, talking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import EndedBy
from erreichbar.telephone.asterisk.client import Json, Refused
from erreichbar.telephone.asterisk.talk import End, Talk, by
from erreichbar.telephone.line import Announced, Announcement, Arrived, Declined, HungUp, PickedUp

if TYPE_CHECKING:
    from erreichbar.telephone.asterisk.exchange import Exchange

LANGUAGES = ("de", "en")
"""Announcements are heard in these languages, one after the other."""

LAST_WORDS = (Announcement.OUT_OF_HOURS, Announcement.TURNED_AWAY)
"""After these nobody waits for anything."""

RING_S = 600
"""A seat's telephone is silenced by the floor; this only ends what nobody silences any more."""


class Inbound(Talk):
    """A call that a citizen made."""

    def __init__(self, exchange: Exchange, ref: Ref, citizen: str) -> None:
        super().__init__(exchange, ref)
        self.citizen = citizen
        self.legs: dict[str, str] = {}
        """Channel of a seat that rings → person."""
        self.seat: str | None = None
        """Channel of the seat that talks."""
        self.user: str | None = None
        self._playing: tuple[str, Announcement] | None = None
        self._waits = False
        self._count = 0

    def channels(self) -> list[str]:
        return [self.citizen, *self.legs, *([self.seat] if self.seat else [])]

    async def arrive(self, number: str | None, called: str) -> None:
        """Make the channel ours, and tell the floor. Who has hung up already never arrived."""
        try:
            await self.claim()
        except Refused:
            await self.end()
            return
        self.tell(Arrived, number=number, called=called)

    async def claim(self) -> None:
        """Write our reference on the citizen's channel, for whoever finds it later, and ask to be told of its end.

        Asterisk tells the end of channels that we made; of one that came in it stops telling when it leaves the
        application, which is before its end. Raises ``Refused`` if the channel is gone.
        """
        await self.ari.post(f"channels/{self.citizen}/variable", {"variable": "ERREICHBAR_CALL", "value": self.ref})
        await self.ari.post(
            f"applications/{self.exchange.app}/subscription", {"eventSource": f"channel:{self.citizen}"}
        )

    # -- what the caller hears --------------------------------------------------------------------------------------

    async def announce(self, what: Announcement) -> None:
        """Play an announcement. A call that talks hears none."""
        if self.seat:
            return
        await self._silence()
        self._count += 1
        playback = f"{self.ref}.{what}.{self._count}"
        self._playing = (playback, what)
        await self.ari.post(f"channels/{self.citizen}/answer")
        sounds = self.exchange.folders.sounds
        media = ",".join(f"sound:{sounds}/{language}/{what}" for language in LANGUAGES)
        await self.ari.post(f"channels/{self.citizen}/play", {"media": media, "playbackId": playback})

    async def played(self, playback: str) -> None:
        if self._playing is None or self._playing[0] != playback:
            return
        what = self._playing[1]
        self._playing = None
        if what not in LAST_WORDS:
            await self.wait()
        self.tell(Announced, what=what)

    async def wait(self) -> None:
        """Let the caller hear the waiting sound, after the announcement if there is one."""
        if self.seat or self._playing or self._waits:
            return
        self._waits = True
        await self.ari.post(f"channels/{self.citizen}/answer")
        await self.ari.post(f"channels/{self.citizen}/moh", {"mohClass": "default"})

    async def _silence(self) -> None:
        if self._playing:
            playback, self._playing = self._playing[0], None
            await self.ari.delete(f"playbacks/{playback}")
        if self._waits:
            self._waits = False
            await self.ari.delete(f"channels/{self.citizen}/moh")

    # -- seats ------------------------------------------------------------------------------------------------------

    async def ring(self, user: str) -> None:
        """Ring a seat."""
        endpoint = self.exchange.endpoint(user)
        if endpoint is None:
            self.tell(Declined, user=user)
            return
        channel = self.exchange.channel_id(self.ref, "call", user)
        self.legs[channel] = user
        self.exchange.own(channel, self)
        try:
            await self.exchange.originate(endpoint, channel, RING_S, {"ERREICHBAR_CALL": self.ref})
        except Refused:
            # An endpoint that does not exist, or has no telephone registered.
            self.exchange.forget(channel)
            if self.legs.pop(channel, None):
                self.tell(Declined, user=user)

    async def started(self, channel: Json) -> None:
        user = self.legs.pop(channel["id"], None)
        if user is None:
            return
        if self.seat:
            await self.drop(channel["id"])
            return
        self.seat, self.user = channel["id"], user
        for other in list(self.legs):
            self.tell(Declined, user=self.legs.pop(other))
            await self.drop(other)
        await self._silence()
        await self.ari.post(f"channels/{self.citizen}/answer")
        await self.exchange.present_nobody(self.seat)
        await self.join(self.citizen, self.seat)
        self.tell(PickedUp, user=user)

    async def stop_ringing(self, user: str) -> None:
        """Silence a seat. If it was picked up in the same moment, the citizen waits on."""
        for channel in [leg for leg, person in self.legs.items() if person == user]:
            del self.legs[channel]
            await self.drop(channel)
        if self.seat and self.user == user:
            seat, self.seat, self.user = self.seat, None, None
            await self.drop(seat)
            await self.ari.delete(f"bridges/{self.ref}")
            await self.wait()

    async def gone(self, channel: str, end: End) -> None:
        if channel == self.citizen:
            self.tell(HungUp, by=by(EndedBy.CITIZEN, end))
            await self.end()
        elif channel == self.seat:
            self.tell(HungUp, by=by(EndedBy.OFFICE, end))
            await self.end()
        elif user := self.legs.pop(channel, None):
            self.tell(Declined, user=user)
