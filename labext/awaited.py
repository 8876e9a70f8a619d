"""Steps that an engine still holds back to make them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy.typing as npt

Column = Sequence[Any] | npt.NDArray[Any]
"""The values of a tensor in some runs, one after the other."""


class Run(Protocol):
    """A kind of run of which steps may wait."""

    @property
    def session(self) -> Any:
        """Where they wait."""

    def settle(self) -> bool:
        """Makes them; False if the session is busy."""


class Awaited:
    """Remembers in which sessions steps wait, for whoever is about to read what came of them.

    Args:
        touch: called when there is something to read; must be cheap.
    """

    def __init__(self, touch: Callable[[], None]) -> None:
        self._touch = touch
        self._runs: dict[int, Run] = {}

    def add(self, run: Run) -> None:
        """Says that steps of this kind wait."""
        self._runs[id(run.session)] = run
        self._touch()

    def settle(self) -> None:
        """Has the steps made. A busy session tells of them itself sooner or later; else it is asked again."""
        for key in list(self._runs):
            run = self._runs.pop(key, None)
            if run is not None and not run.settle():
                self._runs[key] = run
                self._touch()
