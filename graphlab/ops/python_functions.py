"""Calls back into Python while a graph runs: `tf.py_func`."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from graphlab.graph import errors
from graphlab.graph.dtypes import as_dtype, string
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import UNKNOWN
from graphlab.graph.tensor import Tensor, failed
from graphlab.ops import build

_functions: weakref.WeakKeyDictionary[Graph, dict[str, Callable[..., Any]]] = weakref.WeakKeyDictionary()

# What an exception of the user's function becomes, as in TensorFlow; UnknownError if it is none of these.
_KINDS: Final[dict[type[Exception], type[errors.OpError]]] = {
    ValueError: errors.InvalidArgumentError,
    TypeError: errors.InvalidArgumentError,
    StopIteration: errors.OutOfRangeError,
    MemoryError: errors.ResourceExhaustedError,
    NotImplementedError: errors.UnimplementedError,
}


def _py_func(k: Any, *values: Any) -> tuple[Any, ...]:
    function = _functions.get(k.node.graph, {}).get(k.attr["token"])
    if function is None:
        raise failed(
            errors.InvalidArgumentError,
            k.node,
            f"The Python function behind '{k.attr['token']}' is not in this process; build the graph here.",
        )
    try:
        returned = function(*[np.array(v) if np.ndim(v) else v for v in values])
    except Exception as error:
        kind = next((to for of, to in _KINDS.items() if isinstance(error, of)), errors.UnknownError)
        raise failed(kind, k.node, f"{type(error).__name__}: {error}") from error
    wanted = k.attr["Tout"]
    results = (
        list(returned) if isinstance(returned, (list, tuple)) else [] if returned is None and not wanted else [returned]
    )
    if len(results) != len(wanted):
        raise failed(
            errors.InvalidArgumentError,
            k.node,
            f"The function returned {len(results)} values, but Tout has {len(wanted)}.",
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
        raise failed(
            errors.InvalidArgumentError,
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
