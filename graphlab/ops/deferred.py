"""Values that are read only when a run commits, so that a variable's old and new values are not all held at once."""

from __future__ import annotations

import abc
from typing import Any

import numpy as np


class Deferred(abc.ABC):
    """A value that lies elsewhere until it is needed. NumPy takes it for an array, and then reads it.

    Attributes:
        shape: its extents.
        dtype: its element type.
    """

    shape: tuple[int, ...]
    dtype: np.dtype[Any]

    @abc.abstractmethod
    def check(self) -> None:
        """Raises an error unless `load` would succeed, without holding the value."""

    @abc.abstractmethod
    def load(self) -> np.ndarray[Any, Any]:
        """Returns the value."""

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        return np.asarray(self.load(), dtype)
