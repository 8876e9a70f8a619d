"""Names for the arrays among a function's arguments; all else is bound before the function is traced."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import jax
import numpy as np


class FlatArguments(NamedTuple):
    """A function of arrays alone.

    Attributes:
        function: takes the leaves, gives the arrays among its results.
        leaves: the arrays.
        names: a name for each, of the argument and the path inside it: ``params/dense/kernel``.
    """

    function: Callable[..., Any]
    leaves: Sequence[Any]
    names: Sequence[str]


def flatten_arguments(function: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> FlatArguments:
    """Separates the arrays among the arguments from what JAX cannot trace."""
    named = _by_name(function, args, kwargs)
    entries, tree = jax.tree_util.tree_flatten_with_path((tuple(args), kwargs))
    is_array = [_is_array(leaf) for _, leaf in entries]
    names = [_name(path, named) for path, _ in entries]

    def of_arrays(*leaves: Any) -> list[Any]:
        arrays = iter(leaves)
        all_leaves = [next(arrays) if mine else leaf for mine, (_, leaf) in zip(is_array, entries, strict=True)]
        positional, by_name = jax.tree_util.tree_unflatten(tree, all_leaves)
        return [leaf for leaf in jax.tree_util.tree_leaves(function(*positional, **by_name)) if _is_array(leaf)]

    chosen = [at for at, mine in enumerate(is_array) if mine]
    return FlatArguments(of_arrays, [entries[at][1] for at in chosen], [names[at] for at in chosen])


def _by_name(function: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> list[str]:
    """Names of the positional arguments, as the function calls them where it says."""
    try:
        parameters = list(inspect.signature(function).bind(*args, **kwargs).signature.parameters.values())
    except (TypeError, ValueError):
        parameters = []
    plain = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return [plain[at] if at < len(plain) else f"argument_{at}" for at in range(len(args))]


def _name(path: Sequence[Any], named: list[str]) -> str:
    """The first key tells positional from named arguments, the second which one."""
    keys = [str(getattr(key, "key", getattr(key, "name", getattr(key, "idx", key)))) for key in path]
    first = named[int(keys[1])] if keys[0] == "0" else keys[1]
    parts = [first, *keys[2:]]
    return "/".join(re.sub(r"[^\w.-]+", "_", part).strip("_") or "x" for part in parts)


def _is_array(leaf: Any) -> bool:
    return isinstance(leaf, (bool, int, float, complex, np.generic)) or (
        hasattr(leaf, "shape") and hasattr(leaf, "dtype")
    )
