"""A loop while a graph is built: what is used inside enters it first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graphlab.graph.building import join_control_blocks, open_control_inputs
from graphlab.graph.graph import get_default_graph
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays
from graphlab.ops.flow import Flow, loop_of, output_flow
from graphlab.ops.scopes import control_dependencies
from graphlab.ops.switches import ENTERS, EXITS, enter, is_at_most


class WhileContext(Flow):
    """One loop.

    Attributes:
        maximum_iterations: after how many iterations it ends at the latest, or None.
        parallel_iterations: an attribute of its Enter nodes.
        back_prop: whether gradients may flow through it.
        swap_memory: an attribute of the nodes that keep values for its gradient.
        pivot_for_pred: what operations of the condition without inputs wait for.
        pivot_for_body: what operations of the body without inputs wait for.
        pivot: whether the loop goes on.
        enters: the loop variables as they enter.
        exits: the loop variables as they leave.
        grad_state: of a loop that computes a gradient, the state of building it.
    """

    def __init__(
        self,
        maximum_iterations: Tensor | None = None,
        parallel_iterations: int = 10,
        back_prop: bool = True,
        swap_memory: bool = False,
        name: str = "while_context",
        grad_state: Any = None,
    ) -> None:
        super().__init__(get_default_graph().unique_name(name))
        self.maximum_iterations = maximum_iterations
        self.parallel_iterations = parallel_iterations
        self.back_prop = back_prop
        self.swap_memory = swap_memory
        self.pivot_for_pred: Tensor | None = None
        self.pivot_for_body: Tensor | None = None
        self.pivot: Tensor | None = None
        self.enters: list[Tensor] = []
        self.exits: list[Tensor] = []
        self.grad_state = grad_state

    @property
    def loop(self) -> WhileContext:
        """This loop."""
        return self

    @property
    def control_pivot(self) -> Tensor | None:
        """What operations without inputs wait for."""
        return self.pivot_for_body if self.pivot_for_body is not None else self.pivot_for_pred

    def add_value(self, value: Tensor) -> Tensor:
        """Returns the tensor to use inside for `value`."""
        if value in self.seen or value.op.flow is self:
            return self.external.get(value, value)
        self.seen.add(value)
        saved = self._saved(value)
        if saved is not None:
            self.external[value] = saved
            return saved
        result = value if self.outer is None else self.outer.add_value(value)
        with control_dependencies(None):
            result = enter(result, self.name, is_constant=True, parallel_iterations=self.parallel_iterations)
        self._settle([result])
        self.seen.add(result)
        self.external[value] = result
        return result

    def add_op(self, op: Operation) -> None:
        """Takes an operation in that was created inside."""
        if op.type in ("Shape", "Size", "Rank") and self._moves_forward(op):
            return
        self.take(op)

    def take(self, op: Operation) -> None:
        """Makes the inputs of an operation known inside, and lets it wait for the iteration."""
        if not op.inputs:
            inner, outer = self.drop_outer_controls(op)
            if not inner:
                op.add_control_inputs(self._pivots())
        else:
            for index, value in enumerate(op.inputs):
                inside = self.add_value(value)
                if inside is not value:
                    op.update_input(index, inside)
            _, outer = self.drop_outer_controls(op)
            if not op.control_inputs and all(_is_loop_constant(t.op) for t in op.inputs):
                # What depends on constants of the loop alone would run before the loop does.
                op.add_control_inputs(self._pivots())
        self.seen.update(op.outputs)
        if outer:
            with control_dependencies(None), get_default_graph().inside_flow(self):
                entered = [arrays.identity(c.outputs[0]).op for c in outer if c.outputs]
            op.add_control_inputs(entered)

    def enter_variables(self, initial: Sequence[Tensor], invariants: Sequence[TensorShape]) -> list[Tensor]:
        """Makes the loop variables enter, with the shapes that hold in all iterations.

        Raises:
            ValueError: an initial value has not the shape stated for it.
        """
        self.seen = set(initial)
        outside = list(initial) if self.outer is None else [self.outer.add_value(t) for t in initial]
        with control_dependencies(None):
            for tensor, invariant in zip(outside, invariants, strict=True):
                entered = enter(tensor, self.name, parallel_iterations=self.parallel_iterations, takes_shape=False)
                if not is_at_most(tensor.shape, invariant):
                    raise ValueError(
                        f"The shape invariant specified for {tensor.name} is not compatible with the initial shape of the loop variable. "
                        f"It enters the loop with shape {tensor.shape}, but the specified shape invariant is {invariant}."
                    )
                entered.set_shape(invariant)
                self.enters.append(entered)
        pivot = self._outer_pivot()
        if pivot is not None:
            for entered in self.enters:
                if _is_loop_constant(entered.op.inputs[0].op):
                    entered.op.add_control_inputs([pivot.op])
        self._settle(self.enters)
        self.seen = set(self.enters)
        return self.enters

    def leave(self, results: Iterable[Tensor]) -> None:
        """Makes results of the loop known outside."""
        if self.outer is not None:
            self.outer.seen.update(results)

    def _pivots(self) -> list[Operation]:
        pivot = self.control_pivot
        return [] if pivot is None else [pivot.op]

    def _outer_pivot(self) -> Tensor | None:
        flow = self.outer
        while flow is not None and flow.control_pivot is None:
            flow = flow.outer
        return None if flow is None else flow.control_pivot

    def _saved(self, value: Tensor) -> Tensor | None:
        """In a loop that computes a gradient, the value that the loop differentiated had in the same iteration."""
        current = get_default_graph().scopes.flow
        state = None if current is None or current.loop is None else current.loop.grad_state
        if state is None:
            return None
        forward = loop_of(value.op)
        if value.op.type in EXITS and forward is not None:
            forward = None if forward.outer is None else forward.outer.loop
        if forward is not state.forward:
            return None
        saved: Tensor = state.real_value(value)
        return saved

    def _moves_forward(self, op: Operation) -> bool:
        """Computes a shape in the loop differentiated rather than keep the value that has it."""
        current = get_default_graph().scopes.flow
        state = None if current is None or current.loop is None else current.loop.grad_state
        if state is None or loop_of(op.inputs[0].op) is not state.forward:
            return False
        op.flow = op.inputs[0].op.flow
        if isinstance(op.flow, WhileContext):
            op.flow.take(op)
        else:
            op.flow.add_op(op)
        return True

    def _settle(self, entered: Iterable[Tensor]) -> None:
        """Makes Enter nodes belong to this loop, and wait for what holds in the flows around it."""
        graph = get_default_graph()
        around = None if self.outer is None else self.outer.loop
        for tensor in entered:
            op = tensor.op
            kept = []
            for control in open_control_inputs(graph, [op.inputs[0].op]):
                flow, wanted = self.outer, output_flow(control)
                while flow is not wanted and flow is not None and flow is not around:
                    flow = flow.outer
                if flow is wanted:
                    kept.append(control)
            op.flow = self
            op.add_control_inputs(kept)
            join_control_blocks(graph, op)


def _is_loop_constant(op: Operation) -> bool:
    return op.type in ENTERS and bool(op.attr["is_constant"])
