"""Symbolic differentiation: adds to the graph the nodes that compute gradients. Mirrors `tf.gradients`."""

from __future__ import annotations

import collections
import contextlib
import enum
from collections.abc import Iterable, Sequence
from typing import Any

from graphlab.gradient_aggregation import Gradient, check_method, total
from graphlab.graph.dtypes import INEXACT, NUMBERS
from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Operation, Tensor, located
from graphlab.loop_gradients import LoopGradients, check_not_initial, zeros_like
from graphlab.ops import arrays, control
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.indexed_slices import IndexedSlices, convert_to_tensor_or_indexed_slices
from graphlab.ops.scopes import colocate_with, device, name_scope
from graphlab.ops.switches import EXITS


class UnconnectedGradients(enum.Enum):
    """What the gradient is where there is no connection. Mirrors `tf.UnconnectedGradients`."""

    NONE = "none"
    ZERO = "zero"


def gradients(
    ys: Any,
    xs: Any,
    grad_ys: Any = None,
    name: str = "gradients",
    colocate_gradients_with_ops: bool = False,
    gate_gradients: bool = False,
    aggregation_method: int | None = None,
    stop_gradients: Any = None,
    unconnected_gradients: Any = UnconnectedGradients.NONE,
) -> list[Any]:
    """Adds nodes that compute the derivative of the sum of `ys` with respect to each of `xs`. Mirrors `tf.gradients`.

    Reverse mode: from each op, in reverse order, the gradient of its outputs is turned into that of its inputs by
    the rule registered for its type; what reaches one tensor on several ways is added up.

    Args:
        ys: a tensor or a list of them.
        xs: a tensor or variable, or a list of them.
        grad_ys: the gradients of each of `ys`, None among them for ones; default ones.
        name: the name scope of the new nodes.
        colocate_gradients_with_ops: whether gradients go to the device of the op that they are of.
        gate_gradients: whether all gradients of an op are ready before one of them is used.
        aggregation_method: one of `tf.AggregationMethod`.
        stop_gradients: tensors to treat as constants.
        unconnected_gradients: what to return where `ys` do not depend on an x: None, or zeros.

    Returns:
        For each of `xs` its gradient: a tensor, or `tf.IndexedSlices` where only some rows matter, or None.

    Raises:
        LookupError: an op on the way cannot be differentiated.
        TypeError: a tensor's type has no gradient, or a gradient has the wrong type.
        ValueError: the arguments do not go together.
    """
    check_method(aggregation_method)
    unconnected = UnconnectedGradients(unconnected_gradients)
    ys_list, xs_list, stops = _as_list(ys), _as_list(xs), _as_list(stop_gradients or [])
    seeds = [None] * len(ys_list) if grad_ys is None else _as_list(grad_ys)
    if len(seeds) != len(ys_list):
        raise ValueError(f"Length mismatch. Passed {len(seeds)} grad_ys for {len(ys_list)} ys")
    given = [value for value in (*ys_list, *xs_list, *stops, *seeds) if value is not None]
    with name_scope(name, "gradients", given):
        # TensorFlow takes a name here, which shows in later names.
        get_default_graph().unique_name("uid")
        targets = [convert_to_tensor(y, name=f"y_{i}") for i, y in enumerate(ys_list)]
        sources = [convert_to_tensor(x, name=f"x_{i}", as_ref=True) for i, x in enumerate(xs_list)]
        backward = _Backward(targets, sources, stops, colocate_gradients_with_ops, gate_gradients, aggregation_method)
        seeds = [
            None if s is None else convert_to_tensor_or_indexed_slices(s, name=f"grad_y_{i}")
            for i, s in enumerate(seeds)
        ]
        for i, (y, seed) in enumerate(zip(targets, seeds, strict=True)):
            with backward.beside(y.op):
                backward.receive(y, _initial_gradient(y, seed, i))
        backward.run()
        found = [backward.gradient(x) for x in sources]
    return [_or_unconnected(gradient, x, unconnected) for gradient, x in zip(found, sources, strict=True)]


