"""The graph view: what Python keeps of it and what it tells the page."""

from __future__ import annotations

import base64
import weakref
from pathlib import Path
from typing import Any, Literal

import traitlets

from labext.channel import Batch, Channel
from labext.display import PicturedWidget
from labext.payload import GraphEncoder
from labext.picture import draw
from labext.sources.graphdef import Showable, open_source

_STATIC = Path(__file__).parents[1] / "static"
_PICTURE_KEYS = ("expanded", "ungrouped", "included", "excluded", "direction")


class GraphView(PicturedWidget):
    """Shows a computation graph, and follows it while it grows.

    Args:
        graph: a graph, a GraphDef, or the path of a `.pb` or `.pbtxt` file; None shows nothing yet.
        follows_default: go over to the new default graph when `reset_default_graph()` replaces this one.

    Raises:
        TypeError: `graph` is none of these.
        ValueError: the file does not hold a GraphDef.

    Example:
        >>> from tensorboard.compat.proto.graph_pb2 import GraphDef
        >>> GraphView(GraphDef())
        GraphView(0 nodes)
    """

    _esm = _STATIC / "graph.js"

    state = traitlets.Dict().tag(sync=True)
    """What is open, selected and in view; `frontend/src/protocol/view_state.ts` lists its keys."""

    def __init__(self, graph: Showable | None = None, *, follows_default: bool = False, **traits: Any) -> None:
        super().__init__(**traits)
        self._follows_default = follows_default
        self._follower = _Follower(self)
        self._graph: Showable | None = None
        self._source = open_source(None)
        self._encoder = GraphEncoder()
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
        self._graph, self._source = graph, source
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
        _observe(self._graph, "remove_observer", self._follower)
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
        if since == 0 or since != self._encoder.node_count:
            self._encoder = GraphEncoder()
        message = self._encoder.encode(*self._source.nodes_after(self._encoder.node_count))
        return Batch(upto=self._encoder.node_count, buffers=[message])

    def _draw(self, theme: str, picture_id: str) -> str:
        message = GraphEncoder().encode(*self._source.nodes_after(0))
        text = base64.b64encode(message).decode()
        return draw("graphSvg", {"id": picture_id, "messages": [text], "state": dict(self.state), "theme": theme})


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


def _ancestors(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
