"""Ops that look at values from Python while a graph runs: `tf.Assert`, `tf.check_numerics`, `tf.Print`, `tf.py_func`."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from graphlab.graph import errors
from graphlab.graph.dtypes import FLOATS, as_dtype, int32, string
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import UNKNOWN
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build, control
from graphlab.ops.conditionals import cond
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import nothing, unchanged

_SUMMARIZE: Final = 3


def _assert(k: Any, condition: Any, *data: Any) -> tuple[()]:
    if not np.all(condition):
        shown = " ".join(_summary(d, k.attr["summarize"]) for d in data)
        raise errors.InvalidArgumentError(k.node.node_def, k.node, f"assertion failed: {shown}")
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
            return build.add_op("Assert", condition, tensors, summarize=shown, name="Assert")
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
        raise errors.InvalidArgumentError(
            k.node.node_def, k.node, f"{k.attr['message']} : Tensor had {' and '.join(bad)} values"
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
        shown = "".join(f"[{_summary(d, k.attr['summarize'])}]" for d in data)
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


_functions: weakref.WeakKeyDictionary[Graph, dict[str, Callable[..., Any]]] = weakref.WeakKeyDictionary()


def _py_func(k: Any, *values: Any) -> tuple[Any, ...]:
    function = _functions.get(k.node.graph, {}).get(k.attr["token"])
    if function is None:
        raise errors.InvalidArgumentError(
            k.node.node_def,
            k.node,
            f"The Python function behind '{k.attr['token']}' is not in this process; build the graph here.",
        )
    returned = function(*[np.array(v) if np.ndim(v) else v for v in values])
    wanted = k.attr["Tout"]
    results = (
        list(returned) if isinstance(returned, (list, tuple)) else [] if returned is None and not wanted else [returned]
    )
    if len(results) != len(wanted):
        raise errors.InvalidArgumentError(
            k.node.node_def, k.node, f"The function returned {len(results)} values, but Tout has {len(wanted)}."
        )
    return tuple(_returned(k, i, value, kind) for i, (value, kind) in enumerate(zip(results, wanted, strict=True)))


def _returned(k: Any, position: int, value: Any, kind: Any) -> Any:
    array = np.asarray(value)
    if kind is string:
        return np.array([x if isinstance(x, bytes) else str(x).encode() for x in array.ravel()], object).reshape(
            array.shape
        )
    if isinstance(value, (int, float, bool, list, tuple)):
        array = array.astype(kind.numpy)
    if array.dtype != kind.numpy:
        raise errors.InvalidArgumentError(
            k.node.node_def,
            k.node,
            f"{position}-th value returned by the function is {array.dtype}, but expects {kind.name}. Convert it with astype.",
        )
    return array


for _type in ("PyFunc", "PyFuncStateless"):
    register(
        _type,
        "input: list(Tin) -> output: list(Tout)",
        shape=lambda op: [UNKNOWN] * len(op.attr["Tout"]),
        lower=_py_func,
        effect=Effect.HOST,
    )


def py_func(
    func: Callable[..., Any],
    inp: Sequence[Any],
    Tout: Any,  # noqa: N803  TensorFlow's name
    stateful: bool = True,
    name: str | None = None,
) -> Any:
    """Calls a Python function with NumPy arrays whenever the graph runs. Mirrors `tf.py_func`.

    Args:
        func: takes arrays and returns one array, or a list of them.
        inp: the tensors to pass.
        Tout: the type of the result, or a list of types.
        stateful: whether equal arguments may give different results; an attribute of the graph only.
        name: the name of the operation.

    Returns:
        A tensor, or a list of tensors when `Tout` is a list. Their static shapes are not known.
    """
    if not callable(func):
        raise TypeError(f"func must be callable, got {func!r}.")
    functions = _functions.setdefault(get_default_graph(), {})
    token = f"pyfunc_{len(functions)}"
    kinds = [as_dtype(t) for t in (Tout if isinstance(Tout, (list, tuple)) else [Tout])]
    results: list[Tensor] = build.add(
        "PyFunc" if stateful else "PyFuncStateless", list(inp), token=token, Tout=kinds, name=name
    )
    functions[token] = func
    return results if isinstance(Tout, (list, tuple)) else results[0]


def _summary(value: Any, count: int) -> str:
    """The first elements of an array."""
    flat = np.ravel(value)
    shown = flat if count < 0 else flat[:count]
    words = [x.decode(errors="replace") if isinstance(x, bytes) else str(x) for x in shown]
    return " ".join(words) + ("..." if len(shown) < len(flat) else "")
