"""Comparisons, logic and choice."""

from __future__ import annotations

from collections.abc import Iterator

from tests.samples.sample import Sample, boolean, f32, given, i32, numbers, sample

COMPARISONS = ["less", "less_equal", "greater", "greater_equal", "equal", "not_equal"]
LOGIC = ["logical_and", "logical_or", "logical_xor"]


def _samples() -> Iterator[Sample]:
    for name in COMPARISONS:

        def build(tf, x, y, name=name):  # type: ignore[no-untyped-def]  # a module known only at run time
            return getattr(tf, name)(x, y)

        for dtype in ("float32", "float64", "int32", "int64"):
            yield sample(name, build, numbers(dtype, 2, 3), numbers(dtype, 3, seed=1))
        yield sample(name, build, i32(2, 3, low=0, high=1), i32(2, 3, low=0, high=1, seed=1))
        yield sample(name, build, f32(), f32(2, 1, seed=1))
        yield sample(name, build, f32(0), f32())
        yield sample(name, build, f32(2, 3).known_as(None, None), f32(3, seed=1).known_as(None))
        yield sample(name, build, f32(2).unranked(), f32(2, seed=1))
        yield sample(name, build, f32(2), f32(3, seed=1))
        yield sample(f"{name} of two types", build, f32(2), i32(2))
        yield sample(f"{name} of truth values", build, boolean(4), boolean(4, seed=1))
        yield sample(
            f"{name} special values",
            build,
            given([[0.0], [float("nan")], [float("inf")]]),
            given([-0.0, float("nan"), float("inf")]),
        )
        yield sample(f"{name} a Python number", lambda tf, x, name=name: getattr(tf, name)(x, 1), f32(3))
    for name in LOGIC:

        def combine(tf, x, y, name=name):  # type: ignore[no-untyped-def]  # a module known only at run time
            return getattr(tf, name)(x, y)

        yield sample(name, combine, boolean(2, 3), boolean(3, seed=1))
        yield sample(name, combine, boolean(), boolean(2, seed=1))
        yield sample(name, combine, boolean(2, 3).known_as(None, 3), boolean(2, 3, seed=1).unranked())
        yield sample(f"{name} refuses numbers", combine, i32(2), i32(2))
    where = [
        ("where", (boolean(2, 3), f32(2, 3), f32(2, 3, seed=1))),
        ("where of scalars", (boolean(), f32(), f32(seed=1))),
        ("where of a scalar condition", (boolean(), f32(2), f32(2, seed=1))),
        ("where by rows", (boolean(2), f32(2, 3), f32(2, 3, seed=1))),
        ("where unknown", (boolean(2).known_as(None), f32(2, 3).known_as(None, 3), f32(2, 3, seed=1).unranked())),
        ("where of ints", (boolean(3), i32(3), i32(3, seed=1))),
        ("where refuses shapes", (boolean(3), f32(2), f32(2, seed=1))),
        ("where refuses two types", (boolean(2), f32(2), i32(2))),
        ("where refuses a number as condition", (f32(2), f32(2), f32(2, seed=1))),
    ]
    for name, inputs in where:
        yield sample(name, lambda tf, x, y, z: tf.where(x, y, z), *inputs)
    yield sample("where lists places", lambda tf, x: tf.where(x), boolean(3, 4))
    yield sample("where lists places of numbers", lambda tf, x: tf.where(x), given([[0.0, 1.0], [2.0, 0.0]]))
    yield sample("where lists places, unknown", lambda tf, x: tf.where(x), boolean(3, 4).unranked())
    yield sample("where of one choice", lambda tf, x, y: tf.where(x, y), boolean(2), f32(2))
    yield sample("where_v2", lambda tf, x, y, z: tf.where_v2(x, y, z), boolean(2, 1), f32(3), f32(seed=1))
    yield sample("boolean_mask", lambda tf, x, y: tf.boolean_mask(x, y), f32(4, 2), boolean(4))
    yield sample("boolean_mask of elements", lambda tf, x, y: tf.boolean_mask(x, y), f32(2, 3), boolean(2, 3))
    yield sample("boolean_mask constant", lambda tf, x: tf.boolean_mask(x, [True, False, True]), f32(3).known_as(None))
    yield sample("operators", lambda tf, x, y: [x < y, x <= y, x > y, x >= y], f32(3), f32(3, seed=1))
    yield sample(
        "logic operators",
        lambda tf, x, y: [x & y, x | y, x ^ y, ~x, x & True, False | y],
        boolean(3),
        boolean(3, seed=1),
    )
    yield sample("whole number logic operators", lambda tf, x, y: [x & y, x | y, x ^ y, ~x], i32(3), i32(3, seed=1))
    yield sample(
        "== is identity",
        lambda tf, x, y: [tf.constant(x == y), tf.constant(x != y), tf.constant(y in [x, y])],
        f32(1),
        f32(1),
    )


SAMPLES = list(_samples())
