"""Which runs bring which points, on a graph that only keeps the contract."""

from __future__ import annotations

import pytest

from labext.live.recorder import Recorder
from labext.widgets.scalar_plot import ScalarPlot
from tests.labext.fake_graph import FakeGraph, FakeSession


@pytest.fixture
def plot() -> ScalarPlot:
    return ScalarPlot()


def curves_of(plot: ScalarPlot) -> dict[tuple[str, str], list[tuple[int, float]]]:
    found = {}
    for curve in plot.curves:
        steps, values = plot.values(curve.tag, curve.run)
        found[curve.tag, curve.run] = list(zip(steps.tolist(), values.tolist(), strict=True))
    return found


def test_training_steps_are_counted_from_zero_and_other_runs_are_not(plot: ScalarPlot) -> None:
    graph = FakeGraph("mse")
    Recorder(plot, ["mse"], ["mse:0"], graph)
    session = FakeSession(graph)
    session.run("theta/Assign")
    for value in (3.0, 2.0, 1.0):
        session.run("train", mse=value)
        session.run("mse")
    assert curves_of(plot) == {("mse", "run 1"): [(0, 3.0), (1, 2.0), (2, 1.0)]}


def test_new_session_and_new_initialization_begin_new_runs(plot: ScalarPlot) -> None:
    graph = FakeGraph("mse")
    Recorder(plot, ["mse"], ["mse:0"], graph)
    first = FakeSession(graph)
    first.run("train", mse=1.0)
    first.run("theta/Assign")
    first.run("theta/Assign")
    first.run("train", mse=2.0)
    second = FakeSession(graph)
    second.run("train", mse=3.0)
    first.run("train", mse=4.0)
    assert curves_of(plot) == {
        ("mse", "run 1"): [(0, 1.0)],
        ("mse", "run 2"): [(0, 2.0), (1, 4.0)],
        ("mse", "run 3"): [(0, 3.0)],
    }


def test_step_without_its_feeds_counts_but_brings_no_value(plot: ScalarPlot) -> None:
    graph = FakeGraph("mse", "needs_feed")
    Recorder(plot, ["mse", "needs_feed"], ["mse:0", "needs_feed:0"], graph)
    session = FakeSession(graph)
    session.run("train", mse=1.0, needs_feed=5.0)
    session.run("train", fed=False, mse=2.0)
    session.run("train", mse=3.0, needs_feed=6.0)
    assert curves_of(plot) == {
        ("mse", "run 1"): [(0, 1.0), (1, 2.0), (2, 3.0)],
        ("needs_feed", "run 1"): [(0, 5.0), (2, 6.0)],
    }


def test_name_that_appears_later_is_picked_up(plot: ScalarPlot) -> None:
    graph = FakeGraph()
    Recorder(plot, ["mse"], ["mse:0"], graph)
    session = FakeSession(graph)
    session.run("train")
    assert "no tensor 'mse:0'" in plot.notice
    graph.add("mse")
    session.run("train", mse=2.0)
    assert plot.notice == ""
    assert curves_of(plot) == {("mse", "run 1"): [(1, 2.0)]}


def test_replaced_default_graph_is_followed(plot: ScalarPlot) -> None:
    graph = FakeGraph("mse")
    Recorder(plot, ["mse"], ["mse:0"], graph)
    FakeSession(graph).run("train", mse=1.0)
    fresh = FakeGraph()
    graph.replace_by(fresh)
    assert (graph.hooks, graph.observers) == ([], [])
    fresh.add("mse")
    FakeSession(fresh).run("train", mse=9.0)
    assert curves_of(plot) == {("mse", "run 1"): [(0, 1.0)], ("mse", "run 2"): [(0, 9.0)]}


def test_detached_recorder_leaves_the_graph_alone(plot: ScalarPlot) -> None:
    graph = FakeGraph("mse")
    Recorder(plot, ["mse"], ["mse:0"], graph).detach()
    FakeSession(graph).run("train")
    assert len(plot) == 0
