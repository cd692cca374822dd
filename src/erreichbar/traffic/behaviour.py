"""What a citizen does in a call and after it, as functions of scalars that compile unchanged.

``Citizens`` calls them as they are, the lab compiles them with ``numba.njit``: one rule in both worlds. Every function
takes its draws from the key (seed, replication, citizen, ``nth``: how many-eth time, from 0). Times are in ms, words
their integer codes.
"""

from typing import NamedTuple

from erreichbar.record.words import AttemptOutcome, PresentedNumber, Role, code
from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.laws import exponential_ms, log_normal_ms
from erreichbar.traffic.parameters import Parameters, Spread

SECOND_MS = 1000.0
MINUTE_MS = 60_000.0

# Plain integers, because compiled code mixes them with others.
_PATIENCE = Stream.PATIENCE.value
_CALLS_AGAIN = Stream.CALLS_AGAIN.value
_TALK = Stream.TALK.value
_WRAP_UP = Stream.WRAP_UP.value
_ANSWERS = Stream.ANSWERS.value
_RINGS_BACK = Stream.RINGS_BACK.value
_CASE_WORKER = code(Role.CASE_WORKER)
_DUTY_OFFICER = code(Role.DUTY_OFFICER)
_WITHHELD = code(PresentedNumber.WITHHELD)
_CENTRE = code(PresentedNumber.CENTRE)
_REACHED = code(AttemptOutcome.REACHED)
_NOT_ANSWERED = code(AttemptOutcome.NOT_ANSWERED)
_BUSY = code(AttemptOutcome.BUSY)
_VOICEMAIL = code(AttemptOutcome.VOICEMAIL)
_OTHER_PERSON = code(AttemptOutcome.OTHER_PERSON)
_WRONG_NUMBER = code(AttemptOutcome.WRONG_NUMBER)


class Times(NamedTuple):
    """A log-normal time: its median and mean (ms)."""

    median: float
    mean: float


class Behaviour(NamedTuple):
    """How citizens behave, as scalars. ``behaviour`` makes it from ``[traffic]``; names as there."""

    patience_mean: float
    """ms"""
    calls_again: float
    """Part of those who hung up or were turned away who call again, each time."""
    calls_again_after: Times
    talk: Times
    talk_case_worker: float
    talk_duty_officer: float
    further_matter: float
    wrap_up: Times
    reached_withheld: float
    reached_centre: float
    reached_own: float
    reached_in_window: float
    voicemail: float
    busy: float
    other_person: float
    wrong_number: float
    rings_back_withheld: float
    rings_back_centre: float
    rings_back_own: float
    rings_back_after: Times


def times(spread: Spread, unit_ms: float) -> Times:
    """Return a log-normal time of the file in ms."""
    return Times(float(spread.median.value * unit_ms), float(spread.mean.value * unit_ms))


def behaviour(parameters: Parameters) -> Behaviour:
    """Return the scalars of ``[traffic]``."""
    patience, talk, callback = parameters.patience, parameters.talk, parameters.callback
    return Behaviour(
        patience_mean=float(patience.mean_s.value * SECOND_MS),
        calls_again=float(patience.calls_again.value),
        calls_again_after=times(patience.calls_again_min, MINUTE_MS),
        talk=times(talk.agent_s, SECOND_MS),
        talk_case_worker=float(talk.case_worker.value),
        talk_duty_officer=float(talk.duty_officer.value),
        further_matter=float(talk.further_matter.value),
        wrap_up=times(talk.wrap_up_s, SECOND_MS),
        reached_withheld=float(callback.reached_withheld.value),
        reached_centre=float(callback.reached_centre.value),
        reached_own=float(callback.reached_own.value),
        reached_in_window=float(callback.reached_in_window.value),
        voicemail=float(callback.voicemail.value),
        busy=float(callback.busy.value),
        other_person=float(callback.other_person.value),
        wrong_number=float(callback.wrong_number.value),
        rings_back_withheld=float(callback.rings_back_withheld.value),
        rings_back_centre=float(callback.rings_back_centre.value),
        rings_back_own=float(callback.rings_back_own.value),
        rings_back_after=times(callback.rings_back_min, MINUTE_MS),
    )


