"""Where the extremes are, which elements are distinct, and places in sorted order."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES, NUMBERS, REALS, as_dtype, bool_, int32, int64
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, elementwise, ranking
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import unchanged
from graphlab.ops.static import constant_value


def _arg_shape(op: Operation) -> TensorShape:
    extents, axis = op.inputs[0].shape.extents, constant_value(op.inputs[1])
    if extents is None or axis is None:
        return UNKNOWN if extents is None else TensorShape.of((None,) * (len(extents) - 1))
    rank = len(extents)
    if not -rank <= axis < rank:
        raise ValueError(
            f"Dimension ({int(axis)}) must be in the range [{-rank}, {rank}), where {rank} is the number of dimensions in the input."
        )
    place = int(axis) % rank
    return TensorShape.of(extents[:place] + extents[place + 1 :])


def _arg(op_type: str, name: str, what: str) -> Any:
    register(
        op_type,
        "input: T, dimension: Tidx -> output: output_type",
        T=(*REALS, bool_),
        Tidx=INDICES,
        output_type=INDICES,
        shape=_arg_shape,
        lower=lambda k, x, axis: getattr(k.xp, name)(x, axis=int(axis)).astype(k.out),
        stops_gradient=True,
    )

    def function(
        input: Any, axis: Any = None, name: str | None = None, dimension: Any = None, output_type: Any = int64
    ) -> Tensor:
        place = dimension if dimension is not None else axis
        result: Tensor = build.add(
            op_type, input, 0 if place is None else place, output_type=as_dtype(output_type), name=name
        )
        return result

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"Returns the index of the {what} element along an axis, by default the first; of equal ones the first. Mirrors `tf.{name}`."
    return function


argmax = _arg("ArgMax", "argmax", "largest")
argmin = _arg("ArgMin", "argmin", "smallest")


def _unique(k: Any, x: Any) -> tuple[Any, Any, Any]:
    """Distinct elements in the order of first occurrence, for each element its place among them, and counts."""
    _, first, inverse, counts = np.unique(np.asarray(x), return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(first)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    index = k.attr["out_idx"].numpy
    return np.asarray(x)[np.sort(first)], place[inverse.ravel()].astype(index), counts[order].astype(index)


def _unique_shape(op: Operation) -> list[TensorShape]:
    vector = TensorShape.of((None,))
    return [vector, op.inputs[0].shape.with_rank(1), vector][: len(op.definition.outputs)]


register(
    "Unique",
    "x: T -> y: T, idx: out_idx",
    T=EVERY,
    out_idx=INDICES,
    shape=_unique_shape,
    lower=lambda k, x: _unique(k, x)[:2],
    stops_gradient=True,
)
register(
    "UniqueWithCounts",
    "x: T -> y: T, idx: out_idx, count: out_idx",
    T=EVERY,
    out_idx=INDICES,
    shape=_unique_shape,
    lower=_unique,
    stops_gradient=True,
)


class Unique(NamedTuple):
    """The distinct elements of a vector, and for each element its place among them."""

    y: Tensor
    idx: Tensor


class UniqueWithCounts(NamedTuple):
    """The distinct elements of a vector, for each element its place among them, and how often each occurs."""

    y: Tensor
    idx: Tensor
    count: Tensor  # type: ignore[assignment]  # TensorFlow's name, which hides the method of tuples.


def unique(x: Any, out_idx: Any = int32, name: str | None = None) -> Unique:
    """Returns the distinct elements of a vector, and for each element its place among them. Mirrors `tf.unique`."""
    return Unique(*build.add("Unique", x, out_idx=as_dtype(out_idx), name=name))


def unique_with_counts(x: Any, out_idx: Any = int32, name: str | None = None) -> UniqueWithCounts:
    """Returns the distinct elements of a vector, each element's place among them, and how often each occurs. Mirrors `tf.unique_with_counts`."""
    return UniqueWithCounts(*build.add("UniqueWithCounts", x, out_idx=as_dtype(out_idx), name=name))


def _lower_list_diff(k: Any, x: Any, y: Any) -> tuple[Any, Any]:
    places = np.flatnonzero(~np.isin(np.asarray(x), np.asarray(y)))
    return np.asarray(x)[places], places.astype(k.attr["out_idx"].numpy)


register(
    "ListDiff",
    "x: T, y: T -> out: T, idx: out_idx",
    T=EVERY,
    out_idx=INDICES,
    shape=lambda op: [TensorShape.of((None,))] * 2,
    lower=_lower_list_diff,
    stops_gradient=True,
)


