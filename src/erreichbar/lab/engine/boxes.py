"""What is given and kept of tickets, as one thing to hand over.

Numba hands a named tuple over field by field, and compares it type by type while it compiles: with the hundred arrays of an office
that takes minutes. Inside the loop they lie in a box, which is one pointer; fields have the same names.
"""

from collections.abc import Callable
from typing import Any, cast

import numba.core.types
import numba.experimental.structref

from erreichbar.lab.engine.compiling import COMPILES
from erreichbar.lab.engine.promised import Kept, Promised

types: Any = numba.core.types
structref: Any = numba.experimental.structref


def _exactly(_: Any, fields: Any) -> Any:
    return tuple((name, types.unliteral(kind)) for name, kind in fields)


def _kind(name: str) -> Any:
    members = {"__module__": __name__, "__qualname__": name, "preprocess_fields": _exactly}
    return structref.register(type(name, (types.StructRef,), members))


def _box(name: str) -> Any:
    return type(name, (structref.StructRefProxy,), {"__module__": __name__, "__qualname__": name})


# By these names Numba finds them again in what it has kept.
_PromisedType, _KeptType = _kind("_PromisedType"), _kind("_KeptType")
_PromisedBox, _KeptBox = _box("_PromisedBox"), _box("_KeptBox")
structref.define_constructor(_PromisedBox, _PromisedType, list(Promised._fields))
structref.define_constructor(_KeptBox, _KeptType, list(Kept._fields))
boxed_promised = cast("Callable[..., Promised]", _PromisedBox) if COMPILES else Promised
boxed_kept = cast("Callable[..., Kept]", _KeptBox) if COMPILES else Kept
