"""Gradients through loops and conditionals: when each operation's turn is, and the zeros for what nothing depends on."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from graphlab.graph.dtypes import INEXACT
from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Operation, Tensor, located
from graphlab.loop_history import LoopHistory
from graphlab.ops import arrays, filling
from graphlab.ops.branches import CondContext
from graphlab.ops.constant import constant
from graphlab.ops.flow import entered, loop_of
from graphlab.ops.iterations import WhileContext
from graphlab.ops.scopes import colocate_with, control_dependencies
from graphlab.ops.switches import EXITS, SWITCHES, next_iteration, switch, switch_beside

Between = dict[Operation, None]
HasGradient = Callable[[Operation], bool]
Receive = Callable[[Tensor, Tensor], None]


class LoopGradients:
    """The loops through which one call of tf.gradients goes."""

    def __init__(self, between: Between, colocates: bool) -> None:
        """Adds to each loop a counter, and begins the loop backwards.

        Args:
            between: the operations between targets and sources; the other results of the loops are added.
            colocates: whether gradients go to the devices of their operations.

        Raises:
            ValueError: a loop came in without what tf.while_loop knows of it.
        """
        self._histories: dict[WhileContext, LoopHistory] = {}
        ops = list(between)
        for op in ops:
            if op.type not in EXITS:
                continue
            with colocate_with(op) if colocates else contextlib.nullcontext():
                history = self._begin(op)
            for tensor in () if history is None else history.exits:
                if tensor.op not in between:
                    between[tensor.op] = None
                    ops.append(tensor.op)

    def __bool__(self) -> bool:
        return bool(self._histories)

    def entered(self, op: Operation, before: bool) -> contextlib.AbstractContextManager[None]:
        """Enters the loop backwards in which the gradient of an operation is: before an Exit's gradient, the one around."""
        history = self._history(op, before)
        return contextlib.nullcontext() if history is None else get_default_graph().inside_flow(history.backward)

    def first_exits(self, pending: dict[Operation, int], targets: set[Operation]) -> list[Tensor]:
        """Returns the results that nothing uses, of loops of which no other result is used."""
        found: list[Tensor] = []
        for history in self._histories.values():
            for tensor in history.exits:
                if not pending.get(tensor.op):
                    history.pending_exits -= 1
                    if tensor.op not in targets:
                        history.unused.append(tensor)
                    if not history.pending_exits:
                        found += history.unused
            for tensor in history.forward.enters:
                if not pending.get(tensor.op):
                    pending[tensor.op] = 1
        return found

    def is_early(self, op: Operation, count: int) -> bool:
        """Whether an operation's turn comes although uses are pending: the Switch of a loop is visited twice."""
        return count > 0 and is_loop_switch(op)

    def ready_exits(self, tensor: Tensor, has_gradient: HasGradient, receive: Receive) -> list[Operation]:
        """Takes note that the gradient of a loop's result is complete; all results of a loop have their turn together.

        Returns:
            The operations whose turn it is.
        """
        history = self._history(tensor.op, before=False)
        if history is None:
            return [tensor.op]
        history.deferred.append(tensor)
        history.pending_exits -= 1
        if history.pending_exits:
            return []
        ready = [t.op for t in history.deferred if has_gradient(t.op)]
        history.unused += [t for t in history.deferred if not has_gradient(t.op)]
        for unused in history.unused:
            if ready and unused.dtype.base_dtype in INEXACT:
                receive(unused, self.zeros_for_exit(unused))
        return ready + [t.op for t in history.unused]

    def zeros_for_exit(self, tensor: Tensor) -> Tensor:
        """Returns the gradient of a result that nothing uses."""
        kind = tensor.dtype.base_dtype
        around = None if tensor.op.flow.outer is None else tensor.op.flow.outer.loop
        outer = None if around is None else self._histories.get(around)
        if outer is None:
            if tensor.shape.is_fully_defined():
                return filling.zeros(tensor.shape, kind)
            return filling.zeros_like(tensor, optimize=False)
        if tensor.shape.is_fully_defined():
            with entered(outer.backward):
                return filling.zeros(tensor.shape, kind)
        with entered(tensor.op.flow.outer):
            shape = arrays.shape(tensor, optimize=False)
        saved = outer.save(shape)
        with entered(outer.backward):
            return filling.zeros(outer.restored(saved, shape), kind)

    def zeros_like(self, op: Operation, output: Tensor) -> Tensor | None:
        """Returns the gradient of an output that nothing uses, where the gradients of its operation are."""
        if is_loop_switch(op):
            return None
        loop = loop_of(op)
        history = None if loop is None else self._histories.get(loop)
        if history is None:
            return zeros_like(op, output)
        kind = output.dtype.base_dtype
        is_dead = op.type in SWITCHES
        if output.shape.is_fully_defined():
            result = constant(0, dtype=kind, shape=output.shape)
            return switch_beside(result, history.history[op.flow.pred])[1 - op.flow.branch] if is_dead else result
        shape = _dead_shape(op) if is_dead else _shape_inside(op, output)
        with get_default_graph().inside_flow(history.home):
            saved = history.save(shape, is_dead)
        return filling.zeros(history.restored(saved, shape, is_dead), kind)

    def finish(self) -> None:
        """Gives zeros to loop variables whose next value does not depend on the one before."""
        for history in self._histories.values():
            for merged in history.switches.values():
                if merged.op.inputs[0] is merged.op.inputs[1]:
                    merged.op.update_input(1, _next_zeros(history, merged.op.inputs[0]))

    def _begin(self, op: Operation) -> LoopHistory | None:
        forward = loop_of(op)
        if forward is None:
            raise ValueError(
                f"Failed to call gradients on a while loop without what tf.while_loop knows of it: {located(op)} was imported as a node. "
                "Build the loop here, or add the gradients before you export the graph."
            )
        if forward in self._histories:
            return None
        around = None if forward.outer is None else forward.outer.loop
        history = self._histories[forward] = LoopHistory(
            forward, None if around is None else self._histories.get(around)
        )
        return history

    def _history(self, op: Operation, before: bool) -> LoopHistory | None:
        loop = loop_of(op)
        if before and op.type in EXITS and loop is not None:
            loop = None if loop.outer is None else loop.outer.loop
        return None if loop is None else self._histories.get(loop)


