"""What one run reads, writes and draws before it is known to succeed."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.tensor import Operation
from graphlab.ops.deferred import Deferred
from graphlab.session.store import Store


class Transaction:
    """A run's own view of a session's store; `commit` makes what it did the session's.

    Attributes:
        state: the variables: what the run has written, else what the session holds, as NumPy arrays.
    """

    def __init__(self, store: Store) -> None:
        # Steps that wait draw first.
        store.settle()
        self.state = _Overlay(store)
        self._store = store
        self._samples: dict[Operation, int] = {}

    def draw(self, op: Operation, count: int) -> tuple[int, int, Any]:
        """Reserves random samples for an operation."""
        # A loop draws again and again.
        drawn = self._samples.get(op, 0)
        self._samples[op] = drawn + count
        return (*self._store.seeds(op), np.uint64(self._store.position(op) + drawn))

    def commit(self) -> None:
        """Gives the session the new variables and the new positions of its random streams."""
        self._store.commit(self.state.written.items(), self._samples)


class _Overlay(dict[str, Any]):
    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self.written: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        if isinstance(value, Deferred):
            # Something in the same run reads what was assigned.
            value = self[name] = value.load()
        return value

    def __missing__(self, name: str) -> Any:
        return np.asarray(self._store.variables[name])

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name, value)
        self.written[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.written or name in self._store.variables
