"""One canonical JSON form of a GraphDef, whoever wrote it.

TensorFlow and the engine hold the same messages in different protobuf classes, so the functions here only
read fields and are given the class that parses the bytes. Constants are decoded: how a writer packed their
values (`tensor_content`, `float_val`, a repeated last value) is no difference.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np

# What TensorFlow adds for its own bookkeeping and never needs to import or run a graph: shapes that it infers
# anew, a mark on every node that is somebody's control input, and the number of a Python function in its registry.
IGNORED_ATTRS = frozenset({"_output_shapes", "_has_manual_control_dependencies", "_gradient_op_type"})
LARGEST_INLINE_TENSOR = 64

Json = Any


class GraphMessageClass(Protocol):
    """A generated `GraphDef` class, TensorFlow's or tensorboard's."""

    def FromString(self, data: bytes) -> Any: ...  # protobuf's own name  # noqa: N802


_NUMPY_TYPES = {
    "DT_FLOAT": ("float32", "float_val"),
    "DT_DOUBLE": ("float64", "double_val"),
    "DT_INT8": ("int8", "int_val"),
    "DT_INT16": ("int16", "int_val"),
    "DT_INT32": ("int32", "int_val"),
    "DT_INT64": ("int64", "int64_val"),
    "DT_UINT8": ("uint8", "int_val"),
    "DT_UINT16": ("uint16", "int_val"),
    "DT_UINT32": ("uint32", "uint32_val"),
    "DT_UINT64": ("uint64", "uint64_val"),
    "DT_BOOL": ("bool", "bool_val"),
    "DT_HALF": ("float16", "half_val"),
    "DT_COMPLEX64": ("complex64", "scomplex_val"),
    "DT_COMPLEX128": ("complex128", "dcomplex_val"),
}


def graph_nodes(serialized: bytes, message_class: GraphMessageClass) -> list[Json]:
    """Return every node of a serialised GraphDef as JSON, in the order of the message."""
    return [node_json(node) for node in message_class.FromString(serialized).node]


def node_json(node: Any) -> Json:
    """Return one NodeDef as JSON: name, op, inputs in order, device if any, attributes by name."""
    attrs = {name: _attr(node.attr[name]) for name in sorted(node.attr) if name not in IGNORED_ATTRS}
    result: dict[str, Json] = {"name": node.name, "op": node.op, "inputs": list(node.input)}
    if node.device:
        result["device"] = node.device
    result["attrs"] = attrs
    return result


def _attr(value: Any) -> Json:
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    if kind == "list":
        return {"list": _list(value.list)}
    if kind == "func":
        return {"func": value.func.name}
    return {kind: _scalar(kind, getattr(value, kind), value)}


def _list(message: Any) -> Json:
    """Return a list attribute; an empty one says nothing of its element kind in the wire format."""
    for field in ("s", "i", "f", "b", "type", "shape", "tensor"):
        values: Iterable[Any] = getattr(message, field)
        converted = [_scalar(field, value, message) for value in values]
        if converted:
            return {field: converted}
    return {}


def _scalar(kind: str, value: Any, holder: Any) -> Json:
    if kind == "s":
        return _text(value)
    if kind == "type":
        return _type_name(holder, value)
    if kind == "shape":
        return _shape(value)
    if kind == "tensor":
        return _tensor(value)
    return value


def _text(value: bytes) -> Json:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode("ascii")}


def _type_name(holder: Any, number: int) -> str:
    field = holder.DESCRIPTOR.fields_by_name
    descriptor = field["type"] if "type" in field else field["dtype"]
    return str(descriptor.enum_type.values_by_number[number].name)


def _shape(message: Any) -> Json:
    """Return a list of sizes with None for an unknown one, or None for an unknown rank."""
    if message.unknown_rank:
        return None
    return [None if dim.size < 0 else dim.size for dim in message.dim]


def _tensor(message: Any) -> Json:
    """Return dtype, shape and the values of a constant, or their hash where they are many."""
    type_name = _type_name(message, message.dtype)
    shape = [dim.size for dim in message.tensor_shape.dim]
    result: dict[str, Json] = {"dtype": type_name, "shape": shape}
    if type_name == "DT_STRING":
        result["values"] = [_text(value) for value in message.string_val]
        return result
    if type_name not in _NUMPY_TYPES:
        result["unreadable"] = True
        return result
    values = _tensor_values(message, type_name, int(np.prod(shape, dtype=np.int64)))
    if values.size <= LARGEST_INLINE_TENSOR:
        result["values"] = [_number(value) for value in values.tolist()]
    else:
        result["sha256"] = hashlib.sha256(values.tobytes()).hexdigest()
    return result


def _tensor_values(message: Any, type_name: str, size: int) -> np.ndarray[Any, Any]:
    numpy_type, field = _NUMPY_TYPES[type_name]
    if message.tensor_content:
        return np.frombuffer(message.tensor_content, dtype=numpy_type)
    given = list(getattr(message, field))
    if type_name == "DT_HALF":
        listed = np.array(given, dtype=np.uint16).view(np.float16)
    elif numpy_type.startswith("complex"):
        listed = np.array([complex(a, b) for a, b in zip(given[::2], given[1::2], strict=True)], dtype=numpy_type)
    else:
        listed = np.array(given, dtype=numpy_type)
    # TensorFlow's rule: missing values repeat the last one given; none given means zeros.
    padding = listed[-1:] if listed.size else np.zeros(1, dtype=numpy_type)
    return np.concatenate([listed, np.repeat(padding, size - listed.size)])


def _number(value: Any) -> Json:
    if isinstance(value, complex):
        return [_number(value.real), _number(value.imag)]
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return value
