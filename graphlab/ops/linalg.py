"""Products of matrices, of vectors with them, and of batches of them."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np

from graphlab.graph.dtypes import NUMBERS
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape, broadcast
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, elementwise, reductions, reshaping
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.operators import install_operator
from graphlab.ops.scopes import name_scope


def _matmul_shape(op: Operation) -> TensorShape:
    shapes = []
    for tensor, flag in zip(op.inputs, ("transpose_a", "transpose_b"), strict=True):
        if tensor.shape.ndims not in (None, 2):
            raise ValueError(f"Shape must be rank 2 but is rank {tensor.shape.ndims}")
        rows, columns = tensor.shape.with_rank(2).known
        shapes.append((columns, rows) if op.attr[flag] else (rows, columns))
    (rows, inner), (other, columns) = shapes
    if inner is not None and other is not None and inner != other:
        raise ValueError(f"Dimensions must be equal, but are {inner} and {other}")
    return TensorShape.of((rows, columns))


def _lower_matmul(k: Any, a: Any, b: Any) -> Any:
    if k.xp is not np:
        # Contracting the right axes spares XLA a transposed copy of the operand.
        axes = ((0 if k.attr["transpose_a"] else 1,), (1 if k.attr["transpose_b"] else 0,))
        return jax.lax.dot_general(a, b, (axes, ((), ())))
    a = a.T if k.attr["transpose_a"] else a
    b = b.T if k.attr["transpose_b"] else b
    return np.matmul(a, b)


def _matmul_gradient(op: Operation, grad: Tensor) -> list[Any]:
    a, b = (elementwise.conj(t) for t in op.inputs)
    match op.attr["transpose_a"], op.attr["transpose_b"]:
        case False, False:
            return [_matmul(grad, b, transpose_b=True, grad_a=True), _matmul(a, grad, transpose_a=True, grad_b=True)]
        case False, True:
            return [_matmul(grad, b, grad_a=True), _matmul(grad, a, transpose_a=True, grad_b=True)]
        case True, False:
            return [_matmul(b, grad, transpose_b=True, grad_a=True), _matmul(a, grad, grad_b=True)]
        case _:
            return [
                _matmul(b, grad, transpose_a=True, transpose_b=True, grad_a=True),
                _matmul(grad, a, transpose_a=True, transpose_b=True, grad_b=True),
            ]


register(
    "MatMul",
    "a: T, b: T -> product: T",
    T=NUMBERS,
    transpose_a=False,
    transpose_b=False,
    grad_a=False,
    grad_b=False,
    shape=_matmul_shape,
    lower=_lower_matmul,
    gradient=_matmul_gradient,
)


def _batch_shape(op: Operation) -> TensorShape:
    a, b = (t.shape for t in op.inputs)
    if a.extents is None or b.extents is None:
        return UNKNOWN
    for shape in (a, b):
        if len(shape.known) < 2:
            raise ValueError(f"Shape must be at least rank 2 but is rank {len(shape.known)}")
    rows, inner = a.extents[-2:][:: -1 if op.attr["adj_x"] else 1]
    other, columns = b.extents[-2:][:: -1 if op.attr["adj_y"] else 1]
    if inner is not None and other is not None and inner != other:
        raise ValueError(f"Dimensions must be equal, but are {inner} and {other}")
    return broadcast(TensorShape.of(a.extents[:-2]), TensorShape.of(b.extents[:-2])).concatenate(
        TensorShape.of((rows, columns))
    )


def _adjoint(xp: Any, x: Any) -> Any:
    return xp.conj(xp.swapaxes(x, -1, -2))


def _lower_batch(k: Any, a: Any, b: Any) -> Any:
    a = _adjoint(k.xp, a) if k.attr["adj_x"] else a
    b = _adjoint(k.xp, b) if k.attr["adj_y"] else b
    return k.xp.matmul(a, b)


def _batch_gradient(op: Operation, grad: Tensor) -> list[Any]:
    a, b = op.inputs
    match op.attr["adj_x"], op.attr["adj_y"]:
        case False, False:
            ga, gb = (
                adjoint_product(grad, b, adjoint_b=True, grad_a=True),
                adjoint_product(a, grad, adjoint_a=True, grad_b=True),
            )
        case False, True:
            ga, gb = adjoint_product(grad, b, grad_a=True), adjoint_product(grad, a, adjoint_a=True, grad_b=True)
        case True, False:
            ga, gb = adjoint_product(b, grad, adjoint_b=True, grad_a=True), adjoint_product(a, grad, grad_b=True)
        case _:
            ga = adjoint_product(b, grad, adjoint_a=True, adjoint_b=True, grad_a=True)
            gb = adjoint_product(grad, a, adjoint_a=True, adjoint_b=True, grad_b=True)
    if not _has_batches(a, b) or (a.shape[:-2].is_fully_defined() and a.shape[:-2] == b.shape[:-2]):
        return [ga, gb]
    shape_a, shape_b = arrays.shape(a), arrays.shape(b)
    axes_a, axes_b = build.add("BroadcastGradientArgs", shape_a[:-2], shape_b[:-2])
    return [
        arrays.reshape(reductions.reduce_sum(ga, axes_a), shape_a),
        arrays.reshape(reductions.reduce_sum(gb, axes_b), shape_b),
    ]


register(
    "BatchMatMulV2",
    "x: T, y: T -> output: T",
    T=NUMBERS,
    adj_x=False,
    adj_y=False,
    grad_x=False,
    grad_y=False,
    shape=_batch_shape,
    lower=_lower_batch,
    gradient=_batch_gradient,
)


def _has_batches(a: Tensor, b: Tensor) -> bool:
    return any(t.shape.ndims is None or t.shape.ndims > 2 for t in (a, b))


def adjoint_product(
    a: Tensor,
    b: Tensor,
    adjoint_a: bool = False,
    adjoint_b: bool = False,
    grad_a: bool = False,
    grad_b: bool = False,
    name: str | None = None,
) -> Tensor:
    """The product of matrices or batches of them, of their adjoints where asked for."""
    if _has_batches(a, b):
        with name_scope(name, "MatMul", [a, b]) as scope:
            result: Tensor = build.add(
                "BatchMatMulV2", a, b, adj_x=adjoint_a, adj_y=adjoint_b, grad_x=grad_a, grad_y=grad_b, name=scope
            )
            return result
    a = elementwise.conj(a) if adjoint_a else a
    b = elementwise.conj(b) if adjoint_b else b
    return _matmul(a, b, name=name, transpose_a=adjoint_a, transpose_b=adjoint_b, grad_a=grad_a, grad_b=grad_b)


def matmul(
    a: Any,
    b: Any,
    transpose_a: bool = False,
    transpose_b: bool = False,
    adjoint_a: bool = False,
    adjoint_b: bool = False,
    a_is_sparse: bool = False,
    b_is_sparse: bool = False,
    output_type: Any = None,
    name: str | None = None,
) -> Tensor:
    """Returns the product of matrices, or of batches of them, transposed where asked for. Mirrors `tf.matmul`.

    Args:
        a: matrices `[..., m, k]`, or `[..., k, m]` with `transpose_a`.
        b: matrices `[..., k, n]`, or `[..., n, k]` with `transpose_b`.
        transpose_a: whether to transpose a first.
        transpose_b: whether to transpose b first.
        adjoint_a: whether to transpose a and take its complex conjugate first.
        adjoint_b: whether to transpose b and take its complex conjugate first.
        a_is_sparse: a hint that is accepted for compatibility and changes nothing.
        b_is_sparse: a hint that is accepted for compatibility and changes nothing.
        output_type: must be left out; cast the product instead.
        name: the name of the operation.

    Raises:
        ValueError: a or b is no matrix, their inner extents differ, or one is to be transposed twice.
        NotImplementedError: `output_type` is given.
    """
    if output_type is not None:
        raise NotImplementedError("output_type is not available; use tf.cast on the product.")
    if (transpose_a and adjoint_a) or (transpose_b and adjoint_b):
        raise ValueError("Only one of transpose and adjoint can be asked for of one matrix.")
    with name_scope(name, "MatMul", [a, b]) as scope:
        a = convert_to_tensor(a, name="a")
        b = convert_to_tensor(b, preferred_dtype=a.dtype.base_dtype, name="b")
        if not _has_batches(a, b):
            a, b = (elementwise.conj(t) if flag else t for t, flag in ((a, adjoint_a), (b, adjoint_b)))
            return _matmul(a, b, name=scope, transpose_a=transpose_a or adjoint_a, transpose_b=transpose_b or adjoint_b)
        a, b = (elementwise.conj(t) if flag else t for t, flag in ((a, transpose_a), (b, transpose_b)))
        result: Tensor = build.add(
            "BatchMatMulV2", a, b, adj_x=transpose_a or adjoint_a, adj_y=transpose_b or adjoint_b, name=scope
        )
        return result


def _matmul(a: Tensor, b: Tensor, **attrs: Any) -> Tensor:
    result: Tensor = build.add("MatMul", a, b, **attrs)
    return result


def matvec(a: Any, b: Any, transpose_a: bool = False, adjoint_a: bool = False, name: str | None = None) -> Tensor:
    """Returns the product of a matrix and a vector. Mirrors `tf.linalg.matvec`."""
    with name_scope(name, "MatVec", [a, b]):
        column = arrays.expand_dims(b, axis=-1)
        return reshaping.squeeze(matmul(a, column, transpose_a=transpose_a, adjoint_a=adjoint_a), axis=-1)


install_operator("matmul", lambda x, y, name: matmul(x, y, name=name), right="b")
