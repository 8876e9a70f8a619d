"""Symbolic differentiation: adds to the graph the nodes that compute gradients. Mirrors `tf.gradients`."""

from __future__ import annotations

import collections
import contextlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

from graphlab.graph.dtypes import INEXACT
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.graph.tensor import Operation, Tensor, located
from graphlab.ops import arrays, build, control, joining
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.ops.scopes import colocate_with, device, name_scope

Pending = dict[Operation, int]
Gradient = Tensor | IndexedSlices

# Ops that hand sparse gradients on; all others take dense ones.
_PASS_SPARSE: Final = frozenset({"Identity", "PlaceholderWithDefault"})


def gradients(
    ys: Any,
    xs: Any,
    grad_ys: Any = None,
    name: str = "gradients",
    colocate_gradients_with_ops: bool = False,
    gate_gradients: bool = False,
    aggregation_method: int | None = None,
    stop_gradients: Any = None,
) -> list[Tensor | IndexedSlices | None]:
    """Adds nodes that compute the derivative of the sum of `ys` with respect to each of `xs`. Mirrors `tf.gradients`.

    Reverse mode: from each op, in reverse order, the gradient of its outputs is turned into that of its inputs by
    the rule registered for its type; what reaches one tensor on several ways is added up.

    Args:
        ys: a tensor or a list of them.
        xs: a tensor or variable, or a list of them.
        grad_ys: the gradients of each of `ys`; default ones.
        name: the name scope of the new nodes.
        colocate_gradients_with_ops: whether gradients go to the device of the op that they are of.
        gate_gradients: whether all gradients of an op are ready before one of them is used.
        aggregation_method: must be None or 0: gradients are added by AddN.
        stop_gradients: tensors to treat as constants.

    Returns:
        For each of `xs` its gradient, or None where `ys` do not depend on it; an `IndexedSlices` where only some rows
        of x were used, as by `tf.gather`.

    Raises:
        LookupError: an op on the way cannot be differentiated.
        TypeError: a tensor has no floating point type, or a gradient has the wrong type.
        NotImplementedError: an aggregation method other than AddN.
    """
    if aggregation_method not in (None, 0):
        raise NotImplementedError("aggregation_method must be left out or be AggregationMethod.ADD_N.")
    ys_list, xs_list, stops = _as_list(ys), _as_list(xs), _as_list(stop_gradients)
    seeds = _as_list(grad_ys) if grad_ys is not None else [None] * len(ys_list)
    if len(seeds) != len(ys_list):
        raise ValueError(f"Length mismatch: {len(ys_list)} ys and {len(seeds)} grad_ys.")
    with name_scope(name, "gradients", [*ys_list, *xs_list]):
        get_default_graph().unique_name("uid")
        targets = [convert_to_tensor(y, name="y") for y in ys_list]
        sources = [convert_to_tensor(x, name="x", as_ref=True) for x in xs_list]
        backward = _Backward(get_default_graph(), targets, sources, stops, colocate_gradients_with_ops, gate_gradients)
        for y, seed, index in zip(targets, seeds, range(len(targets)), strict=True):
            backward.receive(y, _initial_gradient(y, seed, index))
        backward.run()
        return [backward.gradient(x) for x in sources]


class _Backward:
    """One pass from targets back to sources."""

    def __init__(self, graph: Graph, targets: list[Tensor], sources: list[Tensor], stops: list[Any], colocate: bool, gate: bool) -> None:
        self._graph = graph
        self._targets = targets
        self._colocate = colocate
        self._gate = gate
        self._received: dict[Tensor, list[Gradient]] = {}
        self._total: dict[Tensor, Gradient | None] = {}
        source_ops = [t.op for t in sources]
        self._pending, self._reachable = _count_pending([t.op for t in targets], source_ops)
        self._stop_ops = _stop_ops(source_ops, [getattr(t, "op", t) for t in stops], self._pending)

    def receive(self, tensor: Tensor, gradient: Gradient) -> None:
        """Adds a gradient that has arrived at a tensor."""
        self._received.setdefault(tensor, []).append(gradient)

    def gradient(self, tensor: Tensor) -> Gradient | None:
        """The gradient of a tensor, summed up."""
        if tensor not in self._total:
            self._total[tensor] = _summed(self._received.get(tensor, []))
        return self._total[tensor]

    def run(self) -> None:
        """Walks the graph backwards, each op once all its consumers are done."""
        ready = dict.fromkeys(t.op for t in self._targets if self._pending.get(t.op, 0) == 0 and t.op in self._reachable)
        queue = collections.deque(ready)
        while queue:
            op = queue.popleft()
            self._visit(op)
            for tensor in op.inputs:
                producer = tensor.op
                if producer in self._pending:
                    self._pending[producer] -= 1
                    if self._pending[producer] == 0:
                        queue.append(producer)

    def _visit(self, op: Operation) -> None:
        incoming = [self.gradient(t) for t in op.outputs]
        if op in self._stop_ops or all(g is None for g in incoming):
            return
        definition = op.definition
        if definition.gradient is None:
            if definition.is_differentiable:
                return
            raise LookupError(
                f"No gradient defined for operation {located(op)}. Wrap the tensor in tf.stop_gradient if it should count as a constant."
            )
        with colocate_with(op) if self._colocate else contextlib.nullcontext():
            grads = [_or_zeros(g, t) for g, t in zip(incoming, op.outputs, strict=True)]
            with name_scope(op.name + "_grad"):
                if op.type not in _PASS_SPARSE:
                    grads = [convert_to_tensor(g) if isinstance(g, IndexedSlices) else g for g in grads]
                outgoing = _as_list_of(definition.gradient(op, *grads), op)
                if self._gate and sum(g is not None for g in outgoing) > 1:
                    with device(None), colocate_with(None, ignore_existing=True):
                        outgoing = control.tuple_(outgoing)
        for tensor, gradient in zip(op.inputs, outgoing, strict=True):
            if gradient is not None:
                if isinstance(gradient, Tensor):
                    gradient.set_shape(tensor.shape)
                self.receive(tensor, gradient)


