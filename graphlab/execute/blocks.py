"""The steps of programs with conditionals and loops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphlab.execute.frames import MERGES, NEXTS, SWITCHES, Item, LoopFrame, flattened, nested
from graphlab.execute.plan import Plan
from graphlab.execute.steps import Step, kept_of, reads_of
from graphlab.graph.tensor import Operation, Tensor


@dataclass(frozen=True, slots=True)
class Loop:
    """One loop over slots.

    Attributes:
        frame: its operations.
        entries: pairs of slots: a value outside, and what it is inside in all iterations or in the first.
        variables: triples of slots for each loop variable: first value, value in an iteration, value for the next.
        condition: the slot that decides whether there is a further iteration.
        head: the steps that the condition needs.
        body: the steps of an iteration.
        exits: pairs of slots: the last value inside, and what it is outside.
        guards: the slots of what may be skipped and then skips the loop.
        live: the slots that tell whether its Exit operations ran.
    """

    frame: LoopFrame
    entries: tuple[tuple[int, int], ...]
    variables: tuple[tuple[int, int, int], ...]
    condition: int
    head: tuple[Block, ...]
    body: tuple[Block, ...]
    exits: tuple[tuple[int, int], ...]
    guards: tuple[int, ...]
    live: tuple[int, ...]


Block = Step | Loop


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a plan and the slots that they use."""

    blocks: tuple[Block, ...]
    slots: dict[Any, int]
    size: int


def lay_out(plan: Plan) -> Layout:
    """Assigns slots to the tensors of a plan with conditionals or loops."""
    return _Layout(plan).run()


class _Layout:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._items = nested(set(plan.operations))
        self._slots: dict[Any, int] = {tensor: i for i, tensor in enumerate(plan.feeds)}
        self._first: dict[Operation, int] = {}
        self._live: dict[Operation, int] = {}
        self._size = len(plan.feeds)
        self._skippable = _skippable(self._items, set(plan.feeds))
        self._controllers = {c for op in plan.operations for c in op.control_inputs}

    def run(self) -> Layout:
        """Returns the blocks."""
        for op in flattened(self._items):
            self._first[op] = self._size
            self._size += len(op.outputs)
            for tensor in op.outputs:
                self._slots.setdefault(tensor, self._first[op] + tensor.value_index)
            if op in self._skippable and op in self._controllers:
                self._live[op] = self._size
                self._size += 1
        return Layout(self._blocks(self._items), self._slots, self._size)

    def _blocks(self, items: Iterable[Item]) -> tuple[Block, ...]:
        return tuple(self._step(item) if isinstance(item, Operation) else self._loop(item) for item in items)

    def _step(self, op: Operation) -> Step:
        first = self._first[op]
        kept = kept_of(op, self._plan, first)
        data = () if op.type in MERGES else op.inputs
        guards = () if op.type == "ControlTrigger" else self._guards(data, op.control_inputs)
        return Step(op, self._of(op.inputs), reads_of(op, self._plan), first, kept, guards, self._live.get(op))

    def _loop(self, frame: LoopFrame) -> Loop:
        slots = self._slots
        return Loop(
            frame,
            tuple((slots[op.inputs[0]], slots[op.outputs[0]]) for op in frame.enters),
            tuple(self._variable(op) for op in frame.merges),
            slots[frame.condition.outputs[0]],
            self._blocks(frame.head),
            self._blocks(frame.body),
            tuple((slots[op.inputs[0].op.inputs[0]], slots[op.outputs[0]]) for op in frame.exits),
            self._guards([op.inputs[0] for op in frame.enters], [c for op in frame.enters for c in op.control_inputs]),
            tuple(self._live[op] for op in frame.exits if op in self._live),
        )

    def _variable(self, merge: Operation) -> tuple[int, int, int]:
        first, following = sorted(merge.inputs, key=lambda t: t.op.type in NEXTS)
        return self._slots[first], self._slots[merge.outputs[0]], self._slots[following]

    def _guards(self, data: Iterable[Tensor], controls: Iterable[Operation]) -> tuple[int, ...]:
        """The slots that skip a step when they are skipped."""
        slots = [self._slots[t] for t in data if t.op in self._skippable and t.op in self._first]
        slots += [self._live[c] for c in controls if c in self._live]
        return tuple(dict.fromkeys(slots))

    def _of(self, tensors: Iterable[Tensor]) -> tuple[int, ...]:
        return tuple(self._slots[t] for t in tensors)


def _skippable(items: Iterable[Item], fed: set[Tensor]) -> set[Operation]:
    """The operations that may be skipped, or have an output that may: those behind the Switch of a conditional."""
    found: set[Operation] = set()
    for item in items:
        if isinstance(item, Operation):
            is_conditional = item.type in SWITCHES and item.inputs[1].op.type != "LoopCond"
            behind = any(t.op in found and t not in fed for t in item.inputs) or any(
                c in found for c in item.control_inputs
            )
            if is_conditional or behind:
                found.add(item)
            continue
        if any(d in found for op in item.enters for d in (op.inputs[0].op, *op.control_inputs)):
            found.update(item.exits)
        found |= _skippable((*item.head, *item.body), fed)
    return found
