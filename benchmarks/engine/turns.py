"""The engine's steps and hand-written JAX's in one process, in short turns, so that a busy machine disturbs both alike."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

import graphlab as tf
from benchmarks.engine import graphs

WARM_UP, CALLS, TURNS = 2100, 128, 300

Work = tuple[Callable[[], Any], Callable[[], Any]]


def turns() -> dict[str, float]:
    """Microseconds a step, the fastest twentieth of all turns, each of which ends when the work is done."""
    works = {**_by_hand(), **_sessions()}
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for step, _ in works.values():
        for _ in range(WARM_UP):
            step()
    for _ in range(TURNS):
        for name, (step, wait) in works.items():
            step()
            wait()
            start = time.perf_counter()
            for _ in range(CALLS):
                step()
            wait()
            seconds[name].append((time.perf_counter() - start) / CALLS)
    return {name: sorted(measured)[TURNS // 20] * 1e6 for name, measured in seconds.items()}


def _by_hand() -> dict[str, Work]:
    def mse(theta: Any, X: Any, y: Any) -> Any:
        return jnp.mean(jnp.square(X @ theta - y))

    def update(theta: Any, X: Any, y: Any) -> tuple[Any]:
        return (theta - graphs.RATE * jax.grad(mse)(theta, X, y),)

    def update_and_report(theta: Any, X: Any, y: Any) -> tuple[Any, Any]:
        error, gradient = jax.value_and_grad(mse)(theta, X, y)
        return theta - graphs.RATE * gradient, error

    def work(function: Callable[..., Any], *fed: Any) -> Work:
        compiled = jax.jit(function, donate_argnums=0)
        theta = jnp.ones((graphs.FEATURES, 1), jnp.float32)
        kept: deque[Any] = deque(maxlen=1000)

        def step() -> None:
            nonlocal theta
            theta, *reported = compiled(theta, *fed)
            kept.extend(reported)

        def wait() -> None:
            theta.block_until_ready()

        return step, wait

    batch = graphs.data(graphs.BATCH)
    rows = [jnp.asarray(a, jnp.float32) for a in graphs.data(graphs.ROWS)]
    formula = jax.jit(lambda x, y: x * x * y + y + 2)
    x, y = jnp.int32(3), jnp.int32(4)
    return {
        "mini-batch, jax": work(update, *batch),
        "mini-batch with its error, jax": work(update_and_report, *batch),
        "full batch, jax": work(update, *rows),
        "scalar, jax": (lambda: int(formula(x, y)), lambda: None),
    }


def _sessions() -> dict[str, Work]:
    def mini_batch(way: str) -> Work:
        with tf.Graph().as_default() as graph:
            X, y = graphs.fed(tf)
            training, mse, init = graphs.training(tf, X, y)
        sess = tf.Session(graph=graph)
        sess.run(init)
        features, target = graphs.data(graphs.BATCH)
        feed = {X: features, y: target}
        if way == "watched":
            graph.add_run_hook(_Keep(mse))
        function = sess.make_callable(training, [X, y])
        step = (lambda: function(features, target)) if way == "callable" else (lambda: sess.run(training, feed))
        return step, _waiting(sess)

    with tf.Graph().as_default() as full:
        training, _, init = graphs.training(tf, *graphs.constants(tf, graphs.ROWS))
    sess = tf.Session(graph=full)
    sess.run(init)
    with tf.Graph().as_default() as small:
        fetch, small_init = graphs.scalar(tf)
    small_sess = tf.Session(graph=small)
    small_sess.run(small_init)
    return {
        "mini-batch, make_callable": mini_batch("callable"),
        "mini-batch, sess.run": mini_batch("run"),
        "mini-batch, sess.run with a hook on its error": mini_batch("watched"),
        "full batch, sess.run": (lambda: sess.run(training), _waiting(sess)),
        "scalar, sess.run": (lambda: small_sess.run(fetch), lambda: None),
    }


def _waiting(sess: Any) -> Callable[[], Any]:
    def wait() -> None:
        # None before the first compiled run.
        if sess.store.holder:
            sess.store.holder.wait()

    return wait


class _Keep:
    def __init__(self, tensor: Any) -> None:
        self._tensor = tensor
        self._kept: deque[Any] = deque(maxlen=1000)

    def before_run(self, run: Any) -> list[Any]:
        return [self._tensor] if run.is_step else []

    def after_runs(self, _run: Any, _count: int, values: Any) -> None:
        self._kept.extend(values[0])
