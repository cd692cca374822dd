"""A set of row numbers in each of many lanes, whose least is found at once: one bit a row, 64 to a word."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
RowNumbers = NDArray[np.intp] | NDArray[np.int32]
WORD = 64


class Rows:
    """Sets of rows below ``rows``, one set a lane. None of them is ever asked for its first row while it is empty."""

    def __init__(self, rows: int, lanes: int) -> None:
        numbers = np.arange(rows)
        self._bit = np.left_shift(np.uint64(1), (numbers % WORD).astype(np.uint64))
        self._words = np.zeros((-(-rows // WORD), lanes), dtype=np.uint64)

    def first(self, some: Ints | None = None) -> Ints:
        """Return the least row of each lane, or of some lanes."""
        words = self._words if some is None else self._words.take(some, axis=1)
        word, base = words[0], np.zeros(words.shape[1], dtype=np.intp)
        for number in range(1, len(words)):
            empty = word == 0
            if not empty.any():
                break
            word = np.where(empty, words[number], word)
            base[empty] = number * WORD
        # The exponent of a power of two, as a floating-point number stores it, says which bit it is.
        lowest = (word & (~word + np.uint64(1))).astype(np.float64)
        return np.asarray((lowest.view(np.int64) >> 52) - 1023 + base)

    def add(self, row: RowNumbers, lanes: Ints) -> None:
        """Put one row into each of some lanes."""
        if len(self._words) == 1:
            self._words[0][lanes] |= self._bit.take(row)
        else:
            self._words[row // WORD, lanes] |= self._bit[row]

    def remove(self, row: Ints, but: int) -> None:
        """Take one row out of every lane; ``but`` stays where it is."""
        bits = self._bit.take(row)
        bits[row == but] = 0
        if len(self._words) == 1:
            self._words[0] &= ~bits
        else:
            self._words[row // WORD, np.arange(len(row))] &= ~bits

    def remove_before(self, row: Ints, lanes: Ints) -> None:
        """Take all rows below one out of each of some lanes."""
        last = row // WORD
        for number in range(int(last.max()) + 1):
            kept = np.where(last == number, ~(self._bit[row] - np.uint64(1)), np.uint64(0))
            self._words[number, lanes] &= np.where(last < number, ~np.uint64(0), kept)

    def keep(self, lanes: Ints) -> None:
        """Forget all lanes but some, which are numbered anew."""
        self._words = self._words[:, lanes]
