"""The gradient of one loop while it is built: a loop that runs backwards, and what it needs of each iteration."""

from __future__ import annotations

from typing import Any

from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import stacks
from graphlab.ops.branches import CondContext
from graphlab.ops.constant import constant
from graphlab.ops.flow import entered, output_flow
from graphlab.ops.iterations import WhileContext
from graphlab.ops.loop_counters import count_backward, count_forward
from graphlab.ops.scopes import colocate_with, control_dependencies
from graphlab.ops.switches import ENTERS, SWITCHES, control_trigger, switch_beside


class LoopHistory:
    """The state of building the gradient of one loop.

    Attributes:
        forward: the loop.
        backward: the loop that computes its gradient.
        outer: the state of the loop around, or None.
        home: the flow in which the gradient was asked for.
        forward_index: the number of the next iteration.
        backward_index: the number of the next iteration backwards.
        history: for values of the loop their values in the loop backwards.
        switches: for each Switch of the loop the Merge that is its gradient.
        exits: the loop's results when the gradient was asked for.
        unused: results that nothing depends on.
        deferred: results whose gradients are complete while those of others are not.
        pending_exits: how many results still wait for their gradients.
    """

    def __init__(self, forward: WhileContext, outer: LoopHistory | None) -> None:
        graph = get_default_graph()
        self.forward = forward
        self.outer = outer
        self.home: Any = graph.scopes.flow
        self.history: dict[Tensor, Tensor] = {}
        self.switches: dict[Operation, Tensor] = {}
        self.exits = list(forward.exits)
        self.unused: list[Tensor] = []
        self.deferred: list[Tensor] = []
        self.pending_exits = len(self.exits)
        self._forward_sync: Operation | None = None
        self._backward_sync: Operation | None = None
        around = forward.outer if outer is None else outer.forward
        with entered(around):
            count, self.forward_index = count_forward(forward, outer)
        if outer is None:
            with entered(around):
                self.backward = self._mirrored()
                self.backward_index = count_backward(self.backward, count, None)
            return
        around.seen.add(count)
        saved = outer.save(count)
        with graph.inside_flow(outer.backward):
            self.backward = self._mirrored()
            self.backward_index = count_backward(self.backward, outer.restored(saved, count), outer)

    def _mirrored(self) -> WhileContext:
        loop = self.forward
        return WhileContext(
            loop.maximum_iterations, loop.parallel_iterations, loop.back_prop, loop.swap_memory, loop.name, self
        )

    @property
    def forward_sync(self) -> Operation:
        """What an iteration waits for before the next may begin."""
        if self._forward_sync is None:
            self._forward_sync = _trigger("f_sync", self.forward)
            self.forward_index.op.add_control_inputs([self._forward_sync])
        return self._forward_sync

    @property
    def backward_sync(self) -> Operation:
        """What an iteration backwards waits for before the next may begin."""
        if self._backward_sync is None:
            self._backward_sync = _trigger("b_sync", self.backward)
            self.backward_index.op.add_control_inputs([self._backward_sync])
        return self._backward_sync

    def save(self, value: Tensor, is_dead: bool = False) -> Tensor:
        """Makes the loop keep the values of a tensor in all iterations, and returns the stack.

        Args:
            value: a tensor of the loop.
            is_dead: whether it stands for a value in the branch that is not taken.
        """
        graph = get_default_graph()
        home = graph.scopes.flow
        with control_dependencies(None):
            with entered(home), colocate_with(value):
                stack = stacks.stack(value.dtype.base_dtype, name="f_acc")
            inside = self.forward.add_value(stack)
            flow = output_flow(value.op)
            if flow is self.forward:
                push = self._push(inside, value, self.forward)
                self.forward_index.op.add_control_inputs([push])
            elif isinstance(flow, CondContext):
                push = self._push(inside, value, flow.outer if is_dead else flow)
                push.flow = flow
                self.forward_sync.add_control_inputs([push])
            else:
                raise TypeError(
                    f"Cannot keep {value.name} for the gradient of a loop: it belongs to neither the loop nor a conditional in it."
                )
            push.add_control_inputs([self.forward_index.op.inputs[0].op])
        return stack

    def _push(self, stack: Tensor, value: Tensor, flow: Any) -> Operation:
        with get_default_graph().inside_flow(flow):
            return stacks.push(stack, value, self.forward.swap_memory).op

    def restored(self, stack: Tensor, value: Tensor, is_dead: bool = False) -> Tensor:
        """Returns in the loop backwards what `save` kept of the same iteration."""
        branch = _branch_between(value.op.flow, stack.op.flow)
        with control_dependencies(None), get_default_graph().inside_flow(self.backward):
            if branch is not None:
                side = 1 - branch.branch if is_dead else branch.branch
                stack = switch_beside(stack, self._saved_pred(branch))[side]
            result = stacks.pop(stack, value.dtype.base_dtype)
            result.set_shape(value.shape)
        if self.backward.parallel_iterations > 1:
            self.backward_sync.add_control_inputs([result.op])
        return result

    def real_value(self, value: Tensor) -> Tensor:
        """Returns in the loop backwards the value that a tensor of the loop had in the same iteration."""
        if value not in self.history:
            self.history[value] = self._real_value(value)
        return self.history[value]

    def _real_value(self, value: Tensor) -> Tensor:
        constant_enter = _constant_enter(value)
        state: LoopHistory = self
        while constant_enter is not None:
            value = constant_enter.inputs[0]
            if state.outer is None:
                # The same in all iterations: it enters the loop backwards as it entered the loop.
                return self.backward.add_value(value)
            state = state.outer
            constant_enter = _constant_enter(value)
        if value.op.type == "Const":
            return constant(value.op.attr["value"], dtype=value.dtype)
        with get_default_graph().inside_flow(self.home):
            stack = state.save(value)
        result = state.restored(stack, value)
        return result if state is self else self.backward.add_value(result)

    def _saved_pred(self, branch: CondContext) -> Tensor:
        state: LoopHistory | None = self
        while state is not None:
            if branch.pred in state.history:
                return state.history[branch.pred]
            state = state.outer
        return branch.pred


def _trigger(name: str, loop: WhileContext) -> Operation:
    with control_dependencies(None):
        op = control_trigger(name)
    op.flow = loop
    return op


def _branch_between(flow: Any, end: Any) -> CondContext | None:
    """The innermost conditional around a value that is not around its stack."""
    while flow is not None and flow is not end:
        if isinstance(flow, CondContext):
            return flow
        flow = flow.outer
    return None


def _constant_enter(value: Tensor) -> Operation | None:
    """The Enter through which a constant of the loop came, or None for what changes."""
    op = value.op
    while op.type in (*SWITCHES, "Identity", "RefIdentity"):
        op = op.inputs[0].op
    return op if op.type in ENTERS and op.attr["is_constant"] else None
