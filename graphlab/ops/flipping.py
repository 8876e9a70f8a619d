"""Elements in another order along an axis: reverse and roll."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES
from graphlab.graph.registry import register
from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.shape_rules import unchanged

register(
    "ReverseV2",
    "tensor: T, axis: Tidx -> output: T",
    T=EVERY,
    Tidx=INDICES,
    shape=unchanged,
    lower=lambda k, x, axes: k.xp.flip(x, tuple(int(a) for a in np.ravel(axes))),
    gradient=lambda op, grad: [reverse(grad, op.inputs[1]), None],
)


def reverse(tensor: Any, axis: Any, name: str | None = None) -> Tensor:
    """Returns the elements in reverse order along each of the axes. Mirrors `tf.reverse`."""
    return _node("ReverseV2", tensor, axis, name=name)


def _lower_reverse_sequence(k: Any, x: Any, lengths: Any) -> Any:
    seq, batch = k.attr["seq_dim"], k.attr["batch_dim"]
    moved = k.xp.moveaxis(x, (batch, seq), (0, 1))
    place = np.arange(moved.shape[1])[None, :]
    lengths = k.xp.asarray(lengths)[:, None]
    source = k.xp.where(place < lengths, lengths - 1 - place, place)
    picked = moved[np.arange(moved.shape[0])[:, None], source]
    return k.xp.moveaxis(picked, (0, 1), (batch, seq))


register(
    "ReverseSequence",
    "input: T, seq_lengths: Tlen -> output: T",
    T=EVERY,
    Tlen=INDICES,
    batch_dim=0,
    shape=unchanged,
    lower=_lower_reverse_sequence,
    gradient=lambda op, grad: [
        reverse_sequence(grad, op.inputs[1], seq_axis=op.attr["seq_dim"], batch_axis=op.attr["batch_dim"]),
        None,
    ],
)


def reverse_sequence(
    input: Any,
    seq_lengths: Any,
    seq_axis: int | None = None,
    batch_axis: int | None = None,
    name: str | None = None,
    seq_dim: int | None = None,
    batch_dim: int | None = None,
) -> Tensor:
    """Reverses the first `seq_lengths[i]` elements along `seq_axis` of each item i of `batch_axis`. Mirrors `tf.reverse_sequence`."""
    seq = seq_axis if seq_axis is not None else seq_dim
    batch = batch_axis if batch_axis is not None else batch_dim
    return _node("ReverseSequence", input, seq_lengths, seq_dim=seq, batch_dim=batch or 0, name=name)


def _lower_roll(k: Any, x: Any, shift: Any, axis: Any) -> Any:
    return k.xp.roll(x, tuple(int(s) for s in np.ravel(shift)), tuple(int(a) for a in np.ravel(axis)))


register(
    "Roll",
    "input: T, shift: Tshift, axis: Taxis -> output: T",
    T=EVERY,
    Tshift=INDICES,
    Taxis=INDICES,
    shape=unchanged,
    lower=_lower_roll,
    gradient=lambda op, grad: [roll(grad, -op.inputs[1], op.inputs[2]), None, None],
)


def roll(input: Any, shift: Any, axis: Any, name: str | None = None) -> Tensor:
    """Moves the elements by `shift` places along axes; those that leave at one end enter at the other. Mirrors `tf.roll`."""
    return _node("Roll", input, shift, axis, name=name)


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
