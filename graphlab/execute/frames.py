"""Recovers the loops of a plan from their Enter, Merge, Switch, NextIteration and Exit operations."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from graphlab.graph import errors
from graphlab.graph.registry import Effect
from graphlab.graph.tensor import Operation, failed

ENTERS: Final = ("Enter", "RefEnter")
EXITS: Final = ("Exit", "RefExit")
MERGES: Final = ("Merge", "RefMerge")
NEXTS: Final = ("NextIteration", "RefNextIteration")
SWITCHES: Final = ("Switch", "RefSwitch")

Path = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class LoopFrame:
    """One loop.

    Attributes:
        enters: the operations by which values enter, loop variables and constants.
        merges: for each loop variable the Merge of its first value and of that from the iteration before.
        condition: decides whether there is a further iteration.
        head: what the condition needs, in order.
        body: what an iteration does, in order.
        exits: the operations by which values leave.
        index: the position of the loop among the operations of the graph.
    """

    enters: tuple[Operation, ...]
    merges: tuple[Operation, ...]
    condition: Operation
    head: tuple[Item, ...]
    body: tuple[Item, ...]
    exits: tuple[Operation, ...]
    index: int


Item = Operation | LoopFrame


def has_flow(ops: Iterable[Operation]) -> bool:
    """Whether there are conditionals or loops among the operations."""
    return any(op.definition.effect is Effect.FLOW for op in ops)


def nested(ops: set[Operation]) -> tuple[Item, ...]:
    """Returns operations in an order of evaluation, with each loop as one item.

    Raises:
        tf.errors.InvalidArgumentError: a loop has not the form that tf.while_loop gives it.
    """
    paths: dict[Operation, Path] = {}
    for op in _ordered(ops, lambda op: _dependencies(op, ops), lambda op: op.index):
        paths[op] = _path(op, ops, paths)
    children: dict[Path, dict[Path, None]] = {}
    for path in paths.values():
        for depth in range(len(path)):
            children.setdefault(path[:depth], {})[path[: depth + 1]] = None
    return _Nest(ops, paths, children).items((), set())


def flattened(items: Iterable[Item]) -> Iterator[Operation]:
    """The operations of items, loops taken apart."""
    for item in items:
        if isinstance(item, Operation):
            yield item
        else:
            yield from item.enters
            yield from item.merges
            yield from flattened(item.head)
            yield from flattened(item.body)
            yield from item.exits


class _Nest:
    def __init__(
        self, ops: set[Operation], paths: dict[Operation, Path], children: dict[Path, dict[Path, None]]
    ) -> None:
        self._ops = ops
        self._children = children
        self._members: dict[Path, list[Operation]] = {}
        for op, path in paths.items():
            self._members.setdefault(path, []).append(op)

    def items(self, path: Path, excluded: set[Operation]) -> tuple[Item, ...]:
        """The operations and loops directly inside a loop, in order."""
        loops = [self._loop(child) for child in self._children.get(path, ())]
        unit: dict[Operation, Item] = {op: op for op in self._members.get(path, ()) if op not in excluded}
        for loop in loops:
            unit |= dict.fromkeys(flattened([loop]), loop)

        def dependencies(item: Item) -> list[Item]:
            members = [item] if isinstance(item, Operation) else list(flattened([item]))
            needed = {unit[d]: None for op in members for d in _dependencies(op, self._ops) if d in unit}
            return [d for d in needed if d is not item]

        return tuple(_ordered(dict.fromkeys(unit.values()), dependencies, lambda item: item.index))

    def _loop(self, path: Path) -> LoopFrame:
        members = self._members[path]
        enters = [op for op in members if op.type in ENTERS]
        merges = [op for op in members if op.type in MERGES and any(t.op.type in NEXTS for t in op.inputs)]
        exits = [op for op in members if op.type in EXITS]
        conditions = [op for op in members if op.type == "LoopCond"]
        if len(conditions) != 1:
            raise failed(
                errors.InvalidArgumentError,
                enters[0],
                f"The loop '{path[-1]}' has {len(conditions)} conditions instead of one.",
            )
        for op in merges:
            _check_types(op)
        items = self.items(path, {*enters, *merges, *exits})
        head = _needed_by(conditions[0], items, self._ops)
        return LoopFrame(
            tuple(enters),
            tuple(merges),
            conditions[0],
            tuple(i for i in items if i in head),
            tuple(i for i in items if i not in head),
            tuple(exits),
            min(op.index for op in members),
        )


def _check_types(merge: Operation) -> None:
    for index, tensor in enumerate(merge.inputs):
        if tensor.dtype.base_dtype is not merge.outputs[0].dtype.base_dtype:
            raise failed(
                errors.InvalidArgumentError,
                merge,
                f"Input {index} of node {merge.name} was passed {tensor.dtype.name} from {tensor.name} incompatible with expected "
                f"{merge.outputs[0].dtype.name}. The body of a loop must return its variables with the types they came with; use tf.cast.",
            )


def _needed_by(condition: Operation, items: Sequence[Item], ops: set[Operation]) -> set[Item]:
    """The items that a loop's condition needs, itself included."""
    unit = {op: item for item in items for op in flattened([item])}
    needed: set[Item] = set()
    stack = [unit[condition]]
    while stack:
        item = stack.pop()
        if item not in needed:
            needed.add(item)
            stack += [unit[d] for op in flattened([item]) for d in _dependencies(op, ops) if d in unit]
    return needed


def _dependencies(op: Operation, ops: set[Operation]) -> list[Operation]:
    """What must be evaluated before an operation in the same iteration."""
    data = [t.op for t in op.inputs if not (op.type in MERGES and t.op.type in NEXTS)]
    return [d for d in (*data, *op.control_inputs) if d in ops]


def _path(op: Operation, ops: set[Operation], paths: dict[Operation, Path]) -> Path:
    """The loops around an operation, from the outermost in."""
    around = max((_output_path(d, paths) for d in _dependencies(op, ops)), key=len, default=())
    return (*around, str(op.attr["frame_name"])) if op.type in ENTERS else around


def _output_path(op: Operation, paths: dict[Operation, Path]) -> Path:
    return paths[op][:-1] if op.type in EXITS else paths[op]


def _ordered(items: Iterable[T], dependencies: Callable[[T], Iterable[T]], position: Callable[[T], int]) -> Iterator[T]:
    """Each item after what it depends on, and where that leaves a choice by position."""
    waiting: dict[T, int] = {}
    consumers: dict[T, list[T]] = {}
    for item in items:
        needed = list(dependencies(item))
        waiting[item] = len(needed)
        for other in needed:
            consumers.setdefault(other, []).append(item)
    count = 0
    ready: list[tuple[int, int, T]] = []
    for item, number in waiting.items():
        if not number:
            heapq.heappush(ready, (position(item), count, item))
            count += 1
    while ready:
        _, _, item = heapq.heappop(ready)
        yield item
        for other in consumers.get(item, ()):
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, (position(other), count, other))
                count += 1
