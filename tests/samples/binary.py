"""Element by element arithmetic of two tensors: every operation over dtypes and broadcasts."""

from __future__ import annotations

from collections.abc import Iterator

from tests.samples.sample import Input, Sample, f32, given, i32, numbers, sample

BROADCASTS = [
    ((2, 3), (2, 3)),
    ((2, 3), (3,)),
    ((), (2, 3)),
    ((2, 1), (1, 3)),
    ((), ()),
    ((0, 3), (3,)),
    ((2, 1, 3), (4, 1)),
]
REAL = ["float32", "float64"]
WHOLE = ["int32", "int64"]

# Operation, the dtypes it takes, the range of its first and of its second operand.
OPERATIONS = {
    "add": ([*REAL, *WHOLE, "float16", "uint8", "complex64"], (-3, 3), (-3, 3)),
    "subtract": ([*REAL, *WHOLE, "float16", "uint8", "complex64"], (-3, 3), (-3, 3)),
    "multiply": ([*REAL, *WHOLE, "float16", "uint8", "complex64"], (-3, 3), (-3, 3)),
    "divide": ([*REAL, *WHOLE], (-9, 9), (1, 4)),
    "truediv": ([*REAL, *WHOLE], (-9, 9), (1, 4)),
    "div": ([*REAL, *WHOLE], (-9, 9), (1, 4)),
    "realdiv": (REAL, (-9, 9), (1, 4)),
    "floordiv": ([*REAL, *WHOLE], (-9, 9), (1, 4)),
    "floormod": ([*REAL, *WHOLE], (-9, 9), (1, 4)),
    "mod": ([*REAL, *WHOLE], (-9, 9), (1, 4)),
    "truncatediv": (WHOLE, (-9, 9), (1, 4)),
    "truncatemod": (WHOLE, (-9, 9), (1, 4)),
    "pow": ([*REAL, *WHOLE], (1, 3), (0, 3)),
    "maximum": ([*REAL, *WHOLE], (-3, 3), (-3, 3)),
    "minimum": ([*REAL, *WHOLE], (-3, 3), (-3, 3)),
    "squared_difference": ([*REAL, *WHOLE], (-3, 3), (-3, 3)),
    "div_no_nan": (REAL, (-3, 3), (1, 3)),
    "atan2": (REAL, (-3, 3), (-3, 3)),
}


def _module_function(name: str):  # type: ignore[no-untyped-def]  # a function of a module known only at run time
    return lambda tf, x, y: getattr(tf, name)(x, y)


def _pair(
    dtype: str, shapes: tuple[tuple[int, ...], tuple[int, ...]], ranges: tuple[tuple[int, int], ...]
) -> list[Input]:
    return [
        numbers(dtype, *shape, low=low, high=high, seed=seed)
        for seed, (shape, (low, high)) in enumerate(zip(shapes, ranges, strict=True))
    ]


def _samples() -> Iterator[Sample]:
    for name, (dtypes, *ranges) in OPERATIONS.items():
        build = _module_function(name)
        for shapes in BROADCASTS:
            yield sample(name, build, *_pair("float32" if "float32" in dtypes else "int32", shapes, tuple(ranges)))
        for dtype in dtypes[1:]:
            for shapes in BROADCASTS[1:3]:
                yield sample(name, build, *_pair(dtype, shapes, tuple(ranges)))
        first, second = _pair(dtypes[0], ((2, 3), (3,)), tuple(ranges))
        yield sample(name, build, first.known_as(None, 3), second)
        yield sample(name, build, first.known_as(None, None), second.known_as(None))
        yield sample(name, build, first.unranked(), second)
        yield sample(name, build, first, numbers(dtypes[0], 2, low=1))
        yield sample(name, build, first.known_as(None, None), numbers(dtypes[0], 2, low=1).known_as(None))
        yield sample(f"{name} refuses truth values:", build, numbers("bool", 2), numbers("bool", 2))
        yield sample(f"{name} refuses two types:", build, f32(2), i32(2))
    special = given([0.0, -0.0, float("inf"), float("-inf"), float("nan"), 1.0])
    for name in (
        "add",
        "subtract",
        "multiply",
        "divide",
        "maximum",
        "minimum",
        "div_no_nan",
        "pow",
        "floordiv",
        "floormod",
    ):
        yield sample(
            f"{name} special values",
            lambda tf, x, name=name: getattr(tf, name)(x[:, None], x[None, :]),
            special,
            gradient=False,
        )
    signs = given([-7, 7, -8, 8], "int32"), given([2, -2, -4, 3], "int32")
    for name in ("floordiv", "floormod", "truncatediv", "truncatemod", "div", "truediv"):
        yield sample(f"{name} signs", _module_function(name), *signs)
    yield sample("floordiv by zero", _module_function("floordiv"), i32(2), given([0, 1], "int32"), phrases=("zero",))
    yield sample("add overflows", _module_function("add"), given([2**31 - 1], "int32"), given([1], "int32"))
    yield sample(
        "pow of a negative", _module_function("pow"), given([-2.0, -2.0, 0.0, 0.0]), given([2.0, 3.0, 0.0, 2.0])
    )
    yield sample("pow with a negative whole exponent", _module_function("pow"), i32(2, low=2), given([-1, 2], "int32"))
    yield sample("maximum of equals", _module_function("maximum"), given([1.0, 2.0]), given([1.0, 3.0]))
    yield sample("add_n", lambda tf, x, y: tf.add_n([x, y, x]), f32(2, 3), f32(2, 3, seed=1))
    yield sample("add_n of one", lambda tf, x: tf.add_n([x]), f32(2, 3))
    yield sample(
        "add_n partial shapes",
        lambda tf, x, y: tf.add_n([x, y]),
        f32(2, 3).known_as(None, 3),
        f32(2, 3, seed=1).known_as(2, None),
    )
    yield sample("add_n refuses shapes", lambda tf, x, y: tf.add_n([x, y]), f32(2, 3), f32(3))
    yield sample("accumulate_n", lambda tf, x, y: tf.accumulate_n([x, y]), f32(2, 3), f32(2, 3, seed=1))
    yield sample("add of strings", lambda tf: tf.add(tf.constant(["a", "b"]), tf.constant("c")))
    yield sample("add named", lambda tf, x, y: tf.add(x, y, name="sum"), f32(2), f32(2, seed=1))
    yield sample("lerp by operators", lambda tf, x, y: x + (y - x) * 0.5, f32(2, 3), f32(3, seed=1))
    yield sample("polyval", lambda tf, x: tf.math.polyval([1.0, 2.0, 3.0], x), f32(3))
    yield sample("xlogy", lambda tf, x, y: tf.math.xlogy(x, y), given([0.0, 1.0, 2.0]), given([0.0, 2.0, 3.0]))
    yield sample("multiply_no_nan", lambda tf, x, y: tf.math.multiply_no_nan(x, y), f32(3), f32(3, seed=1))


SAMPLES = list(_samples())
