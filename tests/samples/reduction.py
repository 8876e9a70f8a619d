"""Reductions over all axes, some axes, negative axes and none, with and without kept dimensions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from tests.samples.sample import Sample, boolean, f32, given, i32, i64, numbers, sample

AXES = [None, 0, 1, -1, [0, 1], [-1, 0], []]
OF_NUMBERS = {
    "reduce_sum": ["float64", "int32", "int64", "complex64"],
    "reduce_mean": ["float64", "int32", "int64"],
    "reduce_prod": ["float64", "int32", "int64"],
    "reduce_max": ["float64", "int32", "int64"],
    "reduce_min": ["float64", "int32", "int64"],
    "reduce_logsumexp": ["float64"],
    "math.reduce_std": ["float64"],
    "math.reduce_variance": ["float64"],
}


def _function(path: str) -> Callable[..., Any]:
    def build(tf: ModuleType, x: Any, **arguments: Any) -> Any:
        function: Any = tf
        for part in path.split("."):
            function = getattr(function, part)
        return function(x, **arguments)

    return build


def _of_numbers() -> Iterator[Sample]:
    for path, dtypes in OF_NUMBERS.items():
        reduce = _function(path)
        for axis in AXES:
            yield sample(
                f"{path} axis {axis}", lambda tf, x, reduce=reduce, axis=axis: reduce(tf, x, axis=axis), f32(2, 3)
            )
        for keep in (None, 1):
            yield sample(
                f"{path} axis {keep} kept",
                lambda tf, x, reduce=reduce, axis=keep: reduce(tf, x, axis=axis, keepdims=True),
                f32(2, 3),
            )
        yield sample(f"{path} of a scalar", reduce, f32())
        yield sample(f"{path} of three axes", lambda tf, x, reduce=reduce: reduce(tf, x, axis=[0, 2]), f32(2, 3, 2))
        yield sample(
            f"{path} of nothing", lambda tf, x, reduce=reduce: reduce(tf, x, axis=0), f32(0, 3), gradient=False
        )
        for static in ((None, 3), (None, None)):
            yield sample(path, reduce, f32(2, 3).known_as(*static))
            yield sample(
                f"{path} axis 0", lambda tf, x, reduce=reduce: reduce(tf, x, axis=0), f32(2, 3).known_as(*static)
            )
            yield sample(
                f"{path} axis -1 kept",
                lambda tf, x, reduce=reduce: reduce(tf, x, axis=-1, keepdims=True),
                f32(2, 3).known_as(*static),
            )
        yield sample(path, reduce, f32(2, 3).unranked())
        yield sample(f"{path} axis 1", lambda tf, x, reduce=reduce: reduce(tf, x, axis=1), f32(2, 3).unranked())
        yield sample(f"{path} axis out of range", lambda tf, x, reduce=reduce: reduce(tf, x, axis=2), f32(2, 3))
        yield sample(
            f"{path} axis given as a tensor",
            lambda tf, x, y, reduce=reduce: reduce(tf, x, axis=y),
            f32(2, 3),
            given([1], "int32"),
        )
        for dtype in dtypes:
            yield sample(
                f"{path} axis 1",
                lambda tf, x, reduce=reduce: reduce(tf, x, axis=1),
                numbers(dtype, 2, 3),
                gradient=dtype == "float64",
            )
        yield sample(f"{path} refuses truth values", reduce, boolean(2))
    yield sample("reduce_mean rounds down", lambda tf, x: tf.reduce_mean(x), given([1, 2, 2], "int32"))
    yield sample("reduce_mean of negatives", lambda tf, x: tf.reduce_mean(x), given([-1, -2, -2], "int32"))
    yield sample("reduce_max of equals", lambda tf, x: tf.reduce_max(x), given([1.0, 3.0, 3.0]))
    yield sample("reduce_prod with a zero", lambda tf, x: tf.reduce_prod(x), given([2.0, 0.0, 3.0]))
    yield sample("reduce_max with nan", lambda tf, x: tf.reduce_max(x), given([1.0, float("nan")]), gradient=False)
    yield sample("reduce_sum keep_dims", lambda tf, x: tf.reduce_sum(x, 1, keep_dims=True), f32(2, 3))
    yield sample("reduce_sum reduction_indices", lambda tf, x: tf.reduce_sum(x, reduction_indices=[1]), f32(2, 3))
    yield sample("reduce_sum of a large array", lambda tf, x: tf.reduce_sum(x), f32(1000, 37))
    yield sample("reduce_mean of a large array", lambda tf, x: tf.reduce_mean(x, 0), f32(1000, 3))


def _others() -> Iterator[Sample]:
    for name in ("reduce_any", "reduce_all"):
        for axis in AXES:
            yield sample(
                f"{name} axis {axis}",
                lambda tf, x, name=name, axis=axis: getattr(tf, name)(x, axis=axis),
                boolean(2, 3),
            )
        yield sample(f"{name} of nothing", lambda tf, x, name=name: getattr(tf, name)(x), boolean(0))
        yield sample(
            f"{name} unknown", lambda tf, x, name=name: getattr(tf, name)(x, axis=1), boolean(2, 3).known_as(None, None)
        )
        yield sample(f"{name} refuses numbers", lambda tf, x, name=name: getattr(tf, name)(x), i32(2))
    for name in ("argmax", "argmin"):
        for axis in (None, 0, 1, -1):
            yield sample(
                f"{name} axis {axis}", lambda tf, x, name=name, axis=axis: getattr(tf, name)(x, axis=axis), f32(2, 3)
            )
        yield sample(
            f"{name} of ints as int32", lambda tf, x, name=name: getattr(tf, name)(x, 0, output_type=tf.int32), i64(4)
        )
        yield sample(f"{name} unknown", lambda tf, x, name=name: getattr(tf, name)(x, 1), f32(2, 3).known_as(None, 3))
        yield sample(f"{name} of equals", lambda tf, x, name=name: getattr(tf, name)(x), given([1, 1, 1], "int32"))
        yield sample(f"{name} axis out of range", lambda tf, x, name=name: getattr(tf, name)(x, 5), f32(2, 3))
    for name in ("cumsum", "cumprod"):
        for arguments in (
            {},
            {"axis": 1},
            {"axis": -1, "exclusive": True},
            {"reverse": True},
            {"exclusive": True, "reverse": True},
        ):
            yield sample(
                f"{name} {arguments}",
                lambda tf, x, name=name, arguments=arguments: getattr(tf, name)(x, **arguments),
                f32(2, 3),
            )
        yield sample(f"{name} of ints", lambda tf, x, name=name: getattr(tf, name)(x), i32(4))
    for name in ("segment_sum", "segment_mean", "segment_max", "segment_min", "segment_prod"):
        yield sample(
            name,
            lambda tf, x, name=name: getattr(tf, name)(x, [0, 0, 1, 3]),
            f32(4, 2),
            gradient=name in ("segment_sum", "segment_mean"),
        )
    yield sample(
        "unsorted_segment_sum",
        lambda tf, x, y: tf.unsorted_segment_sum(x, y, 3),
        f32(4, 2),
        given([2, 0, 2, -1], "int32"),
    )
    yield sample("count_nonzero", lambda tf, x: tf.count_nonzero(x), given([[0, 1], [2, 0]], "int32"))
    yield sample(
        "count_nonzero axis", lambda tf, x: tf.count_nonzero(x, axis=1, dtype=tf.int32), given([[0.0, 1.0], [2.0, 3.0]])
    )
    for order in ("euclidean", 1, 2, float("inf")):
        yield sample(f"norm {order}", lambda tf, x, order=order: tf.norm(x, ord=order), f32(4))
    yield sample("norm of a matrix", lambda tf, x: tf.norm(x, ord="fro", axis=[0, 1]), f32(2, 2))
    yield sample("norm of a vector refuses fro", lambda tf, x: tf.norm(x, ord="fro"), f32(2, 2))
    yield sample("norm axis", lambda tf, x: tf.norm(x, axis=1, keepdims=True), f32(2, 3))
    yield sample("moments", lambda tf, x: tf.nn.moments(x, axes=[0]), f32(4, 3))
    yield sample("moments kept", lambda tf, x: tf.nn.moments(x, axes=[0, 1], keep_dims=True), f32(4, 3))
    yield sample("bincount", lambda tf, x: tf.math.bincount(x), given([1, 1, 3], "int32"))


SAMPLES = [*_of_numbers(), *_others()]
