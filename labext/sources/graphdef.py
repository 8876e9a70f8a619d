"""Anything that gives a GraphDef, as a source of nodes that may grow."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol, TypeAlias, runtime_checkable

from tensorboard.compat.proto.graph_debug_info_pb2 import GraphDebugInfo
from tensorboard.compat.proto.graph_pb2 import GraphDef

from labext.sources.files import read_graph


@runtime_checkable
class GraphLike(Protocol):
    """A graph that can be asked for its nodes; TensorFlow's and graphlab's graphs are."""

    def as_graph_def(self, from_version: int | None = None, add_shapes: bool = False) -> Any:
        """Gives the nodes added after `from_version`."""


Showable: TypeAlias = GraphLike | GraphDef | str | Path
"""What a graph view can be given."""


class GraphSource(Protocol):
    """Nodes, in the order in which they were added."""

    can_grow: bool

    @property
    def version(self) -> int:
        """Number of nodes so far."""

    def nodes_after(self, version: int) -> tuple[GraphDef, GraphDebugInfo | None]:
        """Gives the nodes from number `version` on, and where each was created if that is known."""


def open_source(graph: Showable | None) -> GraphSource:
    """Opens a graph, a GraphDef, or a file or folder that holds one; None is an empty graph.

    Raises:
      TypeError: it is none of these.
      ValueError: the file does not hold a graph.
      OSError: the file cannot be read.
    """
    if graph is None:
        return _Fixed(GraphDef())
    if isinstance(graph, (str, Path)):
        return _Fixed(read_graph(Path(graph)))
    if isinstance(graph, GraphDef):
        return _Fixed(graph)
    if isinstance(graph, GraphLike):
        return _Growing(graph)
    raise TypeError(
        f"cannot show {type(graph).__name__!r} as a graph; give a graph (with as_graph_def()), a GraphDef, "
        "or the path of a .pb, .pbtxt, .meta or event file, or of a log folder"
    )


class _Fixed:
    can_grow = False

    def __init__(self, graph_def: GraphDef) -> None:
        self._graph_def = graph_def
        self.version = len(graph_def.node)

    def nodes_after(self, version: int) -> tuple[GraphDef, GraphDebugInfo | None]:
        return (self._graph_def if version == 0 else GraphDef(node=self._graph_def.node[version:])), None


class _Growing:
    can_grow = True

    def __init__(self, graph: GraphLike) -> None:
        self._graph = graph

    @property
    def version(self) -> int:
        return int(getattr(self._graph, "version", 0))

    def nodes_after(self, version: int) -> tuple[GraphDef, GraphDebugInfo | None]:
        graph_def = self._graph.as_graph_def(from_version=version or None, add_shapes=True)
        if not isinstance(graph_def, GraphDef):
            graph_def = GraphDef.FromString(graph_def.SerializeToString())
        trace = getattr(self._graph, "as_graph_debug_info", None)
        return graph_def, None if trace is None else trace(from_version=version or None)
