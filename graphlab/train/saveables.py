"""What a Saver saves: variables under the names that they have in the checkpoint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from graphlab.graph.collections import GraphKeys
from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Tensor
from graphlab.ops.convert import convert_to_tensor
from graphlab.variables import Variable

_VARIABLE_TYPES: Final = ("Variable", "VariableV2", "AutoReloadVariable")
_SAVEABLE_OBJECTS: Final = "saveable_objects"


class Saveable(NamedTuple):
    """A variable to save.

    Attributes:
        name: its name in the checkpoint.
        ref: its buffer.
    """

    name: str
    ref: Tensor


def all_saveables(scope: str | None = None) -> list[Any]:
    """Returns what a Saver saves by default: the global variables of the default graph."""
    graph = get_default_graph()
    return graph.get_collection(GraphKeys.GLOBAL_VARIABLES, scope) + graph.get_collection(_SAVEABLE_OBJECTS, scope)


def saveables(var_list: Any) -> list[Saveable]:
    """Returns the variables of a list, or of a dict from names to variables, sorted by name.

    Raises:
        TypeError: an item is no variable, or `var_list` neither list nor dict.
        ValueError: two variables have one name, or one variable has two.
    """
    named = var_list if isinstance(var_list, Mapping) else _named(var_list)
    found: list[Saveable] = []
    seen: set[Tensor] = set()
    for name, item in sorted(named.items()):
        if not isinstance(name, str):
            raise TypeError(
                f"names_to_saveables must be a dict mapping string names to variables. Name is not a string: {name}"
            )
        ref = _buffer(item)
        if ref in seen:
            raise ValueError(f"The same saveable will be restored with two names: {name}")
        seen.add(ref)
        found.append(Saveable(name, ref))
    return found


def _named(var_list: Any) -> dict[str, Tensor]:
    if not isinstance(var_list, (list, tuple, set)):
        raise TypeError(f"Variables to save should be passed in a dict or a list. Got {var_list}")
    named: dict[str, Tensor] = {}
    for item in sorted(_flat(var_list), key=lambda v: str(v.name)):
        ref = _buffer(item)
        if ref.op.name in named:
            raise ValueError(f"At least two variables have the same name: {ref.op.name}")
        named[ref.op.name] = ref
    return named


def _flat(items: Iterable[Any]) -> Iterable[Any]:
    for item in items:
        if isinstance(item, (list, tuple, set)):
            yield from _flat(item)
        elif isinstance(item, (Variable, Tensor)):
            yield item
        else:
            raise TypeError(f"Variable to save is not a Variable: {item}")


def _buffer(item: Any) -> Tensor:
    if not isinstance(item, (Variable, Tensor)):
        raise TypeError(f"Variable to save is not a Variable: {item}")
    ref = convert_to_tensor(item, as_ref=True)
    if ref.op.type not in _VARIABLE_TYPES:
        raise TypeError(f"Variable to save is not a Variable: {ref}")
    return ref
