"""The graph view of `live.watch`."""

from __future__ import annotations

from typing import Any

from labext.live.contract import Tensor
from labext.live.naming import tensor_name
from labext.live.watcher import Watcher
from labext.run_log import Failure, RunLog
from labext.widgets.run_view import RunView


class LiveGraphView(RunView):
    """Shows a graph while it grows and while it runs.

    Args:
        graph: a graph that tells its hooks about runs; others are shown without them.
        follows_default: go over to the new default graph when `reset_default_graph()` replaces this one.
        checks_numerics: look at every value for NaN and infinity.

    Raises:
        TypeError: `graph` is no graph.
    """

    def __init__(self, graph: Any, *, follows_default: bool = False, checks_numerics: bool = False) -> None:
        logs: list[RunLog] = []

        def make_log(touch: Any) -> RunLog:
            logs.append(RunLog(touch))
            return logs[0]

        super().__init__(graph, make_log, follows_default=follows_default)
        self._log = logs[0]
        is_watchable = hasattr(graph, "add_run_hook")
        options = {"follows_default": follows_default, "checks_numerics": checks_numerics}
        self._watcher = Watcher(self._log, graph, **options) if is_watchable else None
        self.on_command = self._obey

    def watch(self, *tensors: str | Tensor) -> None:
        """Shows the values of these tensors too: range, mean and a small histogram on their nodes.

        They are fetched with the runs that can compute them without further feeds, never in a run of their own.

        Args:
            tensors: tensors, variables, or their names.
        """
        if self._watcher is not None and tensors:
            self._watcher.watch(tuple(dict.fromkeys([*self._log.watched, *map(tensor_name, tensors)])))

    def unwatch(self, *tensors: str | Tensor) -> None:
        """Shows the values of these tensors no longer; without arguments, of none."""
        if self._watcher is not None:
            gone = set(map(tensor_name, tensors)) or set(self._log.watched)
            self._watcher.watch([name for name in self._log.watched if name not in gone])

    def value(self, tensor: str | Tensor) -> dict[str, Any] | None:
        """Returns what is shown of a watched tensor's newest value; None before there is one."""
        return self._log.value(tensor_name(tensor))

    def value_at(self, step: int) -> dict[str, Any]:
        """Returns what is recorded of the watched tensors at a training step, or at the last one recorded before it.

        Raises:
            KeyError: nothing was recorded so early.
        """
        return self._log.history.at(step)

    @property
    def evaluations(self) -> dict[str, int]:
        """How often each node was evaluated in the newest cell with a run."""
        return self._log.counts()

    @property
    def failure(self) -> Failure | None:
        """Why the last run failed, or where NaN or infinity came up first; None if all went well."""
        return self._log.failure or self._log.find_trouble()

    def detach(self) -> None:
        """Follows runs and the default graph no longer; the view keeps what it shows."""
        self._follows_default = False
        if self._watcher is not None:
            self._watcher.detach()

    def close(self) -> None:
        """Ends the view; the graph goes on without it."""
        self.detach()
        super().close()

    def _obey(self, command: dict[str, Any]) -> None:
        name = command.get("tensor")
        if isinstance(name, str):
            (self.watch if command.get("do") == "watch" else self.unwatch)(name)
