"""Ops that look at values while a graph runs: `tf.Assert`, `tf.check_numerics`, `tf.Print`."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from graphlab.graph import errors
from graphlab.graph.dtypes import FLOATS, int32, string
from graphlab.graph.graph import Graph
from graphlab.graph.registry import Effect, register
from graphlab.graph.tensor import Operation, Tensor, failed
from graphlab.ops import build, control
from graphlab.ops.conditionals import cond
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import nothing, unchanged
from graphlab.ops.value_text import summarize

_SUMMARIZE: Final = 3


def _assert(k: Any, condition: Any, *data: Any) -> tuple[()]:
    if not np.all(condition):
        shown = " ".join(f"[{summarize(d, k.attr['summarize'])}]" for d in data)
        raise failed(errors.InvalidArgumentError, k.node, f"assertion failed: {shown}")
    return ()


register(
    "Assert",
    "condition: bool, data: list(T) ->",
    summarize=_SUMMARIZE,
    shape=nothing,
    lower=_assert,
    effect=Effect.HOST,
)


def assert_(condition: Any, data: Sequence[Any], summarize: int | None = None, name: str | None = None) -> Operation:
    """Adds an operation that fails with `data` in its message unless `condition` holds. Mirrors `tf.Assert`.

    Args:
        condition: a truth value in the graph.
        data: tensors to show when it fails.
        summarize: how many elements of each to show, default 3; -1 shows all.
        name: the name scope.
    """
    with name_scope(name, "Assert", [condition, *data]):
        shown = _SUMMARIZE if summarize is None else summarize
        tensors = [convert_to_tensor(d) for d in data]
        if all(t.dtype.base_dtype in (string, int32) for t in tensors):
            return build.add_op("Assert", condition, list(data), summarize=shown, name="Assert")
        known = convert_to_tensor(condition, name="Condition")
        guarded: Tensor = cond(
            known,
            control.no_op,
            lambda: build.add_op("Assert", known, list(data), summarize=shown, name="Assert"),
            name="AssertGuard",
        )
        return guarded.op


def _check_numerics(k: Any, tensor: Any) -> Any:
    values = np.asarray(tensor, np.float64)
    bad = [word for word, found in (("NaN", np.isnan(values).any()), ("Inf", np.isinf(values).any())) if found]
    if bad:
        raise failed(
            errors.InvalidArgumentError, k.node, f"{k.attr['message']} : Tensor had {' and '.join(bad)} values"
        )
    return tensor


def _check_numerics_gradient(op: Operation, grad: Tensor) -> Tensor:
    # TensorFlow's Python shows the message as bytes here.
    message = str(op.attr["message"]).encode()
    return check_numerics(grad, f"Not a number (NaN) or infinity (Inf) values detected in gradient. {message!r}")


register(
    "CheckNumerics",
    "tensor: T -> output: T",
    T=FLOATS,
    shape=unchanged,
    lower=_check_numerics,
    gradient=_check_numerics_gradient,
    effect=Effect.HOST,
)


def check_numerics(tensor: Any, message: str, name: str | None = None) -> Tensor:
    """Returns a tensor, or fails with `message` when it has a NaN or an infinity. Mirrors `tf.check_numerics`."""
    result: Tensor = build.add("CheckNumerics", tensor, message=message, name=name)
    return result


_printed: weakref.WeakKeyDictionary[Graph, dict[str, int]] = weakref.WeakKeyDictionary()


def _print(k: Any, value: Any, *data: Any) -> Any:
    times = _printed.setdefault(k.node.graph, {})
    if k.attr["first_n"] < 0 or times.get(k.name, 0) < k.attr["first_n"]:
        times[k.name] = times.get(k.name, 0) + 1
        shown = "".join(f"[{summarize(d, k.attr['summarize'])}]" for d in data)
        sys.stderr.write(f"{k.attr['message']}{shown}\n")
    return value


register(
    "Print",
    "input: T, data: list(U) -> output: T",
    message="",
    first_n=-1,
    summarize=_SUMMARIZE,
    shape=unchanged,
    lower=_print,
    gradient=lambda op, grad: [grad, *[None] * (len(op.inputs) - 1)],
    effect=Effect.HOST,
)


def print_(
    input_: Any,
    data: Sequence[Any],
    message: str | None = None,
    first_n: int | None = None,
    summarize: int | None = None,
    name: str | None = None,
) -> Tensor:
    """Returns a tensor, and prints `data` to the standard error stream whenever it is evaluated. Mirrors `tf.Print`.

    Args:
        input_: the tensor to return.
        data: tensors to print.
        message: goes before them.
        first_n: prints only the first so many times; default always.
        summarize: how many elements of each to print, default 3; -1 prints all.
        name: the name of the operation.
    """
    result: Tensor = build.add(
        "Print",
        input_,
        list(data),
        message=message or "",
        first_n=-1 if first_n is None else first_n,
        summarize=_SUMMARIZE if summarize is None else summarize,
        name=name,
    )
    return result
