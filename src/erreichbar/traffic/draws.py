"""Keyed draws: chance that depends on who and what, never on the order of events (design decision 3).

A draw is a function of (seed, replication, stream, entity, how many-eth). So each citizen has the same arrival,
patience and need in every access model, and one worker gives bit for bit what two give.
"""

from enum import IntEnum, unique


@unique
class Stream(IntEnum):
    """What is drawn. A new stream goes to the end, so that the others keep their draws."""

    DAY = 0
    GAP = 1
    PERSON = 2
    PERSON_NAME = 3
    PERSON_BIRTH = 4
    PERSON_NUMBER = 5
    PERSON_LANGUAGE = 6
    HOUSEHOLD = 7
    MATTERS = 8
    WITHHELD = 9
    WINDOW = 10
    PATIENCE = 11
    TALK = 12
    WRAP_UP = 13
    SETTLES = 14
    CALLS_AGAIN = 15
    ANSWERS = 16
    RINGS_BACK = 17
    PICK_UP = 18
    CASE_WORK = 19
    CHANNEL = 20
    GIVES_UP = 21
    AFTER_MISSED = 22
    CHASES = 23
    GROUP = 24
    DIRECT = 25
    INDUCED = 26
    URGENT_DATE = 27
    STATUS = 28
    ABSENCE = 29
    APPOINTMENT = 30
    BREAK = 31
    ITEM = 32
    CASE_COMES = 33
    CASE_LENGTH = 34
    ITEM_SIZE = 35
    RESUME = 36
    PUT_OFF = 37


# The constants as signed numbers: compiled code calculates in int64, where 2^63 and more does not exist.
_GOLDEN = 0x9E3779B97F4A7C15 - (1 << 64)
_FIRST = 0xBF58476D1CE4E5B9 - (1 << 64)
_SECOND = 0x94D049BB133111EB - (1 << 64)
_LOW = 0xFFFFFFFF


def uniform(seed: int, replication: int, stream: int, entity: int, nth: int) -> float:
    """Return a number from the open interval (0, 1), 52 bits fine. All arguments from 0 to 2^63 − 1.

    SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014; its finaliser is
    Stafford's mix 13) as a chain: each word of the key is added by exclusive or, then one step of the generator is
    done. For one fixed rest the map of each word is one to one. Runs in plain Python and under ``numba.njit`` with the
    same bits: after each product the number is cut to 64 bits (nothing, where it has no more), and each shift is
    masked to shift in zeros.
    """
    z = 0
    for word in (seed, replication, stream, entity, nth):
        z = (z ^ int(word)) + _GOLDEN
        z = (z >> 32 & _LOW) << 32 | z & _LOW
        z = (z ^ (z >> 30 & 0x3FFFFFFFF)) * _FIRST
        z = (z >> 32 & _LOW) << 32 | z & _LOW
        z = (z ^ (z >> 27 & 0x1FFFFFFFFF)) * _SECOND
        z = (z >> 32 & _LOW) << 32 | z & _LOW
        z = z ^ (z >> 31 & 0x1FFFFFFFF)
    return ((z >> 12 & 0xFFFFFFFFFFFFF) + 0.5) * 2.0**-52
