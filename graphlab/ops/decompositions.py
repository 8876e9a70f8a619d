"""Inverses, determinants, solutions and factors of square matrices."""

from __future__ import annotations

from typing import Any

import jax.scipy.linalg
import numpy as np
import scipy

from graphlab.graph.demands import demand
from graphlab.graph.dtypes import INEXACT, NUMBERS
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, diagonals, elementwise, reductions, reshaping
from graphlab.ops.linalg import adjoint_product
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import unchanged


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


def _adjoint(xp: Any, x: Any) -> Any:
    return xp.conj(xp.swapaxes(x, -1, -2))


def _finite(k: Any, result: Any) -> Any:
    """The result of a compiled program, which has NaN or infinity where NumPy would refuse the matrix."""
    if k.xp is not np:
        demand(k.xp.all(k.xp.isfinite(result)))
    return result


def _inverse_gradient(op: Operation, grad: Tensor) -> Any:
    inverse, flag = op.outputs[0], op.attr["adjoint"]
    return -adjoint_product(
        inverse, adjoint_product(grad, inverse, adjoint_a=flag, adjoint_b=not flag), adjoint_a=not flag
    )


register(
    "MatrixInverse",
    "input: T -> output: T",
    T=INEXACT,
    adjoint=False,
    shape=_square_shape,
    lower=lambda k, x: _finite(k, k.xp.linalg.inv(_adjoint(k.xp, x) if k.attr["adjoint"] else x)),
    gradient=_inverse_gradient,
)


