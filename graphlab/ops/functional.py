"""Functions applied to the rows of tensors: `tf.map_fn`, `tf.foldl`, `tf.foldr`, `tf.scan`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphlab.graph.dtypes import as_dtype
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Tensor
from graphlab.ops import arrays, nests
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.loops import while_loop
from graphlab.ops.scopes import name_scope
from graphlab.ops.tensor_arrays import TensorArray

Function = Callable[..., Any]


def map_fn(
    fn: Function,
    elems: Any,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    name: str | None = None,
) -> Any:
    """Applies a function to each slice of `elems` along the first dimension. Mirrors `tf.map_fn`.

    Args:
        fn: builds the result for one slice.
        elems: a tensor, or a nest of tensors with equal first dimensions.
        dtype: the types of the results as a nest of the structure that `fn` returns; default those of `elems`.
        parallel_iterations: see `tf.while_loop`.
        back_prop: see `tf.while_loop`.
        swap_memory: see `tf.while_loop`.
        infer_shape: whether all results have one shape.
        name: the name scope.

    Returns:
        The results, stacked along a new first dimension.

    Raises:
        TypeError: `fn` is not callable, or returns another structure.
        ValueError: `elems` are no tensors or scalars, or differ in their first dimensions.
    """
    _check_function(fn)
    flat = nests.flatten(elems)
    if not flat:
        raise ValueError(
            f"elems must be a Tensor or (possibly nested) sequence of Tensors. Got {elems}, which does not contain any Tensors."
        )
    with name_scope(name, "map", [e for e in flat if isinstance(e, Tensor)]):
        tensors = [convert_to_tensor(e, name="elem") for e in flat]
        rows = _common_rows(tensors)
        n = rows or arrays.shape(tensors[0])[0]
        # All lists are made before the first is filled, as in TensorFlow.
        lists = [TensorArray(t.dtype.base_dtype, size=n, dynamic_size=False, infer_shape=True) for t in tensors]
        filled = [array.unstack(t) for array, t in zip(lists, tensors, strict=True)]
        i = constant(0)
        kinds = [t.dtype.base_dtype for t in tensors] if dtype is None else [as_dtype(d) for d in nests.flatten(dtype)]
        results = [TensorArray(kind, size=n, dynamic_size=False, infer_shape=infer_shape) for kind in kinds]

        def compute(i: Tensor, written: list[TensorArray]) -> tuple[Any, list[TensorArray]]:
            value = fn(nests.pack(elems, [array.read(i) for array in filled]))
            nests.check_same(elems if dtype is None else dtype, value)
            after = [array.write(i, v) for array, v in zip(written, nests.flatten(value), strict=True)]
            return i + 1, after

        _, arrays_out = while_loop(
            lambda i, _: i < n,
            compute,
            (i, results),
            parallel_iterations=parallel_iterations or 10,
            back_prop=back_prop,
            swap_memory=swap_memory,
            maximum_iterations=n,
        )
        return nests.pack(elems if dtype is None else dtype, _stacked(arrays_out, rows))


def foldl(
    fn: Function,
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
) -> Any:
    """Combines the slices of `elems` from the first to the last: `fn(fn(fn(first, 2nd), 3rd), ...)`. Mirrors `tf.foldl`.

    Args:
        fn: builds the next value from the value so far and a slice.
        elems: a tensor, or a nest of tensors with equal first dimensions.
        initializer: the first value; default the first slice.
        parallel_iterations: see `tf.while_loop`.
        back_prop: see `tf.while_loop`.
        swap_memory: see `tf.while_loop`.
        name: the name scope.

    Raises:
        TypeError: `fn` is not callable.
    """
    return _fold(fn, elems, initializer, (parallel_iterations, back_prop, swap_memory), name, is_left=True)


def foldr(
    fn: Function,
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
) -> Any:
    """Combines the slices of `elems` from the last to the first; see `foldl`. Mirrors `tf.foldr`."""
    return _fold(fn, elems, initializer, (parallel_iterations, back_prop, swap_memory), name, is_left=False)


def _fold(
    fn: Function, elems: Any, initializer: Any, loop: tuple[int, bool, bool], name: str | None, is_left: bool
) -> Any:
    _check_function(fn)
    with name_scope(name, "foldl" if is_left else "foldr", [e for e in nests.flatten(elems) if isinstance(e, Tensor)]):
        tensors = [convert_to_tensor(e, name="elem") for e in nests.flatten(elems)]
        n: Any = tensors[0].shape.known[0] or arrays.shape(tensors[0])[0]
        lists = nests.pack(
            elems,
            [TensorArray(t.dtype.base_dtype, size=n, dynamic_size=False, infer_shape=True).unstack(t) for t in tensors],
        )
        i: Any
        if initializer is not None:
            value, i = initializer, (constant(0) if is_left else n)
        elif is_left:
            value, i = nests.mapped(lambda array: array.read(0), lists), constant(1)
        else:
            i = n - 1
            value = nests.mapped(lambda array: array.read(i), lists)

        def compute_left(i: Tensor, value: Any) -> list[Any]:
            after = fn(value, nests.mapped(lambda array: array.read(i), lists))
            return [i + 1, after]

        def compute_right(i: Tensor, value: Any) -> list[Any]:
            before = i - 1
            return [before, fn(value, nests.mapped(lambda array: array.read(before), lists))]

        _, result = while_loop(
            (lambda i, _: i < n) if is_left else (lambda i, _: i > 0),
            compute_left if is_left else compute_right,
            [i, value],
            parallel_iterations=loop[0],
            back_prop=loop[1],
            swap_memory=loop[2],
            maximum_iterations=n,
        )
        return result


def scan(
    fn: Function,
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    reverse: bool = False,
    name: str | None = None,
) -> Any:
    """Returns all values that `foldl` goes through, stacked along a new first dimension. Mirrors `tf.scan`.

    Args:
        fn: builds the next value from the value so far and a slice.
        elems: a tensor, or a nest of tensors with equal first dimensions.
        initializer: the value before the first slice; default the first slice, which then is the first value.
        parallel_iterations: see `tf.while_loop`.
        back_prop: see `tf.while_loop`.
        swap_memory: see `tf.while_loop`.
        infer_shape: whether all values have one shape.
        reverse: whether to begin with the last slice.
        name: the name scope.

    Raises:
        TypeError: `fn` is not callable, or returns another structure than the value it takes.
        ValueError: likewise.
    """
    _check_function(fn)
    structure = elems if initializer is None else initializer
    flat = nests.flatten(elems)
    with name_scope(name, "scan", [e for e in flat if isinstance(e, Tensor)]):
        tensors = [convert_to_tensor(e, name="elem") for e in flat]
        rows = tensors[0].shape.known[0]
        n: Any = arrays.shape(tensors[0])[0] if rows is None else rows
        lists = [
            TensorArray(t.dtype.base_dtype, size=n, dynamic_size=False, element_shape=t.shape[1:], infer_shape=True)
            for t in tensors
        ]
        filled = [array.unstack(t) for array, t in zip(lists, tensors, strict=True)]
        first = n - 1 if reverse else 0
        if initializer is None:
            values, i = [array.read(first) for array in filled], 1
        else:
            values, i = [convert_to_tensor(v) for v in nests.flatten(initializer)], 0
        kept = [
            TensorArray(
                v.dtype.base_dtype,
                size=n,
                element_shape=v.shape if infer_shape else None,
                dynamic_size=False,
                infer_shape=infer_shape,
            )
            for v in values
        ]
        if initializer is None:
            kept = [array.write(first, v) for array, v in zip(kept, values, strict=True)]

        def compute(i: Tensor, values: list[Any], kept: list[TensorArray]) -> tuple[Any, list[Any], list[TensorArray]]:
            after = fn(nests.pack(structure, values), nests.pack(elems, [array.read(i) for array in filled]))
            nests.check_same(structure, after)
            flat_after = nests.flatten(after)
            written = [array.write(i, v) for array, v in zip(kept, flat_after, strict=True)]
            return i - 1 if reverse else i + 1, flat_after, written

        _, _, arrays_out = while_loop(
            (lambda i, *_: i >= 0) if reverse else (lambda i, *_: i < n),
            compute,
            (n - 1 - i if reverse else i, values, kept),
            parallel_iterations=parallel_iterations,
            back_prop=back_prop,
            swap_memory=swap_memory,
            maximum_iterations=n,
        )
        return nests.pack(structure, _stacked(arrays_out, _common_rows(tensors)))


def _stacked(lists: list[TensorArray], rows: int | None) -> list[Tensor]:
    results = [array.stack() for array in lists]
    for result in results:
        result.set_shape(TensorShape([rows]).concatenate(result.shape[1:]))
    return results


def _common_rows(tensors: list[Tensor]) -> int | None:
    rows: int | None = None
    for tensor in tensors:
        if tensor.shape.ndims == 0:
            raise ValueError(f"Elements in elems must be 1+ dimensional Tensors, not scalars: {tensor!r}.")
        own = None if tensor.shape.extents is None else tensor.shape.extents[0]
        if rows is not None and own is not None and own != rows:
            raise ValueError(f"Dimensions {rows} and {own} are not compatible: all elems need the same number of rows.")
        rows = own if rows is None else rows
    return rows


def _check_function(fn: Any) -> None:
    if not callable(fn):
        raise TypeError(f"{fn!r} is not callable. Please provide a callable function.")
