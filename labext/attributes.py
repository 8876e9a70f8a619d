"""Attribute values as readable text."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
from tensorboard.compat.proto.attr_value_pb2 import AttrValue
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.compat.proto.types_pb2 import DataType
from tensorboard.util import tensor_util

MAX_ATTRIBUTE_BYTES = 1024
MAX_TENSOR_ELEMENTS = 16

_FLOATS = {"float": "float32", "double": "float64", "half": "float16"}


@functools.cache
def type_name(value: int) -> str:
    """Names a data type as NumPy does; an unknown one by its number."""
    if value not in DataType.values():
        return f"type {value}"
    name = str(DataType.Name(value)).removeprefix("DT_").lower()
    plain = name.removesuffix("_ref")
    return _FLOATS.get(plain, plain) + name[len(plain) :]


def describe(value: AttrValue) -> str:
    """Describes a value in one line; of what is large, its size."""
    kind = value.WhichOneof("value")
    if kind == "tensor":
        return _describe_tensor(value.tensor)
    if value.ByteSize() > MAX_ATTRIBUTE_BYTES:
        return f"too large to show ({value.ByteSize():,} bytes)"
    if kind == "list":
        field = next(iter(value.list.ListFields()), None)
        return "[" + ", ".join(_describe_item(field[0].name, item) for item in field[1]) + "]" if field else "[]"
    return "" if kind is None else _describe_item(kind, getattr(value, kind))


def _describe_item(kind: str, item: Any) -> str:
    describers: dict[str, Callable[[Any], str]] = {
        "type": type_name,
        "shape": _describe_shape,
        "tensor": _describe_tensor,
    }
    if kind in describers:
        return describers[kind](item)
    if kind == "func":
        return str(item.name)
    if isinstance(item, bytes):
        return item.decode("utf-8", "replace")
    if isinstance(item, bool):
        return str(item).lower()
    return f"{item:.6g}" if isinstance(item, float) else str(item)


def _describe_shape(shape: TensorShapeProto) -> str:
    sizes = ("?" if dim.size < 0 else str(dim.size) for dim in shape.dim)
    return "unknown" if shape.unknown_rank else f"[{', '.join(sizes)}]"


def _describe_tensor(tensor: TensorProto) -> str:
    dims = [dim.size for dim in tensor.tensor_shape.dim]
    count = int(np.prod(dims, dtype=np.float64))
    shape = f"{type_name(tensor.dtype)} {'×'.join(map(str, dims))}"
    if count > MAX_TENSOR_ELEMENTS or tensor.ByteSize() > MAX_ATTRIBUTE_BYTES:
        return f"{shape} ({count:,} values)"
    try:
        array = tensor_util.make_ndarray(tensor)
    except (TypeError, ValueError):
        return f"{shape} (not readable)"
    if array.dtype == object:
        return (
            str([item.decode("utf-8", "replace") for item in array.ravel()])
            if dims
            else str(array.item().decode("utf-8", "replace"))
        )
    return (
        f"{array.item():.6g}"
        if array.ndim == 0 and array.dtype.kind == "f"
        else np.array2string(array, precision=6, separator=", ", max_line_width=10_000)
    )