class ListDiff(NamedTuple):
    """The elements of a vector that are not in another one, and their places in it."""

    out: Tensor
    idx: Tensor


def setdiff1d(x: Any, y: Any, index_dtype: Any = int32, name: str | None = None) -> ListDiff:
    """Returns the elements of x that are not in y, and their places in x. Mirrors `tf.setdiff1d`."""
    return ListDiff(*build.add("ListDiff", x, y, out_idx=as_dtype(index_dtype), name=name))


def _lower_bound(side: str) -> Any:
    def lower(k: Any, rows: Any, values: Any) -> Any:
        found = [k.xp.searchsorted(row, value, side=side) for row, value in zip(rows, values, strict=True)]
        return k.xp.stack(found).astype(k.out) if found else k.xp.zeros(values.shape, k.out)

    return lower


for _op_type, _side in (("LowerBound", "left"), ("UpperBound", "right")):
    register(
        _op_type,
        "sorted_inputs: T, values: T -> output: out_type",
        T=NUMBERS,
        out_type=INDICES,
        shape=lambda op: op.inputs[1].shape,
        lower=_lower_bound(_side),
        stops_gradient=True,
    )


def searchsorted(
    sorted_sequence: Any, values: Any, side: str = "left", out_type: Any = int32, name: str | None = None
) -> Tensor:
    """Returns where to insert values so that a sorted sequence stays sorted, for each row. Mirrors `tf.searchsorted`.

    Raises:
        ValueError: `side` is neither `left` nor `right`.
    """
    if side not in ("left", "right"):
        raise ValueError(f"Argument `side` must be either 'right' or 'left', got {side!r}.")
    length = arrays.shape_of(sorted_sequence)[-1]
    width = arrays.shape_of(values)[-1]
    rows = arrays.reshape(sorted_sequence, [-1, length])
    columns = arrays.reshape(values, [-1, width])
    op_type = "LowerBound" if side == "left" else "UpperBound"
    found = build.add(op_type, rows, columns, out_type=as_dtype(out_type), name=name)
    return arrays.reshape(found, arrays.shape_of(values))


def sort(values: Any, axis: Any = -1, direction: str = "ASCENDING", name: str | None = None) -> Tensor:
    """Returns the elements in order along the last axis. Mirrors `tf.sort`.

    Raises:
        ValueError: the direction is unknown.
        NotImplementedError: another axis than the last.
    """
    with name_scope(name, "sort"):
        ordered = _sorted(values, axis, direction).values
        return elementwise.negative(ordered) if direction == "ASCENDING" else ordered


def argsort(
    values: Any, axis: Any = -1, direction: str = "ASCENDING", stable: bool = False, name: str | None = None
) -> Tensor:
    """Returns the places of the elements in order along the last axis; equal ones keep their order. Mirrors `tf.argsort`.

    Raises:
        ValueError: the direction is unknown.
        NotImplementedError: another axis than the last.
    """
    with name_scope(name, "argsort"):
        return _sorted(values, axis, direction).indices


def _sorted(values: Any, axis: Any, direction: str) -> ranking.TopKV2:
    """The elements in descending order; for the ascending one those of the negated tensor."""
    if direction not in ("ASCENDING", "DESCENDING"):
        raise ValueError(f"Argument `direction` must be one of 'ASCENDING' or 'DESCENDING', got {direction!r}.")
    place = constant_value(convert_to_tensor(axis, name="axis"))
    tensor = convert_to_tensor(values, name="values")
    if place is None or (place != -1 and place != (tensor.shape.ndims or 0) - 1):
        raise NotImplementedError("Only the last axis can be sorted; use tf.transpose before and after.")
    if direction == "ASCENDING":
        tensor = elementwise.negative(tensor)
    count = arrays.shape(tensor)[-1]
    arrays.rank(tensor)
    return ranking.top_k(tensor, count)


register(
    "InvertPermutation",
    "x: T -> y: T",
    T=INDICES,
    shape=unchanged,
    lower=lambda k, x: k.xp.argsort(x).astype(k.out),
    stops_gradient=True,
)


def invert_permutation(x: Any, name: str | None = None) -> Tensor:
    """Returns for each number its place in a permutation of 0, 1, 2, ... Mirrors `tf.invert_permutation`."""
    result: Tensor = build.add("InvertPermutation", x, name=name)
    return result
