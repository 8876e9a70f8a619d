"""Finds the tensor that a name means in a training step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labext.live.contract import Graph, Operation, Run, Tensor

_SUMMARIES_OF_NUMBERS = frozenset({"ScalarSummary", "HistogramSummary"})
_VARIABLE_TYPES = frozenset({"Variable", "VariableV2", "VarHandleOp"})


def tensor_name(tensor: str | Tensor) -> str:
    """Returns the full name, ``op:index``, of a tensor, a variable, or a name that may lack the index."""
    name = tensor if isinstance(tensor, str) else tensor.name
    return name if ":" in name else f"{name}:0"


def values_behind(tensor: str | Tensor, graph: Graph) -> Iterator[tuple[str, str]]:
    """Yields the label and the full name of what a plot shows for a tensor: for a summary, what it summarises.

    Raises:
        ValueError: it is a summary of something else than numbers.
    """
    found = _find_now(graph, tensor) if isinstance(tensor, str) else tensor
    if found is None or "Summary" not in found.op.type:
        yield tensor_name(tensor).removesuffix(":0"), tensor_name(tensor)
    elif found.op.type == "MergeSummary":
        for merged in found.op.inputs:
            yield from values_behind(merged, graph)
    elif found.op.type in _SUMMARIES_OF_NUMBERS:
        yield found.op.name, found.op.inputs[1].name
    else:
        raise ValueError(
            f"{found.op.name!r} is a {found.op.type}: only summaries of scalars and histograms can be plotted"
        )


def _find_now(graph: Graph, name: str) -> Tensor | None:
    try:
        return graph.get_tensor_by_name(tensor_name(name))
    except (KeyError, ValueError):
        return None


def node_name(node: str | Tensor | Operation) -> str:
    """Returns the name of a node, also of the one that a tensor comes out of."""
    name = node if isinstance(node, str) else node.name
    return name.partition(":")[0]


def find_tensor(graph: Graph, name: str, run: Run) -> Tensor | None:
    """Returns the tensor of that name, or its newest namesake that belongs to the run.

    A notebook cell that builds a graph and is run again builds it beside the earlier one: its
    ``mse`` is now ``mse_1``. Where the named tensor depends on variables of which the run
    evaluates none, the last tensor of the same name but for such numbers is meant that does not.
    """
    exact = _find_now(graph, name)
    if exact is None:
        return None
    evaluated = frozenset(run.operations)
    if _belongs(exact, evaluated):
        return exact
    stem, _, index = name.partition(":")
    namesakes = (op for op in graph.get_operations() if _unnumbered(op.name) == _unnumbered(stem))
    tensors = [graph.get_tensor_by_name(f"{op.name}:{index}") for op in namesakes]
    return next((tensor for tensor in reversed(tensors) if _belongs(tensor, evaluated)), exact)


def _belongs(tensor: Tensor, evaluated: frozenset[str]) -> bool:
    variables = _variables_behind(tensor)
    return not variables or not variables.isdisjoint(evaluated)


def _variables_behind(tensor: Tensor) -> frozenset[str]:
    seen: dict[str, Operation] = {}
    waiting = [tensor.op]
    while waiting:
        op = waiting.pop()
        if op.name not in seen:
            seen[op.name] = op
            waiting += [source.op for source in op.inputs]
    return frozenset(op.name for op in seen.values() if op.type in _VARIABLE_TYPES)


def _unnumbered(name: str) -> str:
    return "/".join(re.sub(r"_\d+$", "", part) for part in name.split("/"))
