"""Takes a nest of fetches apart into tensors and operations, and puts the results together in the same form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphlab.graph import errors
from graphlab.graph.elements import find_element
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops.indexed_slices import IndexedSlices, IndexedSlicesValue

Build = Callable[[Sequence[Any]], Any]


class Fetches:
    """A nest of lists, tuples, named tuples and dicts of things to fetch.

    Attributes:
        tensors: the distinct tensors to return.
        targets: the distinct operations to run.
    """

    def __init__(self, graph: Any, fetches: Any) -> None:
        """Takes the nest apart.

        Raises:
            TypeError: an item is nothing that can be fetched.
            ValueError: an item is not in the graph.
        """
        self._graph = graph
        self._position: dict[Tensor, int] = {}
        self.targets: list[Operation] = []
        self._build = self._take(fetches)
        self.tensors = tuple(self._position)

    def assemble(self, values: Sequence[Any]) -> Any:
        """Returns the values of `tensors` in the form of the fetches."""
        return self._build(values)

    def _take(self, item: Any) -> Build:
        if item is None:
            raise TypeError('Argument `fetch` = None has invalid type "NoneType". Cannot be None')
        if isinstance(item, IndexedSlices):
            return self._take_slices(item)
        if isinstance(item, tuple) and hasattr(item, "_fields"):
            kind, parts = type(item), [self._take(part) for part in item]
            return lambda values: kind(*[part(values) for part in parts])
        if isinstance(item, (list, tuple)):
            sequence, parts = type(item), [self._take(part) for part in item]
            return lambda values: sequence([part(values) for part in parts])
        if isinstance(item, Mapping):
            mapping: Any = type(item)
            keys, parts = list(item), [self._take(part) for part in item.values()]
            return lambda values: mapping(zip(keys, [part(values) for part in parts], strict=True))
        return self._take_element(item)

    def _take_slices(self, item: IndexedSlices) -> Build:
        rows, positions = self._take(item.values), self._take(item.indices)
        shape = (lambda values: None) if item.dense_shape is None else self._take(item.dense_shape)
        return lambda values: IndexedSlicesValue(rows(values), positions(values), shape(values))

    def _take_element(self, item: Any) -> Build:
        try:
            element = find_element(self._graph, item)
        except TypeError as error:
            raise TypeError(
                f"Argument `fetch` = {item!r} has invalid type {type(item).__name__!r} must be a string or Tensor. ({error})"
            ) from None
        except ValueError as error:
            raise ValueError(f"Argument `fetch` = {item!r} cannot be interpreted as a Tensor. ({error})") from None
        except KeyError as error:
            raise ValueError(
                f"Argument `fetch` = {item!r} cannot be interpreted as a Tensor. ({error.args[0]})"
            ) from None
        if not self._graph.is_fetchable(element):
            raise ValueError(f"Operation {element.name!r} has been marked as not fetchable.")
        _check_fetchable(element)
        if isinstance(element, Operation):
            if element not in self.targets:
                self.targets.append(element)
            return lambda values: None
        index = self._position.setdefault(element, len(self._position))
        return lambda values: values[index]


def _check_fetchable(element: Operation | Tensor) -> None:
    """Raises InaccessibleTensorError for what has a value only inside of a branch or loop."""
    op = element if isinstance(element, Operation) else element.op
    if op.flow is None or (op.type in ("Exit", "RefExit") and op.flow.outer is None):
        return
    raise errors.InaccessibleTensorError(
        f"Operation {op.name} has been marked as not fetchable: it is evaluated only inside of a branch or loop. "
        "Return it from the function that you pass to tf.cond or tf.while_loop, and fetch what these return."
    )
