"""A choice among several branches: `tf.case`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from graphlab.graph.dtypes import int32
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import comparisons, elementwise, reductions, stacking
from graphlab.ops.checks import assert_
from graphlab.ops.conditionals import cond
from graphlab.ops.constant import constant
from graphlab.ops.scopes import control_dependencies, name_scope

Branch = Callable[[], Any]


def case(
    pred_fn_pairs: Any,
    default: Branch | None = None,
    exclusive: bool = False,
    strict: bool = False,
    name: str = "case",
) -> Any:
    """Returns what the function of the first true predicate returns. Mirrors `tf.case`.

    Args:
        pred_fn_pairs: pairs of a truth value in the graph and a function, or a dict of them.
        default: builds what is returned when no predicate is true; without it that is an error when the graph runs.
        exclusive: whether more than one true predicate is an error when the graph runs.
        strict: see `cond`.
        name: the name scope.

    Raises:
        TypeError: the pairs are none, a predicate is no truth value, or a function is not callable.
    """
    predicates, actions = _checked_pairs(pred_fn_pairs)
    if default is not None and not callable(default):
        raise TypeError(f"default must be callable, got {default!r}.")
    with name_scope(name, "case", predicates):
        function, tested = _default(predicates, actions) if default is None else (default, predicates)
        # The first predicate is the outermost conditional.
        for predicate, action in reversed(list(zip(tested, actions, strict=False))):
            function = functools.partial(cond, predicate, true_fn=action, false_fn=function, strict=strict)
        if not exclusive:
            return function()
        with control_dependencies([_at_most(1, tested, "Input error: exclusive=True")]):
            return function()


def _default(predicates: Sequence[Tensor], actions: Sequence[Branch]) -> tuple[Branch, Sequence[Tensor]]:
    """The last action, which fails when its predicate does not hold, and the predicates to test before."""
    *others, predicate = predicates

    def last() -> Any:
        before = f"Implementation error: selected default action #{len(others)} was called, but some of other predicates are True: "
        data = ("Input error: None of conditions evaluated as True:", stacking.stack(list(predicates), name="preds_c"))
        with control_dependencies([_at_most(0, others, before), assert_(predicate, data=data)]):
            return actions[-1]()

    return last, others


def _at_most(count: int, predicates: Sequence[Tensor], message: str) -> Operation:
    """Fails when more than `count` predicates hold."""
    together = stacking.stack(list(predicates), name="preds_c")
    held = reductions.reduce_sum(elementwise.cast(together, int32), name="num_true_conds")
    condition = comparisons.less_equal(held, constant(count, name="n_true_conds"))
    names = ", ".join(p.name for p in predicates)
    return assert_(
        condition,
        data=[f"{message}: more than {count} conditions ({names}) evaluated as True:", together],
        summarize=len(predicates),
    )


def _checked_pairs(pairs: Any) -> tuple[list[Tensor], list[Branch]]:
    if not isinstance(pairs, (list, tuple, dict)):
        raise TypeError(f"'pred_fn_pairs' must be a list, tuple, or dict. Received: {type(pairs)}")
    items = sorted(pairs.items(), key=lambda item: str(item[0].name)) if isinstance(pairs, dict) else list(pairs)
    for item in items:
        if not isinstance(item, tuple) or len(item) != 2:
            raise TypeError(f"Each entry in 'pred_fn_pairs' must be a 2-tuple. Received {item}.")
        pred, function = item
        if not isinstance(pred, Tensor):
            raise TypeError(f"pred must be a Tensor, got: {pred!r}")
        if not pred.dtype.is_bool:
            raise TypeError(f"pred must be Tensor of type bool: {pred.name}")
        if not callable(function):
            raise TypeError(f"fn for pred {pred.name} must be callable.")
    return [pred for pred, _ in items], [function for _, function in items]
