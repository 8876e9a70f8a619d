"""Random order and random choice, with TensorFlow's numbers."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES, REALS, as_dtype, int64
from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.philox import blocks
from graphlab.ops.random import get_seed, unit_doubles
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import unchanged
from graphlab.ops.static import constant_value


def _words(k: Any, reserved: int, count: int) -> Any:
    """The next `count` words of the node's stream, of which `reserved` blocks are used up."""
    seed, seed2, offset = k.draw(reserved)
    return blocks(k.xp, seed, seed2, offset + k.xp.arange(-(-count // 4), dtype=k.xp.uint64)).reshape(-1)[:count]


def _lower_shuffle(k: Any, value: Any) -> Any:
    count = value.shape[0] if value.ndim else 0
    if count <= 1 or not value.size:
        return value
    words = _words(k, -(-count // 4), count - 1)
    # Fisher and Yates: each place in turn takes one of the elements not placed yet.
    steps = (words % np.arange(count, 1, -1, dtype=np.uint32)).astype(np.int32)
    if k.xp is np:
        order = np.arange(count)
        for place, step in enumerate(steps.tolist()):
            order[place], order[place + step] = order[place + step], order[place]
        return value[order]

    def swapped(place: Any, order: Any) -> Any:
        other = place + steps[place]
        return order.at[place].set(order[other]).at[other].set(order[place])

    return value[jax.lax.fori_loop(0, count - 1, swapped, k.xp.arange(count))]


register(
    "RandomShuffle",
    "value: T -> output: T",
    T=EVERY,
    seed=0,
    seed2=0,
    shape=unchanged,
    lower=_lower_shuffle,
    effect=Effect.RANDOM,
    stops_gradient=True,
)


def random_shuffle(value: Any, seed: int | None = None, name: str | None = None) -> Tensor:
    """Returns the rows of a tensor in random order. Mirrors `tf.random_shuffle`."""
    seed1, seed2 = get_seed(seed)
    result: Tensor = build.add("RandomShuffle", value, seed=seed1, seed2=seed2, name=name)
    return result


def _lower_multinomial(k: Any, logits: Any, num_samples: Any) -> Any:
    xp, count = k.xp, int(num_samples)
    rows = logits.shape[0]
    words = _words(k, rows * (-(-count // 4) * 8) * 256, rows * count * 2)
    drawn = unit_doubles(xp, words).reshape(rows, count)
    is_finite = xp.isfinite(logits)
    largest = xp.max(xp.where(is_finite, logits, -np.inf), axis=1, keepdims=True, initial=-np.inf).astype(xp.float64)
    weights = xp.where(is_finite, xp.exp(logits.astype(xp.float64) - largest), 0.0)
    cumulative = xp.cumsum(weights, axis=1)
    wanted = drawn * cumulative[:, -1:]
    return xp.sum(cumulative[:, None, :] <= wanted[:, :, None], axis=2).astype(k.out)


def _multinomial_shape(op: Operation) -> TensorShape:
    count = constant_value(op.inputs[1])
    return TensorShape.of((op.inputs[0].shape.with_rank(2).known[0], None if count is None else int(count)))


register(
    "Multinomial",
    "logits: T, num_samples: int32 -> output: output_dtype",
    T=REALS,
    output_dtype=INDICES,
    seed=0,
    seed2=0,
    shape=_multinomial_shape,
    lower=_lower_multinomial,
    effect=Effect.RANDOM,
    stops_gradient=True,
)


def multinomial(
    logits: Any, num_samples: Any, seed: int | None = None, name: str | None = None, output_dtype: Any = None
) -> Tensor:
    """Draws classes with the probabilities softmax(logits), for each row `num_samples` of them. Mirrors `tf.multinomial`.

    Args:
        logits: unnormalised log-probabilities, shape `[rows, classes]`.
        num_samples: how many to draw for each row.
        seed: the op-level seed; see `tf.set_random_seed`.
        name: the name of the operation.
        output_dtype: the integer type of the result; default int64.

    Returns:
        Class numbers, shape `[rows, num_samples]`.
    """
    with name_scope(name, "multinomial", [logits]):
        logits = convert_to_tensor(logits, name="logits")
        kind = int64 if output_dtype is None else as_dtype(output_dtype)
        seed1, seed2 = get_seed(seed)
        result: Tensor = build.add("Multinomial", logits, num_samples, seed=seed1, seed2=seed2, output_dtype=kind)
        return result
