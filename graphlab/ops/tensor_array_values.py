"""Values of TensorArrays while a graph runs: Python lists at first, one dense array inside compiled loops.

TensorFlow keeps a list behind its handle and passes a meaningless flow along to order reads and writes. Here the
flow has the content, so that writing needs no hidden state; the handle says what kind of list it is. The flow of
gradients is a dense array of all elements' gradients, or a zero: what TensorFlow adds up in the list behind the
handle of gradients is added up by the nodes that add flows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

import jax
import jax.numpy as jnp
import numpy as np

from graphlab.graph import errors
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import failed


@dataclass(slots=True, eq=False)
class Handle:
    """What kind of list it is.

    Attributes:
        dtype: the element type.
        element_shape: the shape of the elements as far as it is known; becomes exact with the first write.
        is_dynamic: whether writes behind the end make it longer.
        is_cleared: whether an element can be read only once.
        is_gradient: whether it has the gradients of another list.
        is_ragged: whether the elements may have several shapes.
    """

    dtype: np.dtype[Any]
    element_shape: TensorShape
    is_dynamic: bool = False
    is_cleared: bool = True
    is_gradient: bool = False
    is_ragged: bool = False


@dataclass(slots=True)
class Elements:
    """The elements of a list, shared by its states; `latest` is the one that may change them in place."""

    items: list[Any]
    latest: Any = None


@dataclass(slots=True, eq=False)
class ListValue:
    """A state of a list outside of compiled loops."""

    handle: Handle
    elements: Elements = field(default_factory=lambda: Elements([]))
    # Takes part in arithmetic on flows as a scalar would.
    shape: tuple[int, ...] = ()
    ndim: int = 0

    def own(self) -> list[Any]:
        """The elements, for changing them."""
        if self.elements.latest is not self:
            self.elements = Elements(list(self.elements.items), self)
        return self.elements.items

    def changed(self) -> ListValue:
        """The state after the elements were changed."""
        after = ListValue(self.handle, self.elements)
        self.elements.latest = after
        return after


@jax.tree_util.register_pytree_node_class
@dataclass(slots=True, eq=False)
class DenseList:
    """A state of a list inside a compiled loop: all elements as one array."""

    array: Any
    shape: tuple[int, ...] = ()
    ndim: int = 0

    def tree_flatten(self) -> tuple[tuple[Any], None]:
        """Takes the state apart for JAX."""
        return (self.array,), None

    @classmethod
    def tree_unflatten(cls, _: None, children: tuple[Any]) -> DenseList:
        """Puts the state together for JAX."""
        return cls(children[0])


@dataclass(slots=True, eq=False)
class RaggedGradients:
    """The flow of gradients of a list whose elements have several shapes; adds up as arrays do."""

    __array_ufunc__: ClassVar[None] = None

    items: dict[int, Any]
    shape: tuple[int, ...] = ()
    ndim: int = 1

    def __add__(self, other: Any) -> RaggedGradients:
        if not isinstance(other, RaggedGradients):
            return self
        shared = {i: self.items[i] + v if i in self.items else v for i, v in other.items.items()}
        return RaggedGradients(self.items | shared)

    __radd__ = __add__


class _Cleared:
    """Stands for an element that was read and given up."""


_CLEARED: Final = _Cleared()


def blank(k: Any, size: Any) -> tuple[Handle, ListValue]:
    """A new list."""
    handle = Handle(
        k.attr["dtype"].numpy,
        k.attr["element_shape"],
        k.attr["dynamic_size"],
        k.attr["clear_after_read"],
        is_ragged=not k.attr["identical_element_shapes"],
    )
    if isinstance(size, jax.core.Tracer):
        raise jax.errors.ConcretizationTypeError(
            size, "The size of a TensorArray depends on values that are known only while the program runs."
        )
    if int(size) < 0:
        raise failed(errors.InvalidArgumentError, k.node, f"Size should be >= 0, was {int(size)}.")
    value = ListValue(handle, Elements([None] * int(size)))
    value.elements.latest = value
    return handle, value


def gradients_of(handle: Handle) -> Handle:
    """The list of the gradients of a list's elements."""
    return Handle(handle.dtype, handle.element_shape, is_cleared=False, is_gradient=True, is_ragged=handle.is_ragged)


