"""Diagonals and bands of matrices, and the identity matrix."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES, as_dtype, float32, int32
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, arrays, build, reductions
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import unchanged


def _doubled(op: Operation) -> TensorShape:
    return op.inputs[0].shape.concatenate(op.inputs[0].shape)


def _halved(op: Operation) -> TensorShape:
    extents = op.inputs[0].shape.extents
    if extents is None:
        return UNKNOWN
    if len(extents) % 2:
        raise ValueError(f"Input must have even rank, but input rank is {len(extents)}")
    half = len(extents) // 2
    return TensorShape.of(extents[:half]).merge_with(extents[half:])


def _lower_diag(k: Any, x: Any) -> Any:
    return k.xp.reshape(k.xp.diag(k.xp.reshape(x, -1)), x.shape * 2)


def _lower_diag_part(k: Any, x: Any) -> Any:
    half = x.shape[: x.ndim // 2]
    size = int(np.prod(half, dtype=np.int64))
    return k.xp.reshape(k.xp.diagonal(k.xp.reshape(x, (size, size))), half)


register(
    "Diag",
    "diagonal: T -> output: T",
    T=EVERY,
    shape=_doubled,
    lower=_lower_diag,
    gradient=lambda op, grad: diag_part(grad),
)
register(
    "DiagPart",
    "input: T -> diagonal: T",
    T=EVERY,
    shape=_halved,
    lower=_lower_diag_part,
    gradient=lambda op, grad: diag(grad),
)


def diag(diagonal: Any, name: str | None = None) -> Tensor:
    """Returns a tensor with the given elements on its diagonal and zeros elsewhere. Mirrors `tf.diag`."""
    return _node("Diag", diagonal, name=name)


def diag_part(input: Any, name: str | None = None) -> Tensor:
    """Returns the diagonal of a tensor. Mirrors `tf.diag_part`."""
    return _node("DiagPart", input, name=name)


def _main_diagonal(k: Any, *offsets: Any) -> None:
    if any(int(o) != 0 for offset in offsets for o in np.ravel(offset)):
        raise NotImplementedError("Only the main diagonal (k=0) is available.")


def _matrix_diag_shape(op: Operation) -> TensorShape:
    extents = op.inputs[0].shape.extents
    return UNKNOWN if extents is None else TensorShape.of((*extents, extents[-1]))


def _lower_matrix_diag(k: Any, x: Any, offset: Any, rows: Any, columns: Any, padding: Any) -> Any:
    _main_diagonal(k, offset)
    size = x.shape[-1]
    return k.xp.where(np.eye(size, dtype=bool), x[..., None], k.xp.asarray(padding))


register(
    "MatrixDiagV3",
    "diagonal: T, k: int32, num_rows: int32, num_cols: int32, padding_value: T -> output: T",
    T=EVERY,
    align="RIGHT_LEFT",
    shape=_matrix_diag_shape,
    lower=_lower_matrix_diag,
    gradient=lambda op, grad: [
        _node("MatrixDiagPartV3", grad, op.inputs[1], 0, name="diag_part"),
        None,
        None,
        None,
        None,
    ],
)


def _matrix_diag_part_shape(op: Operation) -> TensorShape:
    extents = op.inputs[0].shape.extents
    if extents is None:
        return UNKNOWN
    rows, columns = extents[-2:]
    return TensorShape.of((*extents[:-2], None if rows is None or columns is None else min(rows, columns)))


def _matrix_diag_part_gradient(op: Operation, grad: Tensor) -> list[Any]:
    extents = op.inputs[0].shape.extents
    if extents is None or None in extents[-2:]:
        raise NotImplementedError(
            "The gradient of the diagonal of matrices needs their static shape; give it with set_shape."
        )
    if extents[-2] == extents[-1]:
        return [_node("MatrixDiagV3", grad, op.inputs[1], extents[-2], extents[-1], 0, name="diag"), None, None]
    return [matrix_set_diag(arrays.zeros_like(op.inputs[0]), grad), None, None]


def _lower_matrix_diag_part(k: Any, x: Any, offset: Any, padding: Any) -> Any:
    _main_diagonal(k, offset)
    return k.xp.diagonal(x, axis1=-2, axis2=-1)


register(
    "MatrixDiagPartV3",
    "input: T, k: int32, padding_value: T -> diagonal: T",
    T=EVERY,
    align="RIGHT_LEFT",
    shape=_matrix_diag_part_shape,
    lower=_lower_matrix_diag_part,
    gradient=_matrix_diag_part_gradient,
)


def _lower_set_diag(k: Any, x: Any, diagonal: Any, offset: Any) -> Any:
    _main_diagonal(k, offset)
    rows, columns = x.shape[-2:]
    missing = max(rows, columns) - diagonal.shape[-1]
    full = k.xp.pad(diagonal, [(0, 0)] * (diagonal.ndim - 1) + [(0, missing)])
    return k.xp.where(np.eye(rows, columns, dtype=bool), full[..., :rows, None], x)


def _set_diag_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, diagonal, offset = op.inputs
    shape = x.shape.merge_with(grad.shape)
    if shape.is_fully_defined():
        extents = shape.known
        zeros = arrays.zeros([*extents[:-2], min(d for d in extents[-2:] if d is not None)], dtype=grad.dtype)
    else:
        zeros = arrays.zeros_like(diagonal)
    rest = _node("MatrixSetDiagV3", grad, zeros, offset, name="set_diag")
    return [rest, _node("MatrixDiagPartV3", grad, offset, 0, name="diag_part"), None]


register(
    "MatrixSetDiagV3",
    "input: T, diagonal: T, k: int32 -> output: T",
    T=EVERY,
    align="RIGHT_LEFT",
    shape=unchanged,
    lower=_lower_set_diag,
    gradient=_set_diag_gradient,
)


def matrix_diag(diagonal: Any, name: str = "diag") -> Tensor:
    """Returns square matrices with the given diagonals and zeros elsewhere. Mirrors `tf.matrix_diag`."""
    with name_scope(name, "diag", [diagonal]) as scope:
        tensor = convert_to_tensor(diagonal, name="diagonal")
        return _node("MatrixDiagV3", tensor, 0, -1, -1, 0, name=scope)


def matrix_diag_part(input: Any, name: str = "diag_part") -> Tensor:
    """Returns the diagonals of matrices. Mirrors `tf.matrix_diag_part`."""
    with name_scope(name, "diag_part", [input]) as scope:
        tensor = convert_to_tensor(input, name="input")
        return _node("MatrixDiagPartV3", tensor, 0, 0, name=scope)


def matrix_set_diag(input: Any, diagonal: Any, name: str = "set_diag") -> Tensor:
    """Returns matrices with other diagonals. Mirrors `tf.matrix_set_diag`."""
    with name_scope(name, "set_diag", [input, diagonal]) as scope:
        return _node("MatrixSetDiagV3", input, diagonal, 0, name=scope)


def _lower_band(k: Any, x: Any, lower: Any, upper: Any) -> Any:
    row, column = np.arange(x.shape[-2])[:, None], np.arange(x.shape[-1])[None, :]
    inside = ((lower < 0) | (row - column <= lower)) & ((upper < 0) | (column - row <= upper))
    return k.xp.where(inside, x, k.out.type(0))


register(
    "MatrixBandPart",
    "input: T, num_lower: Tindex, num_upper: Tindex -> band: T",
    T=EVERY,
    Tindex=INDICES,
    shape=unchanged,
    lower=_lower_band,
    gradient=lambda op, grad: [matrix_band_part(grad, op.inputs[1], op.inputs[2]), None, None],
)


def matrix_band_part(input: Any, num_lower: Any, num_upper: Any, name: str | None = None) -> Tensor:
    """Keeps of matrices the diagonal and so many diagonals below and above it; -1 keeps all. Mirrors `tf.matrix_band_part`."""
    return _node("MatrixBandPart", input, num_lower, num_upper, name=name)


def eye(
    num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = float32, name: str | None = None
) -> Tensor:
    """Returns an identity matrix, or a batch of them. Mirrors `tf.eye`."""
    with name_scope(name, "eye", [num_rows, num_columns, batch_shape]):
        kind = as_dtype(dtype)
        columns = num_rows if num_columns is None else num_columns
        leading: Any = [] if batch_shape is None else batch_shape
        if isinstance(num_rows, Tensor) or isinstance(columns, Tensor) or isinstance(leading, Tensor):
            leading = convert_to_tensor(leading, name="shape", dtype=int32)
            size: Any = arithmetic.minimum(num_rows, columns)
            extents: Any = arrays.concat((leading, [size]), 0)
        else:
            extents = [*leading, min(int(num_rows), int(columns))]
        ones = arrays.ones(extents, dtype=kind)
        if num_columns is None or (num_rows is columns):
            return matrix_diag(ones)
        full: Any = (
            arrays.concat((leading, [num_rows, columns]), 0)
            if isinstance(leading, Tensor)
            else [*leading, num_rows, columns]
        )
        return matrix_set_diag(arrays.zeros(full, dtype=kind), ones)


def trace(x: Any, name: str | None = None) -> Tensor:
    """Returns the sum of the diagonal of each matrix. Mirrors `tf.trace`."""
    with name_scope(name, "Trace", [x]) as scope:
        return reductions.reduce_sum(matrix_diag_part(convert_to_tensor(x, name="x")), [-1], name=scope)


def _node(op_type: str, *values: Any, name: str | None = None) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name)
    return result
