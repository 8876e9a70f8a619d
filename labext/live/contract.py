"""What the live side asks of a graph; any graph that offers this can be watched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from labext.awaited import Column


class Operation(Protocol):
    """A node."""

    @property
    def name(self) -> str:
        """Unique in its graph."""

    @property
    def type(self) -> str:
        """TensorFlow's name of the operation's kind."""

    @property
    def inputs(self) -> Sequence[Tensor]:
        """What it computes from."""


class Tensor(Protocol):
    """An output of a node."""

    @property
    def name(self) -> str:
        """``op:index``."""

    @property
    def dtype(self) -> Any:
        """Its type, with TensorFlow's ``name`` of it."""

    @property
    def op(self) -> Operation:
        """The node it comes out of."""

    @property
    def graph(self) -> Graph:
        """Where it lives."""


class Run(Protocol):
    """A distinct run: the same fetches and fed tensors in the same session."""

    @property
    def session(self) -> object:
        """Whose variables it reads and writes."""

    @property
    def feeds(self) -> Sequence[str]:
        """Names of the fed tensors."""

    @property
    def fetches(self) -> Sequence[str]:
        """Names of the fetched tensors."""

    @property
    def operations(self) -> Sequence[str]:
        """Names of the evaluated operations, in the order of evaluation."""

    @property
    def is_step(self) -> bool:
        """Whether it updates a variable other than by its initializer."""

    def can_fetch(self, tensor: Any) -> bool:
        """Whether the tensor can be had from this run at no further feeds."""

    def settle(self) -> bool:
        """Makes the steps that wait in the session; False if it is busy."""


class RunHook(Protocol):
    """Rides along with the runs of a graph."""

    def before_run(self, run: Run) -> Sequence[Tensor]:
        """Asked once for each distinct run: which tensors shall be fetched with it."""

    def after_runs(self, run: Run, count: int, values: Sequence[Column]) -> None:
        """Told after `count` successful runs, with the values of each of those tensors."""

    def runs_wait(self, run: Run) -> None:
        """Told when runs begin to wait for each other; `run.settle()` has them made."""


class Observer(Protocol):
    """Sees a graph grow."""

    def node_added(self, op: Operation) -> None:
        """Told after each new node."""

    def graph_replaced(self, new_graph: Graph) -> None:
        """Told when another graph took the place of the default graph."""


class Graph(Protocol):
    """A graph that says what happens to it."""

    def get_operations(self) -> Sequence[Operation]:
        """All nodes, in the order in which they were added."""

    def get_tensor_by_name(self, name: str) -> Tensor:
        """Finds a tensor; KeyError or ValueError when there is none."""

    def add_observer(self, observer: Any) -> None:
        """Begins to tell an observer."""

    def remove_observer(self, observer: Any) -> None:
        """Ends it."""

    def add_run_hook(self, hook: Any) -> None:
        """Begins to ask a hook."""

    def remove_run_hook(self, hook: Any) -> None:
        """Ends it."""
