"""A real TensorBoard reads what FileWriter wrote: runs, scalars, histograms, images, text, graph, compute times."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from google.protobuf import text_format
from tensorboard.compat.proto import config_pb2

import graphlab as tf
from tests.tensorboard_runs import RUNS, STEPS, write_runs
from tests.tensorboard_server import TensorBoard, serve


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TensorBoard, dict[str, list[float]]]]:
    logdir = tmp_path_factory.mktemp("tf_logs")
    written = write_runs(logdir)
    with serve(logdir) as board:
        yield board, written


Board = tuple[TensorBoard, dict[str, list[float]]]


def test_runs_and_scalars(board: Board) -> None:
    server, written = board
    assert sorted(server.get_json("runs")) == list(RUNS)
    for run, values in written.items():
        points = server.get_json("plugin/scalars/scalars", run=run, tag="MSE")
        assert [step for _, step, _ in points] == list(range(STEPS))
        assert [value for _, _, value in points] == pytest.approx(values, rel=1e-6)


def test_histograms_images_and_text(board: Board) -> None:
    server, _ = board
    (histogram,) = server.get_json("plugin/histograms/histograms", run=RUNS[0], tag="parameters")[:1]
    assert sum(count for *_, count in histogram[2]) == 3
    assert server.get_json("plugin/images/tags")[RUNS[0]]
    (text, *_) = server.get_json("plugin/text/text", run=RUNS[0], tag="notes")
    assert "<strong>bold</strong>" in text["text"]


def test_graph_has_scopes_and_shapes(board: Board) -> None:
    server, _ = board
    info = server.get_json("plugin/graphs/info")
    assert info[RUNS[0]]["run_graph"]
    drawn = text_format.Parse(server.get("plugin/graphs/graph", run=RUNS[0]), tf.GraphDef())
    nodes = {node.name: node for node in drawn.node}
    assert {"X", "theta", "loss/mse", "GradientDescent"} <= nodes.keys()
    assert [d.size for d in nodes["theta"].attr["_output_shapes"].list.shape[0].dim] == [3, 1]


def test_traced_run_has_times_of_nodes(board: Board) -> None:
    server, _ = board
    answer = server.get("plugin/graphs/run_metadata", run=RUNS[0], tag="traced step")
    metadata = text_format.Parse(answer, config_pb2.RunMetadata())
    times = {node.node_name: node.all_end_rel_micros for node in metadata.step_stats.dev_stats[0].node_stats}
    assert times["loss/mse"] > 0
