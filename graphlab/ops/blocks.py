"""Moving blocks of pixels between the plane and the channels."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import EVERY
from graphlab.graph.registry import register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build


def _extents(op: Operation) -> tuple[int, int | None, int | None, int | None, int | None]:
    if op.attr["data_format"] != "NHWC":
        raise ValueError(
            f"Only data_format NHWC is supported, not {op.attr['data_format']}; transpose the images first."
        )
    batch, height, width, depth = op.inputs[0].shape.with_rank(4).known
    return op.attr["block_size"], batch, height, width, depth


def _divided(extent: int | None, block: int) -> int | None:
    if extent is not None and extent % block:
        raise ValueError(f"Dimension size must be evenly divisible by {block} but is {extent}")
    return None if extent is None else extent // block


def _times(extent: int | None, factor: int) -> int | None:
    return None if extent is None else extent * factor


def _to_depth_shape(op: Operation) -> TensorShape:
    block, batch, height, width, depth = _extents(op)
    return TensorShape.of((batch, _divided(height, block), _divided(width, block), _times(depth, block * block)))


def _to_space_shape(op: Operation) -> TensorShape:
    block, batch, height, width, depth = _extents(op)
    return TensorShape.of((batch, _times(height, block), _times(width, block), _divided(depth, block * block)))


def _lower_to_depth(k: Any, x: Any) -> Any:
    b = k.attr["block_size"]
    n, h, w, d = x.shape
    parts = k.xp.reshape(x, (n, h // b, b, w // b, b, d))
    return k.xp.reshape(k.xp.transpose(parts, (0, 1, 3, 2, 4, 5)), (n, h // b, w // b, b * b * d))


def _lower_to_space(k: Any, x: Any) -> Any:
    b = k.attr["block_size"]
    n, h, w, d = x.shape
    parts = k.xp.reshape(x, (n, h, w, b, b, d // (b * b)))
    return k.xp.reshape(k.xp.transpose(parts, (0, 1, 3, 2, 4, 5)), (n, h * b, w * b, d // (b * b)))


register(
    "SpaceToDepth",
    "input: T -> output: T",
    T=EVERY,
    data_format="NHWC",
    shape=_to_depth_shape,
    lower=_lower_to_depth,
    gradient=lambda op, grad: depth_to_space(grad, op.attr["block_size"]),
)
register(
    "DepthToSpace",
    "input: T -> output: T",
    T=EVERY,
    data_format="NHWC",
    shape=_to_space_shape,
    lower=_lower_to_space,
    gradient=lambda op, grad: space_to_depth(grad, op.attr["block_size"]),
)


def space_to_depth(input: Any, block_size: int, name: str | None = None, data_format: str = "NHWC") -> Tensor:
    """Puts each block of pixels into the channels of one. Mirrors `tf.space_to_depth`."""
    result: Tensor = build.add("SpaceToDepth", input, block_size=block_size, data_format=data_format, name=name)
    return result


def depth_to_space(input: Any, block_size: int, name: str | None = None, data_format: str = "NHWC") -> Tensor:
    """Spreads the channels of each pixel over a block of pixels. Mirrors `tf.depth_to_space`."""
    result: Tensor = build.add("DepthToSpace", input, block_size=block_size, data_format=data_format, name=name)
    return result
