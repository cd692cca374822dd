"""Asterisk as a line: the port between floor and telephone, with a thread and an event loop of its own."""

import asyncio
import logging
import os
import socket
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Self

from erreichbar.office import Office
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import PresentedNumber
from erreichbar.telephone.asterisk import conf, install, process, secret, sounds
from erreichbar.telephone.asterisk.client import Ari, Json, Lost
from erreichbar.telephone.asterisk.exchange import Exchange
from erreichbar.telephone.asterisk.inbound import Inbound
from erreichbar.telephone.asterisk.install import NoAsterisk
from erreichbar.telephone.asterisk.outbound import Outbound
from erreichbar.telephone.asterisk.settings import Foreign, Settings
from erreichbar.telephone.line import Announcement, LineEvent, Surviving

log = logging.getLogger(__name__)

CONNECT_S = 120.0
"""How long a start may wait for Asterisk."""

RELOADED = ("res_pjsip.so", "pbx_config.so", "res_musiconhold.so")
"""What reads an office file that has changed since Asterisk was started, without touching calls."""


class AsteriskLine:
    """The port ``Line`` over ARI. Make it with ``of``."""

    name = "asterisk"
    picks_up_at_desk = False

    def __init__(self, office: Office, settings: Settings, folder: Path, new_ref: Callable[[], Ref]) -> None:
        self.office = office
        self.settings = settings
        self.folders = conf.Folders(folder)
        self.dials = office.telephone.trunk is not None
        self._new_ref = new_ref
        people = [person.sip_user for person in office.people.values() if person.sip_user]
        self.folders.make()
        self.secrets = secret.secrets_of(folder, people)
        self._running: process.Running | None = None
        self._loop = asyncio.new_event_loop()
        self._thread: threading.Thread | None = None
        self._exchange: Exchange | None = None
        self._made: asyncio.Future[Exchange] = self._loop.create_future()

    @classmethod
    def of(cls, office: Office, folder: Path, new_ref: Callable[[], Ref]) -> Self:
        """Return the line of a machine: the Asterisk of its run folder, started or found again, or the one of its settings.

        Raises ``WrongSetting`` and ``NoAsterisk``, with what to do about it.
        """
        line = cls(office, Settings.read(), folder / "asterisk", new_ref)
        line.prepare()
        return line

    def prepare(self) -> None:
        """Write configuration and sounds, and see to it that Asterisk runs. Raises ``NoAsterisk``."""
        sounds.arrange(self.folders, self.settings.sounds)
        if self.settings.foreign:
            self._write(self.settings.foreign.port)
            return
        running = process.noted(self.folders.run)
        if running:
            self._write(running.ari_port)
            process.wait_until_ready(running, self.folders.run, self.secrets.ari)
            process.reload(running, self.secrets.ari, RELOADED)
        else:
            _check_port(self.settings)
            port = process.free_port()
            self._write(port)
            running = process.start(install.find(self.settings), self.folders.run, port)
            process.wait_until_ready(running, self.folders.run, self.secrets.ari)
        self._running = running

    def _write(self, port: int) -> None:
        trunk = self.office.telephone.trunk
        variable = trunk.password_variable if trunk else None
        if variable and variable not in os.environ:
            raise NoAsterisk(
                f"Das Passwort der Leitung zum Telefonnetz fehlt: Umgebungsvariable {variable}.",
                f"The password of the trunk is missing: environment variable {variable}.",
            )
        found = install.Installed(Path(), Path(), Path()) if self.settings.foreign else install.find(self.settings)
        conf.write(
            self.office,
            self.settings,
            found,
            self.secrets,
            self.folders,
            ari_port=port,
            password=os.environ[variable] if variable else None,
        )

    # -- the port ---------------------------------------------------------------------------------------------------

    def start(self, tell: Callable[[LineEvent], None]) -> None:
        """Connect, and stay connected."""
        self._thread = threading.Thread(target=self._run, args=(tell,), name="asterisk", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let go. Talking calls go on; an Asterisk of ours that has none is stopped."""
        talks = len(self.calls())
        self.let_go()
        if talks:
            log.warning("%d calls go on in Asterisk; the next start finds them again.", talks)
        elif self._running:
            process.stop(self._running)

    def let_go(self) -> None:
        """Disconnect from Asterisk, whatever goes on in it."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()

    def calls(self) -> list[Ref]:
        """Return the calls that go on now."""
        return list(self._exchange.talks) if self._exchange else []

    def recover(self) -> list[Surviving]:
        """Return the calls that are there now. Raises ``NoAsterisk`` if no Asterisk answers."""

        async def recover() -> list[Surviving]:
            exchange = await self._made
            async with asyncio.timeout(CONNECT_S):
                return await exchange.recover()

        try:
            return asyncio.run_coroutine_threadsafe(recover(), self._loop).result()
        except (TimeoutError, Lost):
            raise NoAsterisk("Asterisk antwortet nicht.", "Asterisk does not answer.") from None

    def announce(self, call: Ref, what: Announcement) -> None:
        """See ``Line``."""
        self._order(call, lambda talk: talk.announce(what))

    def wait(self, call: Ref) -> None:
        """See ``Line``."""
        self._order(call, lambda talk: talk.wait())

    def ring(self, call: Ref, user: str) -> None:
        """See ``Line``."""
        self._order(call, lambda talk: talk.ring(user))

    def stop_ringing(self, call: Ref, user: str) -> None:
        """See ``Line``."""
        self._order(call, lambda talk: talk.stop_ringing(user))

    def pick_up(self, call: Ref, user: str) -> None:
        """A telephone on a table is picked up by hand."""

    def dial(self, call: Ref, user: str, number: str, presented: PresentedNumber) -> None:
        """See ``Line``."""

        def begin() -> None:
            if self._exchange and call not in self._exchange.talks:
                talk = Outbound(self._exchange, call, user, number, presented)
                self._exchange.add(talk)
                talk.put(talk.dial)

        self._soon(begin)

    def hang_up(self, call: Ref) -> None:
        """See ``Line``."""

        def end() -> None:
            talk = self._exchange.talks.get(call) if self._exchange else None
            if talk:
                talk.put(talk.hang_up)

        self._soon(end)

    def _order(self, call: Ref, order: Callable[[Inbound], Awaitable[None]]) -> None:
        def pass_on() -> None:
            talk = self._exchange.talks.get(call) if self._exchange else None
            if isinstance(talk, Inbound):
                talk.put(lambda: order(talk))

        self._soon(pass_on)

    def _soon(self, work: Callable[[], None]) -> None:
        """Do something in the line's own thread; nothing once it has let go."""
        if self._thread is not None:
            self._loop.call_soon_threadsafe(work)

    # -- the thread -------------------------------------------------------------------------------------------------

    def _run(self, tell: Callable[[LineEvent], None]) -> None:
        asyncio.set_event_loop(self._loop)
        task = self._loop.create_task(self._serve(tell))
        try:
            self._loop.run_forever()
        finally:
            left = asyncio.all_tasks(self._loop) | {task}
            for each in left:
                each.cancel()
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            self._loop.close()

    async def _serve(self, tell: Callable[[LineEvent], None]) -> None:
        place = self.settings.foreign or Foreign("127.0.0.1", self._running.ari_port if self._running else 0)

        def make_ari(event: Callable[[Json], None], connected: Callable[[], Awaitable[None]]) -> Ari:
            return Ari(
                place.host,
                place.port,
                conf.APP,
                self.secrets.ari,
                event=event,
                connected=connected,
                before=self._keep_alive,
            )

        self._exchange = Exchange(self.office, self.folders, self._new_ref, tell, make_ari)
        self._made.set_result(self._exchange)
        await self._exchange.ari.run()

    async def _keep_alive(self) -> None:
        """Start our Asterisk again if it is gone; its calls are gone with it."""
        running = self._running
        if running is None or running.is_alive:
            return
        log.error("Asterisk has ended; it is started again.")
        try:
            found = install.find(self.settings)
            self._running = process.start(found, self.folders.run, running.ari_port)
            await asyncio.to_thread(process.wait_until_ready, self._running, self.folders.run, self.secrets.ari)
        except NoAsterisk as problem:
            log.error("%s", problem)


def _check_port(settings: Settings) -> None:
    """Raise ``NoAsterisk`` if the SIP port is somebody else's: Asterisk would start, and hear nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((settings.sip_host, settings.sip_port))
        except OSError as problem:
            where = f"{settings.sip_host}:{settings.sip_port}"
            raise NoAsterisk(
                f"Die SIP-Adresse {where} ist nicht frei ({problem.strerror}). Eine andere wählen: ERREICHBAR_SIP=ADRESSE:PORT",
                f"The SIP address {where} cannot be used ({problem.strerror}). Choose another: ERREICHBAR_SIP=ADDRESS:PORT",
            ) from None
