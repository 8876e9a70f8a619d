"""Shape rules that many op types share."""

from __future__ import annotations

from typing import Any

from graphlab.graph.shapes import SCALAR, UNKNOWN, TensorShape, broadcast


def unchanged(op: Any) -> TensorShape:
    """The output has the first input's shape."""
    shape: TensorShape = op.inputs[0].shape
    return shape


def broadcasted(op: Any) -> TensorShape:
    """The output has the shape to which the two inputs broadcast.

    Raises:
        ValueError: they do not broadcast.
    """
    a, b = op.inputs[0].shape, op.inputs[1].shape
    try:
        return broadcast(a, b)
    except ValueError:
        left, right = _clash(a, b)
        raise ValueError(f"Dimensions must be equal, but are {left} and {right}") from None


def merged(op: Any) -> TensorShape:
    """All inputs and the output have one shape.

    Raises:
        ValueError: the inputs' shapes contradict each other.
    """
    shape = UNKNOWN
    for tensor in op.inputs:
        shape = shape.merge_with(tensor.shape)
    return shape


def scalar(op: Any) -> TensorShape:
    """The output is a scalar."""
    return SCALAR


def nothing(op: Any) -> tuple[TensorShape, ...]:
    """There is no output."""
    return ()


def _clash(a: TensorShape, b: TensorShape) -> tuple[int | None, int | None]:
    for x, y in zip(reversed(a.known), reversed(b.known), strict=False):
        if x != y and 1 not in (x, y) and None not in (x, y):
            return x, y
    return None, None
