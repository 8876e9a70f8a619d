"""A graph view that also shows runs: an overlay on a channel of its own, which never moves a node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from labext.channel import Batch, Channel
from labext.sources.graphdef import Showable
from labext.value_history import ValueHistory
from labext.widgets.graph_view import GraphView

# What is recorded is for looking back.
_HISTORY_PACE_S = 1.2
_MOST_MARKED = 5000


class OverlaySource(Protocol):
    """What the overlay shows."""

    @property
    def version(self) -> int:
        """Grows with each change."""

    def describe(self, since: int) -> dict[str, Any]:
        """Gives, in plain JSON, what a page that has seen version `since` needs to show the present."""


class RunView(GraphView):
    """Shows a graph and what was run of it.

    Args:
        graph: the graph.
        make_source: makes what the overlay shows; it is given what to call after each change.
        follows_default: go over to the new default graph when `reset_default_graph()` replaces this one.
    """

    def __init__(
        self,
        graph: Showable,
        make_source: Callable[[Callable[[], None]], OverlaySource],
        *,
        follows_default: bool = False,
        **traits: Any,
    ) -> None:
        self._overlay = Channel(self.send, self._collect_overlay, name="runs")
        self.on_command: Callable[[dict[str, Any]], None] = _ignore
        self._history = Channel(self.send, self._collect_history, name="history", pace_s=_HISTORY_PACE_S)
        self._overlay_source = make_source(self._touch)
        super().__init__(graph, follows_default=follows_default, **traits)
        self.on_msg(lambda _widget, content, _buffers: self._hear(content))

    def picture_content(self) -> object:
        """Names what the picture shows."""
        return super().picture_content(), self._overlay_source.version if self._is_marked else 0

    def close(self) -> None:
        """Ends the view; the graph and its runs go on without it."""
        self._overlay.close()
        self._history.close()
        super().close()

    @property
    def _is_marked(self) -> bool:
        """Whether pictures are drawn anew when something ran: of a large graph that takes longer than the run."""
        return self._source.version <= _MOST_MARKED

    def _runs(self) -> dict[str, Any] | None:
        return self._overlay_source.describe(0) if self._is_marked else None

    def _collect_overlay(self, since: int) -> Batch:
        # The version is read first: what changes in between is told again.
        upto = self._overlay_source.version
        return Batch(upto=upto, header=self._overlay_source.describe(since) if upto > since else {})

    def _touch(self) -> None:
        self._overlay.touch()
        self._history.touch()

    def _collect_history(self, since: int) -> Batch:
        history: ValueHistory | None = getattr(self._overlay_source, "history", None)
        if history is None:
            return Batch(upto=since)
        news = history.since(since)
        header = {"firstRun": news.first_run, "stride": news.stride, "moments": news.moments}
        return Batch(upto=news.upto, header=header)

    def _hear(self, content: object) -> None:
        if self._overlay.receive(content) or self._history.receive(content) or not isinstance(content, dict):
            return
        command = content.get("run_command")
        if isinstance(command, dict):
            self.on_command(command)


def _ignore(_command: dict[str, Any]) -> None:
    pass
