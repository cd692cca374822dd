"""Telephones on tables, for tests: several baresip accounts in one process, with audio that can be spoken and heard."""

import asyncio
import logging
import math
import struct
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import baresip

RATE = 8000
FRAME = RATE // 50 * 2
"""Bytes of 20 ms, 16 bit, mono."""

logging.getLogger("baresip").setLevel(logging.CRITICAL)


def tone(pitch: float, seconds: float) -> bytes:
    """Return a tone as 16-bit samples."""
    count = int(RATE * seconds)
    return struct.pack(f"<{count}h", *(round(9000 * math.sin(2 * math.pi * pitch * n / RATE)) for n in range(count)))


def loudness(pcm: bytes, pitch: float) -> float:
    """Return how much of the sound is this tone: 1 all of it, 0 nothing.

    Goertzel over each 20 ms, so that a packet lost or late between two of them does not count.
    """
    factor = 2 * math.cos(2 * math.pi * pitch / RATE)
    power = energy = 0.0
    for start in range(0, len(pcm) - FRAME + 1, FRAME):
        samples: tuple[int, ...] = struct.unpack_from(f"<{FRAME // 2}h", pcm, start)
        one = two = 0.0
        for sample in samples:
            one, two = sample + factor * one - two, one
        power += (one * one + two * two - factor * one * two) * 2 / len(samples)
        energy += sum(sample * sample for sample in samples)
    return power / energy if energy else 0.0


class Telephone:
    """One telephone. Its methods may be called from the test's thread."""

    def __init__(self, all_of_them: "Telephones", ua: baresip.UserAgent) -> None:
        self._all = all_of_them
        self.ua = ua
        self.ringing: list[baresip.Call] = []
        self.call: baresip.Call | None = None
        self.peers: list[str] = []
        ua.on_incoming(self._rings)

    def _rings(self, call: baresip.Call) -> None:
        self.peers.append(call.peer or "")
        self.ringing.append(call)

    def wait_for_ring(self, seconds: float = 60) -> None:
        """Return when the telephone rings."""
        until(lambda: any(call.state is baresip.CallState.INCOMING for call in self.ringing), seconds, "ringing")

    def is_ringing(self) -> bool:
        """Whether it rings now."""
        return any(call.state is baresip.CallState.INCOMING for call in self.ringing)

    def answer(self) -> None:
        """Pick up."""
        self.wait_for_ring()
        self.call = next(call for call in self.ringing if call.state is baresip.CallState.INCOMING)
        self._all.do(self.call.answer())

    def reject(self) -> None:
        """Refuse the call."""
        self.wait_for_ring()
        self._all.do(self.ringing[-1].reject())

    def hold(self) -> None:
        """Put the other side on hold (a re-INVITE)."""
        assert self.call
        self._all.do(self._once_free(self.call.hold))

    def resume(self) -> None:
        """Take the other side off hold (a re-INVITE)."""
        assert self.call
        self._all.do(self._once_free(self.call.resume))

    async def _once_free(self, refresh: Callable[[], Coroutine[Any, Any, Any]], seconds: float = 30) -> None:
        """Ask for a re-INVITE once the one before is through."""
        end = time.monotonic() + seconds
        while True:
            try:
                await refresh()
                return
            except baresip.BaresipError:
                if time.monotonic() > end:
                    raise
                await asyncio.sleep(0.1)

    def hang_up(self) -> None:
        """Hang up."""
        assert self.call
        self._all.do(self.call.hangup())

    def is_over(self) -> bool:
        """Whether the call that was answered is over."""
        assert self.call
        return self.call.state is baresip.CallState.CLOSED

    def hears_its_echo(self, pitch: float = 400.0, seconds: float = 60) -> int:
        """Speak a tone until it comes back from the other side; return the bytes heard with it. Fails if it never does."""
        heard: int = self._all.do(self._speak_and_listen(pitch, seconds))
        return heard

    async def _speak_and_listen(self, pitch: float, seconds: float) -> int:
        assert self.call
        spoken = tone(pitch, 2.0)
        heard = b""
        end = time.monotonic() + seconds
        place = 0
        while time.monotonic() < end:
            try:
                place += self.call.audio.write(spoken[place % len(spoken) : place % len(spoken) + FRAME])
                heard += self.call.audio.read(1 << 16)
            except baresip.BaresipError:
                # Not there yet, or renegotiated: the next look binds anew.
                await asyncio.sleep(0.02)
                continue
            if len(heard) > FRAME * 25 and loudness(heard[-FRAME * 25 :], pitch) > 0.5:
                return len(heard)
            await asyncio.sleep(0.015)
        raise AssertionError(
            f"no echo: {len(heard)} bytes, {loudness(heard[-FRAME * 25 :], pitch):.3f} of them the tone"
        )


class Telephones:
    """The telephones of an office, registered at its Asterisk."""

    def __init__(self, sip_port: int) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="telephones", daemon=True).start()
        self._runtime = baresip.Runtime()
        self._port = sip_port
        self._known: dict[str, Telephone] = {}
        own = free_udp_port()
        config = baresip.Config(
            net_interface="127.0.0.1",
            max_concurrent_calls=None,
            extra_config_text=f"sip_listen 127.0.0.1:{own}\n",
        )
        self.do(self._runtime.start(config))

    def do(self, work: Coroutine[Any, Any, Any], seconds: float = 90) -> Any:
        """Run something in the telephones' loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def telephone(self, sip_user: str, password: str) -> Telephone:
        """Return a registered telephone with nothing going on."""
        if sip_user not in self._known:
            self._known[sip_user] = self.do(self._register(sip_user, password))
        found = self._known[sip_user]
        found.ringing, found.call, found.peers = [], None, []
        return found

    async def _register(self, sip_user: str, password: str) -> Telephone:
        account = baresip.Account(sip_user, f"127.0.0.1:{self._port}", password, audio_codecs=("pcma",))
        ua = await baresip.UserAgent.create(self._runtime, account)
        await ua.register(timeout=60)
        return Telephone(self, ua)

    def close(self) -> None:
        """Put all telephones away."""
        self.do(self._runtime.close())
        self._loop.call_soon_threadsafe(self._loop.stop)


def until(true: Callable[[], object], seconds: float = 60, what: str | Callable[[], str] = "it") -> None:
    """Return when something has come true. The time is a limit for what never comes, no measure."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited in vain for {what if isinstance(what, str) else what()}"
        time.sleep(0.02)


def free_udp_port() -> int:
    """Return a UDP port that nobody uses, and whose successors are free too (RTP, RTCP)."""
    import socket

    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port % 2 == 0 and port < 60000:
            return port
