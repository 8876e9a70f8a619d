"""The graph view: what Python keeps of it and what it tells the page."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import traitlets

from labext.channel import Batch, Channel
from labext.display import PicturedWidget
from labext.dock import dock
from labext.graph_messages import GraphMessages
from labext.graphviz import graphviz_source
from labext.picture import draw, svg_to_png
from labext.sources.graphdef import Showable, open_source
from labext.web_page import web_page

_STATIC = Path(__file__).parents[1] / "static"
_PICTURE_KEYS = ("expanded", "ungrouped", "included", "excluded", "direction", "colourBy", "values")


class GraphView(PicturedWidget):
    """Shows a computation graph, and follows it while it grows.

    Args:
        graph: a graph, a GraphDef, or the path of a `.pb`, `.pbtxt`, `.meta` or event file or of a log folder;
            None shows nothing yet.
        follows_default: go over to the new default graph when `reset_default_graph()` replaces this one.

    Raises:
        TypeError: `graph` is none of these.
        ValueError: the file does not hold a graph.

    Example:
        >>> from tensorboard.compat.proto.graph_pb2 import GraphDef
        >>> GraphView(GraphDef())
        GraphView(0 nodes)
    """

    # A text: of a path anywidget keeps each widget alive, to tell it when the file changes.
    _esm = (_STATIC / "graph.js").read_text(encoding="utf-8")

    state = traitlets.Dict().tag(sync=True)
    """What is open, selected and in view; `frontend/src/protocol/view_state.ts` lists its keys."""

    def __init__(self, graph: Showable | None = None, *, follows_default: bool = False, **traits: Any) -> None:
        super().__init__(**traits)
        self._follows_default = follows_default
        self._follower = _Follower(self)
        self._graph: Showable | None = None
        self._source = open_source(None)
        self._messages = GraphMessages(self._source)
        self._channel = Channel(self.send, self._collect, name="graph")
        self.on_msg(lambda _widget, content, _buffers: self._receive(content))
        self.show(graph)

    def __repr__(self) -> str:
        return f"GraphView({self._source.version} nodes)"

    @property
    def graph(self) -> Showable | None:
        """What is shown."""
        return self._graph

    def show(self, graph: Showable | None) -> None:
        """Shows another graph; what is open stays open where the names are the same."""
        source = open_source(graph)
        _observe(self._graph, "remove_observer", self._follower)
        self._graph, self._source, self._messages = graph, source, GraphMessages(source)
        _observe(graph, "add_observer", self._follower)
        self._channel.restart()

    def expand(self, *scopes: str) -> None:
        """Opens scopes, and those around them."""
        paths = [path for scope in scopes for path in (*_ancestors(scope), scope)]
        self._edit(expanded=list(dict.fromkeys([*self.state.get("expanded", []), *paths])))

    def collapse(self, *scopes: str) -> None:
        """Closes scopes; without arguments, all of them."""
        closed = set(scopes) or set(self.state.get("expanded", []))
        self._edit(expanded=[path for path in self.state.get("expanded", []) if path not in closed])

    def select(self, name: Any | None) -> None:
        """Selects a node or scope by its name, or by the tensor or operation itself; None deselects."""
        path = None if name is None else str(getattr(getattr(name, "op", name), "name", name)).partition(":")[0]
        if path is not None:
            self.expand(*_ancestors(path))
        self._edit(selected=path)

    def expand_to(self, depth: int) -> None:
        """Opens all scopes down to a depth; 0 closes all."""
        graph_def, _ = self._source.nodes_after(0)
        parts = (node.name.split("/")[:-1] for node in graph_def.node)
        scopes = {"/".join(part[:end]) for part in parts for end in range(1, min(len(part), depth) + 1)}
        self._edit(expanded=sorted(scopes), viewport=None)

    def colour_by(self, what: str | Mapping[str, float | str] | Callable[[str], float | str | None] | None) -> None:
        """Colours the boxes: numbers from cool to hot, scopes by their sum; texts by a colour each.

        Args:
            what: ``"structure"``, ``"device"``, ``"op"`` or ``"attribute NAME"``; or a number or text for each
                node, as a mapping by name or a function of the name; None for no colours.
        """
        if what is None or isinstance(what, str):
            self._edit(colourBy=what or "", values={})
            return
        value_of = what if callable(what) else what.get
        graph_def, _ = self._source.nodes_after(0)
        found = {node.name: value_of(node.name) for node in graph_def.node}
        self._edit(colourBy="values", values={name: value for name, value in found.items() if value is not None})

    def to_html(self, path: str | Path | None = None, title: str = "Computation graph") -> str:
        """Writes one page that shows the graph without kernel or network, and stays interactive.

        Args:
            path: where to write it; None writes no file.
            title: the page's title.

        Returns:
            The page.
        """
        return _saved(web_page([self._messages.whole()], self.state, title), path)

    def to_png(
        self, path: str | Path | None = None, theme: Literal["light", "dark"] = "light", scale: float = 2
    ) -> bytes:
        """Draws what is open as PNG.

        Args:
            path: where to write it; None writes no file.
            theme: its colours.
            scale: pixels for each unit of the SVG.

        Returns:
            The file's bytes.
        """
        image = svg_to_png(self.to_svg(theme), scale)
        if path is not None:
            Path(path).write_bytes(image)
        return image

    def to_graphviz(self, path: str | Path | None = None, depth: int | None = None) -> str:
        """Writes the graph in Graphviz' language.

        Args:
            path: where to write it; None writes no file.
            depth: how many scopes deep to open; None opens all.

        Returns:
            The text.
        """
        return _saved(graphviz_source(self._source.nodes_after(0)[0], depth), path)

    def dock(self) -> None:
        """Shows the view in a panel beside the notebook, in JupyterLab; elsewhere it shows below the cell."""
        dock(self, "Graph")

    def to_svg(self, theme: Literal["light", "dark"] = "light") -> str:
        """Draws what is open as SVG."""
        return self._draw(theme, "")

    def picture_svg(self) -> str:
        """Draws the picture that a saved notebook shows."""
        return self._draw("light", self.picture_id)

    def picture_content(self) -> object:
        """Names what the picture shows."""
        return self._channel_key(), [self.state.get(key) for key in _PICTURE_KEYS]

    def grow(self) -> None:
        """Says that the graph has new nodes; graphs with observers need no such word."""
        self._channel.touch()

    def close(self) -> None:
        """Ends the view; the graph goes on without it."""
        # Called again when the view is freed.
        graph, self._graph = self._graph, None
        _observe(graph, "remove_observer", self._follower)
        self._channel.close()
        super().close()

    def _channel_key(self) -> tuple[int, int]:
        return id(self._graph), self._source.version

    def _edit(self, **change: Any) -> None:
        self.state = {**self.state, **change}

    def _receive(self, content: object) -> None:
        if not self._channel.receive(content) and isinstance(content, dict) and isinstance(content.get("state"), dict):
            self.state = content["state"]

    def _collect(self, since: int) -> Batch:
        upto, message = self._messages.after(since)
        return Batch(upto, buffers=[message])

    def _draw(self, theme: str, picture_id: str) -> str:
        request = {"id": picture_id, "state": dict(self.state), "runs": self._runs(), "theme": theme}
        return draw("graphSvg", request, [self._messages.whole()])

    def _runs(self) -> dict[str, Any] | None:
        """What a picture shows of runs; a view of the graph alone knows of none."""
        return None


class _Follower:
    """Tells a view about its graph without keeping the view alive."""

    def __init__(self, view: GraphView) -> None:
        self._view = weakref.ref(view)

    def node_added(self, _op: object) -> None:
        view = self._view()
        if view is not None:
            view.grow()

    def graph_replaced(self, new_graph: Any) -> None:
        view = self._view()
        if view is not None and view._follows_default:
            view.show(new_graph)


def _observe(graph: Showable | None, method: str, follower: _Follower) -> None:
    call = getattr(graph, method, None)
    if call is not None:
        call(follower)


def _saved(text: str, path: str | Path | None) -> str:
    if path is not None:
        Path(path).write_text(text, encoding="utf-8")
    return text


def _ancestors(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
