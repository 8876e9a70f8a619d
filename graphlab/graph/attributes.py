"""Attributes between Python values and TensorFlow's `AttrValue`, tensors between arrays and `TensorProto`."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from tensorboard.compat.proto import attr_value_pb2, node_def_pb2, tensor_pb2, tensor_shape_pb2

from graphlab.graph import dtypes
from graphlab.graph.dtypes import DType
from graphlab.graph.shapes import TensorShape

_FIELD: Final = {
    dtypes.float32: "float_val",
    dtypes.float64: "double_val",
    dtypes.int32: "int_val",
    dtypes.uint8: "int_val",
    dtypes.int16: "int_val",
    dtypes.uint16: "int_val",
    dtypes.int8: "int_val",
    dtypes.int64: "int64_val",
    dtypes.uint32: "uint32_val",
    dtypes.uint64: "uint64_val",
    dtypes.bool_: "bool_val",
    dtypes.string: "string_val",
    dtypes.float16: "half_val",
    dtypes.bfloat16: "half_val",
    dtypes.complex64: "scomplex_val",
    dtypes.complex128: "dcomplex_val",
}


def node_def(op: Any) -> node_def_pb2.NodeDef:
    """Returns an operation as TensorFlow's message."""
    node = node_def_pb2.NodeDef(name=op.name, op=op.type, device=op.device)
    for tensor in op.inputs:
        node.input.append(tensor.op.name if tensor.value_index == 0 else f"{tensor.op.name}:{tensor.value_index}")
    node.input.extend(sorted(f"^{control.name}" for control in op.control_inputs))
    for name, value in op.attr.items():
        set_attr(node.attr[name], value)
    return node


def set_attr(proto: attr_value_pb2.AttrValue, value: Any) -> None:
    """Writes a Python value into an `AttrValue`; the value's type decides the field."""
    if isinstance(value, (list, tuple)):
        proto.list.SetInParent()
        for item in value:
            _append(proto.list, item)
        return
    _set_one(proto, value)


def attr_value(proto: attr_value_pb2.AttrValue) -> Any:
    """Returns an `AttrValue` as a Python value."""
    kind = proto.WhichOneof("value")
    if kind == "list":
        for field, items in proto.list.ListFields():
            return [_python(field.name, item) for item in items]
        return []
    return None if kind is None else _python(kind, getattr(proto, kind))


def make_tensor_proto(array: np.ndarray[Any, Any], dtype: DType) -> tensor_pb2.TensorProto:
    """Returns an array as a `TensorProto`, encoded as TensorFlow's own Python does: many numbers as raw bytes."""
    proto = tensor_pb2.TensorProto(dtype=dtype.as_datatype_enum, tensor_shape=TensorShape(array.shape).as_proto())
    if dtype is dtypes.string:
        proto.string_val.extend(x if isinstance(x, bytes) else str(x).encode() for x in array.ravel())
    elif array.size > 1:
        proto.tensor_content = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
    else:
        getattr(proto, _FIELD[dtype]).extend(_scalars(array, dtype))
    return proto


def make_ndarray(proto: tensor_pb2.TensorProto) -> np.ndarray[Any, Any]:
    """Returns a `TensorProto` as an array; a value list shorter than the shape repeats its last value.

    Raises:
        ValueError: the content does not fit the shape.
    """
    dtype = dtypes.as_dtype(proto.dtype).base_dtype
    shape = tuple(d.size for d in proto.tensor_shape.dim)
    size = int(np.prod(shape, dtype=np.int64))
    if proto.tensor_content:
        if len(proto.tensor_content) != size * dtype.numpy.itemsize:
            raise ValueError(
                f"A tensor of shape {shape} and type {dtype.name} holds {len(proto.tensor_content)} bytes, which do not fit."
            )
        return np.frombuffer(proto.tensor_content, dtype=dtype.numpy).reshape(shape)
    values = _from_scalars(list(getattr(proto, _FIELD[dtype])), dtype)
    if len(values) > size:
        raise ValueError(f"A tensor of shape {shape} holds {len(values)} values, more than its {size} elements.")
    if len(values) < size:
        fill = values[-1:] if len(values) else np.zeros(1, dtype.numpy)
        values = np.concatenate([values, np.repeat(fill, size - len(values))])
    return values.reshape(shape)


def _scalars(array: np.ndarray[Any, Any], dtype: DType) -> Any:
    if dtype in (dtypes.float16, dtypes.bfloat16):
        return array.view(np.uint16).ravel().tolist()
    if dtype.is_complex:
        return [part for x in array.ravel().tolist() for part in (x.real, x.imag)]
    return array.ravel().tolist()


def _from_scalars(values: list[Any], dtype: DType) -> np.ndarray[Any, Any]:
    if dtype in (dtypes.float16, dtypes.bfloat16):
        return np.array(values, np.uint16).view(dtype.numpy)
    if dtype.is_complex:
        pairs = np.array(values, np.float64).reshape(-1, 2)
        return (pairs[:, 0] + 1j * pairs[:, 1]).astype(dtype.numpy)
    if dtype is dtypes.string:
        array = np.empty(len(values), object)
        array[:] = values
        return array
    return np.array(values, dtype.numpy)


def _set_one(proto: attr_value_pb2.AttrValue, value: Any) -> None:
    if isinstance(value, DType):
        proto.type = value.as_datatype_enum
    elif isinstance(value, bool):
        proto.b = value
    elif isinstance(value, (int, np.integer)):
        proto.i = int(value)
    elif isinstance(value, float):
        proto.f = value
    elif isinstance(value, (str, bytes)):
        proto.s = value.encode() if isinstance(value, str) else value
    elif isinstance(value, TensorShape):
        proto.shape.CopyFrom(value.as_proto())
    elif isinstance(value, np.ndarray):
        proto.tensor.CopyFrom(make_tensor_proto(value, dtypes.as_dtype(value.dtype)))
    else:
        raise TypeError(
            f"An attribute cannot hold {value!r}: needed is a type, bool, int, float, string, shape, array or a list of one of them."
        )


def _append(proto: attr_value_pb2.AttrValue.ListValue, value: Any) -> None:
    one = attr_value_pb2.AttrValue()
    _set_one(one, value)
    kind = one.WhichOneof("value")
    if kind is None:
        raise TypeError(f"An attribute list cannot hold {value!r}.")
    field: Any = getattr(proto, kind)
    item = getattr(one, kind)
    if isinstance(item, (tensor_shape_pb2.TensorShapeProto, tensor_pb2.TensorProto)):
        field.add().CopyFrom(item)
    else:
        field.append(item)


def _python(kind: str, value: Any) -> Any:
    match kind:
        case "type":
            return dtypes.as_dtype(value)
        case "shape":
            return TensorShape(value)
        case "tensor":
            return make_ndarray(value)
        case "s":
            return _text(value)
        case "b" | "i" | "f":
            return value
        case _:
            raise NotImplementedError(f"Attributes of kind {kind!r} are not supported.")


def _text(value: bytes) -> str | bytes:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value
