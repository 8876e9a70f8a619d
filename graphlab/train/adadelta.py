"""Adadelta: step sizes from running means alone. Mirrors `tf.train.AdadeltaOptimizer`."""

from __future__ import annotations

from typing import Any

from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.train.optimizer import Optimizer, hyperparameter, like
from graphlab.variables import Variable


class AdadeltaOptimizer(Optimizer):
    """Scales each step by the ratio of the running root mean squares of updates and gradients (Zeiler, 2012)."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: Any = 0.95,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "Adadelta",
    ) -> None:
        """Makes the optimizer.

        Args:
            learning_rate: a number, a scalar tensor, or a function that returns one.
            rho: the share of the running means that is kept; likewise.
            epsilon: a small number that lets the first steps start; likewise.
            use_locking: accepted for compatibility; a run is always atomic.
            name: the name of the update operations.
        """
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._rho = rho
        self._epsilon = epsilon

    def _create_slots(self, var_list: list[Variable]) -> None:
        for variable in var_list:
            self._make_slot(variable, "accum")
            self._make_slot(variable, "accum_update")

    def _prepare(self) -> None:
        self._parameters = [
            hyperparameter(self._learning_rate, "lr"),
            hyperparameter(self._rho, "rho"),
            hyperparameter(self._epsilon, "epsilon"),
        ]

    def _apply_dense(self, grad: Tensor, var: Variable) -> Any:
        return build.add("ApplyAdadelta", *self._arguments(var), grad, use_locking=self._use_locking)

    def _apply_sparse(self, grad: IndexedSlices, var: Variable) -> Any:
        arguments = (*self._arguments(var), grad.values, grad.indices)
        return build.add("SparseApplyAdadelta", *arguments, use_locking=self._use_locking)

    def _arguments(self, var: Variable) -> list[Any]:
        slots = self._slot(var, "accum"), self._slot(var, "accum_update")
        return [var, *slots, *(like(p, var) for p in self._parameters)]