class _Backward:
    """One pass from targets back to sources."""

    def __init__(
        self,
        targets: list[Tensor],
        sources: list[Tensor],
        stops: list[Any],
        colocate: bool,
        gate: bool,
        aggregation_method: int | None,
    ) -> None:
        self._targets = targets
        self._colocate = colocate
        self._gate = gate
        self._aggregation_method = aggregation_method
        self._received: dict[Tensor, list[Gradient]] = {}
        self._total: dict[Tensor, Gradient | None] = {}
        self._sources = [t.op for t in sources]
        self._stops = [getattr(t, "op", t) for t in stops]
        self._loops: LoopGradients
        self._pending: dict[Operation, int]
        self._stop_ops: set[Operation]

    def beside(self, op: Operation) -> contextlib.AbstractContextManager[None]:
        """Places gradient nodes where `op` is, if that was asked for."""
        return colocate_with(op) if self._colocate else contextlib.nullcontext()

    def receive(self, tensor: Tensor, gradient: Gradient) -> None:
        """Adds a gradient that has arrived at a tensor."""
        if tensor in self._total:
            # The Switch of a loop variable, visited a second time.
            self._total[tensor] = gradient
        self._received.setdefault(tensor, []).append(gradient)

    def gradient(self, tensor: Tensor) -> Gradient | None:
        """The gradient of a tensor, summed up."""
        if tensor not in self._total:
            self._total[tensor] = total(self._received.get(tensor, ()), tensor.op, self._aggregation_method)
        return self._total[tensor]

    def run(self) -> None:
        """Walks the graph backwards, each op once all its consumers are done."""
        between = _between([t.op for t in self._targets], self._sources)
        self._loops = LoopGradients(between, self._colocate)
        self._pending = _pending(between)
        ready = dict.fromkeys(t.op for t in self._targets if self._pending.get(t.op) == 0)
        queue = collections.deque(ready)
        for tensor in self._loops.first_exits(self._pending, set(ready)):
            if tensor.dtype.base_dtype in INEXACT:
                self.receive(tensor, self._loops.zeros_for_exit(tensor))
                queue.append(tensor.op)
        self._stop_ops = {op for op in self._sources if not any(self._pending.get(t.op) for t in op.inputs)}
        self._stop_ops.update(self._stops)
        while queue:
            op = queue.popleft()
            with self.beside(op):
                with self._loops.entered(op, before=True):
                    incoming = [self.gradient(t) for t in op.outputs]
                with self._loops.entered(op, before=False):
                    self._visit(op, incoming)
            for tensor in op.inputs:
                queue.extend(self._ready(tensor))

    def _ready(self, tensor: Tensor) -> Sequence[Operation]:
        """The operations whose turn it is after one use of a tensor was visited."""
        op = tensor.op
        if op not in self._pending:
            return ()
        self._pending[op] -= 1
        if self._pending[op] and not (self._loops and self._loops.is_early(op, self._pending[op])):
            return ()
        if op.type in EXITS:
            return self._loops.ready_exits(tensor, self._has_gradient, self.receive)
        return (op,)

    def _has_gradient(self, op: Operation) -> bool:
        return any(self._received.get(t) for t in op.outputs)

    def _visit(self, op: Operation, incoming: list[Gradient | None]) -> None:
        if op in self._stop_ops or all(g is None for g in incoming):
            return
        check_not_initial(op)
        definition = op.definition
        if definition.gradient is None:
            if definition.is_differentiable:
                return
            raise LookupError(
                f"No gradient defined for operation {located(op)}. "
                "Wrap the tensor in tf.stop_gradient if it should count as a constant."
            )
        grads = [self._or_zeros(g, t) for g, t in zip(incoming, op.outputs, strict=True)]
        with name_scope(f"{op.name}_grad"):
            outgoing = _one_for_each_input(definition.gradient(op, *grads), op)
            if self._gate and sum(g is not None for g in outgoing) > 1:
                with device(None), colocate_with(None, ignore_existing=True):
                    outgoing = control.tuple_(outgoing)
        for tensor, gradient in zip(op.inputs, outgoing, strict=True):
            if gradient is not None:
                _check_shape(op, tensor, gradient)
                self.receive(tensor, gradient)

    def _or_zeros(self, gradient: Gradient | None, output: Tensor) -> Gradient | None:
        """Zeros for an output that nothing depends on, so that rules get a gradient for floating point outputs."""
        if gradient is not None or output.dtype.base_dtype not in INEXACT:
            return gradient
        return self._loops.zeros_like(output.op, output) if self._loops else zeros_like(output.op, output)


