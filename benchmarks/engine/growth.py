"""How building, looking up, pruning and planning grow with the graph."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import graphlab as tf
from benchmarks.engine.graphs import chain
from graphlab.execute.plan import make_plan
from graphlab.execute.program import make_program

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)


def growth() -> dict[str, list[float]]:
    """Returns for each kind of work the microseconds a node for each of the sizes."""
    curves: dict[str, list[float]] = {}
    for size in SIZES:
        for work, seconds in _works(size).items():
            curves.setdefault(work, []).append(seconds / size * 1e6)
    return curves


def _works(size: int) -> dict[str, float]:
    graph = tf.Graph()
    seconds: dict[str, float] = {}

    def timed(work: str, function: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = function()
        seconds[work] = time.perf_counter() - start
        return result

    with graph.as_default():
        # Each operation comes with the constant that it takes.
        first, last = timed("build", lambda: chain(tf, size // 2))
        names = [op.name for op in graph.get_operations()]
        timed("look up by name", lambda: [graph.get_operation_by_name(name) for name in names])
        plan = timed("prune and order", lambda: make_plan([last], (), [first]))
        timed("plan", lambda: make_program(plan))
        timed("add gradients", lambda: tf.gradients(last, first))
    return seconds
