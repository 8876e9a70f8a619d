"""Where the time of one `sess.run` goes beside the compiled program's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphlab as tf
from benchmarks.engine.graphs import BATCH, data, fed, training
from benchmarks.measure import fastest
from graphlab.execute.queue import StepQueue
from graphlab.session.runner import RUNS_BEFORE_WAITING, Runner


def overhead() -> dict[str, float]:
    """Microseconds that each layer adds to a mini-batch step, from the inside to the outside.

    The compiled loop is exchanged for a function that does nothing, so that only Python is left.
    """
    features, target = data(BATCH)
    with tf.Graph().as_default(), tf.Session() as sess:
        X, y = fed(tf)
        step, _, init = training(tf, X, y)
        sess.run(init)
        feed = {X: features, y: target}
        for _ in range(2 * RUNS_BEFORE_WAITING):
            sess.run(step, feed_dict=feed)
        (runner,) = [found for found in sess._hot.values() if isinstance(found, Runner) and found.plan.feeds]
        queue: Any = sess.store.holder
        assert isinstance(queue, StepQueue)
        vars(queue)["_loop"] = _Nothing()
        function = sess.make_callable(step, [X, y])
        batch = (features, target)
        for _ in range(2 * RUNS_BEFORE_WAITING):
            function(*batch)
        layers: dict[str, Any] = {
            "the copy of what is fed (`StepQueue.put`)": lambda: queue.put(batch),
            "what to do with these feeds (`Runner.run`)": lambda: runner.run(batch),
            "checks and lock (`make_callable`)": lambda: function(*batch),
            "runner for fetches and feeds (`sess.run`)": lambda: sess.run(step, feed_dict=feed),
        }
        return {layer: fastest(work) * 1e6 for layer, work in layers.items()}


class _Nothing:
    """Stands for the compiled loop."""

    written: tuple[str, ...] = ()
    samples: Mapping[Any, int] = {}

    def __call__(self, *_: Any) -> tuple[list[Any], list[Any]]:
        return [], []