def matrix_inverse(input: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """Returns the inverses of square matrices. Mirrors `tf.matrix_inverse`.

    Raises:
        ValueError: the matrices are not square.
        tf.errors.InvalidArgumentError: when run, a matrix has no inverse.
    """
    return _node("MatrixInverse", input, adjoint=adjoint, name=name)


def _determinant_gradient(op: Operation, grad: Tensor) -> Any:
    determinant = op.outputs[0]
    inverse = matrix_inverse(op.inputs[0], adjoint=True)
    factors = arrays.reshape(grad * determinant, arrays.concat([arrays.shape(determinant), [1, 1]], 0))
    return factors * inverse


def _without_matrix(op: Operation) -> TensorShape:
    shape = _square_shape(op)
    return UNKNOWN if shape.extents is None else TensorShape.of(shape.extents[:-2])


register(
    "MatrixDeterminant",
    "input: T -> output: T",
    T=INEXACT,
    shape=_without_matrix,
    lower=lambda k, x: k.xp.asarray(k.xp.linalg.det(x), dtype=k.out),
    gradient=_determinant_gradient,
)


def matrix_determinant(input: Any, name: str | None = None) -> Tensor:
    """Returns the determinants of square matrices. Mirrors `tf.matrix_determinant`."""
    return _node("MatrixDeterminant", input, name=name)


def _solution_shape(op: Operation) -> TensorShape:
    _square_shape(op)
    matrix, right = op.inputs[0].shape.extents, op.inputs[1].shape.extents
    if matrix is None or right is None:
        return UNKNOWN
    rows, others = matrix[-1], right[-2]
    if rows is not None and others is not None and rows != others:
        raise ValueError(f"Dimensions must be equal, but are {rows} and {others}")
    return TensorShape.of((*right[:-2], rows if others is None else others, right[-1]))


def _solve_gradient(op: Operation, grad: Tensor) -> list[Any]:
    matrix, flag, solution = op.inputs[0], op.attr["adjoint"], op.outputs[0]
    gb = matrix_solve(matrix, grad, adjoint=not flag)
    pair = (solution, gb) if flag else (gb, solution)
    return [-adjoint_product(*pair, adjoint_b=True), gb]


register(
    "MatrixSolve",
    "matrix: T, rhs: T -> output: T",
    T=INEXACT,
    adjoint=False,
    shape=_solution_shape,
    lower=lambda k, a, b: _finite(k, k.xp.linalg.solve(_adjoint(k.xp, a) if k.attr["adjoint"] else a, b)),
    gradient=_solve_gradient,
)


def matrix_solve(matrix: Any, rhs: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """Returns x such that `matrix @ x == rhs`. Mirrors `tf.matrix_solve`.

    Raises:
        tf.errors.InvalidArgumentError: when run, a matrix has no inverse.
    """
    return _node("MatrixSolve", matrix, rhs, adjoint=adjoint, name=name)


def _lower_triangular(k: Any, matrix: Any, rhs: Any) -> Any:
    options = {"lower": k.attr["lower"], "trans": 2 if k.attr["adjoint"] else 0}
    if k.xp is not np:
        return _finite(k, jax.scipy.linalg.solve_triangular(matrix, rhs, **options))
    stacked = np.broadcast_shapes(matrix.shape[:-2], rhs.shape[:-2])
    matrices = np.broadcast_to(matrix, (*stacked, *matrix.shape[-2:])).reshape(-1, *matrix.shape[-2:])
    sides = np.broadcast_to(rhs, (*stacked, *rhs.shape[-2:])).reshape(-1, *rhs.shape[-2:])
    solved = [scipy.linalg.solve_triangular(a, b, **options) for a, b in zip(matrices, sides, strict=True)]
    return np.array(solved, k.out).reshape(*stacked, *rhs.shape[-2:])


def _triangular_gradient(op: Operation, grad: Tensor) -> list[Any]:
    matrix, rhs = op.inputs
    flag, is_lower, solution = op.attr["adjoint"], op.attr["lower"], op.outputs[0]
    gb = matrix_triangular_solve(matrix, grad, lower=is_lower, adjoint=not flag)
    pair = (solution, gb) if flag else (gb, solution)
    ga = -adjoint_product(*pair, adjoint_b=True)
    ga = diagonals.matrix_band_part(ga, -1, 0) if is_lower else diagonals.matrix_band_part(ga, 0, -1)
    if matrix.shape.is_fully_defined() and rhs.shape.is_fully_defined() and matrix.shape[:-2] == rhs.shape[:-2]:
        return [ga, gb]
    shape_a, shape_b = arrays.shape(matrix), arrays.shape(rhs)
    axes_a, axes_b = build.add("BroadcastGradientArgs", shape_a[:-2], shape_b[:-2])
    return [
        arrays.reshape(reductions.reduce_sum(ga, axes_a), shape_a),
        arrays.reshape(reductions.reduce_sum(gb, axes_b), shape_b),
    ]


register(
    "MatrixTriangularSolve",
    "matrix: T, rhs: T -> output: T",
    T=INEXACT,
    adjoint=False,
    lower=_lower_triangular,
    shape=_solution_shape,
    gradient=_triangular_gradient,
)


def matrix_triangular_solve(
    matrix: Any, rhs: Any, lower: bool = True, adjoint: bool = False, name: str | None = None
) -> Tensor:
    """Returns x such that `matrix @ x == rhs` for a triangular matrix; its other triangle is not read. Mirrors `tf.matrix_triangular_solve`."""
    with name_scope(name, "triangular_solve", [matrix, rhs]):
        attributes: dict[str, Any] = {"lower": lower, "adjoint": adjoint}
        return _node("MatrixTriangularSolve", matrix, rhs, **attributes)


def _cholesky_gradient(op: Operation, grad: Tensor) -> Any:
    factor = op.outputs[0]
    size = arrays.shape(factor)[-1]
    batch = arrays.shape(factor)[:-2]
    inverse = matrix_triangular_solve(factor, diagonals.eye(size, batch_shape=batch, dtype=factor.dtype))
    middle = adjoint_product(factor, grad, adjoint_a=True)
    middle = diagonals.matrix_set_diag(middle, 0.5 * diagonals.matrix_diag_part(middle))
    middle = diagonals.matrix_band_part(middle, -1, 0)
    whole = adjoint_product(adjoint_product(inverse, middle, adjoint_a=True), inverse)
    with name_scope(None, "adjoint", [whole]):
        mirrored = reshaping.matrix_transpose(elementwise.conj(whole))
    return (whole + mirrored) * 0.5


register(
    "Cholesky",
    "input: T -> output: T",
    T=INEXACT,
    shape=_square_shape,
    lower=lambda k, x: _finite(k, k.xp.linalg.cholesky(x)),
    gradient=_cholesky_gradient,
)


def cholesky(input: Any, name: str | None = None) -> Tensor:
    """Returns the lower triangular factors L of matrices L @ L^T. Mirrors `tf.cholesky`.

    Raises:
        tf.errors.InvalidArgumentError: when run, a matrix is not positive definite.
    """
    return _node("Cholesky", input, name=name)


register(
    "Cross",
    "a: T, b: T -> product: T",
    T=NUMBERS,
    shape=unchanged,
    lower=lambda k, a, b: k.xp.cross(a, b),
    gradient=lambda op, grad: [cross(op.inputs[1], grad), cross(grad, op.inputs[0])],
)


def cross(a: Any, b: Any, name: str | None = None) -> Tensor:
    """Returns the cross products of vectors in space. Mirrors `tf.cross`."""
    return _node("Cross", a, b, name=name)


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
