"""Gradient descent with momentum. Mirrors `tf.train.MomentumOptimizer`."""

from __future__ import annotations

from typing import Any

from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.train.optimizer import Optimizer, hyperparameter, like
from graphlab.variables import Variable


class MomentumOptimizer(Optimizer):
    """Lets each variable roll on: `speed = momentum * speed + gradient; variable -= learning_rate * speed`.

    With `use_nesterov` the gradient counts a step ahead: `variable -= learning_rate * (gradient + momentum * speed)`.
    """

    def __init__(
        self,
        learning_rate: Any,
        momentum: Any,
        use_locking: bool = False,
        name: str = "Momentum",
        use_nesterov: bool = False,
    ) -> None:
        """Makes the optimizer.

        Args:
            learning_rate: a number, a scalar tensor, or a function that returns one.
            momentum: the share of the speed that is kept, between 0 and 1; likewise.
            use_locking: accepted for compatibility; a run is always atomic.
            name: the name of the update operations.
            use_nesterov: whether to use Nesterov's variant.
        """
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._momentum = momentum
        self._attrs: dict[str, Any] = {"use_locking": use_locking, "use_nesterov": use_nesterov}

    def _create_slots(self, var_list: list[Variable]) -> None:
        for variable in var_list:
            self._make_slot(variable, "momentum")

    def _prepare(self) -> None:
        self._rate = hyperparameter(self._learning_rate, "learning_rate")
        self._kept = hyperparameter(self._momentum, "momentum")

    def _apply_dense(self, grad: Tensor, var: Variable) -> Any:
        slot, rate, kept = self._slot(var, "momentum"), like(self._rate, var), like(self._kept, var)
        return build.add("ApplyMomentum", var, slot, rate, grad, kept, **self._attrs).op

    def _apply_sparse(self, grad: IndexedSlices, var: Variable) -> Any:
        slot, rate, kept = self._slot(var, "momentum"), like(self._rate, var), like(self._kept, var)
        return build.add("SparseApplyMomentum", var, slot, rate, grad.values, grad.indices, kept, **self._attrs).op
