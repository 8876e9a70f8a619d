"""Conditionals: `tf.cond`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphlab.graph.collections import GraphKeys
from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Tensor
from graphlab.ops import arrays, nests
from graphlab.ops.branches import CondContext
from graphlab.ops.scopes import name_scope
from graphlab.ops.switches import merge, switch
from graphlab.ops.tensor_arrays import with_flow

Branch = Callable[[], Any]


def cond(
    pred: Any,
    true_fn: Branch | None = None,
    false_fn: Branch | None = None,
    strict: bool = False,
    name: str | None = None,
) -> Any:
    """Returns what `true_fn` or `false_fn` returns, depending on `pred`. Mirrors `tf.cond`.

    Both functions are called once, now, to build the graph; when the graph runs, only one branch is evaluated. What
    was created outside of the functions is evaluated in any case.

    Args:
        pred: a truth value in the graph, a scalar.
        true_fn: builds the branch for true.
        false_fn: builds the branch for false; returns the same structure and types.
        strict: whether a list of one item stays a list.
        name: the name scope.

    Returns:
        The tensors that the functions return, in their structure.

    Raises:
        TypeError: `pred` is a Python truth value, a function is not callable, or the structures are of different types.
        ValueError: the functions return nothing, different structures or different types.
    """
    for label, function in (("true_fn", true_fn), ("false_fn", false_fn)):
        if function is None:
            raise TypeError(f"cond(): '{label}' argument required")
        if not callable(function):
            raise TypeError(
                f"'{label}' must be callable. Pass a function that builds the branch, for example lambda: x + 1."
            )
    assert true_fn is not None
    assert false_fn is not None
    with name_scope(name, "cond", [pred]):
        if isinstance(pred, bool):
            raise TypeError(
                "'pred' must not be a Python bool. Use Python's `if`, or a tensor that is known when the graph runs."
            )
        if_false, if_true = switch(pred, pred)
        pivots = [arrays.identity(if_true, name="switch_t"), arrays.identity(if_false, name="switch_f")]
        condition = arrays.identity(pred, name="pred_id")
        branches = [CondContext(condition, pivots[0], 1), CondContext(condition, pivots[1], 0)]
        results = []
        for label, function, branch in zip(("true_fn", "false_fn"), (true_fn, false_fn), branches, strict=True):
            original, tensors = branch.build(function)
            if original is None:
                raise ValueError(f"'{label}' must have a return value.")
            results.append((original if strict else _unpacked(original), tensors))
        _check_results(*results)
        merged = [merge([no, yes]) for yes, no in zip(results[0][1], results[1][1], strict=True)]
        if branches[0].outer is None:
            for branch in branches:
                get_default_graph().add_to_collection(GraphKeys.COND_CONTEXT, branch)
        packed = nests.pack(
            results[0][0], [with_flow(item, t) for item, t in zip(nests.flatten(results[0][0]), merged, strict=True)]
        )
        return packed if strict else _unpacked(packed)


def _unpacked(result: Any) -> Any:
    return result[0] if isinstance(result, (list, tuple)) and len(result) == 1 else result


def _check_results(if_true: tuple[Any, Sequence[Tensor]], if_false: tuple[Any, Sequence[Tensor]]) -> None:
    try:
        nests.check_same(if_true[0], if_false[0])
    except (TypeError, ValueError) as error:
        raise type(error)(f"Incompatible return values of 'true_fn' and 'false_fn': {error}") from None
    if not if_true[1]:
        raise ValueError("'true_fn' and 'false_fn' must return at least one result.")
    for x, y in zip(if_true[1], if_false[1], strict=True):
        if x.dtype.base_dtype is not y.dtype.base_dtype:
            raise ValueError(
                "Outputs of 'true_fn' and 'false_fn' must have the same type(s). "
                f"Received {x.dtype.base_dtype.name} from 'true_fn' and {y.dtype.base_dtype.name} from 'false_fn'. Use tf.cast in one of them."
            )