def array_with(k: Any, handle: Handle, index: Any, value: Any, flow: Any) -> Any:
    """The flow after one element was written."""
    if np.dtype(value.dtype) != handle.dtype:
        _fail(k, f"TensorArray dtype is {handle.dtype} but Op is trying to write dtype {value.dtype}.")
    _learn_shape(handle, value.shape)
    if handle.is_gradient:
        if handle.is_ragged:
            return RaggedGradients({int(index): value})
        return _set(_zeros(handle, length(flow), value), index, value)
    if isinstance(flow, DenseList) or isinstance(index, jax.core.Tracer):
        return DenseList(_set(dense(flow, value.shape), index, value))
    items = flow.own()
    position = int(index)
    if position >= len(items) and handle.is_dynamic:
        items.extend([None] * (position + 1 - len(items)))
    if not 0 <= position < len(items):
        _fail(k, f"Tried to write to index {position} but array is not resizeable and size is: {len(items)}")
    if items[position] is not None:
        _fail(k, f"Could not write to TensorArray index {position} because it has already been written to.")
    items[position] = value
    return flow.changed()


def array_with_rows(k: Any, handle: Handle, indices: Any, value: Any, flow: Any) -> Any:
    """The flow after some elements were written."""
    _learn_shape(handle, value.shape[1:])
    if handle.is_gradient:
        return _add(
            _zeros(handle, length(flow), value[:1].reshape(value.shape[1:]) if len(value) else None), indices, value
        )
    if isinstance(flow, DenseList):
        return DenseList(_set(dense(flow, value.shape[1:]), indices, value))
    state = flow
    for position, index in enumerate(np.asarray(indices).tolist()):
        state = array_with(k, handle, index, value[position], state)
    return state


def element(k: Any, handle: Handle, index: Any, flow: Any) -> Any:
    """One element."""
    if isinstance(flow, ListValue) and not isinstance(index, jax.core.Tracer):
        return _take(k, handle, flow, int(index))
    if handle.is_gradient:
        if isinstance(flow, RaggedGradients):
            return flow.items[int(index)]
        return _gradient_array(handle, flow, k)[index]
    return dense(flow)[index]


def gathered(k: Any, handle: Handle, indices: Any, flow: Any) -> Any:
    """Some elements as one array."""
    if isinstance(flow, ListValue) and not isinstance(indices, jax.core.Tracer):
        parts = [_take(k, handle, flow, int(i)) for i in np.asarray(indices)]
        return _stacked(handle, parts)
    if handle.is_gradient:
        return _gradient_array(handle, flow, k)[indices]
    return dense(flow)[indices]


def concatenated(k: Any, handle: Handle, flow: Any) -> tuple[Any, Any]:
    """All elements one behind the other, and how long each is."""
    if isinstance(flow, ListValue):
        parts = [_take(k, handle, flow, i) for i in range(len(flow.elements.items))]
    elif isinstance(flow, RaggedGradients):
        parts = [flow.items[i] for i in sorted(flow.items)]
    else:
        parts = list(_gradient_array(handle, flow, k) if handle.is_gradient else dense(flow))
    lengths = np.array([len(part) for part in parts], np.int64)
    joined = _namespace(parts).concatenate(parts) if parts else _stacked(handle, [])
    return joined, lengths


def pieces(k: Any, handle: Handle, value: Any, lengths: Any, flow: Any) -> Any:
    """The flow after all elements were written with pieces of an array."""
    if isinstance(lengths, jax.core.Tracer):
        raise jax.errors.ConcretizationTypeError(
            lengths, "The lengths of a TensorArray's elements are known only while the program runs."
        )
    cuts = np.cumsum(np.asarray(lengths))
    parts = [value[end - size : end] for end, size in zip(cuts.tolist(), np.asarray(lengths).tolist(), strict=True)]
    if handle.is_gradient:
        return RaggedGradients(dict(enumerate(parts))) if handle.is_ragged else _stacked(handle, parts)
    state = flow
    for position, part in enumerate(parts):
        state = array_with(k, handle, position, part, state)
    return state


def count(k: Any, handle: Handle, flow: Any) -> Any:
    """How many elements there are."""
    return np.array(length(flow), np.int32)


