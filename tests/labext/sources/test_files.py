"""Tests for reading graphs that TensorFlow wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from google.protobuf import text_format
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.meta_graph_pb2 import MetaGraphDef
from tensorboard.compat.proto.node_def_pb2 import NodeDef
from tensorboard.summary.writer.event_file_writer import EventFileWriter

from labext.sources.files import read_graph

GRAPH = GraphDef(node=[NodeDef(name="a/x", op="Const"), NodeDef(name="a/y", op="Neg", input=["a/x"])])


def write_events(folder: Path, *events: Event) -> None:
    writer = EventFileWriter(str(folder))
    for event in events:
        writer.add_event(event)
    writer.close()


@pytest.fixture
def log_folder(tmp_path: Path) -> Path:
    older = GraphDef(node=[NodeDef(name="old", op="Const")])
    events = [Event(graph_def=older.SerializeToString()), Event(graph_def=GRAPH.SerializeToString()), Event(step=3)]
    write_events(tmp_path / "runs" / "train", *events)
    return tmp_path / "runs"


def test_reads_messages_as_bytes_and_as_text(tmp_path: Path) -> None:
    (tmp_path / "g.pb").write_bytes(GRAPH.SerializeToString())
    (tmp_path / "g.pbtxt").write_text(text_format.MessageToString(GRAPH))
    (tmp_path / "model.ckpt.meta").write_bytes(MetaGraphDef(graph_def=GRAPH).SerializeToString())
    assert [read_graph(file) for file in sorted(tmp_path.iterdir())] == [GRAPH] * 3


def test_reads_the_last_graph_of_an_event_file_and_of_a_folder(log_folder: Path) -> None:
    (file,) = log_folder.rglob("*tfevents*")
    assert read_graph(file) == GRAPH
    assert read_graph(log_folder) == GRAPH


def test_takes_the_meta_graph_where_there_is_no_other(tmp_path: Path) -> None:
    write_events(tmp_path, Event(meta_graph_def=MetaGraphDef(graph_def=GRAPH).SerializeToString()))
    assert read_graph(tmp_path) == GRAPH


def test_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no event file in it; write one with FileWriter"):
        read_graph(tmp_path)
    write_events(tmp_path, Event(step=1))
    with pytest.raises(ValueError, match="none of its 1 event files holds a graph"):
        read_graph(tmp_path)
    broken = tmp_path / "broken.pb"
    broken.write_bytes(b"\x0a\xff\xff")
    with pytest.raises(ValueError, match="does not hold a GraphDef"):
        read_graph(broken)
