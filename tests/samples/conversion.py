"""From Python and NumPy to tensors, and from one type to another."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.samples.sample import Sample, f32, f64, given, i32, numbers, sample

TYPES = ["float32", "float64", "int32", "int64", "bool", "uint8", "float16"]
PYTHON = {
    "an int": 3,
    "a float": 1.5,
    "a truth value": True,
    "a large float": 1e30,
    "a string": "text",
    "bytes": b"\x00\xff",
    "ints": [1, 2],
    "floats": [[1.0, 2.0]],
    "ints and floats": [1, 2.5],
    "strings": ["a", "b"],
    "an empty list": [],
    "empty rows": [[], []],
    "a tuple": (1, 2),
    "a range": range(3),
    "a complex number": 1 + 2j,
    "equal numbers": [[7, 7], [7, 7]],
    "a large array": np.arange(200, dtype=np.float32),
    **{f"NumPy {t}": np.ones((2,), dtype=t) for t in [*TYPES, "int8", "int16", "uint16", "complex64", "complex128"]},
    "a NumPy float64": np.float64(0.1),
    "a NumPy int64": np.int64(3),
    "a NumPy truth value": np.bool_(True),
    "NumPy strings": np.array(["ab", "c"]),
    "a list of NumPy arrays": [np.float32(1.0), np.float32(2.0)],
}
REFUSED = {
    "ragged rows": lambda tf: tf.constant([[1], [1, 2]]),
    "a float as int": lambda tf: tf.constant(1.5, dtype=tf.int32),
    "a string as float": lambda tf: tf.constant("a", dtype=tf.float32),
    "a float as truth value": lambda tf: tf.constant(1.0, dtype=tf.bool),
    "an int too large": lambda tf: tf.constant(2**40, dtype=tf.int32),
    "None": lambda tf: tf.constant(None),
    "a wrong shape": lambda tf: tf.constant([1, 2, 3], shape=[2]),
    "an unknown object": lambda tf: tf.constant(object()),
    "mixed strings": lambda tf: tf.constant(["a", 1]),
    "an unknown type": lambda tf: tf.constant(1, dtype="float31"),
    "a dictionary": lambda tf: tf.convert_to_tensor({"a": 1}),
}


def _samples() -> Iterator[Sample]:
    for name, value in PYTHON.items():
        yield sample(f"constant of {name}", lambda tf, value=value: tf.constant(value))
    for name, build in REFUSED.items():
        yield sample(f"constant refuses {name}", build)
    yield sample("constant int too large for int32", lambda tf: tf.constant(2**40))
    yield sample(
        "constant with a type",
        lambda tf: [tf.constant(1, tf.float32), tf.constant([1, 2], dtype=tf.float64), tf.constant(3, "int64")],
    )
    yield sample(
        "constant with a shape",
        lambda tf: [
            tf.constant(0.5, shape=[2, 2]),
            tf.constant([1, 2, 3, 4], shape=[2, 2]),
            tf.constant([1, 2], shape=[2, 3]),
        ],
    )
    yield sample("constant named", lambda tf: tf.constant(1.0, name="one"))
    yield sample(
        "constant of a float64 array as float32", lambda tf: tf.constant(np.array([0.1, 0.2]), dtype=tf.float32)
    )
    yield sample("constant of an int array as float32", lambda tf: tf.constant(np.array([1, 2]), dtype=tf.float32))
    yield sample(
        "convert_to_tensor",
        lambda tf: [
            tf.convert_to_tensor([1.0]),
            tf.convert_to_tensor(np.eye(2)),
            tf.convert_to_tensor(2, dtype=tf.float32),
        ],
    )
    yield sample("convert_to_tensor keeps a tensor", lambda tf, x: tf.convert_to_tensor(x), f32(2))
    yield sample(
        "convert_to_tensor refuses another type", lambda tf, x: tf.convert_to_tensor(x, dtype=tf.float64), f32(2)
    )
    for source in TYPES:
        for target in TYPES:
            low, high = (0, 5) if "uint8" in (source, target) else (-3.7, 3.7)
            yield sample(
                f"cast to {target}",
                lambda tf, x, target=target: tf.cast(x, target),
                numbers(source, 5, low=low, high=high),
            )
    yield sample("cast unknown", lambda tf, x: tf.cast(x, tf.float64), f32(2, 3).unranked())
    yield sample("cast wraps", lambda tf, x: tf.cast(x, tf.int32), given([2**33 + 5, -1], "int64"))
    yield sample("cast names", lambda tf, x: [tf.to_float(x), tf.to_double(x), tf.to_int32(x), tf.to_int64(x)], f32(2))
    yield sample("saturate_cast", lambda tf, x: tf.saturate_cast(x, tf.uint8), f32(3, low=-300, high=600))
    yield sample("bitcast", lambda tf, x: tf.bitcast(x, tf.int32), f32(3), gradient=False)


def _mixing() -> Iterator[Sample]:
    m = 7
    yield sample("2/m * x", lambda tf, x: 2 / m * x, f32(2))
    yield sample("x * NumPy float64 scalar", lambda tf, x: x * np.float64(0.1), f32(2))
    yield sample("NumPy float64 scalar * x", lambda tf, x: np.float64(0.1) * x, f32(2))
    yield sample("NumPy float32 scalar * x", lambda tf, x: np.float32(0.1) * x, f32(2))
    yield sample("x + NumPy float32 array", lambda tf, x: x + np.ones(2, np.float32), f32(2))
    yield sample("x + NumPy float64 array", lambda tf, x: x + np.ones(2), f32(2))
    yield sample("NumPy float64 array + x", lambda tf, x: np.ones(2) + x, f32(2))
    yield sample("x + list", lambda tf, x: x + [1.0, 2.0], f32(2))  # noqa: RUF005 - a tensor plus a list
    yield sample("list - x", lambda tf, x: [1, 2] - x, f32(2))
    yield sample("float64 + Python float", lambda tf, x: x + 0.1, f64(2))
    yield sample("int + Python int", lambda tf, x: [x + 1, 2 - x, x // 2, x % 2, x / 2, x**2], i32(2))
    yield sample("int + Python float", lambda tf, x: x + 1.5, i32(2))
    yield sample("int + whole Python float", lambda tf, x: x * 2.0, i32(2))
    yield sample("float + truth value", lambda tf, x: x + True, f32(2))
    yield sample("float + string", lambda tf, x: x + "a", f32(2))
    yield sample("float + None", lambda tf, x: x + None, f32(2))
    yield sample("int tensor + float tensor", lambda tf, x, y: x + y, i32(2), f32(2))
    yield sample("float32 * float64", lambda tf, x, y: x * y, f32(2), f64(2))
    yield sample("float32 / int32", lambda tf, x, y: x / y, f32(2), i32(2))
    yield sample("int32 ** float32", lambda tf, x, y: x**y, i32(2), f32(2))
    yield sample("uint8 + too large a number", lambda tf, x: x + 300, numbers("uint8", 2))


SAMPLES = [*_samples(), *_mixing()]
