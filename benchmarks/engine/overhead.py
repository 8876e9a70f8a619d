"""Where the time of one `sess.run` goes beside the compiled program's own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

import graphlab as tf
from benchmarks.engine.graphs import BATCH, data, fed, training
from benchmarks.measure import fastest
from graphlab.session.runner import Runner


def overhead() -> dict[str, float]:
    """Microseconds that each layer adds to a mini-batch step, from the inside to the outside.

    The compiled program is exchanged for a function that does nothing, so that only Python is left.
    """
    features, target = data(BATCH)
    with tf.Graph().as_default(), tf.Session() as sess:
        X, y = fed(tf)
        step, _, init = training(tf, X, y)
        sess.run(init)
        feed = {X: features, y: target}
        for _ in range(4):
            sess.run(step, feed_dict=feed)
        (runner,) = [found for found in sess._hot.values() if isinstance(found, Runner) and found.plan.feeds]
        ((compiled, _),) = runner._direct.values()
        outcome = (np.ones((9, 1), np.float32),)
        compiled._executable = SimpleNamespace(_call=lambda *_: outcome)
        function = sess.make_callable(step, [X, y])
        batch = (features, target)
        layers: dict[str, Any] = {
            "a Python call that does nothing": lambda: compiled._executable._call(*batch),
            "arguments, state (`Compiled`)": lambda: compiled(batch),
            "program for these feeds (`Runner.run`)": lambda: runner.run(batch),
            "checks and lock (`make_callable`)": lambda: function(*batch),
            "runner for fetches and feeds (`sess.run`)": lambda: sess.run(step, feed_dict=feed),
        }
        return {layer: fastest(work) * 1e6 for layer, work in layers.items()}
