"""Plain functions of floor 1 made fast: compiled by Numba as they stand, with every function of ours that they call.

Floor 1 knows nothing of Numba, so a function there calls another plain function, which Numba cannot see. Here a copy is made
whose calls lead to compiled copies; the code itself is the same object, so it cannot differ.
"""

from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any, TypeVar

from erreichbar.lab.engine import compiling

_R = TypeVar("_R")

_known: dict[FunctionType, Any] = {}


def compiled(function: Callable[..., _R]) -> Callable[..., _R]:
    """Return a function compiled without the interpreter's lock, and all of ours it calls likewise; each is made once, and kept.

    Arguments must be scalars, NumPy arrays and named tuples of both; constants are as they were when it was made.
    """
    made: Callable[..., _R] = _compiled(function)
    return made


def _compiled(function: Any) -> Any:
    if function in _known:
        return _known[function]
    # Named tuples, enumerations and what is compiled already stay as they are.
    names = _names(function.__code__)
    world = dict(function.__globals__)
    for name in names:
        called = world.get(name)
        if isinstance(called, FunctionType) and called.__module__.startswith("erreichbar."):
            world[name] = _compiled(called)
    copy = FunctionType(function.__code__, world, function.__name__, function.__defaults__, function.__closure__)
    copy.__module__ = function.__module__
    copy.__qualname__ = function.__qualname__
    _known[function] = compiling.compiled(copy)
    return _known[function]


def _names(code: CodeType) -> set[str]:
    """Return the global names that a function reads."""
    return set(code.co_names).union(*(_names(inner) for inner in code.co_consts if isinstance(inner, CodeType)))
