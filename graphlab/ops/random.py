"""Random tensors with TensorFlow's seeds and TensorFlow's numbers."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from graphlab.graph import dtypes
from graphlab.graph.dtypes import FLOATS, INDICES, as_dtype, float32
from graphlab.graph.graph import get_default_graph
from graphlab.graph.registry import Effect, register
from graphlab.graph.tensor import Tensor
from graphlab.ops import arithmetic, build, single_precision
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.philox import blocks
from graphlab.ops.scopes import name_scope
from graphlab.ops.static import constant_shape

_DEFAULT_GRAPH_SEED: Final = 87654321
_SAMPLES_RESERVED: Final = 256  # TensorFlow skips this many blocks for each element drawn
_SMALLEST: Final = 1.0e-7  # the least uniform number whose logarithm is taken
_MAX_INT32: Final = 2**31 - 1


def get_seed(op_seed: int | None) -> tuple[int, int]:
    """Returns the seed pair of a random op made now; `(0, 0)` asks for fresh randomness. Mirrors `tf.get_seed`."""
    graph = get_default_graph()
    if graph.seed is not None:
        pair = graph.seed, graph.next_op_seed() if op_seed is None else op_seed
    elif op_seed is not None:
        pair = _DEFAULT_GRAPH_SEED, op_seed
    else:
        return 0, 0
    first, second = (int(s) % _MAX_INT32 for s in pair)
    return (0, _MAX_INT32) if (first, second) == (0, 0) else (first, second)


def set_random_seed(seed: int) -> None:
    """Sets the graph-level seed of the default graph. Mirrors `tf.set_random_seed`."""
    get_default_graph().seed = seed


def _words(k: Any, count: int, words_per_block: int = 4) -> Any:
    """Draws blocks for `count` samples of which one block gives `words_per_block`; returns uint32 `[blocks, 4]`."""
    seed, seed2, offset = k.draw(count * _SAMPLES_RESERVED)
    number = -(-count // words_per_block)
    return blocks(k.xp, seed, seed2, offset + k.xp.arange(number, dtype=k.xp.uint64))


def unit_floats(xp: Any, words: Any) -> Any:
    """Returns uniform float32 in [0, 1): 23 random bits behind the exponent of 1, minus 1."""
    bits = (words & xp.uint32(0x7FFFFF)) | xp.uint32(127 << 23)
    return bits.view(np.float32) - xp.float32(1)


def unit_halves(words: Any, kind: np.dtype[Any]) -> Any:
    """Returns uniform numbers in [0, 1) of a 16-bit type: the lowest random bits behind the exponent of 1, minus 1."""
    mantissa_bits = 10 if kind == np.float16 else 7
    one = np.ones((), kind)
    bits = (words.astype(np.uint16) & np.uint16(2**mantissa_bits - 1)) | one.view(np.uint16)
    return bits.view(kind) - one


def unit_doubles(xp: Any, words: Any) -> Any:
    """Returns uniform float64 in [0, 1) from pairs of words: 52 random bits."""
    pairs = words.reshape(-1, 2).astype(xp.uint64)
    bits = ((pairs[:, 0] & xp.uint64(0xFFFFF)) << xp.uint64(32)) | pairs[:, 1] | xp.uint64(1023 << 52)
    return bits.view(np.float64) - 1.0


def _lower_uniform(k: Any, shape: Any) -> Any:
    dims = tuple(int(d) for d in shape)
    count = int(np.prod(dims, dtype=np.int64))
    # The position of a stream never reaches 2^63, which only we know; asked for first, since the last draw is what counts.
    never = None if k.xp is np else k.draw(0)[2] >> np.uint64(63)
    if k.out == np.float64:
        return _opaque(unit_doubles(k.xp, _words(k, count, 2))[:count], never).reshape(dims)
    words = _words(k, count).ravel()[:count].reshape(dims)
    return _opaque(unit_floats(k.xp, words), never) if k.out == np.float32 else unit_halves(words, k.out)


def _opaque(x: Any, never: Any) -> Any:
    """Returns x in a way that hides from a compiler that it is a number below 1; the lowering of Mul relies on that."""
    if never is None:
        return x
    bits = x.view(np.uint64 if x.dtype == np.float64 else np.uint32)
    return (bits ^ (never.astype(bits.dtype) << bits.dtype.type(bits.dtype.itemsize * 8 - 2))).view(x.dtype)


register(
    "RandomUniform",
    "shape: T -> output: dtype",
    T=INDICES,
    dtype=FLOATS,
    seed=0,
    seed2=0,
    shape=lambda op: constant_shape(op.inputs[0]),
    lower=_lower_uniform,
    effect=Effect.RANDOM,
    stops_gradient=True,
)


def _lower_uniform_int(k: Any, shape: Any, minval: Any, maxval: Any) -> Any:
    dims = tuple(int(d) for d in shape)
    count = int(np.prod(dims, dtype=np.int64))
    wide = k.out == np.int64
    words = _words(k, count, 2 if wide else 4)
    if wide:
        pairs = words.reshape(-1, 2).astype(k.xp.uint64)
        raw = pairs[:, 0] | (pairs[:, 1] << k.xp.uint64(32))
    else:
        raw = words.ravel()
    span = (k.xp.asarray(maxval) - k.xp.asarray(minval)).astype(raw.dtype)
    return (k.xp.asarray(minval) + (raw[:count] % span).astype(k.out)).reshape(dims).astype(k.out)


register(
    "RandomUniformInt",
    "shape: T, minval: Tout, maxval: Tout -> output: Tout",
    T=INDICES,
    Tout=INDICES,
    seed=0,
    seed2=0,
    shape=lambda op: constant_shape(op.inputs[0]),
    lower=_lower_uniform_int,
    effect=Effect.RANDOM,
    stops_gradient=True,
)


def random_uniform(
    shape: Any,
    minval: Any = 0,
    maxval: Any = None,
    dtype: Any = float32,
    seed: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Returns numbers drawn evenly from [minval, maxval). Mirrors `tf.random_uniform`.

    Args:
        shape: the shape, a list or an integer vector.
        minval: the lower bound, included.
        maxval: the upper bound, excluded; default 1 for floating point numbers.
        dtype: a floating point type, int32 or int64.
        seed: the op-level seed; see `tf.set_random_seed`.
        name: the name of the operation.

    Raises:
        ValueError: integers are asked for without `maxval`, or the type cannot be drawn.
    """
    kind = as_dtype(dtype)
    if kind not in (*FLOATS, *INDICES):
        raise ValueError(
            f"Argument `dtype` got invalid value {kind!r}. Accepted dtypes are {[t.name for t in (*FLOATS, *INDICES)]}."
        )
    if maxval is None:
        if kind.is_integer:
            raise ValueError(f"Must specify maxval for integer dtype {kind.name}")
        maxval = 1
    with name_scope(name, "random_uniform", [shape, minval, maxval]) as scope:
        dims = _shape_tensor(shape)
        if kind.is_integer:
            low, high = (
                convert_to_tensor(minval, dtype=kind, name="min"),
                convert_to_tensor(maxval, dtype=kind, name="max"),
            )
            seed1, seed2 = get_seed(seed)
            return _node("RandomUniformInt", dims, low, high, name=scope, seed=seed1, seed2=seed2)
        starts_at_zero = isinstance(minval, int) and minval == 0
        ends_at_one = isinstance(maxval, int) and maxval == 1
        if not (starts_at_zero and ends_at_one):
            minval = convert_to_tensor(minval, dtype=kind, name="min")
            maxval = convert_to_tensor(maxval, dtype=kind, name="max")
        seed1, seed2 = get_seed(seed)
        unit = _node("RandomUniform", dims, dtype=kind, seed=seed1, seed2=seed2)
        if starts_at_zero:
            return unit if ends_at_one else arithmetic.multiply(unit, maxval)
        return arithmetic.add(unit * (maxval - minval), minval, name=scope)


