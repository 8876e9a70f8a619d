"""Variables: creation, reading, and every way of writing. A sample's session runs all initialisers first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.samples.sample import Sample, f32, given, sample

Build = Callable[..., Any]


def _variable(change: Build, initial: Any = (1.0, 2.0, 3.0)) -> Build:
    return lambda tf, *inputs: change(
        tf, tf.Variable(list(initial) if isinstance(initial, tuple) else initial, name="v"), *inputs
    )


def _samples() -> Iterator[Sample]:
    yield sample("Variable of floats", lambda tf: tf.Variable([1.0, 2.0]))
    yield sample("Variable of an int", lambda tf: tf.Variable(3, name="n"))
    yield sample("Variable with a type", lambda tf: tf.Variable(3, dtype=tf.float64))
    yield sample("Variable from a tensor", lambda tf: tf.Variable(tf.zeros([2, 3]), name="w"))
    yield sample("Variable from a function", lambda tf: tf.Variable(lambda: tf.ones([2]), name="w"))
    yield sample("Variable read", _variable(lambda tf, v: [v.read_value(), v.value(), v + 0.0, v.initialized_value()]))
    yield sample("Variable from unknown", lambda tf, x: tf.Variable(x), f32(2).known_as(None))
    yield sample(
        "Variable of any shape",
        lambda tf, x: tf.Variable(x, validate_shape=False).get_shape().ndims is None,
        f32(2).known_as(None),
    )
    yield sample("Variable refuses no value", lambda tf: tf.Variable(None))
    yield sample("Variable is a sum", lambda tf, x: tf.Variable([1.0, 2.0]) * x, f32(2))
    yield sample("assign", _variable(lambda tf, v, x: tf.assign(v, x)), f32(3))
    yield sample("assign method", _variable(lambda tf, v, x: v.assign(x)), f32(3))
    yield sample("assign named", _variable(lambda tf, v, x: tf.assign(v, x, name="set")), f32(3))
    yield sample("assign a list", _variable(lambda tf, v: v.assign([7.0, 8.0, 9.0])))
    yield sample("assign refuses shape", _variable(lambda tf, v, x: tf.assign(v, x)), f32(2))
    yield sample("assign refuses shape at run time", _variable(lambda tf, v, x: tf.assign(v, x)), f32(2).unranked())
    yield sample(
        "assign another shape",
        _variable(lambda tf, v, x: tf.assign(v, x, validate_shape=False)),
        f32(2),
        gradient=False,
    )
    yield sample("assign refuses type", _variable(lambda tf, v, x: tf.assign(v, x)), given([1, 2, 3], "int32"))
    yield sample("assign refuses a tensor", lambda tf, x: tf.assign(x, [1.0]), f32(1))
    yield sample("assign_add", _variable(lambda tf, v, x: tf.assign_add(v, x)), f32(3))
    yield sample("assign_sub", _variable(lambda tf, v, x: v.assign_sub(x)), f32(3))
    yield sample("assign_add of ints", _variable(lambda tf, v: v.assign_add(2), 5))
    yield sample("assign_add refuses", _variable(lambda tf, v, x: v.assign_add(x)), f32(2))
    yield sample("gradient descent step", _variable(lambda tf, v, x: tf.assign(v, v - 0.1 * x)), f32(3))
    for name in (
        "scatter_update",
        "scatter_add",
        "scatter_sub",
        "scatter_mul",
        "scatter_div",
        "scatter_max",
        "scatter_min",
    ):
        yield sample(name, _variable(lambda tf, v, x, name=name: getattr(tf, name)(v, [0, 2], x)), f32(2, low=1))
    yield sample("scatter_add twice", _variable(lambda tf, v, x: tf.scatter_add(v, [1, 1], x)), f32(2))
    yield sample("scatter_update out of range", _variable(lambda tf, v, x: tf.scatter_update(v, [5], x)), f32(1))
    yield sample("scatter_nd_update", _variable(lambda tf, v, x: tf.scatter_nd_update(v, [[0], [2]], x)), f32(2))
    for name in ("scatter_nd_add", "scatter_nd_sub"):
        yield sample(name, _variable(lambda tf, v, x, name=name: getattr(tf, name)(v, [[0], [2]], x)), f32(2))
    yield sample("slice assign", _variable(lambda tf, v, x: v[0:2].assign(x)), f32(2))
    yield sample("count_up_to", _variable(lambda tf, v: tf.count_up_to(v, 10), 5))
    yield sample("count_up_to refuses", _variable(lambda tf, v: tf.count_up_to(v, 5), 5))
    yield sample(
        "is_variable_initialized",
        _variable(lambda tf, v: [tf.is_variable_initialized(v), tf.report_uninitialized_variables()]),
    )
    yield sample("get_variable", lambda tf: tf.get_variable("w", [2, 3], initializer=tf.zeros_initializer()))
    yield sample("get_variable constant", lambda tf: tf.get_variable("w", initializer=[1.0, 2.0]))
    yield sample("get_variable number", lambda tf: tf.get_variable("w", initializer=3))
    yield sample(
        "get_variable int", lambda tf: tf.get_variable("w", [2], dtype=tf.int32, initializer=tf.constant_initializer(4))
    )
    yield sample("get_variable default int", lambda tf: tf.get_variable("w", [2], dtype=tf.int32))
    yield sample("get_variable refuses two shapes", lambda tf: tf.get_variable("w", [2], initializer=[1.0, 2.0]))
    yield sample("get_variable refuses no shape", lambda tf: tf.get_variable("w"))
    yield sample("get_variable refuses unknown shape", lambda tf: tf.get_variable("w", [None, 2]))
    yield sample(
        "identity_initializer", lambda tf: tf.get_variable("w", [2, 2], initializer=tf.initializers.identity())
    )
    yield sample("exponential_decay", lambda tf, x: tf.train.exponential_decay(0.1, x, 10, 0.5), given(5, "int32"))
    yield sample(
        "exponential_decay staircase",
        lambda tf, x: tf.train.exponential_decay(0.1, x, 10, 0.5, staircase=True),
        given(25, "int64"),
    )
    yield sample(
        "piecewise_constant",
        lambda tf, x: tf.train.piecewise_constant(x, [10, 20], [1.0, 0.5, 0.1]),
        given(15, "int32"),
    )
    yield sample("polynomial_decay", lambda tf, x: tf.train.polynomial_decay(0.1, x, 10), given(5, "int32"))
    yield sample("inverse_time_decay", lambda tf, x: tf.train.inverse_time_decay(0.1, x, 10, 0.5), given(5, "int32"))
    yield sample("natural_exp_decay", lambda tf, x: tf.train.natural_exp_decay(0.1, x, 10, 0.5), given(5, "int32"))
    yield sample("get_or_create_global_step", lambda tf: tf.train.get_or_create_global_step())


SAMPLES = list(_samples())
