"""Lets a graph at the end of a cell show itself."""

from __future__ import annotations

from typing import Any

from IPython import get_ipython
from IPython.display import display

from labext.widgets.graph_view import GraphView

_GRAPHS = (("graphlab.graph.graph", "Graph"), ("tensorboard.compat.proto.graph_pb2", "GraphDef"))


def show_graphs_at_cell_ends() -> None:
    """Registers the view with IPython for graphs; does nothing in a plain script."""
    shell: Any = get_ipython()
    if shell is None:
        return
    formatter = shell.display_formatter.ipython_display_formatter
    for module, name in _GRAPHS:
        formatter.for_type_by_name(module, name, _show)


def _show(graph: Any) -> None:
    display(GraphView(graph))  # type: ignore[no-untyped-call]
