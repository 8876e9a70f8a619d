"""Tables that a graph's messages share: each text and each shape crosses once."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Columns: TypeAlias = "dict[str, np.ndarray[Any, Any] | bytes]"


class StringTable:
    """Each distinct text once; index 0 is the empty text."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {"": 0}
        self._is_begun = False

    @property
    def count(self) -> int:
        """How many texts have been sent."""
        return len(self._index) if self._is_begun else 0

    def intern(self, text: str) -> int:
        """Gives the index of a text."""
        return self._index.setdefault(text, len(self._index))

    def intern_all(self, texts: Sequence[str]) -> npt.NDArray[np.uint32]:
        """Gives the index of each text."""
        index = self._index
        return np.array([index.setdefault(text, len(index)) for text in texts], np.uint32)

    def columns(self, start: int) -> Columns:
        """Gives the texts from index `start` on, in UTF-8, end to end."""
        self._is_begun = True
        texts = list(itertools.islice(self._index, start, None))
        whole = "".join(texts).encode("utf-8", "replace")
        lengths = [len(text) for text in texts]
        if sum(lengths) != len(whole):
            lengths = [len(text.encode("utf-8", "replace")) for text in texts]
        ends = np.zeros(len(texts) + 1, np.uint32)
        np.cumsum(lengths, out=ends[1:])
        return {"stringEnds": ends, "stringBytes": whole}


class ShapeTable:
    """Each distinct shape once; index 0 is a shape of unknown rank."""

    def __init__(self) -> None:
        self._index: dict[tuple[int, ...] | None, int] = {None: 0}
        self._is_begun = False

    @property
    def count(self) -> int:
        """How many shapes have been sent."""
        return len(self._index) if self._is_begun else 0

    def intern(self, dims: Sequence[int] | None) -> int:
        """Gives the index of a shape; -1 is an unknown dimension, None an unknown rank."""
        return self._index.setdefault(None if dims is None else tuple(dims), len(self._index))

    def columns(self, start: int) -> Columns:
        """Gives the shapes from index `start` on, their dimensions end to end; an unknown rank is -1."""
        self._is_begun = True
        shapes = list(self._index)[start:]
        ranks = np.array([-1 if shape is None else len(shape) for shape in shapes], np.int32)
        dims = np.array([dim for shape in shapes for dim in shape or ()], np.float64)
        return {"shapeRank": ranks, "shapeDims": dims}
