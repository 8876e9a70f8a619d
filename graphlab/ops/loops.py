"""Loops: `tf.while_loop`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphlab.graph.collections import GraphKeys
from graphlab.graph.graph import get_default_graph
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Tensor
from graphlab.ops import arrays, build, nests
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.iterations import WhileContext
from graphlab.ops.scopes import name_scope
from graphlab.ops.switches import close_loop, exit_, loop_condition, merge, switch_beside
from graphlab.ops.tensor_arrays import TensorArray, flow_of, with_flow

Build = Callable[..., Any]


def while_loop(
    cond: Build,
    body: Build,
    loop_vars: Any,
    shape_invariants: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
    maximum_iterations: Any = None,
    return_same_structure: bool = False,
) -> Any:
    """Repeats `body` while `cond` is true. Mirrors `tf.while_loop`.

    Both functions are called once, now, with tensors that stand for the loop variables in any iteration.

    Args:
        cond: builds a truth value from the loop variables.
        body: builds the variables' values in the next iteration, with the same structure, types and shapes.
        loop_vars: a nest of initial values: tensors, what can be converted, and TensorArrays.
        shape_invariants: a nest like `loop_vars` of static shapes that hold in all iterations.
        parallel_iterations: accepted for compatibility and kept in the graph; iterations run in order.
        back_prop: whether gradients may flow through the loop.
        swap_memory: accepted for compatibility and kept in the graph.
        name: the name scope.
        maximum_iterations: ends the loop after so many iterations; an integer or a scalar.
        return_same_structure: whether a single variable is returned in the structure of `loop_vars`.

    Returns:
        The values after the last iteration, in the structure of `loop_vars`.

    Raises:
        TypeError: a function is not callable, or the body returns another structure.
        ValueError: there are no variables, or the body changes their number, types or shapes.
    """
    for label, function in (("cond", cond), ("body", body)):
        if not callable(function):
            raise TypeError(f"'{label}' must be callable.")
    if parallel_iterations < 1:
        raise TypeError("'parallel_iterations' must be a positive integer.")
    with name_scope(name, "while", _tensors(loop_vars)):
        if not loop_vars:
            raise ValueError("'loop_vars' must be provided.")
        limit = None
        if maximum_iterations is not None:
            limit = convert_to_tensor(maximum_iterations, name="maximum_iterations")
            if limit.shape.ndims != 0:
                raise ValueError(f"'maximum_iterations' must be a scalar. Received shape: {limit.shape}")
            is_single = len(loop_vars) == 1 and not return_same_structure
            cond, body, loop_vars = _limited(limit, cond, body, loop_vars, is_single)
            if shape_invariants is not None:
                shape_invariants = (TensorShape([]), shape_invariants[0] if is_single else shape_invariants)
        context = WhileContext(limit, parallel_iterations, back_prop, swap_memory)
        if context.outer is None:
            get_default_graph().add_to_collection(GraphKeys.WHILE_CONTEXT, context)
        result = _Loop(context, loop_vars, shape_invariants).build(cond, body)
    if limit is not None:
        return result[1]
    return result[0] if len(nests.flatten(loop_vars)) == 1 and not return_same_structure else result


def _limited(limit: Tensor, cond: Build, body: Build, loop_vars: Any, is_single: bool) -> tuple[Build, Build, Any]:
    """Adds a counter to a loop."""
    counter = constant(0, dtype=limit.dtype, name="iteration_counter")
    if is_single:
        return (
            lambda i, value: build.add("LogicalAnd", i < limit, cond(value)),
            lambda i, value: (i + 1, body(value)),
            (counter, loop_vars[0]),
        )
    return (
        lambda i, values: build.add("LogicalAnd", i < limit, cond(*values)),
        lambda i, values: (i + 1, body(*values)),
        (counter, loop_vars),
    )


class _Loop:
    """The variables of one loop while it is built."""

    def __init__(self, context: WhileContext, loop_vars: Any, shape_invariants: Any) -> None:
        self._context = context
        self._vars = nests.mapped(lambda v: v if isinstance(v, TensorArray) else convert_to_tensor(v), loop_vars)
        self._flat = nests.flatten(self._vars)
        self._initial = [flow_of(v) for v in self._flat]
        self._invariants = (
            [t.shape for t in self._initial] if shape_invariants is None else _shapes(self._vars, shape_invariants)
        )

    def build(self, cond: Build, body: Build) -> Any:
        """Adds the loop's nodes and returns the values after it, in the structure that the body returns."""
        context = self._context
        with get_default_graph().inside_flow(context):
            merged = [merge([t, t]) for t in context.enter_variables(self._initial, self._invariants)]
            context.pivot_for_pred = merged[0]
            context.pivot = loop_condition(convert_to_tensor(cond(*self._packed(merged))), name="LoopCond")
            switched = [switch_beside(t, context.pivot) for t in merged]
            inside = [arrays.identity(t[1]) for t in switched]
            context.pivot_for_body = inside[0]
            packed = self._packed(inside)
            result = body(*packed)
            if not nests.is_nested(result):
                result = [result]
            nests.check_same(list(packed), list(result))
            following = [convert_to_tensor(flow_of(item)) for item in nests.flatten(result)]
            for variable, value in zip(merged, following, strict=True):
                close_loop(variable, value)
            exits = [exit_(t[0]) for t in switched]
            context.exits = list(exits)
            context.leave(exits)
        return nests.pack(result, [with_flow(item, t) for item, t in zip(nests.flatten(result), exits, strict=True)])

    def _packed(self, tensors: Sequence[Tensor]) -> Any:
        return nests.pack(self._vars, [with_flow(v, t) for v, t in zip(self._flat, tensors, strict=True)])


def _shapes(loop_vars: Any, shape_invariants: Any) -> list[TensorShape]:
    shapes = nests.flatten(shape_invariants)
    variables = nests.flatten(loop_vars)
    if len(shapes) != len(variables):
        raise ValueError(
            f"'shape_invariants' holds {len(shapes)} shapes for {len(variables)} loop variables; give it the structure of 'loop_vars'."
        )
    for shape in shapes:
        if shape is not None and not isinstance(shape, TensorShape):
            raise TypeError(
                f"'shape_invariants' must hold tf.TensorShape objects, not {shape!r}. Use for example tf.TensorShape([None, 2])."
            )
    return [flow_of(v).shape if shape is None else shape for v, shape in zip(variables, shapes, strict=True)]


def _tensors(nest: Any) -> list[Any]:
    return [item for item in nests.flatten(nest) if isinstance(item, Tensor)]
