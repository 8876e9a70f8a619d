"""Tables that a graph's messages share: what many nodes have in common crosses once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Columns: TypeAlias = "dict[str, np.ndarray[Any, Any] | bytes]"


class StringTable:
    """Texts by number; 0 is the empty text."""

    def __init__(self) -> None:
        self._texts = [b""]
        self._index = {"": 0}
        self._is_begun = False

    @property
    def count(self) -> int:
        """How many texts have been sent."""
        return len(self._texts) if self._is_begun else 0

    def intern(self, text: str) -> int:
        """Gives the number of a text that may come again."""
        number = self._index.setdefault(text, len(self._texts))
        if number == len(self._texts):
            self._texts.append(text.encode("utf-8", "replace"))
        return number

    def intern_all(self, texts: Sequence[str]) -> npt.NDArray[np.uint32]:
        """Gives the number of each of such texts."""
        return np.array([self.intern(text) for text in texts], np.uint32)

    def append_all(self, texts: Sequence[bytes]) -> npt.NDArray[np.uint32]:
        """Gives the number of each of many texts, in UTF-8, that do not come again."""
        start = len(self._texts)
        self._texts.extend(texts)
        return np.arange(start, len(self._texts), dtype=np.uint32)

    def columns(self, start: int) -> Columns:
        """Gives the texts from number `start` on, in UTF-8, end to end."""
        self._is_begun = True
        texts = self._texts[start:]
        ends = np.zeros(len(texts) + 1, np.uint32)
        np.cumsum([*map(len, texts)], out=ends[1:])
        return {"stringEnds": ends, "stringBytes": b"".join(texts)}


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
