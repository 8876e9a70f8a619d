"""Writes a graph to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from google.protobuf import text_format

from graphlab.graph.graph import Graph


def write_graph(graph_or_graph_def: Any, logdir: str, name: str, as_text: bool = True) -> str:
    """Writes a graph as a `GraphDef` message. Mirrors `tf.io.write_graph`.

    Args:
        graph_or_graph_def: a graph or a `GraphDef`.
        logdir: the folder, made if it is not there.
        name: the name of the file.
        as_text: whether to write text, which people read, rather than bytes.

    Returns:
        The path of the file.
    """
    message = graph_or_graph_def.as_graph_def() if isinstance(graph_or_graph_def, Graph) else graph_or_graph_def
    path = Path(logdir) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if as_text:
        path.write_text(text_format.MessageToString(message), encoding="utf-8")
    else:
        path.write_bytes(message.SerializeToString())
    return str(path)
