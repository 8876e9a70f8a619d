"""Making, reshaping, joining and picking tensors."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.samples.sample import Sample, boolean, f32, f64, given, i32, i64, sample


def _making() -> Iterator[Sample]:
    yield sample("fill", lambda tf, x: tf.fill([2, 3], x), f32())
    yield sample("fill of a fed shape", lambda tf, x: tf.fill(x, 7), given([2, 2], "int32"))
    for dtype in ("float32", "float64", "int32", "int64", "bool"):
        yield sample(
            f"zeros {dtype}",
            lambda tf, dtype=dtype: [tf.zeros([2, 3], dtype), tf.zeros([], dtype), tf.zeros([0], dtype)],
        )
        yield sample(f"ones {dtype}", lambda tf, dtype=dtype: [tf.ones([2, 3], dtype), tf.ones((), dtype)])
    yield sample("zeros of a fed shape", lambda tf, x: tf.zeros(x), given([2, 1], "int32"))
    yield sample("ones of a fed shape", lambda tf, x: tf.ones(tf.shape(x)), f32(2, 3).known_as(None, 3))
    yield sample("large zeros", lambda tf: tf.zeros([40, 50]))
    yield sample("eye", lambda tf: [tf.eye(3), tf.eye(2, 3), tf.eye(2, dtype=tf.int32), tf.eye(2, batch_shape=[2])])
    for arguments in ((5,), (2, 8, 3), (5, 0, -2), (0.0, 1.0, 0.25), (3, 3)):
        yield sample(f"range{arguments}", lambda tf, arguments=arguments: tf.range(*arguments))
    yield sample("range int64", lambda tf: tf.range(4, dtype=tf.int64))
    yield sample("range of a fed limit", lambda tf, x: tf.range(x), given(4, "int32"))
    yield sample(
        "linspace", lambda tf: [tf.linspace(0.0, 1.0, 5), tf.linspace(2.0, 2.0, 1), tf.lin_space(-1.0, 1.0, 3)]
    )
    yield sample("one_hot", lambda tf, x: tf.one_hot(x, 3), given([0, 2, 5, -1], "int32"))
    yield sample(
        "one_hot values", lambda tf, x: tf.one_hot(x, 3, on_value=5.0, off_value=-1.0, axis=0), given([0, 2], "int32")
    )
    yield sample(
        "one_hot ints", lambda tf, x: tf.one_hot(x, 2, dtype=tf.int32), given([[0, 1]], "int64").known_as(None, 2)
    )
    yield sample("diag", lambda tf, x: [tf.diag(x), tf.matrix_diag(x)], f32(3))
    yield sample("diag_part", lambda tf, x: [tf.diag_part(x), tf.matrix_diag_part(x)], f32(3, 3))
    yield sample("matrix_set_diag", lambda tf, x, y: tf.matrix_set_diag(x, y), f32(3, 3), f32(3, seed=1))
    yield sample("matrix_band_part", lambda tf, x: tf.matrix_band_part(x, 1, 0), f32(3, 3))
    yield sample("sequence_mask", lambda tf, x: [tf.sequence_mask(x, 4), tf.sequence_mask(x)], given([1, 3], "int32"))
    yield sample("meshgrid", lambda tf, x, y: tf.meshgrid(x, y), f32(2), f32(3))
    yield sample("meshgrid ij", lambda tf, x, y: tf.meshgrid(x, y, indexing="ij"), f32(2), f32(3))
    yield sample("placeholder_with_default", lambda tf: tf.placeholder_with_default([1.0, 2.0], shape=[None]))


def _measuring() -> Iterator[Sample]:
    for name in ("shape", "size", "rank"):
        for item in (f32(2, 3), f32(), f32(2, 3).known_as(None, 3), f32(2, 3).unranked(), f32(0, 3)):
            yield sample(name, lambda tf, x, name=name: getattr(tf, name)(x), item)
    yield sample("shape as int64", lambda tf, x: tf.shape(x, out_type=tf.int64), f32(2, 3).known_as(None, 3))
    yield sample("shape_n", lambda tf, x, y: tf.shape_n([x, y]), f32(2, 3).known_as(None, 3), f32(4))
    yield sample("broadcast shapes", lambda tf: [tf.broadcast_dynamic_shape(tf.constant([2, 1]), tf.constant([3]))])
    yield sample("set_shape", lambda tf, x: (x.set_shape([None, 3]), tf.transpose(x))[1], f32(2, 3).known_as(2, None))
    yield sample("set_shape refuses", lambda tf, x: x.set_shape([3, 3]), f32(2, 3))
    yield sample("get_shape product", lambda tf, x: tf.constant(int(np.prod(x.get_shape().as_list()))), f32(2, 3))
    yield sample("ensure_shape", lambda tf, x: tf.ensure_shape(x, [2, None]), f32(2, 3).unranked())


def _reshaping() -> Iterator[Sample]:
    for target in ([3, 2], [-1], [6, 1], [-1, 2], [1, -1, 3]):
        yield sample(f"reshape {target}", lambda tf, x, target=target: tf.reshape(x, target), f32(2, 3))
    yield sample("reshape to scalar", lambda tf, x: tf.reshape(x, []), f32(1, 1))
    yield sample("reshape of unknown", lambda tf, x: tf.reshape(x, [-1, 2]), f32(2, 3).known_as(None, 3))
    yield sample("reshape of unknown flat", lambda tf, x: tf.reshape(x, [-1]), f32(2, 3).known_as(None, 3))
    yield sample("reshape to a fed shape", lambda tf, x, y: tf.reshape(x, y), f32(2, 3), given([3, -1], "int32"))
    yield sample("reshape like", lambda tf, x, y: tf.reshape(x, tf.shape(y)), f32(6), f32(2, 3).known_as(None, 3))
    yield sample("reshape by parts", lambda tf, x: tf.reshape(x, [tf.shape(x)[0], 3, 2]), f32(2, 6).known_as(None, 6))
    yield sample("reshape refuses", lambda tf, x: tf.reshape(x, [4, 2]), f32(2, 3))
    yield sample("reshape refuses at run time", lambda tf, x: tf.reshape(x, [4, 2]), f32(2, 3).known_as(None, 3))
    yield sample("reshape of nothing", lambda tf, x: tf.reshape(x, [3, 0]), f32(0, 2))
    yield sample("transpose", lambda tf, x: tf.transpose(x), f32(2, 3))
    yield sample("transpose of a vector", lambda tf, x: tf.transpose(x), f32(3))
    yield sample("transpose of a scalar", lambda tf, x: tf.transpose(x), f32())
    yield sample("transpose perm", lambda tf, x: tf.transpose(x, perm=[2, 0, 1]), f32(2, 3, 4))
    yield sample("transpose unknown", lambda tf, x: tf.transpose(x), f32(2, 3).known_as(None, 3))
    yield sample("transpose unranked", lambda tf, x: tf.transpose(x), f32(2, 3).unranked())
    yield sample("transpose refuses", lambda tf, x: tf.transpose(x, [0]), f32(2, 3))
    yield sample("matrix_transpose", lambda tf, x: tf.matrix_transpose(x), f32(2, 3, 4))
    for axis in (0, 1, 2, -1, -2):
        yield sample(f"expand_dims {axis}", lambda tf, x, axis=axis: tf.expand_dims(x, axis), f32(2, 3))
    yield sample("expand_dims refuses", lambda tf, x: tf.expand_dims(x, 4), f32(2, 3))
    yield sample("expand_dims of unknown", lambda tf, x: tf.expand_dims(x, -1), f32(2, 3).known_as(None, 3))
    yield sample("squeeze", lambda tf, x: [tf.squeeze(x), tf.squeeze(x, [0]), tf.squeeze(x, axis=-1)], f32(1, 3, 1))
    yield sample("squeeze of unknown", lambda tf, x: [tf.squeeze(x), tf.squeeze(x, [1])], f32(2, 1).known_as(None, 1))
    yield sample("squeeze refuses", lambda tf, x: tf.squeeze(x, [0]), f32(2, 1))
    yield sample("broadcast_to", lambda tf, x: tf.broadcast_to(x, [2, 3]), f32(3))
    yield sample("reverse", lambda tf, x: [tf.reverse(x, [0]), tf.reverse(x, [-1, 0])], f32(2, 3))
    yield sample("roll", lambda tf, x: tf.roll(x, shift=1, axis=1), f32(2, 3))
    yield sample("reverse_sequence", lambda tf, x: tf.reverse_sequence(x, [1, 3], seq_axis=1), f32(2, 3))
    yield sample("tile", lambda tf, x: tf.tile(x, [2, 3]), f32(1, 2))
    yield sample("tile of unknown", lambda tf, x: tf.tile(x, [1, 2]), f32(2, 2).known_as(None, 2))
    yield sample("pad", lambda tf, x: tf.pad(x, [[1, 0], [0, 2]]), f32(2, 3))
    yield sample(
        "pad with a value", lambda tf, x: tf.pad(x, [[1, 0], [0, 2]], constant_values=9.0), f32(2, 3).known_as(None, 3)
    )
    for mode in ("REFLECT", "SYMMETRIC"):
        yield sample(f"pad {mode}", lambda tf, x, mode=mode: tf.pad(x, [[1, 1], [2, 0]], mode=mode), f32(2, 3))
    yield sample("space_to_depth", lambda tf, x: tf.space_to_depth(x, 2), f32(1, 4, 4, 1))
    yield sample("flatten layer", lambda tf, x: tf.layers.flatten(x), f32(2, 3, 2).known_as(None, 3, 2))


def _joining() -> Iterator[Sample]:
    for axis in (0, 1, -1):
        yield sample(
            f"concat {axis}", lambda tf, x, y, axis=axis: tf.concat([x, y], axis), f32(2, 2), f32(2, 2, seed=1)
        )
        yield sample(
            f"stack {axis}", lambda tf, x, y, axis=axis: tf.stack([x, y], axis=axis), f32(2, 2), f32(2, 2, seed=1)
        )
    yield sample("concat of one", lambda tf, x: tf.concat([x], 0), f32(2))
    yield sample("concat of unknown", lambda tf, x, y: tf.concat([x, y], 0), f32(2, 3).known_as(None, 3), f32(1, 3))
    yield sample("concat of ints", lambda tf, x, y: tf.concat([x, y], 0), i32(2), i32(3))
    yield sample("concat refuses shapes", lambda tf, x, y: tf.concat([x, y], 0), f32(2, 2), f32(2, 3))
    yield sample("concat refuses types", lambda tf, x, y: tf.concat([x, y], 0), f32(2), i32(2))
    yield sample("concat a Python list", lambda tf, x: tf.concat([x, [[9.0, 9.0]]], axis=0), f32(2, 2))
    yield sample("stack of unknown", lambda tf, x, y: tf.stack([x, y]), f32(2).known_as(None), f32(2, seed=1))
    yield sample("stack of scalars", lambda tf, x, y: tf.stack([x, 2.0, y]), f32(), f32(seed=1))
    yield sample("stack refuses", lambda tf, x, y: tf.stack([x, y]), f32(2), f32(3))
    yield sample("packed by conversion", lambda tf, x: tf.convert_to_tensor([x, x * 2.0]), f32())
    yield sample("unstack", lambda tf, x: tf.unstack(x), f32(2, 3))
    yield sample("unstack axis", lambda tf, x: tf.unstack(x, axis=1), f32(2, 3).known_as(None, 3))
    yield sample("unstack refuses", lambda tf, x: tf.unstack(x), f32(2, 3).known_as(None, 3))
    yield sample("split", lambda tf, x: tf.split(x, 2), f32(4, 3))
    yield sample("split axis", lambda tf, x: tf.split(x, 3, axis=1), f32(4, 3).known_as(None, 3))
    yield sample("split sizes", lambda tf, x: tf.split(x, [1, 3]), f32(4, 3))
    yield sample("split refuses", lambda tf, x: tf.split(x, 3), f32(4, 3))
    yield sample("dynamic_partition", lambda tf, x: tf.dynamic_partition(x, [0, 1, 0], 2), f32(3))
    yield sample("dynamic_stitch", lambda tf, x, y: tf.dynamic_stitch([[0, 2], [1]], [x, y]), f32(2), f32(1))


def _picking() -> Iterator[Sample]:
    yield sample("gather", lambda tf, x, y: tf.gather(x, y), f32(4, 2), given([3, 0, 3], "int32"))
    yield sample("gather axis", lambda tf, x: tf.gather(x, [2, 0], axis=1), f32(2, 3))
    yield sample("gather a matrix of rows", lambda tf, x, y: tf.gather(x, y), f32(4), given([[1, 0], [2, 2]], "int64"))
    yield sample("gather one", lambda tf, x: tf.gather(x, 1), f32(3, 2).known_as(None, 2))
    yield sample("gather out of range", lambda tf, x, y: tf.gather(x, y), f32(3), given([3], "int32"))
    yield sample("gather refuses", lambda tf, x, y: tf.gather(x, y), f32(3), f32(1))
    yield sample("gather_nd", lambda tf, x: tf.gather_nd(x, [[0, 1], [1, 0]]), f32(2, 2))
    yield sample("gather_nd rows", lambda tf, x: tf.gather_nd(x, [[1]]), f32(2, 2))
    yield sample("scatter_nd", lambda tf, x: tf.scatter_nd([[1], [3], [1]], x, [5]), f32(3))
    yield sample(
        "embedding_lookup", lambda tf, x, y: tf.nn.embedding_lookup(x, y), f32(4, 2), given([1, 3, 1], "int32")
    )
    yield sample("unique", lambda tf, x: list(tf.unique(x)), given([3, 1, 3, 2], "int32"))
    yield sample("unique_with_counts", lambda tf, x: list(tf.unique_with_counts(x)), given([3, 1, 3, 2], "int32"))
    yield sample("invert_permutation", lambda tf, x: tf.invert_permutation(x), given([2, 0, 1], "int32"))
    yield sample("top_k", lambda tf, x: list(tf.nn.top_k(x, 2)), f32(2, 4))
    yield sample("sort", lambda tf, x: [tf.sort(x), tf.argsort(x), tf.sort(x, direction="DESCENDING")], f32(5))
    yield sample(
        "setdiff1d", lambda tf, x, y: list(tf.setdiff1d(x, y)), given([1, 2, 3, 4], "int32"), given([2, 4], "int32")
    )
    yield sample("searchsorted", lambda tf, x: tf.searchsorted([1.0, 2.0, 3.0], x), f32(4))
    yield sample(
        "searchsorted right", lambda tf, x: tf.searchsorted([1.0, 2.0, 3.0], x, side="right"), given([1.0, 2.5, 3.0])
    )
    yield sample("identity_n", lambda tf, x, y: tf.identity_n([x, y]), f32(2), i32(2))
    yield sample("extract two dtypes", lambda tf, x, y: [tf.gather(x, [0]), tf.reverse(y, [0])], f64(2), i64(2))
    yield sample("mask any type", lambda tf, x, y: tf.gather(x, tf.where(y)[:, 0]), f32(4), boolean(4))


SAMPLES = [*_making(), *_measuring(), *_reshaping(), *_joining(), *_picking()]
