"""What the values in a compiled program must fulfil; where one does not, NumPy makes the run again and says what is wrong."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any


class _Collected(threading.local):
    def __init__(self) -> None:
        self.conditions: list[Any] | None = None


_collected = _Collected()


@contextlib.contextmanager
def collecting(conditions: list[Any] | None) -> Iterator[None]:
    """Gathers in a list what is demanded inside; with None nothing is gathered."""
    outer = _collected.conditions
    _collected.conditions = conditions
    try:
        yield
    finally:
        _collected.conditions = outer


def demand(condition: Any) -> None:
    """Notes a traced truth value that must hold."""
    if _collected.conditions is not None:
        _collected.conditions.append(condition)
