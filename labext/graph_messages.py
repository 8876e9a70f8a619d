"""What crosses to the browser of a source of nodes."""

from __future__ import annotations

import threading

from labext.payload import GraphEncoder
from labext.sources.graphdef import GraphSource


class GraphMessages:
    """Encodes a graph, and what is added to it; one that cannot grow, only once.

    Args:
        source: the graph.
    """

    def __init__(self, source: GraphSource) -> None:
        self._source = source
        self._encoder = GraphEncoder()
        self._whole: bytes | None = None
        # The page and the stored picture ask at the same time, each from a thread of its own.
        self._lock = threading.Lock()

    def whole(self) -> bytes:
        """Gives the graph as it stands in one message."""
        if self._source.can_grow:
            return GraphEncoder().encode(*self._source.nodes_after(0))
        with self._lock:
            if self._whole is None:
                self._whole = GraphEncoder().encode(*self._source.nodes_after(0))
            return self._whole

    def after(self, position: int) -> tuple[int, bytes]:
        """Gives the message for a page that has so many nodes, and how many it has then. Never called twice at once."""
        if not self._source.can_grow:
            return self._source.version, self.whole()
        if position == 0 or position != self._encoder.node_count:
            self._encoder = GraphEncoder()
        message = self._encoder.encode(*self._source.nodes_after(self._encoder.node_count))
        return self._encoder.node_count, message
