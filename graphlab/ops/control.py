"""Ops that only order others: NoOp, group, tuple."""

from __future__ import annotations

from typing import Any

from graphlab.graph.graph import get_default_graph, graph_of
from graphlab.graph.registry import register
from graphlab.graph.tensor import Operation
from graphlab.ops import arrays
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.ops.scopes import colocate_with, control_dependencies, device, name_scope
from graphlab.ops.shape_rules import nothing

register("NoOp", "->", shape=nothing, lower=lambda k: ())


def no_op(name: str | None = None) -> Operation:
    """Adds an operation that does nothing; useful to wait for others. Mirrors `tf.no_op`."""
    return get_default_graph().add_op("NoOp", (), {}, name)


def group(*inputs: Any, name: str | None = None) -> Operation:
    """Returns an operation that runs all of `inputs`. Mirrors `tf.group`.

    Raises:
        TypeError: an input is neither operation nor tensor.
    """
    ops: list[Operation] = []
    for item in _flatten(inputs):
        if not hasattr(item, "graph"):
            raise TypeError(
                f"'inputs' should be zero or more (nested) Tensors. Received '{item!r}' with type '{type(item)}'."
            )
        element = item.graph.as_graph_element(item)
        ops.append(element if isinstance(element, Operation) else element.op)
    by_device: dict[str, list[Operation]] = {}
    for op in dict.fromkeys(ops):
        by_device.setdefault(op.device, []).append(op)
    with graph_of(ops).as_default(), name_scope(name, "group_deps", ops) as scope:
        if len(by_device) < 2:
            return _waiting(ops, next(iter(by_device), ""), scope)
        # One node for each device, so that devices tell each other once.
        parts = [_waiting(by_device[place], place, None) for place in sorted(by_device)]
        with control_dependencies(parts):
            return no_op(name=scope)


def _waiting(ops: list[Operation], place: str, name: str | None) -> Operation:
    with control_dependencies(list(dict.fromkeys(ops))), device(place):
        return no_op(name=name)


def tuple_(tensors: Any, name: str | None = None, control_inputs: Any = None) -> list[Any]:
    """Returns the tensors, none of which is ready before all are. Mirrors `tf.tuple`."""
    with name_scope(name, "tuple", [t for t in tensors if t is not None]):
        gating = [t.op for t in tensors if t is not None] + [getattr(c, "op", c) for c in control_inputs or ()]
        if not gating:
            raise ValueError("`tensors` must have at least one Tensor.")
        gate = group(*sorted(set(gating), key=lambda op: op.index))
        return [None if t is None else with_dependencies([gate], t) for t in tensors]


def with_dependencies(dependencies: list[Any], output: Any, name: str | None = None) -> Any:
    """Returns `output`, a tensor or slices, which then waits for `dependencies` too."""
    with (
        name_scope(name, "control_dependency", [output]) as scope,
        colocate_with(output.op),
        control_dependencies(dependencies),
    ):
        if isinstance(output, IndexedSlices):
            return IndexedSlices(arrays.identity(output.values, name=scope), output.indices, output.dense_shape)
        return arrays.identity(output, name=scope)


def _flatten(items: Any) -> list[Any]:
    flat: list[Any] = []
    for item in items:
        flat += _flatten(item) if isinstance(item, (list, tuple)) else [item]
    return flat
