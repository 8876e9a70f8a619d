"""Measures one way on one core and prints seconds by case as JSON: `python worker.py graphlab|tensorflow|jax`.

Runs as a file, since TensorFlow's environment does not have this package.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import graphs  # type: ignore[import-not-found]
import numpy as np

ROUNDS = 7
LOADED = {"graphlab": "jax", "tensorflow": "numpy"}
STEPS = 1000
# Until steps are made together.
WARM_UP = 2100


def per_call(function: Callable[[], Any], calls: int = 300, warm_up: int = WARM_UP) -> float:
    """Median over rounds of the mean seconds a call takes once warm."""
    for _ in range(warm_up):
        function()
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(calls):
            function()
        rounds.append((time.perf_counter() - start) / calls)
    return statistics.median(rounds)


def once(prepare: Callable[[], Callable[[], Any]]) -> float:
    """Median over rounds of the seconds that something takes the first time, prepared anew each time."""
    rounds = []
    for _ in range(ROUNDS):
        function = prepare()
        start = time.perf_counter()
        function()
        rounds.append(time.perf_counter() - start)
    return statistics.median(rounds)


def with_sessions(tf: Any) -> dict[str, float]:
    """All cases of a module with TensorFlow's API."""
    seconds: dict[str, float] = {}
    features, target = graphs.data(graphs.BATCH)

    tf.reset_default_graph()
    fetch, init = graphs.scalar(tf)
    with tf.Session() as sess:
        sess.run(init)
        seconds["scalar"] = per_call(lambda: sess.run(fetch))

    tf.reset_default_graph()
    X, y = graphs.fed(tf)
    step, mse, init = graphs.training(tf, X, y)
    with tf.Session() as sess:
        sess.run(init)
        feed = {X: features, y: target}
        seconds["mini-batch"] = per_call(lambda: sess.run(step, feed_dict=feed))
        function = sess.make_callable(step, [X, y])
        seconds["mini-batch, make_callable"] = per_call(lambda: function(features, target))
        if hasattr(sess, "run_steps"):
            many = {X: np.array([features] * STEPS, np.float32), y: np.array([target] * STEPS, np.float32)}
            seconds["mini-batch, compiled loop"] = (
                per_call(lambda: sess.run_steps(step, feeds=many, metrics=mse), 3, 20) / STEPS
            )
            seconds["mini-batch, watched"] = _watched(sess, mse, lambda: sess.run(step, feed_dict=feed))

    tf.reset_default_graph()
    step, _, init = graphs.training(tf, *graphs.constants(tf, graphs.ROWS))
    with tf.Session() as sess:
        sess.run(init)
        seconds["full batch"] = per_call(lambda: sess.run(step))

    for name, program in graphs.first_answers(tf).items():

        def prepare(program: Any = program) -> Callable[[], Any]:
            tf.reset_default_graph()
            run: Callable[[], Any] = program()
            return run

        seconds[f"first answer: {name}"] = once(prepare)

    def build() -> Callable[[], Any]:
        tf.reset_default_graph()
        return lambda: graphs.chain(tf, 5000)

    def differentiate() -> Callable[[], Any]:
        tf.reset_default_graph()
        first, last = graphs.chain(tf, 1000)
        return lambda: tf.gradients(last, first)

    seconds["building 10,000 nodes"] = once(build)
    seconds["gradients of a 1,000-op chain"] = once(differentiate)
    seconds[f"import, beside that of {LOADED[tf.__name__.partition('.')[0]]}"] = import_seconds(tf.__name__)
    return seconds


def import_seconds(module: str) -> float:
    """How long a fresh process takes to import a module, less what it takes to import the one it stands on."""
    base = LOADED[module.partition(".")[0]]
    code = f"import time, {base}; start = time.perf_counter(); import {module}; print(time.perf_counter() - start)"
    # As for a user, with Python's compiled files, which the first import may have to write.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
        for _ in range(1 + ROUNDS)
    ]
    return statistics.median(float(run.stdout) for run in runs[1:])


def _watched(sess: Any, mse: Any, run: Callable[[], Any]) -> float:
    """The step while a hook keeps the error of each until many are read."""
    kept: deque[Any] = deque(maxlen=STEPS)

    class Keep:
        def before_run(self, info: Any) -> list[Any]:
            return [mse] if info.is_step else []

        def after_runs(self, _info: Any, _count: int, values: Any) -> None:
            kept.extend(values[0])

    hook = Keep()
    sess.graph.add_run_hook(hook)
    seconds = per_call(run)
    sess.graph.remove_run_hook(hook)
    return seconds


def with_jax() -> dict[str, float]:
    """The same steps by hand."""
    import jax
    import jax.numpy as jnp

    seconds: dict[str, float] = {}
    features, target = graphs.data(graphs.BATCH)
    formula = jax.jit(lambda x, y: x * x * y + y + 2)
    x, y = jnp.int32(3), jnp.int32(4)
    seconds["scalar"] = per_call(lambda: int(formula(x, y)))

    def mse(theta: Any, X: Any, y: Any) -> Any:
        return jnp.mean(jnp.square(X @ theta - y))

    def update(theta: Any, X: Any, y: Any) -> Any:
        return theta - graphs.RATE * jax.grad(mse)(theta, X, y)

    step = jax.jit(update, donate_argnums=0)
    theta = jnp.ones((graphs.FEATURES, 1), jnp.float32)

    def mini_batch() -> None:
        nonlocal theta
        theta = step(theta, features, target)

    seconds["mini-batch"] = seconds["mini-batch, make_callable"] = per_call(mini_batch)

    def update_and_report(theta: Any, batch: Any) -> Any:
        error, gradient = jax.value_and_grad(mse)(theta, *batch)
        return theta - graphs.RATE * gradient, error

    watched_step = jax.jit(lambda theta, X, y: update_and_report(theta, (X, y)), donate_argnums=0)
    kept: deque[Any] = deque(maxlen=STEPS)

    def watched() -> None:
        nonlocal theta
        theta, error = watched_step(theta, features, target)
        kept.append(error)

    seconds["mini-batch, watched"] = per_call(watched)

    scan = jax.jit(lambda theta, batches: jax.lax.scan(update_and_report, theta, batches))
    host = (np.array([features] * STEPS, np.float32), np.array([target] * STEPS, np.float32))

    def loop() -> Any:
        nonlocal theta
        theta, errors = scan(theta, host)
        return jax.device_get(errors)

    seconds["mini-batch, compiled loop"] = per_call(loop, 3, 20) / STEPS

    X, y = (jnp.asarray(a, jnp.float32) for a in graphs.data(graphs.ROWS))

    def full_batch() -> None:
        nonlocal theta
        theta = step(theta, X, y)

    seconds["full batch"] = per_call(full_batch)
    return seconds


def main(way: str) -> None:
    """Prints the seconds of one way."""
    if way == "jax":
        seconds = with_jax()
    elif way == "tensorflow":
        import tensorflow.compat.v1 as tf  # type: ignore[import-untyped]

        tf.disable_v2_behavior()
        tf.disable_resource_variables()
        seconds = with_sessions(tf)
    else:
        import graphlab

        seconds = with_sessions(graphlab)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(sys.argv[1])
