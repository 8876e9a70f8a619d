"""Two graphs side by side: what was added, removed and changed, with one navigation for both."""

from __future__ import annotations

from typing import Any

import ipywidgets

from labext.sources.differences import ATTRIBUTE, mark_differences
from labext.sources.graphdef import Showable, open_source
from labext.widgets.graph_view import GraphView

_LINKED = ("expanded", "selected", "ungrouped", "included", "excluded", "direction", "colourBy")


class Comparison(ipywidgets.HBox):  # type: ignore[misc]  # Published without types.
    """Shows two graphs beside each other. What is opened or selected in one is so in the other.

    Colours tell nodes that are only in the first (removed), only in the second (added), and those whose
    operation, inputs, device or attributes differ (changed). Nodes are the same by their names.

    Args:
        before: a graph, GraphDef, file or folder, as for `GraphView`.
        after: likewise.
    """

    def __init__(self, before: Showable, after: Showable) -> None:
        graphs = mark_differences(open_source(before).nodes_after(0)[0], open_source(after).nodes_after(0)[0])
        self.before, self.after = (GraphView(graph) for graph in graphs)
        for view in (self.before, self.after):
            view.colour_by(f"attribute {ATTRIBUTE}")
            view.layout.width = "50%"
        self.before.observe(lambda change: _follow(self.after, change["new"]), "state")
        self.after.observe(lambda change: _follow(self.before, change["new"]), "state")
        super().__init__([self.before, self.after])


def compare(before: Showable, after: Showable) -> Comparison:
    """Shows what changed from one graph to another, for example before and after `minimize`."""
    return Comparison(before, after)


def _follow(view: GraphView, state: dict[str, Any]) -> None:
    linked = {key: state[key] for key in _LINKED if key in state}
    if {key: view.state.get(key) for key in linked} != linked:
        view.state = {**view.state, **linked}
