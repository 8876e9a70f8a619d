"""Matrices: product, inverse."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import INEXACT, NUMBERS
from graphlab.graph.registry import operator, register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build, elementwise
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import unchanged


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
    a = a.T if k.attr["transpose_a"] else a
    b = b.T if k.attr["transpose_b"] else b
    return k.xp.matmul(a, b)


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


def matmul(a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False, name: str | None = None) -> Tensor:
    """Returns the matrix product, of the transposed matrices where asked for. Mirrors `tf.matmul`.

    Args:
        a: a matrix `[m, k]`, or `[k, m]` with `transpose_a`.
        b: a matrix `[k, n]`, or `[n, k]` with `transpose_b`.
        transpose_a: whether to transpose a first.
        transpose_b: whether to transpose b first.
        name: the name of the operation.

    Raises:
        ValueError: a or b is not a matrix, or their inner extents differ.
    """
    with name_scope(name, "MatMul", [a, b]) as scope:
        a = convert_to_tensor(a, name="a")
        b = convert_to_tensor(b, preferred_dtype=a.dtype.base_dtype, name="b")
        return _matmul(a, b, name=scope, transpose_a=transpose_a, transpose_b=transpose_b)


def _matmul(a: Tensor, b: Tensor, **attrs: Any) -> Tensor:
    result: Tensor = build.add("MatMul", a, b, **attrs)
    return result


def _square_shape(op: Operation) -> TensorShape:
    given = op.inputs[0].shape
    if given.extents is None:
        return UNKNOWN
    if len(given.extents) < 2:
        raise ValueError(f"Shape must be at least rank 2 but is rank {len(given.extents)}")
    rows, columns = given.extents[-2:]
    if rows is not None and columns is not None and rows != columns:
        raise ValueError(f"Dimensions must be equal, but are {rows} and {columns}")
    return unchanged(op)


def _inverse_gradient(op: Operation, grad: Tensor) -> Tensor:
    inverse = op.outputs[0]
    return -_matmul(inverse, _matmul(grad, inverse, transpose_b=True), transpose_a=True)


register(
    "MatrixInverse",
    "input: T -> output: T",
    T=INEXACT,
    adjoint=False,
    shape=_square_shape,
    lower=lambda k, x: k.xp.linalg.inv(k.xp.conj(k.xp.swapaxes(x, -1, -2)) if k.attr["adjoint"] else x),
    gradient=_inverse_gradient,
)


def matrix_inverse(input: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """Returns the inverse of a square matrix. Mirrors `tf.matrix_inverse`.

    Raises:
        ValueError: the matrix is not square.
        tf.errors.InvalidArgumentError: when run, the matrix has no inverse.
    """
    result: Tensor = build.add("MatrixInverse", input, name=name, adjoint=adjoint)
    return result


def _operator_matmul(x: Any, y: Any) -> Tensor:
    with name_scope(None, "matmul", [x, y]) as scope:
        return matmul(x, convert_to_tensor(y, preferred_dtype=x.dtype.base_dtype, name="y"), name=scope)


operator("matmul")(_operator_matmul)
