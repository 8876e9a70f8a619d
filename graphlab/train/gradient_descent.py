"""Gradient descent. Mirrors `tf.train.GradientDescentOptimizer`."""

from __future__ import annotations

from typing import Any

from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.convert import convert_to_tensor
from graphlab.train.optimizer import Optimizer, checked_rate
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
        self._rate = convert_to_tensor(checked_rate(self._learning_rate), name="learning_rate")

    def _apply_dense(self, grad: Tensor, variable: Variable) -> Any:
        rate = self._rate if self._rate.dtype is grad.dtype else build.add("Cast", self._rate, DstT=grad.dtype.base_dtype)
        return build.add("ApplyGradientDescent", variable, rate, grad, use_locking=self._use_locking).op
