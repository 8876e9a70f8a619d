"""Conditionals in loops, loops in conditionals, loops in loops, lists of tensors; and the gradients of all that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.samples.sample import Input, Sample, given, sample


def _loop_in_loop(tf: Any, x: Any) -> Any:
    def inner(i: Any, p: Any) -> Any:
        return i + 1, tf.while_loop(lambda j, q: j < i, lambda j, q: (j + 1, q * x), [0, p])[1]

    return tf.while_loop(lambda i, p: i < 3, inner, [0, x])[1]


def _cond_in_loop(tf: Any, x: Any) -> Any:
    def body(i: Any, p: Any) -> Any:
        return i + 1, tf.cond(tf.equal(i % 2, 0), lambda: p * x, lambda: p + x)

    return tf.while_loop(lambda i, p: i < 5, body, [0, x])[1]


def _loop_in_cond(tf: Any, x: Any) -> Any:
    return tf.cond(x > 0.0, lambda: tf.while_loop(lambda q: q < 100.0, lambda q: q * x, [x]), lambda: x * 2.0)


def _constants_of_a_loop(tf: Any, x: Any) -> Any:
    v, w = tf.stack([x, x * 2.0]), tf.Variable([1.0, 2.0])
    return tf.while_loop(lambda i, p: i < 3, lambda i, p: (i + 1, p * w + v), [0, v])[1]


def _unused_results(tf: Any, x: Any) -> Any:
    return tf.while_loop(lambda a, b, c: a < 20.0, lambda a, b, c: (a + b, b * x, a), [x, x, x])[0]


def _two_loops(tf: Any, x: Any) -> Any:
    y = tf.while_loop(lambda i, p: i < 3, lambda i, p: (i + 1, p * x), [0, x])[1]
    return tf.while_loop(lambda i, p: i < 2, lambda i, p: (i + 1, p * y), [0, x])[1]


def _unknown_shape(tf: Any, x: Any, y: Any) -> Any:
    shapes = [tf.TensorShape([]), tf.TensorShape([None])]
    return tf.while_loop(lambda i, p: i < 3, lambda i, p: (i + 1, p * y * x), [0, y], shape_invariants=shapes)[1]


def _unknown_shape_in_cond(tf: Any, y: Any) -> Any:
    shapes = [tf.TensorShape([]), tf.TensorShape([None])]

    def body(i: Any, p: Any) -> Any:
        return i + 1, tf.cond(i > 1, lambda: p * y, lambda: p + y)

    return tf.while_loop(lambda i, p: i < 3, body, [0, y], shape_invariants=shapes)[1]


def _map_in_map(tf: Any, x: Any, y: Any) -> Any:
    return tf.map_fn(lambda row: tf.map_fn(lambda s: s * s * x, row), y)


def _map_to_two(tf: Any, x: Any, y: Any) -> Any:
    return tf.map_fn(lambda r: (r * r, r * x), y, dtype=(tf.float32, tf.float32))


def _concatenated(tf: Any, x: Any) -> Any:
    array = tf.TensorArray(tf.float32, 2, infer_shape=False)
    return array.write(0, tf.stack([x, x])).write(1, tf.stack([x, x, x])).concat()


def _split(tf: Any, y: Any) -> Any:
    array = tf.TensorArray(tf.float32, 2, infer_shape=False).split(y, [1, 2])
    return [array.read(0), array.read(1)]


def _growing(tf: Any, x: Any) -> Any:
    array = tf.TensorArray(tf.float32, 0, dynamic_size=True, clear_after_read=False, element_shape=[])
    body = lambda i, a: (i + 1, a.write(i, x * tf.cast(i, tf.float32)))  # noqa: E731  read beside its condition
    _, array = tf.while_loop(lambda i, _: i < 4, body, [0, array])
    return [array.stack(), array.size(), array.read(1)]


def _read_twice(tf: Any, x: Any) -> Any:
    array = tf.TensorArray(tf.float32, 1).write(0, x)
    first = array.read(0)
    with tf.control_dependencies([first]):
        return array.read(0)


def _assigning_loop(tf: Any, x: Any) -> Any:
    v = tf.Variable(1.0)

    def body(i: Any) -> Any:
        with tf.control_dependencies([tf.assign_add(v, x)]):
            return i + 1

    with tf.control_dependencies([tf.while_loop(lambda i: i < 3, body, [tf.constant(0)])]):
        return v.read_value()


def _assigning_branch(tf: Any, x: Any) -> Any:
    v = tf.Variable(1.0)
    with tf.control_dependencies([tf.cond(x > 0.0, tf.no_op, lambda: tf.group(tf.assign(v, 2.0)))]):
        return v.read_value()


def _controlled_from_outside(tf: Any, x: Any) -> Any:
    with tf.control_dependencies([tf.identity(x, name="first")]):
        y = tf.cond(x > 0.0, lambda: tf.constant(1.0), lambda: x)
        return [y, tf.while_loop(lambda i: i < 3.0, lambda i: i + tf.constant(1.0), [x])]


def _controlled_from_inside(tf: Any, x: Any) -> Any:
    def body(i: Any) -> Any:
        with tf.control_dependencies([tf.no_op(), x]):
            return tf.identity(i + 1.0)

    return tf.while_loop(lambda i: i < 3.0, body, [x])


def _nests(tf: Any, x: Any) -> Any:
    both = tf.cond(x > 0.0, lambda: {"a": x, "b": (x, 2.0)}, lambda: {"a": -x, "b": (x * 2.0, x)})
    a, _ = tf.while_loop(lambda a, b: a < 9.0, lambda a, b: (a * 2.0, [b[0], b[1]]), (x, [x, x]))
    return [both["a"], *both["b"], a]


def _single(tf: Any, x: Any) -> Any:
    kept = tf.cond(x > 0.0, lambda: [x], lambda: [-x], strict=True)
    same = tf.while_loop(lambda p: p < 50.0, lambda p: p * 2.0, [x], return_same_structure=True)
    return [kept[0], tf.cond(x > 0.0, lambda: [x], lambda: [-x]), same[0]]


def _gradient_in_a_body(tf: Any, x: Any) -> Any:
    def body(i: Any, p: Any) -> Any:
        return i + 1, tf.gradients(p * p * x, [p])[0]

    return tf.while_loop(lambda i, p: i < 3, body, [0, x])[1]


def _without_gradient(tf: Any, x: Any) -> Any:
    return x + tf.while_loop(lambda i, p: i < 3, lambda i, p: (i + 1, p * x), [0, x], back_prop=False)[1]


def _cases(tf: Any, x: Any, **options: Any) -> Any:
    return tf.case([(x < 1.0, lambda: x), (x < 5.0, lambda: x * 10.0)], **options)


def _samples() -> Iterator[Sample]:
    two, minus = given(2.0), given(-2.0)
    vector = given([1.0, 2.0]).known_as(None)
    matrix = Input(np.array([[1.0, 2.0], [3.0, 4.0]], np.float32))
    yield sample("loop in a loop", _loop_in_loop, two)
    yield sample("cond in a loop", _cond_in_loop, two)
    yield sample("loop in a cond, taken", _loop_in_cond, two)
    yield sample("loop in a cond, not taken", _loop_in_cond, minus)
    yield sample("constants of a loop", _constants_of_a_loop, two)
    yield sample("unused results", _unused_results, two)
    yield sample("two loops", _two_loops, two)
    yield sample("loop of unknown shape", _unknown_shape, two, vector)
    yield sample("cond of unknown shape in a loop", _unknown_shape_in_cond, vector)
    yield sample("map in a map", _map_in_map, two, matrix)
    yield sample("map to two", _map_to_two, two, given([1.0, 2.0, 3.0]))
    yield sample("scan reversed", lambda tf, x: tf.scan(lambda a, r: a * r, x, reverse=True), given([1.0, 2.0, 3.0]))
    yield sample("TensorArray concat", _concatenated, two)
    yield sample("TensorArray split", _split, given([1.0, 2.0, 3.0]))
    yield sample("TensorArray growing", _growing, two)
    yield sample("TensorArray read twice", _read_twice, two)
    yield sample("TensorArray read outside", lambda tf, x: tf.TensorArray(tf.float32, 1).write(0, x).read(1), two)
    yield sample(
        "TensorArray written twice", lambda tf, x: tf.TensorArray(tf.float32, 1).write(0, x).write(0, x).read(0), two
    )
    yield sample(
        "TensorArray of other types",
        lambda tf, x: tf.TensorArray(tf.float32, 1).write(0, tf.cast(x, tf.int32)).read(0),
        two,
    )
    yield sample(
        "TensorArray of other shapes", lambda tf, x: tf.TensorArray(tf.float32, 2).write(0, x).write(1, [x, x]), two
    )
    yield sample("assignment in a loop", _assigning_loop, two, gradient=False)
    yield sample("assignment in a branch, not taken", _assigning_branch, two, gradient=False)
    yield sample("assignment in a branch, taken", _assigning_branch, minus, gradient=False)
    yield sample("control from outside", _controlled_from_outside, two, gradient=False)
    yield sample("control from inside", _controlled_from_inside, two, gradient=False)
    yield sample("nests", _nests, two)
    yield sample("single results", _single, two)
    yield sample("gradient in a body", _gradient_in_a_body, two, gradient=False)
    yield sample("loop without gradient", _without_gradient, two)
    yield sample("case without default", _cases, two)
    yield sample("case without default, none applies", _cases, given(7.0))
    yield sample("case exclusive", lambda tf, x: _cases(tf, x, default=lambda: -x, exclusive=True), two)
    yield sample(
        "case exclusive, two apply", lambda tf, x: _cases(tf, x, default=lambda: -x, exclusive=True), given(0.5)
    )
    yield sample("fetch from a branch", _leak, two)
    yield sample("fetch from a loop", _leak_from_loop, two)
    yield sample("gradient to a first value in a body", _to_first_value, two)


def _leak(tf: Any, x: Any) -> Any:
    kept: list[Any] = []
    tf.cond(x > 0.0, lambda: kept.append(x * 2.0) or kept[0], lambda: x)
    return kept[0]


def _leak_from_loop(tf: Any, x: Any) -> Any:
    kept: list[Any] = []
    tf.while_loop(lambda i: i < 3.0, lambda i: kept.append(i + 1.0) or kept[0], [x])
    return kept[0]


def _to_first_value(tf: Any, x: Any) -> Any:
    return tf.while_loop(lambda i: i < 3.0, lambda i: tf.gradients(i * 2.0, [x])[0], [x])


SAMPLES = list(_samples())
