"""Rows of numbers as functions that compile see them: lists in plain Python, NumPy arrays in compiled code."""

from typing import Any, Protocol


class Numbers(Protocol):
    """A row that is read."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> Any: ...


class Room(Protocol):
    """A row of whole numbers that is written into."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> Any: ...

    def __setitem__(self, place: int, value: int, /) -> None: ...