def _count_pending(targets: Iterable[Operation], sources: Iterable[Operation]) -> tuple[Pending, set[Operation]]:
    """For each op between sources and targets how many uses of its outputs lie between them.

    Returns:
        The counts, and all ops from which a target can be reached backwards from sources.
    """
    consumers: dict[Tensor, list[Operation]] = {}
    upstream: set[Operation] = set()
    stack = list(targets)
    while stack:
        op = stack.pop()
        if op in upstream:
            continue
        upstream.add(op)
        for tensor in op.inputs:
            consumers.setdefault(tensor, []).append(op)
            stack.append(tensor.op)
    reached: set[Operation] = set()
    stack = [op for op in sources if op in upstream]
    while stack:
        op = stack.pop()
        if op in reached:
            continue
        reached.add(op)
        for tensor in op.outputs:
            if tensor.dtype.base_dtype in INEXACT:
                stack += consumers.get(tensor, [])
    pending: Pending = dict.fromkeys(reached, 0)
    for op in reached:
        for tensor in op.inputs:
            if tensor.op in reached:
                pending[tensor.op] += 1
    return pending, reached


def _stop_ops(sources: list[Operation], stops: list[Operation], pending: Pending) -> set[Operation]:
    """Sources that do not depend on another source, and the ops that the user named."""
    ends = {op for op in sources if all(t.op not in pending for t in op.inputs)}
    return ends | set(stops)


def _initial_gradient(y: Tensor, given: Any, index: int) -> Tensor:
    kind = y.dtype.base_dtype
    if kind not in INEXACT:
        raise TypeError(f"Gradients of tensors must be floating or complex; {y.name} has type {kind.name}. Use tf.cast before.")
    if given is None and kind.is_complex:
        raise TypeError(f"Gradients of complex tensors ({y}) must set grad_ys (y.dtype = {kind!r})")
    if given is not None:
        tensor = convert_to_tensor(given, name=f"grad_ys_{index}")
        if tensor.dtype.base_dtype is not kind:
            raise TypeError(f"Gradient type {tensor.dtype.name} generated for real or integer-valued tensor {y!r} with type {kind.name} must be {kind.name}.")
        return tensor
    result: Tensor = build.add("Fill", arrays.shape(y), constant(1.0, kind, name=f"grad_ys_{index}/Const"), name=f"grad_ys_{index}")
    return result


def _summed(parts: Sequence[Gradient]) -> Gradient | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    sparse = [p for p in parts if isinstance(p, IndexedSlices)]
    if len(sparse) == len(parts):
        values = joining.concat([p.values for p in sparse], 0)
        return IndexedSlices(values, joining.concat([p.indices for p in sparse], 0), sparse[0].dense_shape)
    first = parts[0]
    with colocate_with(first.op, ignore_existing=True):
        result: Tensor = build.add("AddN", list(parts))
        return result


def _or_zeros(gradient: Gradient | None, output: Tensor) -> Gradient | None:
    """Zeros for an output that nothing depends on, so that rules always get a gradient for floating point outputs."""
    if gradient is None and output.dtype.base_dtype in INEXACT:
        return arrays.zeros_like(output, optimize=False)
    return gradient


def _as_list_of(result: Any, op: Operation) -> list[Gradient | None]:
    grads = list(result) if isinstance(result, (list, tuple)) else [result]
    if len(grads) != len(op.inputs):
        raise ValueError(f"The gradient rule of {located(op)} returned {len(grads)} gradients for {len(op.inputs)} inputs.")
    return grads


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
