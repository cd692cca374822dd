"""What is given and kept of tickets, as one thing to hand over.

Numba hands a named tuple over field by field, and counts the owners of every array in it: with the hundred arrays of an office
that takes minutes to compile, and a quarter of the loop's time. Inside the loop they lie in a box, which is one pointer that nobody
counts; fields have the same names, and named tuples among them are boxes again.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast
from zlib import crc32

import numba.core.datamodel
import numba.core.imputils
import numba.core.types
import numba.core.typing.templates
import numba.np.arrayobj
from numba.core.extending import intrinsic

from erreichbar.lab.engine.compiling import COMPILES

T = TypeVar("T")
types: Any = numba.core.types
models: Any = numba.core.datamodel.models
templates: Any = numba.core.typing.templates
imputils: Any = numba.core.imputils
arrayobj: Any = numba.np.arrayobj
cgutils: Any = numba.core.cgutils


class Box(types.Type):
    """A pointer to a named tuple, which must outlive it."""

    def __init__(self, content: Any) -> None:
        self.content = content
        self.place = {name: place for place, name in enumerate(content.fields)}
        # Types are compared by name; the whole one is long.
        super().__init__(f"Box({content.instance_class.__name__}, {crc32(str(content).encode()):08x})")

    def kind_of(self, field: str) -> Any:
        """Return the type of a field as it is taken out: named tuples stay where they are."""
        kind = self.content.types[self.place[field]]
        return Box(kind) if isinstance(kind, types.BaseNamedTuple) else kind


@models.register_default(Box)
class _Pointer(models.PrimitiveModel):
    def __init__(self, manager: Any, box: Any) -> None:
        super().__init__(manager, box, manager.lookup(box.content).get_value_type().as_pointer())


@templates.infer_getattr
class _Fields(templates.AttributeTemplate):
    key = Box

    def generic_resolve(self, box: Any, field: str) -> Any:
        return box.kind_of(field) if field in box.place else None


@imputils.lower_getattr_generic(Box)
def _take(context: Any, builder: Any, box: Any, pointer: Any, field: str) -> Any:
    kind = box.kind_of(field)
    at = cgutils.gep_inbounds(builder, pointer, 0, box.place[field])
    return at if isinstance(kind, Box) else unowned(context, builder, kind, builder.load(at))


def unowned(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    """Return a value as compiled code sees it; of an array one that it does not own."""
    if not isinstance(kind, types.Array):
        return value
    found = arrayobj.make_array(kind)(context, builder, value)
    found.meminfo = found.meminfo.type(None)
    return found._getvalue()


def _boxed(typing: Any, given: Any) -> Any:
    if isinstance(given, types.NoneType):
        return given(given), lambda context, builder, signature, arguments: arguments[0]

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return cgutils.alloca_once_value(builder, arguments[0])

    return Box(given)(given), generate


def _itself(given: T) -> T:
    return given


boxed = cast("Callable[[T], T]", intrinsic(_boxed) if COMPILES else _itself)
"""Puts a named tuple into a box that lasts as long as the function that calls this, which must not be inlined."""