def _between(targets: Iterable[Operation], sources: Iterable[Operation]) -> dict[Operation, None]:
    """The operations through which gradients flow, from targets back to sources."""
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
                stack += consumers.get(tensor, ())
    between: dict[Operation, None] = {}
    queue = collections.deque(targets)
    while queue:
        op = queue.popleft()
        if op in reached and op not in between:
            between[op] = None
            queue.extend(t.op for t in op.inputs)
    return between


def _pending(between: dict[Operation, None]) -> dict[Operation, int]:
    """For each of the operations how many uses of its outputs by others of them there are."""
    pending = dict.fromkeys(between, 0)
    for op in between:
        for tensor in op.inputs:
            if tensor.op in between:
                pending[tensor.op] += 1
    return pending


def _initial_gradient(y: Tensor, given: Any, index: int) -> Gradient:
    kind = y.dtype.base_dtype
    if kind not in NUMBERS:
        raise TypeError(f"Tensor {y} with type {kind.name} must be numeric to obtain a default gradient. Use tf.cast.")
    if given is None:
        if kind.is_complex:
            raise TypeError(f"Gradients of complex tensors ({y}) must set grad_ys (y.dtype = {kind.name})")
        return arrays.ones(arrays.shape(y), kind, name=f"grad_ys_{index}")
    if kind.is_complex != given.dtype.is_complex or given.dtype.base_dtype not in NUMBERS:
        needed = "complex" if kind.is_complex else "real or integer"
        raise TypeError(
            f"Gradient type {given.dtype.name} generated for {'complex' if kind.is_complex else 'real or integer'}-valued "
            f"tensor {y} with type {kind.name} must be {needed}"
        )
    if isinstance(given, IndexedSlices):
        parts = {"indices": given.indices, "values": given.values, "shape": given.dense_shape}
        named = {k: t and arrays.identity(t, name=f"grad_ys_{index}_{k}") for k, t in parts.items()}
        return IndexedSlices(named["values"], named["indices"], named["shape"])
    return arrays.identity(given, name=f"grad_ys_{index}")


def _or_unconnected(gradient: Gradient | None, x: Tensor, unconnected: UnconnectedGradients) -> Gradient | None:
    if gradient is None and unconnected is UnconnectedGradients.ZERO:
        return arrays.zeros_like(x)
    return gradient


def _check_shape(op: Operation, tensor: Tensor, gradient: Gradient) -> None:
    if isinstance(gradient, Tensor):
        try:
            gradient.set_shape(tensor.shape)
        except ValueError:
            raise ValueError(
                "Incompatible shapes between op input and calculated input gradient. Forward operation: "
                f"{located(op)}. Original input shape: {tensor.shape}. Calculated input gradient shape: {gradient.shape}"
            ) from None


def _one_for_each_input(result: Any, op: Operation) -> Sequence[Gradient | None]:
    grads = list(result) if isinstance(result, (list, tuple)) else [result]
    if len(grads) != len(op.inputs):
        raise ValueError(
            f"Num gradients {len(grads)} generated for op {located(op)} do not match num inputs {len(op.inputs)}"
        )
    return grads


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]
