"""Slices in all of NumPy's spellings that TensorFlow knows, and `tf.slice`."""

from __future__ import annotations

from collections.abc import Iterator

from tests.samples.sample import Sample, f32, given, i32, sample

SLICES = {
    "x[0]": lambda tf, x: x[0],
    "x[-1]": lambda tf, x: x[-1],
    "x[1:]": lambda tf, x: x[1:],
    "x[:-1]": lambda tf, x: x[:-1],
    "x[::2]": lambda tf, x: x[::2],
    "x[::-1]": lambda tf, x: x[::-1],
    "x[0, 1]": lambda tf, x: x[0, 1],
    "x[:, 0]": lambda tf, x: x[:, 0],
    "x[:, 1:3]": lambda tf, x: x[:, 1:3],
    "x[..., 0]": lambda tf, x: x[..., 0],
    "x[0, ...]": lambda tf, x: x[0, ...],
    "x[tf.newaxis]": lambda tf, x: x[tf.newaxis],
    "x[:, None, 1]": lambda tf, x: x[:, None, 1],
    "x[..., tf.newaxis]": lambda tf, x: x[..., tf.newaxis],
    "x[2:1]": lambda tf, x: x[2:1],
    "x[:100]": lambda tf, x: x[:100],
    "x[-2:, ::-2]": lambda tf, x: x[-2:, ::-2],
    "x[[0, 1]]": lambda tf, x: x[[0, 1]],
    "x[tf.constant(1)]": lambda tf, x: x[tf.constant(1)],
    "x[:tf.shape(x)[0] - 1]": lambda tf, x: x[: tf.shape(x)[0] - 1],
}
REFUSED = {
    "x[5]": lambda tf, x: x[5],
    "x[0, 0, 0]": lambda tf, x: x[0, 0, 0],
    "x[1.0]": lambda tf, x: x[1.0],
    "x['a']": lambda tf, x: x["a"],
    "x[..., ...]": lambda tf, x: x[..., ...],
    "x[::0]": lambda tf, x: x[::0],
}


def _samples() -> Iterator[Sample]:
    for name, build in SLICES.items():
        yield sample(name, build, f32(3, 4))
        yield sample(name, build, f32(3, 4).known_as(None, 4))
    for name, build in REFUSED.items():
        yield sample(name, build, f32(3, 4))
    yield sample("x[0]", lambda tf, x: x[0], f32(3, 4).unranked())
    yield sample("x[7] at run time", lambda tf, x: x[7], f32(3, 4).known_as(None, 4))
    yield sample("x[0] of a scalar", lambda tf, x: x[0], f32())
    yield sample("x[i] of a fed index", lambda tf, x, y: x[y], f32(3, 4), given(2, "int32"))
    yield sample("x[i:j] of fed bounds", lambda tf, x, y, z: x[y:z], f32(5), given(1, "int32"), given(3, "int32"))
    yield sample("ints", lambda tf, x: x[1:, 0], i32(3, 2))
    yield sample("shape item", lambda tf, x: tf.shape(x)[0], f32(3, 2).known_as(None, 2))
    yield sample("three axes", lambda tf, x: [x[1, :, 0], x[:, 0:1, ...], x[0][1][0]], f32(2, 2, 3))
    yield sample("slice", lambda tf, x: tf.slice(x, [0, 1], [2, 2]), f32(3, 4))
    yield sample("slice to the end", lambda tf, x: tf.slice(x, [1, 0], [-1, 2]), f32(3, 4))
    yield sample("slice unknown", lambda tf, x: tf.slice(x, [1, 0], [-1, 2]), f32(3, 4).known_as(None, 4))
    yield sample("slice fed", lambda tf, x, y: tf.slice(x, y, [2]), f32(4), given([1], "int32"))
    yield sample("slice refuses", lambda tf, x: tf.slice(x, [0, 3], [2, 2]), f32(3, 4))
    yield sample("strided_slice", lambda tf, x: tf.strided_slice(x, [0, 1], [3, 4], [2, 2]), f32(3, 4))
    yield sample(
        "strided_slice masks", lambda tf, x: tf.strided_slice(x, [1, 1], [2, 3], begin_mask=1, end_mask=2), f32(3, 4)
    )


SAMPLES = list(_samples())
