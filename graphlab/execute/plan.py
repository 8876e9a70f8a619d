"""Plans a run: which operations the fetches need, in which order, what they read and write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graphlab.execute.frames import flattened, has_flow, nested
from graphlab.graph.dtypes import resource
from graphlab.graph.registry import Effect
from graphlab.graph.tensor import Operation, Tensor

_VARIABLE_TYPES: Final = ("VariableV2", "Variable")


@dataclass(frozen=True)
class Plan:
    """What one kind of run evaluates.

    Operations stand in the order of evaluation: inputs and control inputs first, and where those leave a choice
    the order of creation. Each reads a variable when its turn comes, so it sees the assignments created before it
    and none of those created after it.

    Attributes:
        fetches: the tensors whose values are returned.
        feeds: the tensors whose values are given.
        operations: the operations to evaluate, in order.
    """

    fetches: tuple[Tensor, ...]
    feeds: tuple[Tensor, ...]
    operations: tuple[Operation, ...]

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The names of all variables that the run may read or write."""
        return tuple(op.name for op in self.operations if op.type in _VARIABLE_TYPES)

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The names of the variables that the run may write."""
        names = [variable_of(t).name for op in self._writers for t in op.inputs if t.dtype.is_ref]
        return tuple(dict.fromkeys(names))

    @cached_property
    def random(self) -> tuple[Operation, ...]:
        """The operations that draw random numbers."""
        return tuple(op for op in self.operations if op.definition.effect is Effect.RANDOM)

    @cached_property
    def unfed(self) -> tuple[Operation, ...]:
        """The placeholders that the run needs and nobody feeds."""
        return tuple(op for op in self.operations if op.type == "Placeholder")

    @cached_property
    def needs_host(self) -> bool:
        """Whether some operation must run in Python or handles strings."""
        return any(
            op.definition.effect is Effect.HOST
            or any(t.dtype.numpy.hasobject and t.dtype is not resource for t in op.outputs)
            for op in self.operations
        )

    @cached_property
    def is_step(self) -> bool:
        """Whether the run updates a variable other than by its initializer."""
        return any(op.name != f"{variable_of(op.inputs[0]).name}/Assign" for op in self._writers)

    @cached_property
    def _writers(self) -> tuple[Operation, ...]:
        return tuple(op for op in self.operations if op.definition.effect is Effect.WRITES)


def make_plan(fetches: Sequence[Tensor], targets: Iterable[Operation], feeds: Sequence[Tensor]) -> Plan:
    """Plans the evaluation of tensors and operations when some tensors are fed.

    Args:
        fetches: the tensors to return.
        targets: operations to run besides.
        feeds: the tensors that are given; what only they need is not evaluated.
    """
    fed = set(feeds)
    needed: set[Operation] = set()
    stack = [t.op for t in fetches if t not in fed]
    stack += targets
    while stack:
        op = stack.pop()
        if op in needed:
            continue
        needed.add(op)
        stack += [t.op for t in op.inputs if t not in fed and t.op not in needed]
        # Nothing waits for a placeholder that is fed.
        stack += [
            c for c in op.control_inputs if c not in needed and not (c.type == "Placeholder" and c.outputs[0] in fed)
        ]
    return Plan(tuple(fetches), tuple(feeds), tuple(_ordered(needed)))


def variable_of(tensor: Tensor) -> Operation:
    """Returns the variable whose buffer a reference tensor is, seen through assignments."""
    op = tensor.op
    while op.type not in _VARIABLE_TYPES:
        op = op.inputs[0].op
    return op


def _ordered(needed: set[Operation]) -> list[Operation]:
    if has_flow(needed):
        return list(flattened(nested(needed)))
    # Operations are created after what they depend on, so the order of creation is an order of evaluation.
    return sorted(needed, key=lambda op: op.index)
