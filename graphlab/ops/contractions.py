"""Sums of products over any axes: `tf.tensordot` and `tf.einsum`."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import NUMBERS, int32
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, gathering, joining, linalg, reductions
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope


def tensordot(a: Any, b: Any, axes: Any, name: str | None = None) -> Tensor:
    """Sums products of elements over axes of a and of b. Mirrors `tf.tensordot`.

    Args:
        a: a tensor of known rank.
        b: a tensor of known rank.
        axes: how many of the last axes of a and the first of b; or two lists of axes.
        name: the name of the operation.

    Raises:
        ValueError: the axes do not fit.
        NotImplementedError: a rank is not known.
    """
    with name_scope(name, "Tensordot", [a, b, axes]) as scope:
        a, b = convert_to_tensor(a, name="a"), convert_to_tensor(b, name="b")
        if a.shape.ndims is None or b.shape.ndims is None:
            raise NotImplementedError("tf.tensordot needs known ranks; give them with set_shape.")
        axes_a, axes_b = _axes(a, axes)
        left, free_a = _as_matrix(a, axes_a, is_last=True)
        right, free_b = _as_matrix(b, axes_b, is_last=False)
        product = linalg.matmul(left, right)
        if isinstance(free_a, list) and isinstance(free_b, list):
            if len(free_a) == 1 and len(free_b) == 1:
                return product
            return arrays.reshape(product, [*free_a, *free_b], name=scope)
        extents = [convert_to_tensor(free, dtype=int32) for free in (free_a, free_b)]
        result = arrays.reshape(product, joining.concat(extents, 0), name=scope)
        result.set_shape([*_free_extents(a, axes_a), *_free_extents(b, axes_b)])
        return result


def _axes(a: Tensor, axes: Any) -> tuple[list[int], list[int]]:
    if isinstance(axes, int):
        rank = len(a.shape)
        if not 0 <= axes <= rank:
            raise ValueError(f"`axes` must be between 0 and the rank {rank} of `a`, but is {axes}")
        return list(range(rank - axes, rank)), list(range(axes))
    first, second = ([int(i) for i in np.ravel(part)] for part in axes)
    if len(first) != len(second):
        raise ValueError(f"Different number of contraction axes `a` and `b`, {len(first)} != {len(second)}.")
    return first, second


def _free_extents(tensor: Tensor, axes: list[int]) -> list[int | None]:
    rank = len(tensor.shape)
    summed = {i % rank for i in axes}
    return [d for i, d in enumerate(tensor.shape.known) if i not in summed]


def _as_matrix(tensor: Tensor, axes: list[int], *, is_last: bool) -> tuple[Tensor, Any]:
    """The tensor as a matrix whose last (or first) axis runs over the contracted axes, and the extents of the others.

    These are a list of integers, or a tensor where only the running graph knows them.
    """
    if not tensor.shape.is_fully_defined():
        return _as_matrix_in_graph(tensor, axes, is_last)
    extents = [d or 0 for d in tensor.shape.known]
    summed = [i % len(extents) for i in axes]
    free = [i for i in range(len(extents)) if i not in summed]
    order = free + summed if is_last else summed + free
    kept = [extents[i] for i in free]
    sizes = [int(np.prod(kept, dtype=np.int64)), int(np.prod([extents[i] for i in summed], dtype=np.int64))]
    shape = sizes if is_last else sizes[::-1]
    if order != list(range(len(extents))):
        tensor = arrays.transpose(tensor, order)
    return tensor if tensor.shape == shape else arrays.reshape(tensor, shape), kept


def _as_matrix_in_graph(tensor: Tensor, axes: list[int], is_last: bool) -> tuple[Tensor, Tensor]:
    rank = len(tensor.shape)
    chosen = [i % rank for i in axes]
    summed = convert_to_tensor(chosen, dtype=int32, name="axes")
    free = convert_to_tensor([i for i in range(rank) if i not in chosen], dtype=int32, name="free")
    sizes = arrays.shape(tensor)
    free_sizes, summed_sizes = gathering.gather(sizes, free), gathering.gather(sizes, summed)
    counts = [reductions.reduce_prod(free_sizes), reductions.reduce_prod(summed_sizes)]
    order = joining.concat([free, summed] if is_last else [summed, free], 0)
    shape = arrays.stack(counts if is_last else counts[::-1])
    return arrays.reshape(arrays.transpose(tensor, order), shape), free_sizes


def _parts(equation: str) -> tuple[list[str], str]:
    inputs, arrow, output = equation.replace(" ", "").partition("->")
    terms = inputs.split(",")
    if not arrow:
        letters = "".join(terms)
        output = "".join(sorted(c for c in set(letters) if letters.count(c) == 1))
    return terms, output


def _einsum_shape(op: Operation) -> TensorShape:
    terms, output = _parts(op.attr["equation"])
    sizes: dict[str, int | None] = {}
    for term, tensor in zip(terms, op.inputs, strict=True):
        extents = tensor.shape.extents
        if extents is None:
            return UNKNOWN
        if len(extents) != len(term):
            raise ValueError(f"Expected rank {len(term)} for the term {term!r} of the equation, got {len(extents)}")
        for letter, extent in zip(term, extents, strict=True):
            known = sizes.get(letter)
            if known is not None and extent is not None and known != extent:
                raise ValueError(f"Dimensions must be equal, but are {known} and {extent} for label {letter!r}")
            sizes[letter] = extent if known is None else known
    return TensorShape.of(tuple(sizes[letter] for letter in output))


def _einsum_gradient(op: Operation, grad: Tensor) -> list[Any]:
    terms, output = _parts(op.attr["equation"])
    if len(terms) > 2 or any(len(set(t)) != len(t) for t in terms):
        raise NotImplementedError(
            "The gradient of tf.einsum is available for one or two tensors whose letters are all different."
        )
    for tensor in op.inputs if len(terms) == 2 else ():
        arrays.shape(tensor)
    grads = []
    for i, term in enumerate(terms):
        others = [(t, x) for j, (t, x) in enumerate(zip(terms, op.inputs, strict=True)) if j != i]
        known = set(output).union(*(t for t, _ in others)) if others else set(output)
        if not set(term) <= known:
            raise NotImplementedError(
                f"The gradient of tf.einsum is not available where a letter of {term!r} is summed alone; use tf.reduce_sum first."
            )
        equation = ",".join([output, *(t for t, _ in others)]) + "->" + term
        grads.append(build.add("Einsum", [grad, *(x for _, x in others)], equation=equation))
    return grads


register(
    "Einsum",
    "inputs: N*T -> output: T",
    T=NUMBERS,
    shape=_einsum_shape,
    lower=lambda k, *inputs: k.xp.einsum(k.attr["equation"], *inputs).astype(k.out),
    gradient=_einsum_gradient,
)


def einsum(equation: str, *inputs: Any, name: str | None = None) -> Tensor:
    """Sums products of elements as an equation such as `ij,jk->ik` says. Mirrors `tf.einsum`.

    Raises:
        ValueError: the equation does not fit the tensors.
        NotImplementedError: the equation has an ellipsis.
    """
    if "." in equation:
        raise NotImplementedError("tf.einsum with an ellipsis is not available; name all axes by letters.")
    terms, output = _parts(equation)
    if len(terms) != len(inputs):
        raise ValueError(f"Got {len(inputs)} arguments for equation {equation!r}, expecting {len(terms)}")
    with name_scope(name, "einsum", list(inputs)):
        result: Tensor = build.add(
            "Einsum", [convert_to_tensor(x) for x in inputs], equation=f"{','.join(terms)}->{output}"
        )
        return result
