"""When is a ticket due, why, when is the next attempt, can the promise still be kept?

``due`` computes a promise once, with its explanation, on one of three clocks. ``attempts`` says when to call next and
in what order a list stands. ``receipt`` is the code that the citizen is told.
"""

from erreichbar.promise.attempts import (
    Callback,
    NextAttempt,
    Standing,
    can_still_be_kept,
    next_attempt,
    next_callback,
    standing,
    urgency_order,
    within,
)
from erreichbar.promise.clocks import Due, due, last_chance, on_all_clocks
from erreichbar.promise.explain import Why

__all__ = [
    "Callback",
    "Due",
    "NextAttempt",
    "Standing",
    "Why",
    "can_still_be_kept",
    "due",
    "last_chance",
    "next_attempt",
    "next_callback",
    "on_all_clocks",
    "standing",
    "urgency_order",
    "within",
]
