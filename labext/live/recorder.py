"""Records tensors during training: they ride along with each training step."""

from __future__ import annotations

import math
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from labext.awaited import Column
from labext.language import tr
from labext.live.contract import Graph, Operation, Run, Tensor
from labext.live.naming import find_tensor
from labext.live.progress import Progress, is_initialization
from labext.scalar_log import Curve
from labext.widgets.scalar_plot import ScalarPlot


@dataclass(slots=True)
class _Progress(Progress):
    """How far a session has come; its curves are None until the first step after a new start."""

    curves: list[Curve | None] | None = None
    waiting_since_s: float | None = None


@dataclass(slots=True)
class _Ride:
    """What a distinct run brings: the places of the tensors among the recorder's names."""

    progress: _Progress
    is_step: bool
    is_start: bool
    places: list[int] = field(default_factory=list)


class Recorder:
    """Feeds a plot from the training steps of a graph.

    Steps count from 0 in each session and from each initialization of its variables; with those a
    new run begins, and the earlier ones stay in the plot. When the default graph is replaced, the
    recorder goes on with the new one.

    Args:
        plot: takes the points.
        tags: labels of the tensors.
        names: full names of the tensors, ``op:index``.
        graph: whose runs to follow.
    """

    def __init__(self, plot: ScalarPlot, tags: Sequence[str], names: Sequence[str], graph: Graph) -> None:
        self._plot = plot
        self._names = names
        self._tags = tags
        self._runs = 0
        self._missing: set[str] = set()
        self._sessions: weakref.WeakKeyDictionary[object, _Progress] = weakref.WeakKeyDictionary()
        self._graph = graph
        self._hook = _Hook(self)
        self._attach(graph)

    def board(self, run: Run) -> tuple[_Ride, Sequence[Tensor]]:
        """Chooses the tensors that a run brings along: on a training step, those it can fetch."""
        progress = self._sessions.setdefault(run.session, _Progress())
        ride = _Ride(progress, run.is_step, is_initialization(run))
        tensors = []
        if run.is_step:
            for place, name in enumerate(self._names):
                tensor = self._find(name, run)
                if tensor is not None and run.can_fetch(tensor):
                    ride.places.append(place)
                    tensors.append(tensor)
        return ride, tensors

    def arrive(self, ride: _Ride, count: int, values: Sequence[Column]) -> None:
        """Adds the values of some runs to the curves; they are read later, in another thread."""
        progress = ride.progress
        if ride.is_step:
            if progress.curves is None:
                self._begin_run(progress)
            for place, column in zip(ride.places, values, strict=True):
                self._curve(progress, place, column[0]).extend(progress.step, column, progress.waiting_since_s)
            progress.step += count
            progress.waiting_since_s = None
        elif ride.is_start:
            progress.curves = None

    def wait(self, ride: _Ride, run: Run) -> None:
        """Notes that steps wait."""
        ride.progress.waiting_since_s = time.perf_counter()
        self._plot.awaited.add(run)

    def node_added(self, op: Operation) -> None:
        """Asks to be asked again when a tensor appears that an earlier run had to do without."""
        if op.name in self._missing:
            self._missing.clear()
            self._plot.notice = ""
            self._graph.remove_run_hook(self._hook)
            self._hook = _Hook(self)
            self._graph.add_run_hook(self._hook)

    def graph_replaced(self, new_graph: Graph) -> None:
        """Follows the default graph."""
        self.detach()
        self._attach(new_graph)

    def detach(self) -> None:
        """Stops recording; the plot keeps what it has."""
        self._graph.remove_run_hook(self._hook)
        self._graph.remove_observer(self)

    def _attach(self, graph: Graph) -> None:
        self._graph = graph
        self._hook = _Hook(self)
        self._missing.clear()
        graph.add_observer(self)
        graph.add_run_hook(self._hook)

    def _find(self, name: str, run: Run) -> Tensor | None:
        tensor = find_tensor(self._graph, name, run)
        if tensor is None:
            self._missing.add(name.partition(":")[0])
            self._plot.notice = tr(
                "The graph has no tensor {name}. Give a tensor this name to plot it.", name=repr(name)
            )
        return tensor

    def _begin_run(self, progress: _Progress) -> None:
        self._runs += 1
        progress.step = 0
        progress.curves = [None] * len(self._names)

    def _curve(self, progress: _Progress, place: int, value: Any) -> Curve:
        assert progress.curves is not None
        curve = progress.curves[place]
        if curve is None:
            tag, run, shape = self._tags[place], f"run {self._runs}", getattr(value, "shape", ())
            curve = (
                self._plot.open_curve(tag, run) if math.prod(shape) == 1 else self._plot.open_curves(tag, run, shape)
            )
            progress.curves[place] = curve
        return curve


class _Hook:
    """Takes part in runs for a recorder.

    A graph asks a hook once about each distinct run; to be asked again the recorder comes with a
    new one.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        # By identity: a run compares by its whole plan. Held weakly: a run holds its session.
        self._rides: dict[int, _Ride] = {}

    def before_run(self, run: Run) -> Sequence[Tensor]:
        ride, tensors = self._recorder.board(run)
        self._rides[id(run)] = ride
        weakref.finalize(run, self._rides.pop, id(run), None)
        return tensors

    def after_runs(self, run: Run, count: int, values: Sequence[Column]) -> None:
        self._recorder.arrive(self._rides[id(run)], count, values)

    def runs_wait(self, run: Run) -> None:
        self._recorder.wait(self._rides[id(run)], run)
