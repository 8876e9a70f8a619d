"""Adagrad: a learning rate for each weight that falls with its gradients. Mirrors `tf.train.AdagradOptimizer`."""

from __future__ import annotations

from typing import Any

from graphlab.graph.tensor import Tensor
from graphlab.initializers import Constant
from graphlab.ops import arrays, build
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.train.optimizer import Optimizer, hyperparameter, like
from graphlab.variables import Variable


class AdagradOptimizer(Optimizer):
    """Divides each step by the root of the sum of the squares of all gradients so far (Duchi et al., 2011)."""

    def __init__(
        self,
        learning_rate: Any,
        initial_accumulator_value: float = 0.1,
        use_locking: bool = False,
        name: str = "Adagrad",
    ) -> None:
        """Makes the optimizer.

        Args:
            learning_rate: a number, a scalar tensor, or a function that returns one.
            initial_accumulator_value: what the sums of squares start from, positive.
            use_locking: accepted for compatibility; a run is always atomic.
            name: the name of the update operations.

        Raises:
            ValueError: `initial_accumulator_value` is not positive.
        """
        if initial_accumulator_value <= 0:
            raise ValueError(f"initial_accumulator_value must be positive: {initial_accumulator_value}")
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._initial_accumulator_value = initial_accumulator_value

    def _create_slots(self, var_list: list[Variable]) -> None:
        for variable in var_list:
            self._make_slot(variable, "accumulator", self._initial_value(variable))

    def _initial_value(self, variable: Variable) -> Any:
        kind = variable.dtype.base_dtype
        if variable.shape.is_fully_defined():
            return Constant(self._initial_accumulator_value, dtype=kind)
        return arrays.fill(arrays.shape(variable.initialized_value()), self._initial_accumulator_value)

    def _prepare(self) -> None:
        self._rate = hyperparameter(self._learning_rate, "learning_rate")

    def _apply_dense(self, grad: Tensor, var: Variable) -> Any:
        slot, rate = self._slot(var, "accumulator"), like(self._rate, var)
        return build.add("ApplyAdagrad", var, slot, rate, grad, use_locking=self._use_locking)

    def _apply_sparse(self, grad: IndexedSlices, var: Variable) -> Any:
        slot, rate = self._slot(var, "accumulator"), like(self._rate, var)
        values, indices = grad.values, grad.indices
        return build.add("SparseApplyAdagrad", var, slot, rate, values, indices, use_locking=self._use_locking)