def unit_normals(xp: Any, words: Any) -> Any:
    """Returns standard normal float32 from uint32 words in pairs, by the Box-Muller transform."""
    pairs = words.reshape(-1, 2)
    u = xp.maximum(unit_floats(xp, pairs[:, 0]), xp.float32(_SMALLEST))
    # TensorFlow multiplies by 2 pi as a double and rounds the angle to a float.
    angle = (2.0 * np.pi * unit_floats(xp, pairs[:, 1]).astype(xp.float64)).astype(xp.float32)
    # In double precision, where a GPU's square root is the nearest number as well.
    radius = xp.sqrt((xp.float32(-2.0) * single_precision.log(xp, u)).astype(xp.float64)).astype(xp.float32)
    sine, cosine = single_precision.sine_and_cosine(xp, angle)
    return xp.stack([sine * radius, cosine * radius], axis=-1).reshape(-1)


def unit_normals_double(xp: Any, words: Any) -> Any:
    """Returns standard normal float64 from uint32 words in groups of four, by the Box-Muller transform."""
    u = unit_doubles(xp, words.reshape(-1, 2)).reshape(-1, 2)
    radius = xp.sqrt(-2.0 * xp.log(xp.maximum(u[:, 0], _SMALLEST)))
    angle = 2.0 * np.pi * u[:, 1]
    return xp.stack([xp.sin(angle) * radius, xp.cos(angle) * radius], axis=-1).reshape(-1)


