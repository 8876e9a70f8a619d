"""Conditionals, loops, and order without data."""

from __future__ import annotations

from collections.abc import Iterator

from tests.samples.sample import Sample, boolean, f32, given, i32, sample


def _controlled(tf, x):  # type: ignore[no-untyped-def]  # a module known only at run time
    with tf.control_dependencies([tf.identity(x, name="first")]):
        return tf.identity(x, name="second")


def _factorial(tf, x):  # type: ignore[no-untyped-def]  # a module known only at run time
    return tf.while_loop(lambda i, p: i <= x, lambda i, p: [i + 1, p * i], [tf.constant(1), tf.constant(1)])


def _grown(tf, x):  # type: ignore[no-untyped-def]  # a module known only at run time
    return tf.while_loop(
        lambda i, m: i < 2,
        lambda i, m: [i + 1, tf.concat([m, m], axis=0)],
        [tf.constant(0), x],
        shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, 2])],
    )


def _samples() -> Iterator[Sample]:
    for flag in (True, False):
        item = given(flag, "bool")
        yield sample(f"cond {flag}", lambda tf, x, y: tf.cond(x, lambda: y * 2.0, lambda: y + 1.0), item, f32(2))
        yield sample(
            f"cond of a constant {flag}",
            lambda tf, y, flag=flag: tf.cond(tf.constant(flag), lambda: tf.sin(y), lambda: y),
            f32(2),
        )
        yield sample(
            f"cond of two {flag}",
            lambda tf, x, y, z: tf.cond(x, lambda: (y, z), lambda: (z, y)),
            item,
            f32(2),
            f32(2, seed=1),
        )
        yield sample(
            f"cond of shapes {flag}", lambda tf, x, y, z: tf.cond(x, lambda: y, lambda: z), item, f32(2), f32(3, seed=1)
        )
        yield sample(
            f"nested cond {flag}",
            lambda tf, x, y: tf.cond(x, lambda: tf.cond(y[0] > 0.0, lambda: y, lambda: -y), lambda: y * y),
            item,
            f32(2),
        )
    yield sample("cond refuses types", lambda tf, x: tf.cond(x, lambda: 1, lambda: 1.0), boolean())
    yield sample("cond refuses structures", lambda tf, x: tf.cond(x, lambda: (1, 2), lambda: 1), boolean())
    yield sample(
        "cond refuses a Python truth value", lambda tf: tf.cond(True, lambda: tf.constant(1), lambda: tf.constant(2))
    )
    yield sample("cond refuses a vector", lambda tf, x: tf.cond(x, lambda: 1, lambda: 2), boolean(2))
    yield sample("cond refuses a value for a function", lambda tf, x: tf.cond(x, 1, 2), boolean())
    yield sample(
        "case",
        lambda tf, x: tf.case([(x < 1.0, lambda: x), (x < 2.0, lambda: x * 10.0)], default=lambda: -x),
        given(1.5),
    )
    yield sample("case default", lambda tf, x: tf.case([(x < 1.0, lambda: x)], default=lambda: -x), given(1.5))
    yield sample("while_loop factorial", _factorial, given(5, "int32"))
    yield sample(
        "while_loop of one", lambda tf, x: tf.while_loop(lambda i: i < 10, lambda i: i * 2, [x]), given(1, "int32")
    )
    yield sample(
        "while_loop powers",
        lambda tf, x: tf.while_loop(lambda i, p: i < 3, lambda i, p: (i + 1, p * x), [tf.constant(0), x])[1],
        f32(2),
    )
    yield sample(
        "while_loop limited",
        lambda tf, x: tf.while_loop(lambda i: i < 10, lambda i: i + 1, [x], maximum_iterations=3),
        given(0, "int32"),
    )
    yield sample("while_loop of growing shape", _grown, f32(1, 2), gradient=False)
    yield sample(
        "while_loop refuses a changing shape",
        lambda tf, x: tf.while_loop(lambda m: True, lambda m: tf.concat([m, m], 0), [x]),
        f32(1, 2),
    )
    yield sample(
        "while_loop refuses a changing type",
        lambda tf, x: tf.while_loop(lambda i: i < 3, lambda i: tf.cast(i, tf.float32), [x]),
        given(0, "int32"),
    )
    yield sample("map_fn", lambda tf, x: tf.map_fn(lambda row: row * 2.0 + 1.0, x), f32(3, 2))
    yield sample("map_fn unknown", lambda tf, x: tf.map_fn(tf.reduce_sum, x), f32(3, 2).known_as(None, 2))
    yield sample(
        "map_fn of two",
        lambda tf, x, y: tf.map_fn(lambda pair: pair[0] * pair[1], (x, y), dtype=tf.float32),
        f32(3),
        f32(3, seed=1),
    )
    yield sample(
        "map_fn to another type",
        lambda tf, x: tf.map_fn(lambda i: tf.cast(i, tf.float32) / 2.0, x, dtype=tf.float32),
        i32(3),
    )
    yield sample(
        "foldl, foldr",
        lambda tf, x: [tf.foldl(lambda a, b: a * 2.0 + b, x), tf.foldr(lambda a, b: a * 2.0 + b, x)],
        f32(3),
    )
    yield sample("scan", lambda tf, x: tf.scan(lambda a, b: a + b, x, initializer=1.0), f32(3))
    yield sample("control_dependencies", _controlled, f32(2))
    yield sample("group", lambda tf, x: tf.group(tf.identity(x), tf.negative(x)), f32(2))
    yield sample("group of nothing", lambda tf: tf.group())
    yield sample("no_op", lambda tf: tf.no_op())
    yield sample("tuple", lambda tf, x, y: tf.tuple([x * 2.0, y * 3.0]), f32(2), f32(2, seed=1))
    yield sample("with_dependencies", lambda tf, x: tf.tuple([x], control_inputs=[tf.no_op()]), f32(2))
    yield sample("Assert holds", lambda tf, x: tf.Assert(tf.reduce_all(x > -5.0), [x]), f32(2))
    yield sample("Assert fails", lambda tf, x: tf.Assert(tf.reduce_all(x > 5.0), [x]), f32(2))
    yield sample("check_numerics", lambda tf, x: tf.check_numerics(x, "bad"), f32(2))
    yield sample("check_numerics refuses", lambda tf, x: tf.check_numerics(x, "bad"), given([float("nan")]))
    yield sample("py_func", lambda tf, x: tf.py_func(lambda a: a * 2, [x], tf.float32), f32(2), gradient=False)


SAMPLES = list(_samples())
