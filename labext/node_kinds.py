"""Nodes that differ in name and inputs only are of one kind; what a kind says is read once."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from tensorboard.compat.proto.attr_value_pb2 import AttrValue
from tensorboard.compat.proto.node_def_pb2 import NodeDef

from labext.attributes import describe, type_name
from labext.tables import Columns, ShapeTable, StringTable

_OUTPUT_SHAPES = "_output_shapes"
_TYPE_LISTS = ("Tout", "output_types", "component_types", "dtypes")
_TYPES = ("DstT", "out_type", "output_type", "dtype", "T", "SrcT")
_BOOLEAN_OPS = frozenset(
    [
        "All",
        "Any",
        "Equal",
        "Greater",
        "GreaterEqual",
        "InTopK",
        "InTopKV2",
        "IsFinite",
        "IsInf",
        "IsNan",
        "IsVariableInitialized",
        "Less",
        "LessEqual",
        "LogicalAnd",
        "LogicalNot",
        "LogicalOr",
        "NotEqual",
        "VarIsInitializedOp",
    ]
)
_STRING_OPS = frozenset(
    [
        "AsString",
        "HistogramSummary",
        "ImageSummary",
        "MergeSummary",
        "ScalarSummary",
        "StringJoin",
        "TensorSummary",
        "TensorSummaryV2",
    ]
)
_SINKS = frozenset(["Assert", "NoOp", "SaveV2", "SaveSlices", "AssignVariableOp"])


class KindTable(dict[bytes, int]):
    """Kinds of nodes by their NodeDef messages without name and inputs: op type, device, attributes, outputs."""

    def __init__(self, strings: StringTable, shapes: ShapeTable) -> None:
        super().__init__()
        self._strings = strings
        self._shapes = shapes
        self._texts: list[tuple[int, int, int]] = []
        self._outputs: list[list[tuple[int, int]]] = []

    def __missing__(self, key: bytes) -> int:
        """Reads a kind that is seen for the first time."""
        self._add(NodeDef.FromString(key))
        kind = self[key] = len(self)
        return kind

    def columns(self, numbers: Sequence[int]) -> tuple[npt.NDArray[np.int64], Columns]:
        """Gives the number of outputs of each node, and the columns of nodes of these kinds."""
        kinds = np.array(numbers, np.int64)
        texts = np.array(self._texts, np.uint32).reshape(-1, 3)[kinds]
        table = np.array([*itertools.chain.from_iterable(self._outputs)], np.uint32).reshape(-1, 2)
        lengths = np.array([len(outputs) for outputs in self._outputs], np.int64)
        counts = lengths[kinds]
        first = (np.cumsum(lengths) - lengths)[kinds]
        before = np.cumsum(counts) - counts
        outputs = table[np.repeat(first - before, counts) + np.arange(counts.sum())]
        columns: Columns = {
            "op": np.ascontiguousarray(texts[:, 0]),
            "device": np.ascontiguousarray(texts[:, 1]),
            "attributes": np.ascontiguousarray(texts[:, 2]),
            "outputType": np.ascontiguousarray(outputs[:, 0]),
            "outputShape": np.ascontiguousarray(outputs[:, 1]),
        }
        return counts, columns

    def _add(self, node: NodeDef) -> None:
        intern = self._strings.intern
        attributes = node.attr
        texts = {name: describe(attributes[name]) for name in sorted(attributes) if name != _OUTPUT_SHAPES}
        text = json.dumps(texts, ensure_ascii=False, separators=(",", ":")) if texts else ""
        self._texts.append((intern(node.op), intern(node.device), intern(text)))
        types = _output_types(node.op, attributes)
        if _OUTPUT_SHAPES in attributes:
            shapes = [
                self._shapes.intern(None if shape.unknown_rank else [dim.size for dim in shape.dim])
                for shape in attributes[_OUTPUT_SHAPES].list.shape
            ]
        else:
            shapes = [self._shapes.intern(None)] * (0 if node.op in _SINKS else max(1, len(types)))
        last = types[-1] if types else ""
        self._outputs.append([(intern(types[i] if i < len(types) else last), shape) for i, shape in enumerate(shapes)])


def _output_types(op: str, attributes: Mapping[str, AttrValue]) -> list[str]:
    if op in _BOOLEAN_OPS:
        return ["bool"]
    if op in _STRING_OPS:
        return ["string"]
    for name in _TYPE_LISTS:
        if name in attributes and attributes[name].list.type:
            return [type_name(value) for value in attributes[name].list.type]
    for name in _TYPES:
        if name in attributes and attributes[name].WhichOneof("value") == "type":
            return [type_name(attributes[name].type)]
    return []
