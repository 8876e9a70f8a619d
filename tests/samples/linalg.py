"""Matrices: products in all orientations, inverses, determinants and solutions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.samples.sample import Input, Sample, f32, given, numbers, sample

SQUARE = given([[2.0, 0.5, -1.0], [0.25, 3.0, 0.5], [-0.5, 1.0, 4.0]])
POSITIVE = given([[4.0, 1.0], [1.0, 3.0]])


def _batch(matrix: Input) -> Input:
    return Input(np.stack([matrix.array, matrix.array * 2]))


def _samples() -> Iterator[Sample]:
    product = lambda tf, x, y: tf.matmul(x, y)  # noqa: E731 - the sample in one line
    for dtype in ("float32", "float64", "int32", "int64", "complex64"):
        yield sample(
            "matmul", product, numbers(dtype, 2, 3), numbers(dtype, 3, 4, seed=1), gradient=not dtype.startswith("c")
        )
    for a in (False, True):
        for b in (False, True):
            yield sample(
                f"matmul transpose {a} {b}",
                lambda tf, x, y, a=a, b=b: tf.matmul(x, y, transpose_a=a, transpose_b=b),
                f32(*((3, 2) if a else (2, 3))),
                f32(*((4, 3) if b else (3, 4)), seed=1),
            )
    yield sample("matmul of batches", product, f32(2, 2, 3), f32(2, 3, 4, seed=1))
    yield sample("matmul of broadcast batches", product, f32(2, 2, 3), f32(3, 4, seed=1))
    yield sample(
        "matmul of batches adjoint",
        lambda tf, x, y: tf.matmul(x, y, adjoint_b=True),
        f32(2, 2, 3),
        f32(2, 4, 3, seed=1),
    )
    yield sample("matmul unknown", product, f32(2, 3).known_as(None, 3), f32(3, 4, seed=1))
    yield sample("matmul unranked", product, f32(2, 3).unranked(), f32(3, 4, seed=1).unranked())
    yield sample("matmul of nothing", product, f32(0, 3), f32(3, 4, seed=1))
    yield sample("matmul over nothing", product, f32(2, 0), f32(0, 4, seed=1))
    yield sample("matmul refuses", product, f32(2, 3), f32(2, 3))
    yield sample("matmul refuses at run time", product, f32(2, 3).known_as(None, None), f32(2, 3).known_as(None, None))
    yield sample("matmul refuses vectors", product, f32(3), f32(3))
    yield sample("matmul refuses two types", product, f32(2, 2), numbers("int32", 2, 2))
    yield sample("matmul by NumPy", lambda tf, x: tf.matmul(x, np.ones((3, 1), np.float32)), f32(2, 3))
    yield sample("matmul operator", lambda tf, x, y: x @ y, f32(2, 3), f32(3, 4, seed=1))
    yield sample("matvec", lambda tf, x, y: tf.linalg.matvec(x, y), f32(2, 3), f32(3, seed=1))
    yield sample("tensordot", lambda tf, x, y: tf.tensordot(x, y, axes=1), f32(2, 3), f32(3, 4, seed=1))
    yield sample("tensordot axes", lambda tf, x, y: tf.tensordot(x, y, axes=[[0], [1]]), f32(2, 3), f32(4, 2, seed=1))
    yield sample("einsum", lambda tf, x, y: tf.einsum("ij,jk->ik", x, y), f32(2, 3), f32(3, 4, seed=1))
    yield sample("matrix_inverse", lambda tf, x: tf.matrix_inverse(x), SQUARE, tolerance=1e-5)
    yield sample("matrix_inverse adjoint", lambda tf, x: tf.matrix_inverse(x, adjoint=True), SQUARE, tolerance=1e-5)
    yield sample("matrix_inverse of batches", lambda tf, x: tf.matrix_inverse(x), _batch(SQUARE), tolerance=1e-5)
    yield sample(
        "matrix_inverse unknown", lambda tf, x: tf.matrix_inverse(x), SQUARE.known_as(None, None), tolerance=1e-5
    )
    yield sample(
        "matrix_inverse float64", lambda tf, x: tf.matrix_inverse(x), given(SQUARE.array, "float64"), tolerance=1e-12
    )
    yield sample("matrix_inverse of singular", lambda tf, x: tf.matrix_inverse(x), given([[1.0, 2.0], [2.0, 4.0]]))
    yield sample("matrix_inverse refuses", lambda tf, x: tf.matrix_inverse(x), f32(2, 3))
    yield sample("matrix_determinant", lambda tf, x: tf.matrix_determinant(x), SQUARE, tolerance=1e-5)
    yield sample("matrix_solve", lambda tf, x, y: tf.matrix_solve(x, y), SQUARE, f32(3, 2), tolerance=1e-5)
    yield sample(
        "matrix_triangular_solve", lambda tf, x, y: tf.matrix_triangular_solve(x, y), SQUARE, f32(3, 2), tolerance=1e-5
    )
    yield sample("cholesky", lambda tf, x: tf.cholesky(x), POSITIVE, tolerance=1e-5)
    yield sample("trace", lambda tf, x: tf.trace(x), SQUARE)
    yield sample("cross", lambda tf, x, y: tf.cross(x, y), f32(2, 3), f32(2, 3, seed=1))
    yield sample(
        "normal equation",
        lambda tf, x, y: tf.matmul(tf.matmul(tf.matrix_inverse(tf.matmul(tf.transpose(x), x)), tf.transpose(x)), y),
        f32(6, 2),
        f32(6, 1, seed=1),
        tolerance=1e-4,
    )
    yield sample(
        "second derivative of matmul",
        lambda tf, x, y: tf.gradients(tf.square(tf.matmul(x, y)), [x, y]),
        f32(2, 3),
        f32(3, 2, seed=1),
    )


SAMPLES = list(_samples())
