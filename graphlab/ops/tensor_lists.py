"""The ops behind `tf.TensorArray`; the flow between them carries the content of the list."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import EVERY
from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import SCALAR, UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays
from graphlab.ops.scopes import control_dependencies
from graphlab.ops.shape_rules import nothing, scalar
from graphlab.ops.tensor_array_values import (
    array_with,
    array_with_rows,
    blank,
    concatenated,
    count,
    element,
    gathered,
    gradients_of,
    pieces,
)
from graphlab.ops.tensor_arrays import TensorArray


def _list_op(op_type: str, signature: str, lower: Any, shape: Any, gradient: Any = None, **attributes: Any) -> None:
    register(
        op_type,
        signature,
        shape=shape,
        lower=lower,
        effect=Effect.LIST,
        gradient=gradient,
        stops_gradient=gradient is None,
        **attributes,
    )


def _source(tensor: Tensor) -> str:
    """Which call of tf.gradients a gradient belongs to, by its name.

    Raises:
        ValueError: the name does not tell.
    """
    parts = tensor.name.split("/")
    positions = [i for i, part in enumerate(parts) if part.startswith("gradients")]
    if not positions:
        raise ValueError(
            f"The gradient {tensor.name} of a TensorArray must lie in a scope that starts with 'gradients'. Pass no other name= to tf.gradients."
        )
    return "/".join(parts[: positions[-1] + 1])


def _gradient_list(op: Operation, dtype: Any, source: Tensor, flow: Tensor) -> TensorArray:
    forward = TensorArray(dtype, handle=op.inputs[0], flow=flow, colocate_with_first_write_call=False)
    return forward.grad(_source(source), flow)


def _after_writing(op: Operation, flow: Tensor) -> Tensor:
    """The flow of the gradients, to be used once the forward list is complete."""
    written = arrays.identity(op.outputs[0], "flow_out")
    with control_dependencies([written]):
        return arrays.identity(flow, "write_barrier")


def _read_gradient(op: Operation, grad: Tensor) -> list[Any]:
    return [None, None, _gradient_list(op, op.attr["dtype"], grad, op.inputs[2]).write(op.inputs[1], grad).flow]


def _write_gradient(op: Operation, flow: Tensor) -> list[Any]:
    flow = _after_writing(op, flow)
    return [None, None, _gradient_list(op, op.attr["T"], flow, flow).read(op.inputs[1]), flow]


def _gather_gradient(op: Operation, grad: Tensor) -> list[Any]:
    return [None, None, _gradient_list(op, op.attr["dtype"], grad, op.inputs[2]).scatter(op.inputs[1], grad).flow]


def _scatter_gradient(op: Operation, flow: Tensor) -> list[Any]:
    flow = _after_writing(op, flow)
    return [None, None, _gradient_list(op, op.attr["T"], flow, flow).gather(op.inputs[1]), flow]


def _concat_gradient(op: Operation, grad: Tensor, _: Any) -> list[Any]:
    return [None, _gradient_list(op, op.attr["dtype"], grad, op.inputs[1]).split(grad, op.outputs[1]).flow]


def _split_gradient(op: Operation, flow: Tensor) -> list[Any]:
    flow = _after_writing(op, flow)
    return [None, _gradient_list(op, op.attr["T"], flow, flow).concat(), None, flow]


def _gathered_shape(op: Operation) -> TensorShape:
    return TensorShape.of((None,)).concatenate(op.attr["element_shape"])


_list_op(
    "TensorArrayV3",
    "size: int32 -> handle: resource, flow: float32",
    blank,
    lambda op: (TensorShape.of((2,)), SCALAR),
    element_shape=UNKNOWN,
    dynamic_size=False,
    clear_after_read=True,
    identical_element_shapes=False,
    tensor_array_name="",
    dtype=EVERY,
)
_list_op(
    "TensorArrayGradV3",
    "handle: resource, flow_in: float32 -> grad_handle: resource, flow_out: float32",
    lambda k, handle, flow: (gradients_of(handle), flow),
    lambda op: (TensorShape.of((2,)), SCALAR),
)
_list_op(
    "TensorArrayWriteV3",
    "handle: resource, index: int32, value: T, flow_in: float32 -> flow_out: float32",
    array_with,
    scalar,
    _write_gradient,
    T=EVERY,
)
_list_op(
    "TensorArrayReadV3",
    "handle: resource, index: int32, flow_in: float32 -> value: dtype",
    element,
    lambda op: UNKNOWN,
    _read_gradient,
    dtype=EVERY,
)
_list_op(
    "TensorArrayGatherV3",
    "handle: resource, indices: int32, flow_in: float32 -> value: dtype",
    gathered,
    _gathered_shape,
    _gather_gradient,
    dtype=EVERY,
    element_shape=UNKNOWN,
)
_list_op(
    "TensorArrayScatterV3",
    "handle: resource, indices: int32, value: T, flow_in: float32 -> flow_out: float32",
    array_with_rows,
    scalar,
    _scatter_gradient,
    T=EVERY,
)
_list_op(
    "TensorArrayConcatV3",
    "handle: resource, flow_in: float32 -> value: dtype, lengths: int64",
    concatenated,
    lambda op: (UNKNOWN, TensorShape.of((None,))),
    _concat_gradient,
    dtype=EVERY,
    element_shape_except0=UNKNOWN,
)
_list_op(
    "TensorArraySplitV3",
    "handle: resource, value: T, lengths: int64, flow_in: float32 -> flow_out: float32",
    pieces,
    scalar,
    _split_gradient,
    T=EVERY,
)
_list_op("TensorArraySizeV3", "handle: resource, flow_in: float32 -> size: int32", count, scalar)
_list_op("TensorArrayCloseV3", "handle: resource ->", lambda k, handle: (), nothing)
