"""What all optimizers share: gradients, slots, the update operation. Mirrors `tf.train.Optimizer`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from graphlab.gradients import gradients
from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import FLOATS
from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import control, state
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import colocate_with, control_dependencies, name_scope
from graphlab.variable_collections import trainable_variables
from graphlab.variables import Variable


class Optimizer:
    """Adds to a graph the operations that reduce a loss. Mirrors `tf.train.Optimizer`.

    Subclasses say how one variable is updated from its gradient.
    """

    GATE_NONE: ClassVar = 0
    GATE_OP: ClassVar = 1
    GATE_GRAPH: ClassVar = 2

    def __init__(self, use_locking: bool, name: str) -> None:
        """Makes an optimizer.

        Args:
            use_locking: accepted for compatibility; a run is always atomic.
            name: the name of the update operations.

        Raises:
            ValueError: the name is empty.
        """
        if not name:
            raise ValueError("Must specify the optimizer name")
        self._use_locking = use_locking
        self._name = name

    def get_name(self) -> str:
        """Returns the name of the update operations."""
        return self._name

    def minimize(
        self,
        loss: Any,
        global_step: Variable | None = None,
        var_list: Sequence[Variable] | None = None,
        gate_gradients: int = GATE_OP,
        aggregation_method: int | None = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
    ) -> Operation:
        """Returns an operation that takes one step towards a smaller loss: compute_gradients, then apply_gradients.

        Args:
            loss: a floating point tensor.
            global_step: a variable to increase by one at each step.
            var_list: the variables to change; default all trainable ones.
            gate_gradients: `GATE_NONE`, `GATE_OP` or `GATE_GRAPH`.
            aggregation_method: see `tf.gradients`.
            colocate_gradients_with_ops: see `tf.gradients`.
            name: the name of the operation.
            grad_loss: the gradient of the loss; default one.

        Raises:
            ValueError: the loss depends on none of the variables.
        """
        pairs = self.compute_gradients(loss, var_list, gate_gradients, aggregation_method, colocate_gradients_with_ops, grad_loss)
        if all(grad is None for grad, _ in pairs):
            raise ValueError(
                "No gradients provided for any variable, check your graph for ops that do not support gradients, between variables "
                f"{[str(v) for _, v in pairs]} and loss {loss}."
            )
        return self.apply_gradients(pairs, global_step=global_step, name=name)

    def compute_gradients(
        self,
        loss: Any,
        var_list: Sequence[Variable] | None = None,
        gate_gradients: int = GATE_OP,
        aggregation_method: int | None = None,
        colocate_gradients_with_ops: bool = False,
        grad_loss: Any = None,
    ) -> list[tuple[Tensor | None, Variable]]:
        """Returns for each variable its gradient, or None, and the variable itself.

        Raises:
            ValueError: there are no variables, or `gate_gradients` is none of the three.
            TypeError: the loss or a variable has no floating point type.
        """
        if gate_gradients not in (self.GATE_NONE, self.GATE_OP, self.GATE_GRAPH):
            raise ValueError(
                f"gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH. Not {gate_gradients}"
            )
        self._check_floating([loss])
        variables = list(trainable_variables() if var_list is None else var_list)
        if not variables:
            raise ValueError("No variables to optimize. Create one with tf.Variable(..., trainable=True) before minimize().")
        grads = gradients(
            loss,
            variables,
            grad_ys=grad_loss,
            gate_gradients=gate_gradients == self.GATE_OP,
            aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
        )
        if gate_gradients == self.GATE_GRAPH:
            grads = control.tuple_(grads)
        self._check_floating([v for g, v in zip(grads, variables, strict=True) if g is not None])
        return list(zip(grads, variables, strict=True))

    def apply_gradients(
        self, grads_and_vars: Sequence[tuple[Any, Variable]], global_step: Variable | None = None, name: str | None = None
    ) -> Operation:
        """Returns an operation that updates variables with gradients.

        Args:
            grads_and_vars: pairs as `compute_gradients` returns them; pairs with None are passed over.
            global_step: a variable to increase by one.
            name: the name of the operation; default the optimizer's.

        Raises:
            ValueError: there is no variable, or none with a gradient.
        """
        pairs = [(None if g is None else convert_to_tensor(g), v) for g, v in grads_and_vars]
        if not pairs:
            raise ValueError("No variables provided.")
        variables = [v for g, v in pairs if g is not None]
        if not variables:
            raise ValueError(f"No gradients provided for any variable: {[str(v) for _, v in pairs]}.")
        with control_dependencies(None):
            self._create_slots(variables)
        with name_scope(name, self._name) as scope:
            self._prepare()
            updates = []
            for grad, variable in pairs:
                if grad is not None:
                    with name_scope("update_" + variable.op.name), colocate_with(variable):
                        updates.append(self._update(grad, variable))
            train_op = self._finish_with(updates, global_step, scope)
        get_default_graph().add_to_collection(GraphKeys.TRAIN_OP, train_op)
        return train_op

    def _finish_with(self, updates: list[Any], global_step: Variable | None, scope: str) -> Operation:
        if global_step is None:
            return self._finish(updates, scope)
        with control_dependencies([self._finish(updates, "update")]), colocate_with(global_step):
            return state.assign_add(global_step, constant(1, dtype=global_step.dtype.base_dtype), name=scope).op

    def _update(self, grad: Tensor, variable: Variable) -> Any:
        update = self._apply_dense(grad, variable)
        if variable.constraint is None:
            return update
        with control_dependencies([update]):
            return variable.assign(variable.constraint(variable))

    # For subclasses

    def _create_slots(self, variables: list[Variable]) -> None:
        """Creates the variables that the optimizer keeps for each variable."""

    def _prepare(self) -> None:
        """Adds the constants that the updates share."""

    def _apply_dense(self, grad: Tensor, variable: Variable) -> Any:
        """Adds the operation that updates one variable."""
        raise NotImplementedError(f"{type(self).__name__} must define _apply_dense.")

    def _finish(self, updates: list[Any], name: str) -> Operation:
        """Joins the updates into one operation."""
        return control.group(*updates, name=name)

    @staticmethod
    def _check_floating(values: list[Any]) -> None:
        for value in values:
            kind = convert_to_tensor(value).dtype.base_dtype
            if kind not in FLOATS:
                raise ValueError(f"Invalid type {kind!r} for {getattr(value, 'name', value)}, expected: {[t.name for t in FLOATS]}. Use tf.cast.")


def checked_rate(value: Any) -> Any:
    """Returns a hyperparameter, calling it first if it is a function."""
    return value() if callable(value) else value
