"""Sessions: lifetime, caches, threads, interrupts, and what a failed run leaves behind."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import graphlab as tf
from graphlab.session import runner


@pytest.fixture(autouse=True)
def graph() -> Iterator[tf.Graph]:
    with tf.Graph().as_default() as graph:
        yield graph


def counter() -> tuple[Any, Any]:
    """A variable and an operation that adds one to it."""
    count = tf.Variable(0, name="count")
    return count, tf.assign_add(count, 1)


def test_same_answer_from_both_tiers() -> None:
    x = tf.placeholder(tf.float32, shape=(None, 2), name="x")
    total = tf.reduce_sum(tf.square(x) / 3.0)
    with tf.Session() as sess:
        answers = [sess.run(total, {x: [[1.0, 2.0], [3.0, 4.0]]}) for _ in range(5)]
    np.testing.assert_allclose(answers, answers[0], rtol=1e-6)
    assert all(type(a) is np.float32 for a in answers)


def test_fetched_arrays_belong_to_the_user() -> None:
    weights = tf.Variable(tf.ones([300_000]), name="weights")
    double = tf.assign(weights, tf.multiply(weights, 2.0))
    with tf.Session() as sess:
        sess.run(weights.initializer)
        kept = [sess.run(weights) for _ in range(4)]
        for _ in range(4):
            sess.run(double.op)
        for array in kept:
            assert array.sum() == 300_000
            array[:] = -1
        assert sess.run(weights)[0] == 16


def test_fed_arrays_may_change_after_the_run() -> None:
    x = tf.placeholder(tf.float32, (None,))
    total = tf.Variable(0.0)
    add = tf.assign_add(total, tf.reduce_sum(tf.sin(tf.sin(tf.sin(x)))))
    memory = np.zeros(4 * 2**20 + 64, np.uint8)
    start = -memory.ctypes.data % 64
    # Aligned as JAX wants it to read an array in place.
    array = memory[start : start + 4 * 2**20].view(np.float32)
    with tf.Session() as sess:
        sess.run(total.initializer)
        for run in range(1, 7):
            array[:] = 1.0
            sess.run(add.op, {x: array})
            array[:] = 0.0
            np.testing.assert_allclose(sess.run(total), run * 2**20 * np.sin(np.sin(np.sin(1.0))), rtol=1e-4)


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int64, np.uint8, bool, list])
def test_same_answer_from_each_type_that_is_fed(kind: Any) -> None:
    x, y = tf.placeholder(tf.float32, (None, 2)), tf.placeholder(tf.int32, (2,))
    product = tf.reduce_sum(x, axis=0) * tf.cast(y, tf.float32)
    values: list[Any] = [[[1, 0], [1, 1]], [1, 0]]
    fed = values if kind is list else [np.array(v, kind) for v in values]
    with tf.Session() as sess:
        for _ in range(6):
            assert sess.run(product, {x: fed[0], y: fed[1]}).tolist() == [2.0, 0.0]


def test_programs_take_turns_with_the_variables() -> None:
    count, add = counter()
    wide = tf.Variable(np.array([1.0]), name="wide")
    double = tf.assign(wide, wide * 2.0)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        call = sess.make_callable([add, double])
        for turn in range(6):
            sess.run([add])
            assert call()[0] == 3 * turn + 2
            steps = sess.steps(add)
            next(steps)
            sess.run(double)
            assert [*steps]
            assert sess.run([count, wide])[0] == 3 * turn + 3
        assert sess.run(wide).tolist() == [2.0**12]


def test_a_failed_run_changes_nothing() -> None:
    count, add = counter()
    matrix = tf.placeholder(tf.float32, shape=(2, 2))
    with tf.control_dependencies([add]):
        inverse = tf.matrix_inverse(tf.identity(matrix))
    with tf.Session() as sess:
        sess.run(count.initializer)
        with pytest.raises(tf.errors.InvalidArgumentError, match="not invertible"):
            sess.run([add, inverse], {matrix: np.zeros((2, 2))})
        assert sess.run(count) == 0


def test_each_session_has_its_own_variables() -> None:
    count, add = counter()
    with tf.Session() as one, tf.Session() as other:
        for sess, times in ((one, 2), (other, 5)):
            sess.run(count.initializer)
            for _ in range(times):
                sess.run(add)
        assert (one.run(count), other.run(count)) == (2, 5)


def test_threads_share_a_session() -> None:
    count, add = counter()
    with tf.Session() as sess:
        sess.run(count.initializer)
        threads = [threading.Thread(target=lambda: [sess.run(add) for _ in range(100)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sess.run(count) == 400


def test_graph_grows_while_another_thread_runs_it(graph: tf.Graph) -> None:
    count, add = counter()
    sess = tf.Session()
    sess.run(count.initializer)

    def grow() -> None:
        with graph.as_default():
            for _ in range(200):
                tf.constant(1.0)

    thread = threading.Thread(target=grow)
    thread.start()
    for _ in range(200):
        sess.run(add)
    thread.join()
    assert sess.run(count) == 200
    assert len({op.name for op in graph.get_operations()}) == graph.version


@pytest.mark.usefixtures("_callbacks_of_hypothesis_off")
@pytest.mark.parametrize("size", [1, 300_000])
@pytest.mark.parametrize("way", ["one by one", "together"])
def test_interrupted_loop_leaves_a_usable_session(size: int, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing is compiled while the interrupts come: JAX may lose one then.
    monkeypatch.setattr(runner, "RUNS_BEFORE_WAITING", 1 if way == "together" else 10**9)
    values = tf.Variable(tf.zeros([size]), name="values")
    step = tf.assign(values, tf.add(values, 1.0))
    sess = tf.Session()
    sess.run(values.initializer)
    for _ in range(5):
        sess.run(step.op)
    for delay in np.linspace(0.01, 0.05, 5):
        with pytest.raises(KeyboardInterrupt):
            run_until_interrupted(sess, step.op, float(delay))
        before = sess.run(values)[0]
        sess.run(step.op)
        assert sess.run(values)[0] == before + 1


def run_until_interrupted(sess: tf.Session, operation: tf.Operation, delay_s: float) -> None:
    timer = threading.Timer(delay_s, os.kill, (os.getpid(), signal.SIGINT))
    # A shell's background jobs begin with interrupts turned off.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        timer.start()
        while True:
            sess.run(operation)
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)


def test_closed_session_refuses() -> None:
    one = tf.constant(1)
    sess = tf.Session()
    call = sess.make_callable(one)
    sess.run(one)
    sess.close()
    uses: list[Callable[[], Any]] = [lambda: sess.run(one), call, lambda: sess.run_steps(one.op, steps=1)]
    for use in uses:
        with pytest.raises(RuntimeError, match=r"closed Session.*tf\.Session\(\)"):
            use()


def test_many_fetch_sets_do_not_pile_up() -> None:
    constants = [tf.constant(i) for i in range(30)]
    with tf.Session() as sess:
        for a in constants:
            for b in constants:
                sess.run([a, b])
        assert len(sess._runners) <= 256


def test_interactive_session_is_the_default_until_closed() -> None:
    sess = tf.InteractiveSession()
    assert tf.get_default_session() is sess
    assert tf.constant(3).eval() == 3
    sess.close()
    assert tf.get_default_session() is None


def test_make_callable_takes_values_in_order() -> None:
    a, b = tf.placeholder(tf.float32, ()), tf.placeholder(tf.float32, ())
    with tf.Session() as sess:
        divide = sess.make_callable(a / b, [a, b])
        assert [float(divide(6.0, 3.0)) for _ in range(4)] == [2.0] * 4
        with pytest.raises(TypeError, match="takes 2 values"):
            divide(1.0)


@pytest.mark.parametrize("way", ["one by one", "together", "as a loop"])
def test_variable_may_change_its_shape_between_compiled_runs(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "RUNS_BEFORE_WAITING", 1 if way == "together" else 100)
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, (None,))
        values = tf.Variable([0.0, 0.0], validate_shape=False)
        put = tf.assign(values, x, validate_shape=False)
        add = tf.assign(values, values + 1.0, validate_shape=False).op

        def run(step: tf.Operation) -> None:
            if way == "as a loop":
                session.run_steps(step, steps=8)
            for _ in range(8 * (way != "as a loop")):
                session.run(step)

        grow = tf.assign(values, tf.concat([values, [5.0]], 0), validate_shape=False).op
        session.run(values.initializer)
        run(add)
        session.run(put, {x: [10.0, 20.0, 30.0]})
        run(add)
        assert session.run(values).tolist() == [18.0, 28.0, 38.0]
        run(grow)
        assert session.run(values).tolist() == [18.0, 28.0, 38.0, *[5.0] * 8]
