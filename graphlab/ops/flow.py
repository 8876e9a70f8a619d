"""What branches and loops have in common while a graph is built: which tensors they know, and from where."""

from __future__ import annotations

import abc
import contextlib
from collections.abc import Iterable
from typing import Any

from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops.switches import EXITS


class Flow(abc.ABC):
    """A conditional branch or a loop that is being built. Mirrors TensorFlow's control flow contexts.

    Attributes:
        name: its unique name.
        outer: the branch or loop around it, or None.
        seen: the tensors that are known inside.
        external: for tensors from outside the tensor that stands for them inside.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.outer: Any = get_default_graph().scopes.flow
        self.seen: set[Tensor] = set()
        self.external: dict[Tensor, Tensor] = {}

    @property
    def loop(self) -> Any:
        """The innermost loop, this one or one around."""
        return None if self.outer is None else self.outer.loop

    @property
    @abc.abstractmethod
    def control_pivot(self) -> Tensor | None:
        """What operations without inputs wait for."""

    @abc.abstractmethod
    def add_value(self, value: Tensor) -> Tensor:
        """Returns the tensor to use inside for `value`."""

    @abc.abstractmethod
    def add_op(self, op: Operation) -> None:
        """Takes an operation in that was created inside."""

    def is_inside(self, other: Flow | None) -> bool:
        """Whether this is `other` or lies in it."""
        flow: Flow | None = self
        while flow is not other:
            if flow is None:
                return False
            flow = flow.outer
        return True

    def drop_outer_controls(self, op: Operation) -> tuple[list[Operation], list[Operation]]:
        """Removes the control inputs from outside the loop, which a loop cannot wait for.

        Returns:
            The control inputs left and those removed.
        """
        if self.loop is None:
            return op.control_inputs, []
        inner = [c for c in op.control_inputs if output_loop(c) is self.loop]
        outer = [c for c in op.control_inputs if c not in inner]
        op.control_inputs[:] = inner
        return inner, outer

    def _notice(self, tensors: Iterable[Tensor]) -> None:
        """Makes tensors known here and in all flows around."""
        flow: Flow | None = self
        known = list(tensors)
        while flow is not None:
            flow.seen.update(known)
            flow = flow.outer


def output_flow(op: Operation) -> Any:
    """The flow in which the outputs of an operation are: an Exit's are outside of its loop."""
    flow = op.flow
    return flow.outer if flow is not None and op.type in EXITS else flow


def output_loop(op: Operation) -> Any:
    """The innermost loop in which the outputs of an operation are."""
    flow = output_flow(op)
    return None if flow is None else flow.loop


def loop_of(op: Operation) -> Any:
    """The innermost loop to which an operation belongs; an Exit belongs to its loop."""
    return None if op.flow is None else op.flow.loop


def entered(flow: Any) -> contextlib.AbstractContextManager[None]:
    """Enters a branch or loop again; None stays where it is."""
    return contextlib.nullcontext() if flow is None else get_default_graph().inside_flow(flow)