def patience_ms(b: Behaviour, seed: int, replication: int, citizen: int, nth: int) -> int:
    """Return how long the citizen waits for somebody to answer before she hangs up."""
    return exponential_ms(uniform(seed, replication, _PATIENCE, citizen, nth), b.patience_mean)


def calls_again_ms(b: Behaviour, seed: int, replication: int, citizen: int, nth: int) -> int:
    """Return after how long the citizen calls again, having hung up or been turned away; −1: not."""
    if uniform(seed, replication, _CALLS_AGAIN, citizen, 2 * nth) >= b.calls_again:
        return -1
    u = uniform(seed, replication, _CALLS_AGAIN, citizen, 2 * nth + 1)
    return log_normal_ms(u, b.calls_again_after.median, b.calls_again_after.mean)


def talk_ms(b: Behaviour, seed: int, replication: int, citizen: int, nth: int, role: int, matters: int) -> int:
    """Return how long the citizen and somebody of this role talk about so many matters; about none that is new as about one."""
    once = log_normal_ms(uniform(seed, replication, _TALK, citizen, nth), b.talk.median, b.talk.mean)
    factor = 1.0 + b.further_matter * max(0, matters - 1)
    if role == _CASE_WORKER:
        factor *= b.talk_case_worker
    elif role == _DUTY_OFFICER:
        factor *= b.talk_duty_officer
    return int(once * factor)


def wrap_up_ms(b: Behaviour, seed: int, replication: int, citizen: int, nth: int) -> int:
    """Return how long the work after this citizen's conversation takes."""
    return log_normal_ms(uniform(seed, replication, _WRAP_UP, citizen, nth), b.wrap_up.median, b.wrap_up.mean)


def answers(
    b: Behaviour, seed: int, replication: int, citizen: int, nth: int, presented: int, in_window: bool, at_hour: float
) -> int:
    """Return what comes of calling the citizen: code of ``AttemptOutcome``.

    ``in_window``: inside the time she named (and she named one). ``at_hour``: times as likely as on average to be reached
    at this part of the day, 1.0 if it makes no difference. One draw decides for all numbers and hours, so whoever answers
    a withheld number answers a known one too.
    """
    reached = b.reached_own
    if presented == _WITHHELD:
        reached = b.reached_withheld
    elif presented == _CENTRE:
        reached = b.reached_centre
    if in_window and presented != _WITHHELD:
        reached = max(reached, b.reached_in_window)
    if uniform(seed, replication, _ANSWERS, citizen, 2 * nth) < reached * at_hour:
        return _REACHED
    rest = uniform(seed, replication, _ANSWERS, citizen, 2 * nth + 1)
    rest -= b.voicemail
    if rest < 0:
        return _VOICEMAIL
    rest -= b.busy
    if rest < 0:
        return _BUSY
    rest -= b.other_person
    if rest < 0:
        return _OTHER_PERSON
    rest -= b.wrong_number
    if rest < 0:
        return _WRONG_NUMBER
    return _NOT_ANSWERED


def rings_back_ms(b: Behaviour, seed: int, replication: int, citizen: int, nth: int, presented: int) -> int:
    """Return after how long the citizen rings back, having missed a callback; −1: not."""
    share = b.rings_back_own
    if presented == _WITHHELD:
        share = b.rings_back_withheld
    elif presented == _CENTRE:
        share = b.rings_back_centre
    if uniform(seed, replication, _RINGS_BACK, citizen, 2 * nth) >= share:
        return -1
    u = uniform(seed, replication, _RINGS_BACK, citizen, 2 * nth + 1)
    return log_normal_ms(u, b.rings_back_after.median, b.rings_back_after.mean)
