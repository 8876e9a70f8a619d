"""Adam: momentum and a step size for each weight. Mirrors `tf.train.AdamOptimizer`."""

from __future__ import annotations

from typing import Any

from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build, control, elementwise, scatter, state
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.ops.scopes import colocate_with, control_dependencies
from graphlab.train.optimizer import Optimizer, hyperparameter, like
from graphlab.variables import Variable


class AdamOptimizer(Optimizer):
    """Steps by the running mean of the gradients over the root of the running mean of their squares.

    Both means are corrected for their start at zero (Kingma and Ba, 2015).
    """

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "Adam",
    ) -> None:
        """Makes the optimizer.

        Args:
            learning_rate: a number, a scalar tensor, or a function that returns one.
            beta1: the share of the running mean of the gradients that is kept; likewise.
            beta2: the share of the running mean of their squares that is kept; likewise.
            epsilon: a small number that avoids division by zero; likewise.
            use_locking: accepted for compatibility; a run is always atomic.
            name: the name of the update operations.
        """
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._beta1 = beta1
        self._beta2 = beta2
        self._epsilon = epsilon

    def _create_slots(self, var_list: list[Variable]) -> None:
        first = min(var_list, key=lambda v: v.name)
        self._make_other(self._beta1, "beta1_power", first)
        self._make_other(self._beta2, "beta2_power", first)
        for variable in var_list:
            self._make_slot(variable, "m")
            self._make_slot(variable, "v")

    def _prepare(self) -> None:
        self._rate_tensor = hyperparameter(self._learning_rate, "learning_rate")
        self._beta1_tensor = hyperparameter(self._beta1, "beta1")
        self._beta2_tensor = hyperparameter(self._beta2, "beta2")
        self._epsilon_tensor = hyperparameter(self._epsilon, "epsilon")

    def _apply_dense(self, grad: Tensor, var: Variable) -> Any:
        slots = self._slot(var, "m"), self._slot(var, "v")
        return build.add("ApplyAdam", var, *slots, *self._parameters(var), grad, use_locking=self._use_locking).op

    def _apply_sparse(self, grad: IndexedSlices, var: Variable) -> Any:
        beta1_power, beta2_power, rate, beta1, beta2, epsilon = self._parameters(var)
        step = rate * elementwise.sqrt(1 - beta2_power) / (1 - beta1_power)
        mean = self._decayed(self._slot(var, "m"), beta1, grad.values * (1 - beta1), grad.indices)
        square = self._decayed(self._slot(var, "v"), beta2, (grad.values * grad.values) * (1 - beta2), grad.indices)
        root = elementwise.sqrt(square)
        update = state.assign_sub(var, step * mean / (root + epsilon), use_locking=self._use_locking)
        return control.group(update, mean, square)

    def _decayed(self, slot: Variable, share: Tensor, added: Tensor, indices: Tensor) -> Tensor:
        """Keeps a share of a running mean and adds rows to it."""
        kept = state.assign(slot, slot.value() * share, use_locking=self._use_locking)
        with control_dependencies([kept]):
            return scatter.scatter_add(slot, indices, added, use_locking=self._use_locking)

    def _parameters(self, var: Variable) -> list[Tensor]:
        values = (
            self._other("beta1_power"),
            self._other("beta2_power"),
            self._rate_tensor,
            self._beta1_tensor,
            self._beta2_tensor,
            self._epsilon_tensor,
        )
        return [like(value, var) for value in values]

    def _finish(self, update_ops: list[Any], name_scope: str) -> Operation:
        first, second = self._other("beta1_power"), self._other("beta2_power")
        with control_dependencies(update_ops), colocate_with(first):
            update1 = first.assign(first.value() * self._beta1_tensor, use_locking=self._use_locking)
            update2 = second.assign(second.value() * self._beta2_tensor, use_locking=self._use_locking)
        return control.group(*update_ops, update1, update2, name=name_scope)
