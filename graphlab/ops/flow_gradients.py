"""Gradients of what conditionals and loops are made of: of a Switch a Merge, of a Merge a Switch, of an Exit an Enter."""

from __future__ import annotations

from typing import Any

from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import comparisons, nests
from graphlab.ops.branches import CondContext
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.flow import output_flow
from graphlab.ops.iterations import WhileContext
from graphlab.ops.loop_counters import accumulate
from graphlab.ops.switches import close_loop, enter, exit_, merge, switch, switch_beside


def of_switch(op: Operation, *grads: Tensor | None) -> list[Tensor | None]:
    """A Switch of a loop is visited twice: from the Exit the Merge is made, from the body its other input."""
    if isinstance(op.flow, WhileContext):
        return [_of_loop_switch(op, *grads), None]
    if isinstance(op.flow, CondContext):
        if grads[1 - op.flow.branch] is None:
            return [None, None]
        return [merge(_both(grads), name="cond_grad"), None]
    if_false, if_true = _both(grads)
    pred = op.inputs[1]
    return [merge([switch(if_false, pred)[0], switch(if_true, pred)[1]]), None]


def _of_loop_switch(op: Operation, from_exit: Tensor | None, from_body: Tensor | None) -> Tensor | None:
    merges = _current_loop().grad_state.switches
    if op in merges:
        if from_body is not None:
            close_loop(merges[op], from_body, checks_shape=False)
        return None
    if from_exit is None:
        return None
    merged = merges[op] = merge([from_exit, from_exit], name="b_switch")
    return merged


def of_merge(op: Operation, grad: Tensor, _: Any) -> list[Tensor]:
    """The gradient goes to the input that had the value."""
    flow = output_flow(op.inputs[0].op)
    if isinstance(flow, WhileContext):
        return switch_beside(convert_to_tensor(grad), _current_loop().pivot)
    if isinstance(flow, CondContext):
        return switch_beside(convert_to_tensor(grad), _saved_pred(flow.pred), name="cond_grad")
    taken = [comparisons.equal(op.outputs[1], i) for i in range(len(op.inputs))]
    return [switch_beside(grad, t)[1] for t in taken]


def _saved_pred(pred: Tensor) -> Tensor:
    """In the gradient of a loop the truth value of the same iteration."""
    loop = _current_loop()
    state = None if loop is None else loop.grad_state
    if state is None:
        return pred
    if pred not in state.history:
        with get_default_graph().inside_flow(state.home):
            history = state.save(pred)
        state.history[pred] = state.restored(history, pred)
    saved: Tensor = state.history[pred]
    return saved


def of_exit(op: Operation, grad: Tensor) -> Tensor | None:
    """The gradient enters the loop that computes gradients."""
    loop = _current_loop()
    if not loop.back_prop:
        return None
    if op.flow.grad_state:
        raise TypeError(f"Second-order gradient for while loops not supported; it is needed for '{op.name}'.")
    dense = convert_to_tensor(grad)
    loop.seen.add(dense)
    with get_default_graph().inside_flow(loop):
        entered = enter(dense, loop.name, parallel_iterations=loop.parallel_iterations, name="b_exit")
    loop.enters.append(entered)
    return entered


def of_next_iteration(op: Operation, grad: Tensor) -> Tensor:
    """The gradient itself; the gradient of the Switch takes it to the iteration before."""
    return grad


def of_enter(op: Operation, grad: Tensor) -> Tensor:
    """The gradient leaves the loop; that of a constant of the loop is added up over the iterations."""
    loop = _current_loop()
    if loop is None or not loop.back_prop or loop.grad_state is None:
        return grad
    dense = convert_to_tensor(grad)
    if op.attr["is_constant"]:
        return accumulate(loop, op, dense)
    left = exit_(dense)
    loop.exits.append(left)
    loop.leave([left])
    return left


def of_condition(op: Operation, grad: Any) -> None:
    """No gradient flows through the condition of a loop."""


def _current_loop() -> Any:
    flow = get_default_graph().scopes.flow
    return flow.loop if flow is not None else None


def _both(grads: tuple[Tensor | None, ...]) -> list[Tensor]:
    return [convert_to_tensor(g) for g in nests.flatten(list(grads))]
