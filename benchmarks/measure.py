"""Times two ways of doing the same work in alternation, so that both meet the same machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Comparison(NamedTuple):
    """Medians of one piece of work done in two ways.

    Attributes:
        title: What was done.
        ours_ms: Median time of our way.
        reference: Name of the other way.
        reference_ms: Its median time.
    """

    title: str
    ours_ms: float
    reference: str
    reference_ms: float

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.ours_ms / self.reference_ms


def compare(
    title: str, ours: Callable[[], object], reference: str, theirs: Callable[[], object], *, rounds: int = 30
) -> Comparison:
    """Runs both once to warm up, then in alternation.

    Args:
        title: What is done.
        ours: Our way; returns when the work is done, not when it is queued.
        reference: Name of the other way.
        theirs: The other way, likewise.
        rounds: How often each is timed.

    Returns:
        The medians.
    """
    ours()
    theirs()
    ours_ms, theirs_ms = [], []
    for _ in range(rounds):
        ours_ms.append(_time_ms(ours))
        theirs_ms.append(_time_ms(theirs))
    return Comparison(title, statistics.median(ours_ms), reference, statistics.median(theirs_ms))


def fastest(work: Callable[[], object], *, calls: int = 1000, rounds: int = 30) -> float:
    """The seconds of one call in the fastest of several rounds: what it takes when nothing else disturbs."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(calls):
            work()
        times.append((time.perf_counter() - start) / calls)
    return min(times)


def _time_ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