def _lower_normal(k: Any, shape: Any) -> Any:
    dims = tuple(int(d) for d in shape)
    count = int(np.prod(dims, dtype=np.int64))
    if k.out == np.float64:
        return unit_normals_double(k.xp, _words(k, count, 2))[:count].reshape(dims)
    return unit_normals(k.xp, _words(k, count))[:count].reshape(dims).astype(k.out)


register(
    "RandomStandardNormal",
    "shape: T -> output: dtype",
    T=INDICES,
    dtype=FLOATS,
    seed=0,
    seed2=0,
    shape=lambda op: constant_shape(op.inputs[0]),
    lower=_lower_normal,
    effect=Effect.RANDOM,
    stops_gradient=True,
)


_TRIES: Final = 5  # blocks drawn for each group of truncated normals; all rejected once in 1e20 groups


def _lower_truncated(k: Any, shape: Any) -> Any:
    """Takes from each group's own stretch of the stream the first numbers within two standard deviations."""
    xp = k.xp
    dims = tuple(int(d) for d in shape)
    count = int(np.prod(dims, dtype=np.int64))
    wide = k.out == np.float64
    size = 2 if wide else 4
    groups = -(-count // size)
    seed, seed2, offset = k.draw(count * _SAMPLES_RESERVED)
    stride = _SAMPLES_RESERVED * size // 4
    starts = (
        xp.arange(groups, dtype=xp.uint64)[:, None] * xp.uint64(stride)
        + xp.arange(_TRIES * 2, dtype=xp.uint64)[None, :]
    )
    words = blocks(xp, seed, seed2, (offset + starts).reshape(-1))
    drawn = (unit_normals_double if wide else unit_normals)(xp, words).reshape(groups, -1)
    order = xp.argsort(~(xp.abs(drawn) < 2), axis=1, stable=True)[:, :size]
    return xp.take_along_axis(drawn, order, axis=1).reshape(-1)[:count].reshape(dims).astype(k.out)


register(
    "TruncatedNormal",
    "shape: T -> output: dtype",
    T=INDICES,
    dtype=FLOATS,
    seed=0,
    seed2=0,
    shape=lambda op: constant_shape(op.inputs[0]),
    lower=_lower_truncated,
    effect=Effect.RANDOM,
    stops_gradient=True,
)


def truncated_normal(
    shape: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = float32,
    seed: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Returns numbers drawn from a normal distribution; those beyond two standard deviations are drawn again. Mirrors `tf.truncated_normal`."""
    return _scaled("TruncatedNormal", "truncated_normal", shape, mean, stddev, dtype, seed, name)


def random_normal(
    shape: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = float32,
    seed: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Returns numbers drawn from a normal distribution. Mirrors `tf.random_normal`."""
    return _scaled("RandomStandardNormal", "random_normal", shape, mean, stddev, dtype, seed, name)


def _scaled(
    op_type: str, scope_name: str, shape: Any, mean: Any, stddev: Any, dtype: Any, seed: int | None, name: str | None
) -> Tensor:
    kind = as_dtype(dtype)
    with name_scope(name, scope_name, [shape, mean, stddev]) as scope:
        dims = _shape_tensor(shape)
        center = convert_to_tensor(mean, dtype=kind, name="mean")
        spread = convert_to_tensor(stddev, dtype=kind, name="stddev")
        seed1, seed2 = get_seed(seed)
        unit = _node(op_type, dims, dtype=kind, seed=seed1, seed2=seed2)
        return arithmetic.add(unit * spread, center, name=scope)


def _shape_tensor(shape: Any) -> Tensor:
    empty = isinstance(shape, (tuple, list)) and not shape
    return convert_to_tensor(shape, dtype=dtypes.int32 if empty else None, name="shape")


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
