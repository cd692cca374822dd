"""All calls of the line: events find their call, calls that outlived the floor are found again, orphans are ended."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import count

from erreichbar.office import Office
from erreichbar.office.numbers import NotANumber, parse
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import PresentedNumber
from erreichbar.telephone.asterisk.client import Ari, Json, Lost, Refused
from erreichbar.telephone.asterisk.conf import APP, Folders
from erreichbar.telephone.asterisk.inbound import Inbound
from erreichbar.telephone.asterisk.survey import in_our_application, survey
from erreichbar.telephone.asterisk.talk import LOST, End, Talk
from erreichbar.telephone.line import LineEvent, Surviving

log = logging.getLogger(__name__)


class Exchange:
    """The calls of one Asterisk. Lives in one event loop; events are held back until ``recover`` has looked around."""

    app = APP

    def __init__(
        self,
        office: Office,
        folders: Folders,
        new_ref: Callable[[], Ref],
        tell: Callable[[LineEvent], None],
        make_ari: Callable[[Callable[[Json], None], Callable[[], Awaitable[None]]], Ari],
    ) -> None:
        self.office = office
        self.folders = folders
        self.tell = tell
        self.talks: dict[Ref, Talk] = {}
        self.connected = asyncio.Event()
        self.new_ref = new_ref
        self._channels: dict[str, Talk] = {}
        self._held: list[Json] | None = []
        self._count = count(1)
        self._ends: set[asyncio.Task[None]] = set()
        self.ari = make_ari(self.event, self._on_connected)

    # -- whose channel ----------------------------------------------------------------------------------------------

    def own(self, channel: str, talk: Talk) -> None:
        """From now on the channel's events are the call's."""
        self._channels[channel] = talk

    def forget(self, channel: str) -> None:
        """The channel's events concern nobody any more."""
        self._channels.pop(channel, None)

    def add(self, talk: Talk) -> None:
        """A call begins."""
        self.talks[talk.ref] = talk
        for channel in talk.channels():
            self.own(channel, talk)

    def remove(self, talk: Talk) -> None:
        """A call is over."""
        self.talks.pop(talk.ref, None)
        for channel in [known for known, whose in self._channels.items() if whose is talk]:
            self.forget(channel)

    def channel_id(self, ref: Ref, way: str, user: str | None) -> str:
        """Return an id that says what the channel is for: ``call`` or ``back`` (a callback), of a seat or of the citizen."""
        return f"{way}.{ref}.{'citizen' if user is None else f'seat.{user}'}.{next(self._count)}.{self.new_ref()[:4]}"

    # -- what the office says ---------------------------------------------------------------------------------------

    def endpoint(self, user: str) -> str | None:
        """Return the telephone of somebody, none if she has none."""
        person = self.office.people.get(user)
        return f"PJSIP/{person.sip_user}" if person and person.sip_user else None

    def shown(self, user: str, presented: PresentedNumber) -> str | None:
        """Return the number a citizen sees (E.164), none if it is withheld. Who has no number of her own shows none."""
        telephone = self.office.telephone
        if presented is PresentedNumber.CENTRE:
            return telephone.centre.e164
        direct = telephone.direct_line(self.office.people[user]) if presented is PresentedNumber.OWN else None
        return direct.e164 if direct else None

    async def originate(self, endpoint: str, channel: str, timeout: int, variables: dict[str, str]) -> None:
        """Ring a seat's telephone. It shows the office, never the citizen: telephones remember who called."""
        number = self.office.telephone.centre.e164
        await self.ari.post(
            "channels",
            {
                "endpoint": endpoint,
                "app": APP,
                "appArgs": "seat",
                "channelId": channel,
                "timeout": timeout,
                "callerId": f'"{_plain(self.office.short_name)}" <{number}>',
            },
            {"variables": variables},
        )

    async def present_nobody(self, channel: str) -> None:
        """Take every identity off a seat's channel before it is joined with a citizen's."""
        for variable, value in (("CALLERID(all)", ""), ("CALLERID(ani-all)", ""), ("CALLERID(pres)", "prohib")):
            await self.ari.post(f"channels/{channel}/variable", {"variable": variable, "value": value})

    # -- events -----------------------------------------------------------------------------------------------------

    def event(self, event: Json) -> None:
        """Take an event of Asterisk."""
        if self._held is not None:
            self._held.append(event)
            return
        kind = event["type"]
        if kind == "PlaybackFinished":
            playback = event["playback"]
            talk = self._channels.get(playback["target_uri"].removeprefix("channel:"))
            if talk:
                self._played(talk, playback["id"])
            return
        if kind == "ApplicationReplaced":
            log.warning("Another controller has taken over this Asterisk.")
            return
        channel = event["channel"]
        talk = self._channels.get(channel["id"])
        match kind:
            case "StasisStart" if talk is None:
                self._new(channel)
            case "StasisStart" if talk:
                talk.put(lambda: talk.started(channel))
            case "ChannelStateChange" if talk:
                talk.put(lambda: talk.changed(channel))
            case "ChannelDestroyed" if talk:
                self._gone(talk, channel["id"], End(int(event.get("cause") or 0), int(event.get("tech_cause") or 0)))

    def _played(self, talk: Talk, playback: str) -> None:
        talk.put(lambda: talk.played(playback))

    def _gone(self, talk: Talk, channel: str, end: End) -> None:
        self.forget(channel)
        talk.put(lambda: talk.gone(channel, end))

    def _new(self, channel: Json) -> None:
        if channel["id"].startswith(("call.", "back.")):
            # A seat that was picked up when nobody wanted it any more.
            self._later(self.ari.delete(f"channels/{channel['id']}"))
            return
        number, called = signalled(channel)
        talk = Inbound(self, self.new_ref(), channel["id"])
        self.add(talk)
        talk.put(lambda: talk.arrive(number, called))

    def _later(self, work: Awaitable[None]) -> None:
        async def safely() -> None:
            try:
                await work
            except (Lost, Refused) as problem:
                log.info("%s", problem)

        task = asyncio.ensure_future(safely())
        self._ends.add(task)
        task.add_done_callback(self._ends.discard)

    # -- finding calls again ----------------------------------------------------------------------------------------

    async def _on_connected(self) -> None:
        first = not self.connected.is_set()
        if not first:
            await self._catch_up()
        self.connected.set()

    async def _catch_up(self) -> None:
        """Deal with what happened while the connection was lost: nobody told us."""
        alive = {channel["id"]: channel for channel in await self.ari.get("channels")}
        for channel, talk in list(self._channels.items()):
            if channel not in alive:
                self._gone(talk, channel, LOST)
            elif alive[channel]["state"] == "Up":
                self._came_up(talk, alive[channel])
        for channel, found in alive.items():
            if channel not in self._channels and in_our_application(found):
                self._new(found)

    def _came_up(self, talk: Talk, channel: Json) -> None:
        talk.put(lambda: talk.changed(channel))
        talk.put(lambda: talk.started(channel))

    async def recover(self) -> list[Surviving]:
        """Return the calls that are there; end those whose other side left. From here on events are dealt with."""
        await self.connected.wait()
        self._held = self._held or []
        try:
            return await survey(self)
        finally:
            held, self._held = self._held, None
            for event in held:
                self.event(event)


def signalled(channel: Json) -> tuple[str | None, str]:
    """Return the caller's number (E.164, none if withheld or unreadable) and the number that was called, from our variables."""
    variables = channel.get("channelvars") or {}
    return _e164(variables.get("ERREICHBAR_NUMBER", "")), variables.get("ERREICHBAR_CALLED", "")


def _e164(number: str) -> str | None:
    # Trunks signal "+49221…", "0221…", "0049221…", and some "49221…".
    for written in (number, f"+{number}"):
        try:
            return parse(written)
        except NotANumber:
            continue
    return None


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum() or letter in " .-")
