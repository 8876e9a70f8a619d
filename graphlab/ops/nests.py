"""Nests of lists, tuples, named tuples and dicts: taken apart, put together, compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax


def flatten(nest: Any) -> list[Any]:
    """Returns the leaves of a nest in order; a single value is a nest of one."""
    return list(jax.tree_util.tree_leaves(nest, is_leaf=_is_none))


def pack(structure: Any, leaves: Sequence[Any]) -> Any:
    """Returns a nest like `structure` with other leaves."""
    return jax.tree_util.tree_unflatten(jax.tree_util.tree_structure(structure, is_leaf=_is_none), leaves)


def mapped(function: Callable[..., Any], nest: Any, *others: Any) -> Any:
    """Returns a nest of the results of a function of each leaf."""
    return jax.tree_util.tree_map(function, nest, *others, is_leaf=_is_none)


def is_nested(value: Any) -> bool:
    """Whether a value is a list, tuple or dict."""
    return isinstance(value, (list, tuple, dict))


def check_same(first: Any, second: Any) -> None:
    """Checks that two nests have one structure.

    Raises:
        TypeError: they hold the same number of leaves in nests of different types.
        ValueError: the structures differ otherwise.
    """
    structures: list[Any] = [jax.tree_util.tree_structure(nest, is_leaf=_is_none) for nest in (first, second)]
    if structures[0] == structures[1]:
        return
    message = f"The two structures don't have the same nested structure. First structure: {_shown(first)}. Second structure: {_shown(second)}."
    same_count = structures[0].num_leaves == structures[1].num_leaves and is_nested(first) and is_nested(second)
    raise TypeError(message) if same_count and _erased(first) == _erased(second) else ValueError(message)


def _is_none(value: Any) -> bool:
    return value is None


def _erased(nest: Any) -> Any:
    """The structure with every kind of sequence alike."""
    return [_erased(item) for item in nest] if isinstance(nest, (list, tuple)) else None


def _shown(nest: Any) -> str:
    text = repr(nest)
    return text if len(text) <= 200 else text[:197] + "..."
