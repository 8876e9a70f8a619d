"""The records of the ops that conditionals and loops are made of."""

from __future__ import annotations

from typing import Any, Final

from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import SCALAR, UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation
from graphlab.ops import flow_gradients
from graphlab.ops.shape_rules import nothing, scalar, unchanged
from graphlab.ops.switches import PARALLEL_ITERATIONS


def _merged_shape(op: Operation) -> tuple[TensorShape, TensorShape]:
    """What all inputs agree on: each brings the value in some run."""
    first, *others = [t.shape.extents for t in op.inputs]
    for other in others:
        if first is None or other is None or len(first) != len(other):
            return UNKNOWN, SCALAR
        first = tuple(a if a == b else None for a, b in zip(first, other, strict=True))
    return TensorShape.of(first), SCALAR


def _both(op: Operation) -> tuple[TensorShape, TensorShape]:
    if op.inputs[1].shape.ndims:
        raise ValueError(f"Shape must be rank 0 but is rank {op.inputs[1].shape.ndims}")
    return op.inputs[0].shape, op.inputs[0].shape


def _entered(op: Operation) -> TensorShape:
    """Only a constant of the loop is known to keep its shape."""
    return op.inputs[0].shape if op.attr["is_constant"] else UNKNOWN


def _never(k: Any, *_: Any) -> Any:
    raise NotImplementedError(f"Operation '{k.name}' belongs to a conditional or loop and has no value by itself.")


def _flow(op_type: str, signature: str, shape: Any, gradient: Any, **defaults: Any) -> None:
    """Registers an op type, and the one for variables' buffers where there is one."""
    register(op_type, signature, shape=shape, lower=_never, gradient=gradient, effect=Effect.FLOW, **defaults)
    if op_type != "LoopCond":
        of_buffers = signature.replace(": T", ": Ref(T)").replace("N*T", "N*Ref(T)")
        register(
            f"Ref{op_type}", of_buffers, shape=shape, lower=_never, gradient=gradient, effect=Effect.FLOW, **defaults
        )


_ENTER: Final[dict[str, Any]] = {"is_constant": False, "parallel_iterations": PARALLEL_ITERATIONS}
_flow("Switch", "data: T, pred: bool -> output_false: T, output_true: T", _both, flow_gradients.of_switch)
_flow("Merge", "inputs: N*T -> output: T, value_index: int32", _merged_shape, flow_gradients.of_merge)
_flow("Enter", "data: T -> output: T", _entered, flow_gradients.of_enter, **_ENTER)
_flow("Exit", "data: T -> output: T", unchanged, flow_gradients.of_exit)
_flow("NextIteration", "data: T -> output: T", unchanged, flow_gradients.of_next_iteration)
_flow("LoopCond", "input: bool -> output: bool", scalar, flow_gradients.of_condition)
register("ControlTrigger", "->", shape=nothing, lower=lambda k: (), effect=Effect.FLOW)
