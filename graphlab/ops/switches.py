"""The ops that conditionals and loops are made of: they pass values on, or hold them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from graphlab.graph.graph import get_default_graph
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import colocate_with

PARALLEL_ITERATIONS: Final = 10


SWITCHES: Final = ("Switch", "RefSwitch")
MERGES: Final = ("Merge", "RefMerge")
ENTERS: Final = ("Enter", "RefEnter")
EXITS: Final = ("Exit", "RefExit")
NEXTS: Final = ("NextIteration", "RefNextIteration")


def switch(data: Tensor, pred: Tensor, name: str | None = None) -> list[Tensor]:
    """Returns two tensors, `(if false, if true)`, of which one has the value of `data` and the other has none."""
    result: list[Tensor] = _add("Switch", data, pred, name=name or "Switch")
    return result


def switch_beside(data: Tensor, pred: Tensor, name: str = "Switch") -> list[Tensor]:
    """Returns what `switch` returns, from an operation placed with `data`, which may be a variable's buffer."""
    with colocate_with(data, ignore_existing=True):
        result: list[Tensor] = _add("Switch", data, pred, name=name)
        return result


def merge(inputs: Sequence[Tensor], name: str | None = None) -> Tensor:
    """Returns the one of `inputs` that has a value."""
    is_ref = all(t.dtype.is_ref for t in inputs)
    result: list[Tensor] = build.add("RefMerge" if is_ref else "Merge", list(inputs), name=name or "Merge")
    return result[0]


def enter(
    data: Tensor,
    frame: str,
    is_constant: bool = False,
    parallel_iterations: int = PARALLEL_ITERATIONS,
    takes_shape: bool = True,
    name: str | None = None,
) -> Tensor:
    """Returns `data` inside the loop `frame`: in its first iteration, or in all where `is_constant`."""
    attrs = {"frame_name": frame, "is_constant": is_constant, "parallel_iterations": parallel_iterations}
    result: Tensor = _add("Enter", data, name=name, **attrs)
    if takes_shape:
        result.set_shape(data.shape)
    return result


def exit_(data: Tensor, name: str | None = None) -> Tensor:
    """Returns `data` outside of its loop, after the last iteration."""
    result: Tensor = _add("Exit", data, name=name)
    return result


def next_iteration(data: Tensor, name: str | None = None) -> Tensor:
    """Returns `data` in the next iteration of its loop."""
    result: Tensor = _add("NextIteration", data, name=name)
    return result


def loop_condition(pred: Any, name: str | None = None) -> Tensor:
    """Returns the truth value that decides whether a loop goes on."""
    result: Tensor = build.add("LoopCond", pred, name=name)
    return result


def control_trigger(name: str | None = None) -> Operation:
    """Adds an operation that runs after its control inputs even where these are skipped."""
    return get_default_graph().add_op("ControlTrigger", (), {}, name)


def close_loop(merged: Tensor, value: Any, checks_shape: bool = True) -> Tensor:
    """Makes a loop variable take `value` in the next iteration.

    Raises:
        ValueError: the value has not the shape of the variable.
    """
    following = next_iteration(convert_to_tensor(value))
    if checks_shape:
        _check_invariant(merged, following)
    merged.op.update_input(1, following)
    return following


def is_at_most(shape: TensorShape, bound: TensorShape) -> bool:
    """Whether every extent that `bound` knows is known and equal in `shape`."""
    if bound.extents is None:
        return True
    if shape.extents is None or len(shape.extents) != len(bound.extents):
        return False
    return all(b is None or a == b for a, b in zip(shape.extents, bound.extents, strict=True))


def _check_invariant(merged: Tensor, following: Tensor) -> None:
    if is_at_most(following.shape, merged.shape):
        return
    source = merged.op.inputs[0].op.inputs[0]
    raise ValueError(
        f"Input tensor '{source.name}' enters the loop with shape {source.shape}, but has shape {following.shape} after one iteration. "
        "To allow the shape to vary across iterations, use the `shape_invariants` argument of tf.while_loop to specify a less-specific shape."
    )


def _add(op_type: str, data: Tensor, *values: Any, name: str | None = None, **attrs: Any) -> Any:
    return build.add(f"Ref{op_type}" if data.dtype.is_ref else op_type, data, *values, name=name, **attrs)