def length(flow: Any) -> int:
    """How many elements a flow stands for."""
    if isinstance(flow, ListValue):
        return len(flow.elements.items)
    return int((flow.array if isinstance(flow, DenseList) else flow).shape[0])


def dense(flow: Any, element_shape: tuple[int, ...] | None = None) -> Any:
    """A list's elements as one array, with zeros for those not written.

    Args:
        flow: the list.
        element_shape: the shape of the elements, where none is written yet.
    """
    if isinstance(flow, DenseList):
        if element_shape is not None and flow.array.shape[1:] != tuple(element_shape) and flow.array.size == 0:
            return jnp.zeros((len(flow.array), *element_shape), flow.array.dtype)
        return flow.array
    if not isinstance(flow, ListValue):
        return flow
    items = flow.elements.items
    known = next((i for i in items if i is not None and i is not _CLEARED), None)
    shape = known.shape if known is not None else element_shape if element_shape is not None else _exact(flow.handle)
    filler = np.zeros(shape, flow.handle.dtype)
    return (
        jnp.stack([jnp.asarray(filler if i is None or i is _CLEARED else i) for i in items])
        if items
        else jnp.zeros((0, *shape), flow.handle.dtype)
    )


def is_blank(flow: Any) -> bool:
    """Whether a list has no element whose shape could be told."""
    return (
        isinstance(flow, ListValue)
        and all(i is None for i in flow.elements.items)
        and not flow.handle.element_shape.is_fully_defined()
    )


def _take(k: Any, handle: Handle, flow: ListValue, position: int) -> Any:
    items = flow.elements.items
    if not 0 <= position < len(items):
        _fail(k, f"Tried to read from index {position} but array size is: {len(items)}")
    found = items[position]
    if found is _CLEARED:
        _fail(
            k,
            f"Could not read index {position} twice because it was cleared after a previous read (perhaps try setting clear_after_read = false?)",
        )
    if found is None:
        if handle.element_shape.is_fully_defined():
            return np.zeros(_exact(handle), handle.dtype)
        _fail(
            k,
            f"Could not read from TensorArray index {position}: it was not written, and the shape of the elements is not known.",
        )
    if handle.is_cleared:
        items[position] = _CLEARED
    return found


def _gradient_array(handle: Handle, flow: Any, k: Any) -> Any:
    """The gradients of all elements; where none has arrived the flow is a plain zero."""
    return flow if getattr(flow, "ndim", 0) else _fail(k, "No gradient has reached this TensorArray.")


def _stacked(handle: Handle, parts: list[Any]) -> Any:
    if not parts:
        return np.zeros((0, *(_exact(handle) if handle.element_shape.is_fully_defined() else ())), handle.dtype)
    return _namespace(parts).stack(parts)


def _namespace(parts: Any) -> Any:
    return jnp if any(isinstance(p, jax.Array) for p in parts) else np


def _zeros(handle: Handle, size: int, like: Any) -> Any:
    shape = like.shape if like is not None else _exact(handle)
    return (jnp if isinstance(like, jax.Array) else np).zeros((size, *shape), handle.dtype)


def _set(array: Any, index: Any, value: Any) -> Any:
    if isinstance(array, np.ndarray) and not isinstance(index, jax.Array) and not isinstance(value, jax.Array):
        array = array.copy()
        array[index] = value
        return array
    return jnp.asarray(array).at[index].set(value)


def _add(array: Any, indices: Any, values: Any) -> Any:
    if isinstance(array, np.ndarray) and not isinstance(indices, jax.Array) and not isinstance(values, jax.Array):
        array = array.copy()
        np.add.at(array, indices, values)
        return array
    return jnp.asarray(array).at[indices].add(values)


def _learn_shape(handle: Handle, shape: tuple[int, ...]) -> None:
    if not handle.element_shape.is_fully_defined() and not handle.is_dynamic and not handle.is_ragged:
        handle.element_shape = TensorShape.of(tuple(shape))


def _exact(handle: Handle) -> tuple[int, ...]:
    return tuple(d or 0 for d in handle.element_shape.known)


def _fail(k: Any, message: str) -> Any:
    raise failed(errors.InvalidArgumentError, k.node, message)
