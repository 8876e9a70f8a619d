"""Node attributes as readable text, and what they say of a node's outputs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from tensorboard.compat.proto.attr_value_pb2 import AttrValue
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.compat.proto.types_pb2 import DataType
from tensorboard.util import tensor_util

UNKNOWN_SHAPE = 0
MAX_ATTRIBUTE_BYTES = 1024
MAX_TENSOR_ELEMENTS = 16

_OUTPUT_SHAPES = "_output_shapes"
_TYPE_LISTS = ("Tout", "output_types", "component_types", "dtypes")
_TYPES = ("DstT", "out_type", "output_type", "dtype", "T", "SrcT")
_BOOLEAN_OPS = frozenset(
    "All Any Equal Greater GreaterEqual InTopK InTopKV2 IsFinite IsInf IsNan IsVariableInitialized Less LessEqual"
    " LogicalAnd LogicalNot LogicalOr NotEqual VarIsInitializedOp".split()
)
_STRING_OPS = frozenset(
    "AsString HistogramSummary ImageSummary MergeSummary ScalarSummary StringJoin TensorSummary TensorSummaryV2".split()
)
_SINKS = frozenset("Assert NoOp SaveV2 SaveSlices AssignVariableOp".split())


class Attributes(NamedTuple):
    """What the attributes of one node say."""

    text: str
    outputs: tuple[tuple[str, int], ...]


class AttributeTable:
    """Reads attribute maps; equal maps are read once, as graphs repeat few of them many times."""

    def __init__(self) -> None:
        self._read: dict[tuple[Any, ...], Attributes] = {}
        self._shapes: dict[tuple[int, ...] | None, int] = {None: UNKNOWN_SHAPE}

    @property
    def shape_count(self) -> int:
        """How many distinct shapes were met; index 0 means an unknown rank."""
        return len(self._shapes) if len(self._shapes) > 1 else 0

    def read(self, op: str, attributes: Mapping[str, AttrValue]) -> Attributes:
        """Gives the attributes as JSON text, and data type and shape index of each output."""
        key = (op, *[(name, value.SerializeToString()) for name, value in attributes.items()])
        known = self._read.get(key)
        if known is None:
            known = self._read[key] = self._describe(op, attributes)
        return known

    def shape_columns(self, start: int) -> dict[str, np.ndarray[Any, Any] | bytes]:
        """Gives the shapes from index `start` on: dimensions end to end, -1 for an unknown one, and a rank of -1."""
        shapes = list(self._shapes)[start:]
        ranks = np.array([-1 if shape is None else len(shape) for shape in shapes], np.int32)
        dims = np.array([dim for shape in shapes for dim in shape or ()], np.float64)
        return {"shapeRank": ranks, "shapeDims": dims}

    def _describe(self, op: str, attributes: Mapping[str, AttrValue]) -> Attributes:
        texts = {name: _describe_value(attributes[name]) for name in sorted(attributes) if name != _OUTPUT_SHAPES}
        text = json.dumps(texts, ensure_ascii=False, separators=(",", ":")) if texts else ""
        types = _output_types(op, attributes)
        if _OUTPUT_SHAPES in attributes:
            shapes = [self._shape_index(shape) for shape in attributes[_OUTPUT_SHAPES].list.shape]
        else:
            shapes = [UNKNOWN_SHAPE] * (0 if op in _SINKS else max(1, len(types)))
        last = types[-1] if types else ""
        outputs = tuple((types[i] if i < len(types) else last, shape) for i, shape in enumerate(shapes))
        return Attributes(text, outputs)

    def _shape_index(self, shape: TensorShapeProto) -> int:
        dims = None if shape.unknown_rank else tuple(dim.size for dim in shape.dim)
        return self._shapes.setdefault(dims, len(self._shapes))


def _output_types(op: str, attributes: Mapping[str, AttrValue]) -> list[str]:
    if op in _BOOLEAN_OPS:
        return ["bool"]
    if op in _STRING_OPS:
        return ["string"]
    for name in _TYPE_LISTS:
        if name in attributes and attributes[name].list.type:
            return [_type_name(value) for value in attributes[name].list.type]
    for name in _TYPES:
        if name in attributes and attributes[name].WhichOneof("value") == "type":
            return [_type_name(attributes[name].type)]
    return []


def _type_name(value: int) -> str:
    name = DataType.Name(value) if value in DataType.values() else f"type {value}"
    return name.removeprefix("DT_").lower().replace("float", "float32").replace("float3264", "float64")


def _describe_value(value: AttrValue) -> str:
    kind = value.WhichOneof("value")
    if kind == "tensor":
        return _describe_tensor(value.tensor)
    if value.ByteSize() > MAX_ATTRIBUTE_BYTES:
        return f"too large to show ({value.ByteSize():,} bytes)"
    if kind == "list":
        field = next((entry for entry in value.list.ListFields()), None)
        items = [] if field is None else field[1]
        return "[" + ", ".join(_describe_item(None if field is None else field[0].name, item) for item in items) + "]"
    return "" if kind is None else _describe_item(kind, getattr(value, kind))


def _describe_item(kind: str | None, item: Any) -> str:
    if kind == "type":
        return _type_name(item)
    if kind == "shape":
        return "unknown" if item.unknown_rank else "[" + ", ".join(_describe_dim(dim.size) for dim in item.dim) + "]"
    if kind == "tensor":
        return _describe_tensor(item)
    if kind == "func":
        return str(item.name)
    if isinstance(item, bytes):
        return item.decode("utf-8", "replace")
    if isinstance(item, bool):
        return "true" if item else "false"
    return f"{item:.6g}" if isinstance(item, float) else str(item)


def _describe_dim(size: int) -> str:
    return "?" if size < 0 else str(size)


def _describe_tensor(tensor: TensorProto) -> str:
    dims = [dim.size for dim in tensor.tensor_shape.dim]
    count = int(np.prod(dims, dtype=np.float64)) if dims else 1
    name = _type_name(tensor.dtype)
    if count > MAX_TENSOR_ELEMENTS or tensor.ByteSize() > MAX_ATTRIBUTE_BYTES:
        return f"{name} {'×'.join(map(str, dims))} ({count:,} values)"
    try:
        array = tensor_util.make_ndarray(tensor)
    except (TypeError, ValueError):
        return f"{name} {'×'.join(map(str, dims))} (not readable)"
    if array.dtype == object:
        array = np.array([item.decode("utf-8", "replace") for item in array.ravel()]).reshape(array.shape)
    return np.array2string(array, precision=6, separator=", ", max_line_width=10_000, threshold=64)
