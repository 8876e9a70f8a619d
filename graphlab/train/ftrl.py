"""Ftrl-proximal: sparse linear models online. Mirrors `tf.train.FtrlOptimizer`."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import DType
from graphlab.graph.tensor import Tensor
from graphlab.ops import arithmetic, arrays, build
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.train.optimizer import Optimizer, hyperparameter, like
from graphlab.variables import Variable


class FtrlOptimizer(Optimizer):
    """Follows the regularized leader, with both kinds of penalty (McMahan et al., 2013)."""

    def __init__(
        self,
        learning_rate: Any,
        learning_rate_power: float = -0.5,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        use_locking: bool = False,
        name: str = "Ftrl",
        accum_name: str | None = None,
        linear_name: str | None = None,
        l2_shrinkage_regularization_strength: float = 0.0,
        beta: float | None = None,
    ) -> None:
        """Makes the optimizer.

        Args:
            learning_rate: a number or a scalar tensor.
            learning_rate_power: how the learning rate falls, zero or negative.
            initial_accumulator_value: what the sums of squares start from.
            l1_regularization_strength: weight of the penalty on absolute values.
            l2_regularization_strength: weight of the penalty on squares.
            use_locking: accepted for compatibility; a run is always atomic.
            name: the name of the update operations.
            accum_name: the name of the first slot; default `name`.
            linear_name: the name of the second slot; default `name`.
            l2_shrinkage_regularization_strength: weight of the penalty on squares that counts with the gradient.
            beta: adds `beta / (2 * learning_rate)` to the penalty on squares.

        Raises:
            ValueError: a number has the wrong sign.
        """
        super().__init__(use_locking, name)
        not_negative = {
            "initial_accumulator_value": initial_accumulator_value,
            "l1_regularization_strength": l1_regularization_strength,
            "l2_regularization_strength": l2_regularization_strength,
            "l2_shrinkage_regularization_strength": l2_shrinkage_regularization_strength,
        }
        for argument, value in not_negative.items():
            if value < 0:
                raise ValueError(f"{argument} {value} needs to be positive or zero")
        if learning_rate_power > 0:
            raise ValueError(f"learning_rate_power {learning_rate_power} needs to be negative or zero")
        self._learning_rate = learning_rate
        self._learning_rate_power = learning_rate_power
        self._initial_accumulator_value = initial_accumulator_value
        self._l1 = l1_regularization_strength
        self._l2 = l2_regularization_strength
        self._shrinkage = l2_shrinkage_regularization_strength
        self._beta = 0.0 if beta is None else beta
        self._slot_ops = {"accum": accum_name, "linear": linear_name}

    def _create_slots(self, var_list: list[Variable]) -> None:
        def initial(shape: Any, dtype: DType) -> Tensor:
            result: Tensor = arrays.ones(shape, dtype) * self._initial_accumulator_value
            return result

        for variable in var_list:
            self._make_slot(variable, "accum", initial, self._slot_ops["accum"])
            self._make_slot(variable, "linear", None, self._slot_ops["linear"])

    def _prepare(self) -> None:
        self._rate = hyperparameter(self._learning_rate, "learning_rate")
        self._l1_tensor = hyperparameter(self._l1, "l1_regularization_strength")
        adjusted = self._l2 + self._beta / (2.0 * arithmetic.maximum(self._learning_rate, 1e-36))
        self._l2_tensor = hyperparameter(adjusted, "adjusted_l2_regularization_strength")
        hyperparameter(self._beta, "beta")
        self._shrinkage_tensor = hyperparameter(self._shrinkage, "l2_shrinkage_regularization_strength")
        self._power_tensor = hyperparameter(self._learning_rate_power, "learning_rate_power")

    def _apply_dense(self, grad: Tensor, var: Variable) -> Any:
        return self._apply("Apply", [grad], var)

    def _apply_sparse(self, grad: IndexedSlices, var: Variable) -> Any:
        return self._apply("SparseApply", [grad.values, grad.indices], var)

    def _apply(self, prefix: str, gradient: list[Tensor], var: Variable) -> Any:
        shrinks = self._shrinkage > 0
        parameters = [self._rate, self._l1_tensor, self._l2_tensor]
        parameters += [self._shrinkage_tensor] if shrinks else []
        parameters.append(self._power_tensor)
        slots = self._slot(var, "accum"), self._slot(var, "linear")
        values = (var, *slots, *gradient, *(like(p, var) for p in parameters))
        return build.add(f"{prefix}{'FtrlV2' if shrinks else 'Ftrl'}", *values, use_locking=self._use_locking)
