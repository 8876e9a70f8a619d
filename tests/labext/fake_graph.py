"""Graphs that keep the contract between engine and notebook, without an engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.node_def_pb2 import NodeDef


def graph_def(*names: str) -> GraphDef:
    return GraphDef(node=[NodeDef(name=name, op="Neg") for name in names])


@dataclass(eq=False)
class FakeOperation:
    name: str
    type: str = "Identity"
    inputs: Sequence[FakeTensor] = ()


@dataclass(eq=False)
class FakeTensor:
    name: str
    graph: FakeGraph

    @property
    def op(self) -> FakeOperation:
        return FakeOperation(self.name.partition(":")[0])


@dataclass(eq=False)
class FakeSession:
    """Runs that the test describes; asks each hook once for each distinct run."""

    graph: FakeGraph
    known: dict[tuple[str, ...], tuple[FakeRun, list[tuple[Any, Sequence[FakeTensor]]]]] = field(default_factory=dict)

    def run(self, *operations: str, fed: bool = True, **values: Any) -> None:
        """Evaluates operations; `values` are what the extra tensors would be."""
        key = (*operations, str(fed), str([id(hook) for hook in self.graph.hooks]))
        if key not in self.known:
            run = FakeRun(self, operations, is_step="train" in operations, is_fed=fed)
            self.known[key] = (run, [(hook, hook.before_run(run)) for hook in self.graph.hooks])
        run, rides = self.known[key]
        for hook, tensors in rides:
            hook.after_runs(run, 1, [[values[tensor.name.removesuffix(":0")]] for tensor in tensors])


@dataclass(eq=False)
class FakeRun:
    session: FakeSession
    operations: Sequence[str]
    is_step: bool
    is_fed: bool

    def can_fetch(self, tensor: FakeTensor) -> bool:
        return self.is_fed or "needs_feed" not in tensor.name


class FakeGraph:
    def __init__(self, *names: str) -> None:
        self.names = list(names)
        self.hooks: list[Any] = []
        self.observers: list[Any] = []

    def add(self, name: str) -> FakeTensor:
        self.names.append(name)
        self._tell(lambda observer: observer.node_added(FakeOperation(name)))
        return self.get_tensor_by_name(f"{name}:0")

    def replace_by(self, graph: FakeGraph) -> None:
        self._tell(lambda observer: observer.graph_replaced(graph))

    def get_operations(self) -> Sequence[FakeOperation]:
        return [FakeOperation(name) for name in self.names]

    def get_tensor_by_name(self, name: str) -> FakeTensor:
        if name.removesuffix(":0") not in self.names:
            raise KeyError(name)
        return FakeTensor(name, self)

    def add_observer(self, observer: Any) -> None:
        self.observers.append(observer)

    def remove_observer(self, observer: Any) -> None:
        self.observers.remove(observer)

    def add_run_hook(self, hook: Any) -> None:
        self.hooks.append(hook)

    def remove_run_hook(self, hook: Any) -> None:
        self.hooks.remove(hook)

    def _tell(self, call: Callable[[Any], None]) -> None:
        for observer in list(self.observers):
            call(observer)


class ShownGraph:
    """A graph as the view knows graphs."""

    def __init__(self, *names: str) -> None:
        self.nodes = list(graph_def(*names).node)
        self.observers: list[Any] = []

    @property
    def version(self) -> int:
        return len(self.nodes)

    def as_graph_def(self, from_version: int | None = None, add_shapes: bool = False) -> GraphDef:
        assert add_shapes
        return GraphDef(node=self.nodes[from_version or 0 :])

    def add_observer(self, observer: Any) -> None:
        self.observers.append(observer)

    def remove_observer(self, observer: Any) -> None:
        self.observers.remove(observer)
