"""The branches of conditionals while a graph is built: what is used inside passes a Switch first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import control, nests
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.flow import Flow
from graphlab.ops.scopes import control_dependencies
from graphlab.ops.switches import switch_beside
from graphlab.ops.tensor_arrays import flow_of


class CondContext(Flow):
    """One branch of a conditional.

    Attributes:
        pred: the truth value.
        pivot: a tensor that has a value only in this branch.
        branch: 1 for the true branch, 0 for the false one.
    """

    def __init__(self, pred: Tensor, pivot: Tensor, branch: int) -> None:
        super().__init__(get_default_graph().unique_name("cond_text"))
        self.pred = pred
        self.pivot = pivot
        self.branch = branch
        self.seen |= {pred, pivot}
        self.external[pred] = pred
        pivot.op.flow = self

    @property
    def control_pivot(self) -> Tensor:
        """What operations without inputs wait for."""
        return self.pivot

    @property
    def back_prop(self) -> bool:
        """Whether gradients may flow through the loop around."""
        return self.loop is not None and self.loop.back_prop

    @property
    def grad_state(self) -> Any:
        """What the loop around keeps for its gradient."""
        return None if self.loop is None else self.loop.grad_state

    def add_value(self, value: Tensor) -> Tensor:
        """Returns the tensor to use inside for `value`."""
        if value in self.seen:
            return self.external.get(value, value)
        self.seen.add(value)
        result = self._from_outside(value)
        with control_dependencies(None):
            result = switch_beside(result, self.pred)[self.branch]
        result.op.flow = self
        self._notice([result])
        self.external[value] = result
        return result

    def add_op(self, op: Operation) -> None:
        """Takes an operation in that was created inside."""
        if not op.inputs:
            self.drop_outer_controls(op)
            if not any(control.flow is not None and control.flow.is_inside(self) for control in op.control_inputs):
                op.add_control_inputs([self.pivot.op])
        else:
            for index, value in enumerate(op.inputs):
                inside = self.add_value(value)
                if inside is not value:
                    op.update_input(index, inside)
            self.drop_outer_controls(op)
        self._notice(op.outputs)

    def build(self, function: Callable[[], Any]) -> tuple[Any, list[Tensor]]:
        """Calls a branch function inside this branch.

        Returns:
            What it returned, and the tensors of it that leave the branch.
        """
        with get_default_graph().inside_flow(self):
            original = function()
            if original is None:
                return None, []
            tensors = [self._outgoing(item) for item in nests.flatten(original)]
        if self.outer is not None:
            self.outer.seen |= set(tensors)
        return original, tensors

    def _outgoing(self, item: Any) -> Tensor:
        if isinstance(item, Operation):
            # The pivot stands for the operation, which has no value.
            done: Tensor = control.with_dependencies([item], self.pivot)
            return done
        value = convert_to_tensor(flow_of(item))
        if value in self.seen:
            return self.external.get(value, value)
        self.seen.add(value)
        result = switch_beside(self._from_outside(value), self.pred)[self.branch]
        self.external[value] = result
        return result

    def _from_outside(self, value: Tensor) -> Tensor:
        if self.outer is None:
            return value
        result: Tensor = self.outer.add_value(value)
        self.seen.add(result)
        self.external[result] = result
        return result
