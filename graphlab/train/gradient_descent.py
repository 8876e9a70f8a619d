"""Gradient descent. Mirrors `tf.train.GradientDescentOptimizer`."""

from __future__ import annotations

from typing import Any

from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.train.optimizer import Optimizer, hyperparameter, like
from graphlab.variables import Variable


class GradientDescentOptimizer(Optimizer):
    """Subtracts the gradient times the learning rate from each variable."""

    def __init__(self, learning_rate: Any, use_locking: bool = False, name: str = "GradientDescent") -> None:
        """Makes the optimizer.

        Args:
            learning_rate: a number, a scalar tensor, or a function that returns one.
            use_locking: accepted for compatibility; a run is always atomic.
            name: the name of the update operations.
        """
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate

    def _prepare(self) -> None:
        self._rate = hyperparameter(self._learning_rate, "learning_rate")

    def _apply_dense(self, grad: Tensor, var: Variable) -> Any:
        return build.add("ApplyGradientDescent", var, like(self._rate, var), grad, use_locking=self._use_locking).op

    def _apply_sparse_duplicate_indices(self, grad: IndexedSlices, var: Variable) -> Any:
        delta = IndexedSlices(grad.values * like(self._rate, var), grad.indices, grad.dense_shape)
        return var.scatter_sub(delta, use_locking=self._use_locking)
