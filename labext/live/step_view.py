"""The view of `live.step`: one run, node by node, forward and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from labext.live.contract import Graph, Operation, Tensor
from labext.live.naming import node_name, tensor_name
from labext.step_log import Condition, Limit, StepLog
from labext.widgets.run_view import RunView


class SteppedRun(Protocol):
    """A run that can be made node by node, as `tf.Session.steps` gives it."""

    @property
    def operations(self) -> Any:
        """What will be evaluated."""

    @property
    def result(self) -> Any:
        """What the run gave."""

    def __next__(self) -> Any:
        """Evaluates the next node."""

    def __iter__(self) -> Any:
        """The run itself."""


class StepView(RunView):
    """Shows a run of a graph node by node, with the values of all nodes that have been evaluated.

    The buttons above the graph and in the card of a node do what the methods do. Nodes are evaluated when they are first reached; the session
    takes over what the run assigns once the last one has been.

    Args:
        graph: the graph.
        steps: the run.
    """

    def __init__(self, graph: Graph, steps: SteppedRun) -> None:
        logs: list[StepLog] = []

        def make_log(touch: Callable[[], None]) -> StepLog:
            logs.append(StepLog(iter(steps), len(steps.operations), touch))
            return logs[0]

        super().__init__(graph, make_log)
        self._steps = steps
        self._log = logs[0]
        self.on_command = self._obey
        self._overlay.touch()

    def forward(self, nodes: int = 1) -> None:
        """Evaluates the next nodes, or shows them again."""
        self._log.go(self._log.position + nodes)

    def back(self, nodes: int = 1) -> None:
        """Goes back by some nodes; nothing is computed again."""
        self._log.go(self._log.position - nodes)

    def to(self, position: int) -> None:
        """Goes to where so many nodes have been evaluated."""
        self._log.go(position)

    def run(self) -> None:
        """Goes on to the next breakpoint, or to the end."""
        self._log.run()

    def break_at(self, node: str | Tensor | Operation, when: Condition | None = None) -> None:
        """Lets `run` stop at a node.

        Args:
            node: a node, a tensor, or a name.
            when: if given, `run` stops only if this is true of the node's value.

        Example:
            >>> import math
            >>> import graphlab as tf
            >>> graph = tf.Graph()
            >>> with graph.as_default():
            ...     loss = tf.log(tf.constant(-1.0), name="loss")
            >>> view = step(tf.Session(graph=graph), loss)
            >>> view.break_at("loss", when=math.isnan)
            >>> view.run()
            >>> view.position, view.current
            (2, 'loss')
        """
        self._log.break_at(node_name(node), when)

    def remove_break(self, node: str | Tensor | Operation) -> None:
        """Takes a breakpoint away."""
        self._log.remove_break(node_name(node))

    def break_when_not_finite(self) -> None:
        """Lets `run` stop at the first node whose value holds NaN or infinity: where the trouble begins."""
        self._log.break_at_odd_numbers()

    def value(self, tensor: str | Tensor) -> Any:
        """Returns the value of a tensor that has been evaluated.

        Raises:
            KeyError: it has not been evaluated yet.
        """
        node, _, index = tensor_name(tensor).rpartition(":")
        return self._log.value(node, int(index))

    @property
    def position(self) -> int:
        """How many nodes have been evaluated where the view stands."""
        return self._log.position

    @property
    def current(self) -> str | None:
        """The node that was evaluated last; None at the start."""
        return self._log.current

    @property
    def error(self) -> Exception | None:
        """What the run failed with, if it did."""
        return self._log.error

    @property
    def result(self) -> Any:
        """What `run` of the session would have returned.

        Raises:
            RuntimeError: the run is not done yet.
        """
        return self._steps.result

    def _obey(self, command: dict[str, Any]) -> None:
        match command:
            case {"do": "move", "nodes": int(nodes)}:
                self.forward(nodes)
            case {"do": "go", "position": int(position)}:
                self.to(position)
            case {"do": "run"}:
                self.run()
            case {"do": "break", "node": str(node), "when": "odd"}:
                self.break_at(node, Limit("odd"))
            case {
                "do": "break",
                "node": str(node),
                "when": "above" | "below" as kind,
                "limit": int(limit) | float(limit),
            }:
                self.break_at(node, Limit(kind, limit))
            case {"do": "break", "node": str(node)}:
                self.break_at(node)
            case {"do": "unbreak", "node": str(node)}:
                self.remove_break(node)


def step(session: Any, fetches: Any, feed_dict: Any = None) -> StepView:
    """Shows a run node by node, forward and back, with the values of all nodes.

    Args:
        session: the session to run in.
        fetches: what to fetch, as in `session.run`.
        feed_dict: maps tensors to the values that they have in this run.

    Returns:
        The view; it shows where it is the last expression of a cell. Its `result` is what the run gives.

    Raises:
        TypeError, ValueError: something cannot be fetched or fed.
    """
    return StepView(session.graph, session.steps(fetches, feed_dict))
