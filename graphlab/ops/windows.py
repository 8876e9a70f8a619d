"""The geometry that convolution and pooling share: layouts of images, strides, paddings, extents of outputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jax
import numpy as np

Paddings = list[tuple[int, int]] | str


def spatial_axes(data_format: str) -> tuple[int, int]:
    """Returns the axes of height and width of a batch of images in the layout `NHWC` or `NCHW`.

    Raises:
        ValueError: the layout is another one.
    """
    if data_format == "NHWC":
        return 1, 2
    if data_format == "NCHW":
        return 2, 3
    raise ValueError(f'data_format must be "NHWC" or "NCHW", not {data_format!r}')


def channel_axis(data_format: str) -> int:
    """Returns the axis of the channels."""
    return 3 if data_format == "NHWC" else 1


def per_axis(value: Any, data_format: str, name: str) -> list[int]:
    """Returns one integer for each of the four axes from 1, 2 or 4 of them; batch and channels get 1.

    Raises:
        ValueError: there is another number of integers.
    """
    values = [1] if value is None else [int(v) for v in np.ravel(value)]
    if len(values) == 1:
        values *= 2
    if len(values) == 2:
        return [1, 1, *values] if data_format == "NCHW" else [1, *values, 1]
    if len(values) != 4:
        raise ValueError(f"{name} should be of length 1, 2 or 4. Received: {name}={value} of length {len(values)}")
    return values


def padding_attributes(padding: Any) -> dict[str, Any]:
    """Returns the attributes `padding` and `explicit_paddings` from a name or from pairs for each of the four axes.

    Raises:
        ValueError: the pairs are not four pairs.
    """
    if padding == "EXPLICIT":
        raise ValueError("'EXPLICIT' is not a valid value for `padding`. Give a list of four pairs (before, after).")
    if not isinstance(padding, (list, tuple)):
        return {"padding": padding, "explicit_paddings": []}
    pairs = list(padding)
    if len(pairs) != 4 or any(not isinstance(pair, (list, tuple)) or len(pair) != 2 for pair in pairs):
        raise ValueError(
            f"When `padding` is a list, it must hold four pairs (before, after). Received: padding={padding}"
        )
    return {"padding": "EXPLICIT", "explicit_paddings": [int(p) for pair in pairs for p in pair]}


def check_padding(op: Any, allowed: tuple[str, ...]) -> None:
    """Raises ValueError unless the attribute `padding` of an operation is one of `allowed`."""
    if op.attr["padding"] not in allowed:
        names = ", ".join(f'"{name}"' for name in allowed)
        raise ValueError(f"Attr 'padding' of '{op.type}' Op passed string {op.attr['padding']!r} not in: {names}")


def check_rank(shape: Any, rank: int) -> None:
    """Raises ValueError when a static shape is known to have another rank."""
    if shape.ndims not in (None, rank):
        raise ValueError(f"Shape must be rank {rank} but is rank {shape.ndims}")


def paddings(attr: Mapping[str, Any]) -> Paddings:
    """Returns the paddings of all four axes as JAX takes them: a name, or pairs."""
    if attr["padding"] != "EXPLICIT":
        name: str = attr["padding"]
        return name
    flat = attr["explicit_paddings"]
    return [(int(a), int(b)) for a, b in zip(flat[::2], flat[1::2], strict=True)]


def output_extent(extent: int | None, window: int | None, attr: Mapping[str, Any], axis: int) -> int | None:
    """Returns how many windows lie along an axis.

    Args:
        extent: the extent of the input.
        window: the extent of the window.
        attr: the attributes of the operation: strides, paddings, perhaps dilations.
        axis: the axis.

    Raises:
        ValueError: the window is larger than the padded input.
    """
    stride = int(attr["strides"][axis])
    if extent is None or (window is None and attr["padding"] != "SAME"):
        return None
    if attr["padding"] == "SAME":
        return -(-extent // stride)
    pads = paddings(attr)
    padded = extent + (0 if isinstance(pads, str) else sum(pads[axis]))
    dilation = int(attr.get("dilations", [1] * 4)[axis])
    reach = ((window or 1) - 1) * dilation + 1
    if padded < reach:
        raise ValueError(f"Computed output size would be negative: a window of {reach} does not fit into {padded}")
    return (padded - reach) // stride + 1


def on_jax(k: Any, compute: Callable[..., Any], *arrays: Any) -> Any:
    """Computes with JAX in both tiers; what only `jax.lax` has is compiled by itself while NumPy runs the rest."""
    if k.xp is not np:
        return compute(*arrays)
    with jax.enable_x64(True):
        return np.asarray(compute(*arrays))
