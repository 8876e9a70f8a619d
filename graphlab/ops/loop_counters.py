"""Small loops beside a loop for its gradient: they count its iterations, and add up the gradients of its constants."""

from __future__ import annotations

from typing import Any

from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, arrays, comparisons, filling
from graphlab.ops.constant import constant
from graphlab.ops.flow import entered
from graphlab.ops.iterations import WhileContext
from graphlab.ops.switches import enter, exit_, loop_condition, merge, next_iteration, switch


def count_forward(loop: WhileContext, outer: Any) -> tuple[Tensor, Tensor]:
    """Adds to a loop the variable `n = 0; while (...) n += 1`.

    Args:
        loop: the loop.
        outer: the state of the gradient of the loop around, or None.

    Returns:
        The number of iterations after the loop, and the number in the next iteration.
    """
    zero = constant(0, name="f_count")
    if outer is not None:
        # What an execution of the loop saves comes before what its next execution saves.
        zero.op.add_control_inputs([outer.forward_index.op.inputs[0].op])
    assert loop.pivot is not None
    with get_default_graph().inside_flow(loop):
        merged = _variable(loop, zero, "f_count")
        if_done, if_not = switch(merged, loop.pivot)
        following = next_iteration(arithmetic.add(if_not, 1))
        merged.op.update_input(1, following)
        return _left(loop, if_done, "f_count"), following


def count_backward(loop: WhileContext, count: Tensor, outer: Any) -> Tensor:
    """Adds the condition of a loop that computes gradients: `n = count; while (n >= 1) n -= 1`.

    Returns:
        The number of the next iteration.
    """
    one = constant(1, name="b_count")
    with get_default_graph().inside_flow(loop):
        merged = _variable(loop, count, "b_count")
        loop.pivot_for_pred = merged
        loop.pivot = loop_condition(comparisons.greater_equal(merged, one), name="b_count")
        if_done, if_not = switch(merged, loop.pivot)
        index = arithmetic.subtract(if_not, one)
        loop.pivot_for_body = index
        following = next_iteration(index)
        merged.op.update_input(1, following)
        final = exit_(if_done, name="b_count")
        loop.exits.append(final)
        if outer is not None:
            # What an execution of the loop takes back comes before what its next execution takes back.
            outer.backward_sync.add_control_inputs([final.op])
        loop.leave([final])
        return following


def accumulate(loop: WhileContext, op: Operation, grad: Tensor) -> Tensor:
    """Adds up the gradients of a constant of a loop over its iterations, and returns the sum after the loop.

    Args:
        loop: the loop that computes gradients, inside which this is called.
        op: the Enter of the constant into the loop differentiated.
        grad: the gradient in one iteration.
    """
    graph = get_default_graph()
    with graph.inside_flow(loop.grad_state.home):
        start = _zeros(loop, op, grad)
    assert loop.pivot is not None
    with graph.inside_flow(loop):
        merged = _variable(loop, start, "b_acc", "b_acc")
        if_done, if_not = switch(merged, loop.pivot)
        merged.op.update_input(1, next_iteration(arithmetic.add(if_not, grad)))
        return _left(loop, if_done, "b_acc")


def _zeros(loop: WhileContext, op: Operation, grad: Tensor) -> Tensor:
    """Zeros in the shape of a constant of the loop."""
    kind = grad.dtype.base_dtype
    if grad.shape.is_fully_defined():
        with entered(loop.outer):
            return constant(0, kind, shape=grad.shape, name="b_acc")
    state = loop.grad_state
    if isinstance(loop.outer, WhileContext) and loop.outer.grad_state is not None:
        with entered(state.forward.outer):
            shape = arrays.shape(op.inputs[0], optimize=False)
        history = state.outer.save(shape)
        with entered(loop.outer):
            return filling.zeros(state.outer.restored(history, shape), kind)
    with entered(loop.outer):
        return filling.zeros(arrays.shape(op.inputs[0], optimize=False), kind)


def _variable(loop: WhileContext, first: Tensor, name: str, merge_name: str | None = None) -> Tensor:
    loop.seen.add(first)
    inside = enter(first, loop.name, parallel_iterations=loop.parallel_iterations, name=name)
    loop.enters.append(inside)
    return merge([inside, inside], name=merge_name)


def _left(loop: WhileContext, value: Tensor, name: str) -> Tensor:
    result = exit_(value, name=name)
    loop.exits.append(result)
    loop.leave([result])
    return result