def zeros_like(op: Operation, output: Tensor) -> Tensor:
    """Returns the gradient of an output that nothing uses; of a conditional's Switch, computed only where it is needed."""
    if op.type not in SWITCHES or op.flow is None:
        return arrays.zeros_like(output, optimize=False)
    taken = switch(op.inputs[0], op.flow.pred)[1 - op.flow.branch]
    pivot = arrays.identity(taken)
    shape = arrays.shape(taken, optimize=False)
    with control_dependencies([pivot]):
        return filling.zeros(shape, dtype=output.dtype.base_dtype)


def is_loop_switch(op: Operation) -> bool:
    """Whether an operation is the Switch of a loop variable."""
    return op.type in SWITCHES and isinstance(op.flow, WhileContext) and not _is_cond_switch(op)


def check_not_initial(op: Operation) -> None:
    """Raises ValueError where a gradient inside of a loop would go to the loop's first values."""
    if op.type in SWITCHES and isinstance(op.flow, WhileContext) and op.flow is get_default_graph().scopes.flow:
        raise ValueError(
            f"Cannot compute gradient inside while loop with respect to op '{op.inputs[0].op.inputs[0].op.name}'. We do not support taking the "
            "gradient wrt or through the initial value of a loop variable. Gradients can be computed through loop invariants or wrt the input "
            "parameters to the loop body."
        )


def _is_cond_switch(op: Operation) -> bool:
    flows: list[Any] = []
    for output in op.outputs:
        for consumer in output.consumers():
            flow = consumer.flow
            flows.append(flow.outer if consumer.type in ("Enter", "RefEnter") and flow is not None else flow)
    return all(isinstance(flow, CondContext) for flow in flows)


def _dead_shape(op: Operation) -> Tensor:
    """The shape of a value in the branch that is not taken."""
    with entered(op.flow.outer):
        value = switch_beside(op.inputs[0], op.flow.pred)[1 - op.flow.branch]
        shape = arrays.shape(value, optimize=False)
    value.op.flow = shape.op.flow = op.flow
    return shape


def _shape_inside(op: Operation, output: Tensor) -> Tensor:
    with entered(op.flow):
        return arrays.shape(output, optimize=False)


def _next_zeros(history: LoopHistory, entering: Tensor) -> Tensor:
    kind = entering.dtype.base_dtype
    if entering.shape.is_fully_defined():
        with entered(history.backward):
            return next_iteration(constant(0, dtype=kind, shape=entering.shape))
    with entered(history.backward.outer):
        zeros = filling.zeros(arrays.shape(entering.op.inputs[0], optimize=False), kind)
    with entered(history.backward):
        return next_iteration(zeros)
