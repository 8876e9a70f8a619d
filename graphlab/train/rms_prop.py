"""RMSProp: steps divided by a running root mean square of gradients. Mirrors `tf.train.RMSPropOptimizer`."""

from __future__ import annotations

from typing import Any

from graphlab.graph.tensor import Tensor
from graphlab.initializers import Ones
from graphlab.ops import arrays, build
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.train.optimizer import Optimizer, hyperparameter, like
from graphlab.variables import Variable


class RMSPropOptimizer(Optimizer):
    """Divides each step by a running root mean square of the gradients (Tieleman and Hinton, 2012).

    With `centered` it divides by a running standard deviation instead.
    """

    def __init__(
        self,
        learning_rate: Any,
        decay: Any = 0.9,
        momentum: Any = 0.0,
        epsilon: Any = 1e-10,
        use_locking: bool = False,
        centered: bool = False,
        name: str = "RMSProp",
    ) -> None:
        """Makes the optimizer.

        Args:
            learning_rate: a number, a scalar tensor, or a function that returns one.
            decay: the share of the running mean that is kept; likewise.
            momentum: the share of the last step that is kept; likewise.
            epsilon: a small number that avoids division by zero; likewise.
            use_locking: accepted for compatibility; a run is always atomic.
            centered: whether to subtract the square of the running mean.
            name: the name of the update operations.
        """
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._decay = decay
        self._momentum = momentum
        self._epsilon = epsilon
        self._op_type = "ApplyCenteredRMSProp" if centered else "ApplyRMSProp"
        self._slot_names = ("mg", "rms", "momentum") if centered else ("rms", "momentum")

    def _create_slots(self, var_list: list[Variable]) -> None:
        for variable in var_list:
            is_known = variable.shape.is_fully_defined()
            ones = Ones(variable.dtype.base_dtype) if is_known else arrays.ones_like(variable.initialized_value())
            self._make_slot(variable, "rms", ones)
            for name in self._slot_names:
                self._make_slot(variable, name)

    def _prepare(self) -> None:
        self._parameters = [
            hyperparameter(self._learning_rate, "learning_rate"),
            hyperparameter(self._decay, "decay"),
            hyperparameter(self._momentum, "momentum"),
            hyperparameter(self._epsilon, "epsilon"),
        ]

    def _apply_dense(self, grad: Tensor, var: Variable) -> Any:
        return build.add(self._op_type, *self._arguments(var), grad, use_locking=self._use_locking).op

    def _apply_sparse(self, grad: IndexedSlices, var: Variable) -> Any:
        arguments = (*self._arguments(var), grad.values, grad.indices)
        return build.add(f"Sparse{self._op_type}", *arguments, use_locking=self._use_locking)

    def _arguments(self, var: Variable) -> list[Any]:
        return [var, *(self._slot(var, name) for name in self._slot_names), *(like(p, var) for p in self._parameters)]
