"""Live views of a graph: one line before the training loop, and the loop stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import graphlab
from labext.cells import current_cell
from labext.live.contract import Graph, Tensor
from labext.live.graph_view import LiveGraphView
from labext.live.naming import values_behind
from labext.live.recorder import Recorder
from labext.live.step_view import step
from labext.live.train import TrainingRun, make_run
from labext.live.training import Feed
from labext.sources.events import read_scalars
from labext.widgets.scalar_plot import ScalarPlot

__all__ = ["plot", "step", "tensorboard", "train", "watch"]

_recorders: dict[tuple[str | None, tuple[str, ...]], Recorder] = {}
_views: dict[tuple[str | None, object], LiveGraphView] = {}


def plot(*tensors: str | Tensor) -> ScalarPlot:
    """Plots values of the graph on every training step, while it runs.

    A training step is a run that updates a variable. The tensors are fetched with it, never in a
    run of their own, and steps without the feeds they need are left out. Each new session and each
    initialization of the variables begins a new curve beside the earlier ones.

    A variable or another tensor with up to 16 elements gets a curve for each element, a larger one
    curves of its smallest element, its mean and its largest. Of a summary, or of merged ones, the
    values are plotted that it summarises.

    Like any widget the plot shows where it is the last expression of a cell; ``display(plot)``
    shows it anywhere else. Running the cell again replaces its plot.

    Args:
        tensors: tensors, variables, summaries, or names such as ``"mse"``, which may be given to a tensor later. Names
            follow the default graph, also over ``reset_default_graph()``.

    Returns:
        The plot.

    Raises:
        ValueError: no tensor is given, they belong to different graphs, or one is a summary of
            something else than numbers.

    Example:
        >>> plot("mse")
        ScalarPlot('mse')
    """
    if not tensors:
        raise ValueError('nothing to plot: name a tensor, as in live.plot("mse")')
    graph = _common_graph(tensors)
    tags, names = zip(*(pair for tensor in tensors for pair in values_behind(tensor, graph)), strict=True)
    key = (current_cell(), names)
    if key in _recorders:
        _recorders.pop(key).detach()
    made = ScalarPlot(title=", ".join(tags))
    _recorders[key] = Recorder(made, tags, names, graph)
    return made


def tensorboard(logdir: str | Path, *tags: str) -> ScalarPlot:
    """Plots the scalars of TensorBoard runs, every point of them.

    Args:
        logdir: the folder that was written, by this library or by TensorFlow.
        tags: which scalars; by default all.

    Returns:
        The plot, with a curve for each tag of each run.

    Raises:
        FileNotFoundError: there is no such folder, or nothing in it.
        ValueError: no run has such a tag.
    """
    found = [events for events in read_scalars(logdir) if not tags or events.tag in tags]
    if not found:
        raise ValueError(f"no run in {str(logdir)!r} has a scalar {' or '.join(map(repr, tags)) or 'at all'}")
    made = ScalarPlot(title=Path(logdir).name)
    for events in found:
        curve = made.open_curve(events.tag, events.run, events.times_s[0])
        for point in zip(events.steps, events.times_s, events.values, strict=True):
            curve.append_at(*point)
    return made


def train(
    training_op: Any,
    *,
    steps: int | None = None,
    feed: Feed = None,
    metrics: Sequence[str | Tensor] = (),
    session: Any | None = None,
    learning_rate: Tensor | None = None,
    in_background: bool | None = None,
) -> TrainingRun:
    """Trains while the notebook stays free: with buttons to pause, step and stop beside the curves.

    Args:
        training_op: what to run in each step.
        steps: how many steps to make; needed unless `feed` ends by itself.
        feed: what to feed: the same dict each time, a function from the number of the step, or one dict after another.
        metrics: scalars to plot, as in `plot`.
        session: default the default session. One of a ``with`` block is closed at its end: wait in the block.
        learning_rate: the tensor that holds the learning rate; default the one that an optimizer has made.
        in_background: whether to return at once. By default that is so in a notebook that a person has open; a script
            or a notebook under test trains here and now.

    Returns:
        The run; ``await run`` or ``run.wait()`` waits for its end.

    Raises:
        ValueError: there is no session, or nothing says how many steps to make.
        Exception: what a step fails with, unless the training is in the background.
    """
    return make_run(
        training_op,
        plot(*metrics) if metrics else None,
        steps=steps,
        feed=feed,
        session=session,
        learning_rate=learning_rate,
        in_background=in_background,
    )


def watch(
    graph: Any | None = None, values: Sequence[str | Tensor] = (), *, check_numerics: bool = False
) -> LiveGraphView:
    """Shows a graph that follows what the cells add to it and what they run of it.

    After each `sess.run` the view marks the evaluated nodes with their place in the order of evaluation, how often they
    were evaluated since the cell began, what was fed and what was fetched. A run that fails selects the node that
    failed.

    Args:
        graph: the graph; by default the default graph, also after ``reset_default_graph()``.
        values: tensors, or their names, whose values to show; `LiveGraphView.watch` changes them later.
        check_numerics: look at every value of every run for NaN and infinity, and select the node where they came up
            first. This costs time: all values leave the compiled program.

    Returns:
        The view; it shows where it is the last expression of a cell.

    Raises:
        TypeError: `graph` is no graph.
    """
    key = (current_cell(), "" if graph is None else id(graph))
    if key[0] is not None and key in _views:
        _views.pop(key).detach()
    shown = graphlab.get_default_graph() if graph is None else graph
    view = LiveGraphView(shown, follows_default=graph is None, checks_numerics=check_numerics)
    view.watch(*values)
    _views[key] = view
    return view


def _common_graph(tensors: tuple[str | Tensor, ...]) -> Graph:
    graphs = {id(tensor.graph): tensor.graph for tensor in tensors if not isinstance(tensor, str)}
    if len(graphs) > 1:
        raise ValueError("the tensors belong to different graphs; make a plot for each graph")
    return next(iter(graphs.values()), None) or cast(Graph, graphlab.get_default_graph())
