"""What is summed while the loop runs. Whoever wants more asks for rows."""

from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.shapes import Innovations, Sums, Window
from erreichbar.lab.engine.state import BUSY, SEEN, WAITING, State


@part
def answered(state: State, window: Window, arrived: int, now: int, talk: int) -> None:
    """A call is answered, and the conversation will take ``talk``."""
    sums = state.sums
    if window.start <= arrived < window.end:
        waited = now - arrived
        sums[Sums.ANSWERED.value] += 1.0
        sums[Sums.WAIT_MS.value] += waited
        if waited > 0:
            sums[Sums.WAITED.value] += 1.0
        if waited > window.over:
            sums[Sums.WAITED_OVER.value] += 1.0
    talks(state, window, now, talk)


@part
def talks(state: State, window: Window, now: int, talk: int) -> None:
    """A conversation begins that takes ``talk``."""
    state.sums[Sums.TALK_MS.value] += max(0, min(now + talk, window.end) - max(now, window.start))


@part
def unanswered(state: State, window: Window, arrived: int, now: int, place: int) -> None:
    """A call has ended that nobody answered; ``place``: in which of the sums it is counted."""
    sums = state.sums
    if window.start <= arrived < window.end:
        waited = now - arrived
        sums[place] += 1.0
        sums[Sums.WAIT_MS.value] += waited
        if waited > 0:
            sums[Sums.WAITED.value] += 1.0
        if waited > window.over:
            sums[Sums.WAITED_OVER.value] += 1.0


@part
def until(state: State, innovations: Innovations | None, window: Window, now: int) -> None:
    """Before what happens now: nothing has happened since the last time, and that is no surprise at every moment."""
    if innovations is not None:
        n = state.n
        length = min(now, window.end) - max(n[SEEN], window.start)
        n[SEEN] = now
        if length > 0:
            number = n[BUSY] + n[WAITING]
            goes = innovations.service_rate * n[BUSY] + innovations.abandon_rate * n[WAITING]
            expected = innovations.arrival_rate * innovations.up[min(number, len(innovations.up) - 1)]
            expected += goes * innovations.down[min(number, len(innovations.down) - 1)]
            state.sums[Sums.SURPRISE.value] -= length * expected


@part
def came(state: State, innovations: Innovations | None, window: Window, now: int) -> None:
    """A call comes in, which is not counted yet."""
    if innovations is not None and window.start <= now < window.end:
        number = min(state.n[BUSY] + state.n[WAITING], len(innovations.up) - 1)
        state.sums[Sums.SURPRISE.value] += innovations.up[number]


@part
def goes(state: State, innovations: Innovations | None, window: Window, now: int) -> None:
    """A conversation ends, or somebody hangs up who waits, who is still counted."""
    if innovations is not None and window.start <= now < window.end:
        number = min(state.n[BUSY] + state.n[WAITING], len(innovations.down) - 1)
        state.sums[Sums.SURPRISE.value] += innovations.down[number]
