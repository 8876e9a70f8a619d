"""Reads the graphs that TensorFlow writes: `.pb`, `.pbtxt`, `.meta`, event files and log folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from google.protobuf import text_format
from google.protobuf.message import DecodeError
from tensorboard.backend.event_processing.event_file_loader import RawEventFileLoader
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.meta_graph_pb2 import MetaGraphDef

_EVENTS = "tfevents"


def read_graph(path: Path) -> GraphDef:
    """Reads the graph of a file or folder.

    Args:
        path: a GraphDef as `.pb` or `.pbtxt`, a MetaGraphDef as `.meta`, an event file, or a folder
            that holds event files at any depth: of those, the graph written last.

    Raises:
        ValueError: there is no graph in it.
        OSError: it cannot be read.
    """
    if not path.exists():
        raise FileNotFoundError(f"There is no {path}. Give a .pb, .pbtxt, .meta or event file, or a log folder.")
    if path.is_dir():
        return _read_folder(path)
    if _EVENTS in path.name:
        graph = _last_graph(path)
        if graph is None:
            raise ValueError(f"{path} holds no graph; write one with FileWriter(logdir, graph)")
        return graph
    try:
        if path.suffix == ".pbtxt":
            return text_format.Parse(path.read_text(encoding="utf-8"), GraphDef())
        if path.suffix == ".meta":
            return _graph_of(MetaGraphDef.FromString(path.read_bytes()))
        return GraphDef.FromString(path.read_bytes())
    except (DecodeError, text_format.ParseError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} does not hold a GraphDef: {error}") from error


def _read_folder(folder: Path) -> GraphDef:
    files = sorted(folder.rglob(f"*{_EVENTS}*"), key=lambda file: (file.stat().st_mtime, file.name), reverse=True)
    for file in files:
        graph = _last_graph(file)
        if graph is not None:
            return graph
    what = f"none of its {len(files)} event files holds a graph" if files else "there is no event file in it"
    raise ValueError(f"{folder}: {what}; write one with FileWriter(logdir, graph)")


def _last_graph(file: Path) -> GraphDef | None:
    found = None
    for event in _events(file):
        if event.HasField("graph_def"):
            found = GraphDef.FromString(event.graph_def)
        elif event.HasField("meta_graph_def") and found is None:
            found = _graph_of(MetaGraphDef.FromString(event.meta_graph_def))
    return found


def _events(file: Path) -> Iterator[Event]:
    try:
        for record in RawEventFileLoader(str(file)).Load():
            yield Event.FromString(record)
    except DecodeError as error:
        raise ValueError(f"{file} is not an event file: {error}") from error


def _graph_of(meta: MetaGraphDef) -> GraphDef:
    graph = GraphDef()
    graph.CopyFrom(meta.graph_def)
    return graph
