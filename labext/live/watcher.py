"""Follows the runs of a graph for its view: which nodes, how often, with which values, and what failed."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labext.awaited import Column
from labext.cells import at_cell_end
from labext.live.contract import Graph, Operation, Run, Tensor
from labext.live.naming import find_tensor
from labext.live.progress import Progress, is_initialization
from labext.run_log import Failure, RunKind, RunLog, RunShape

# A variable itself, of a type such as float32_ref, is read by its `read` node.
_FLOATS = frozenset({"float16", "bfloat16", "float32", "float64"})


@dataclass(slots=True)
class _Ride:
    kind: RunKind
    progress: Progress
    is_step: bool
    is_start: bool
    names: tuple[str, ...]
    checked: tuple[str, ...]


class Watcher:
    """Takes part in the runs of a graph and notes them in a log.

    Args:
        log: takes what happens.
        graph: whose runs to follow; when it is the default graph and is replaced, its successor's.
        follows_default: whether to go over to a new default graph.
        checks_numerics: whether every value of a run is looked at for NaN and infinity.
    """

    def __init__(self, log: RunLog, graph: Graph, *, follows_default: bool, checks_numerics: bool = False) -> None:
        self._log = log
        self._checks_numerics = checks_numerics
        self._follows_default = follows_default
        self._sessions: weakref.WeakKeyDictionary[object, Progress] = weakref.WeakKeyDictionary()
        self._missing: set[str] = set()
        self._graph = graph
        self._hook = _Hook(self)
        self._attach(graph)
        at_cell_end(self._end_cell)

    @property
    def names(self) -> tuple[str, ...]:
        """Full names of the tensors whose values are shown."""
        return self._log.watched

    def watch(self, names: Sequence[str]) -> None:
        """Shows the values of these tensors, full names, from the next run on."""
        self._log.watch(names)
        self._be_asked_again()

    def board(self, run: Run) -> tuple[_Ride, Sequence[Tensor]]:
        """Chooses the tensors that a run brings along: the watched ones that it can fetch."""
        progress = self._sessions.setdefault(run.session, Progress())
        tensors: list[Tensor] = []
        names = []
        for name in self.names:
            tensor = find_tensor(self._graph, name, run)
            if tensor is None:
                self._missing.add(name.partition(":")[0])
            elif run.can_fetch(tensor):
                tensors.append(tensor)
                names.append(name)
        kind = self._log.kind_of(RunShape(tuple(run.operations), tuple(run.feeds), tuple(run.fetches)))
        checked = [tensor for tensor in self._numbers(run) if run.can_fetch(tensor)] if self._checks_numerics else []
        ride = _Ride(
            kind,
            progress,
            run.is_step,
            is_initialization(run),
            tuple(names),
            tuple(tensor.name for tensor in checked),
        )
        return ride, [*tensors, *checked]

    def arrive(self, ride: _Ride, count: int, values: Sequence[Column]) -> None:
        """Notes some runs."""
        progress = ride.progress
        if ride.is_start:
            progress.step = 0
            self._log.begin_training()
        step = progress.step if progress.step or ride.is_step else None
        watched = values[: len(ride.names)]
        if ride.checked:
            for place, checked in enumerate(zip(*values[len(ride.names) :], strict=True)):
                self._log.check(step if step is None or not ride.is_step else step + place, ride.checked, checked)
        self._log.note(ride.kind, count, step, ride.names, watched, is_step=ride.is_step)
        if ride.is_step:
            progress.step += count

    def wait(self, run: Run) -> None:
        """Notes that runs wait."""
        self._log.awaited.add(run)

    def fail(self, error: Exception, op: Operation | None) -> None:
        """Notes why a run failed."""
        self._log.fail(Failure(None if op is None else op.name, f"{type(error).__name__}: {error}"))

    def node_added(self, op: Operation) -> None:
        """Asks to be asked again when a watched tensor appears."""
        if op.name in self._missing:
            self._be_asked_again()

    def graph_replaced(self, new_graph: Graph) -> None:
        """Follows the default graph."""
        if self._follows_default:
            self.detach()
            self._log.awaited.settle()
            self._log.clear()
            self._attach(new_graph)

    def detach(self) -> None:
        """Stops watching; the view keeps what it shows."""
        self._graph.remove_run_hook(self._hook)
        self._graph.remove_observer(self)

    def _numbers(self, run: Run) -> Iterator[Tensor]:
        """The first outputs of the evaluated nodes that are floating point values, no variables, in order."""
        for name in run.operations:
            try:
                tensor = self._graph.get_tensor_by_name(f"{name}:0")
            except (KeyError, ValueError):
                continue
            if tensor.dtype.name in _FLOATS:
                yield tensor

    def _attach(self, graph: Graph) -> None:
        self._graph = graph
        self._hook = _Hook(self)
        self._missing.clear()
        graph.add_observer(self)
        graph.add_run_hook(self._hook)

    def _be_asked_again(self) -> None:
        self._missing.clear()
        self._graph.remove_run_hook(self._hook)
        self._hook = _Hook(self)
        self._graph.add_run_hook(self._hook)

    def _end_cell(self) -> None:
        self._log.end_cell()


class _Hook:
    """Takes part in runs for a watcher; to be asked again about a run the watcher comes with a new one."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        # By identity: a run compares by its whole plan. Held weakly: a run holds its session.
        self._rides: dict[int, _Ride] = {}

    def before_run(self, run: Run) -> Sequence[Tensor]:
        ride, tensors = self._watcher.board(run)
        self._rides[id(run)] = ride
        weakref.finalize(run, self._rides.pop, id(run), None)
        return tensors

    def after_runs(self, run: Run, count: int, values: Sequence[Column]) -> None:
        self._watcher.arrive(self._rides[id(run)], count, values)

    def runs_wait(self, run: Run) -> None:
        self._watcher.wait(run)

    def run_failed(self, _run: Run, error: Exception, op: Operation | None) -> None:
        self._watcher.fail(error, op)
