"""Moving averages of variables. Mirrors `tf.train.ExponentialMovingAverage`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import FLOATS, float32
from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, control, elementwise, state
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import control_dependencies, device, name_scope
from graphlab.train.slots import create_slot, create_zeros_slot
from graphlab.variable_collections import global_variables, moving_average_variables, trainable_variables
from graphlab.variables import Variable


class ExponentialMovingAverage:
    """Keeps for each variable a shadow that follows it: `shadow -= (1 - decay) * (shadow - variable)`.

    Attributes:
        name: the name of the shadows, after that of their variable.
    """

    def __init__(
        self,
        decay: Any,
        num_updates: Any = None,
        zero_debias: bool = False,
        name: str = "ExponentialMovingAverage",
    ) -> None:
        """Makes the averages' keeper.

        Args:
            decay: the share of the shadow that is kept, a number or a tensor.
            num_updates: the number of steps so far, which lets young averages move faster:
                `min(decay, (1 + num_updates) / (10 + num_updates))`.
            zero_debias: must be False.
            name: the name of the shadows.

        Raises:
            NotImplementedError: `zero_debias` is asked for.
        """
        if zero_debias:
            raise NotImplementedError("zero_debias=True is not supported; leave it out.")
        self._decay = decay
        self._num_updates = num_updates
        self.name = name
        self._averages: dict[Any, Variable] = {}

    def apply(self, var_list: Sequence[Any] | None = None) -> Operation:
        """Returns an operation that updates the shadows of variables or tensors, which it creates if need be.

        Args:
            var_list: the variables; default all trainable ones.

        Raises:
            TypeError: one has no floating point type.
        """
        variables = list(trainable_variables() if var_list is None else var_list)
        for variable in variables:
            if variable.dtype.base_dtype not in FLOATS:
                raise TypeError(f"The variables must be half, float, or double: {variable.name}. Use tf.cast.")
            if variable not in self._averages:
                with control_dependencies(None):
                    self._averages[variable] = self._shadow(variable)
        with name_scope(self.name) as scope:
            decay = convert_to_tensor(self._decay, dtype=float32, name="decay")
            if self._num_updates is not None:
                updates = elementwise.cast(self._num_updates, float32, name="num_updates")
                decay = arithmetic.minimum(decay, (1.0 + updates) / (10.0 + updates))
            steps = [assign_moving_average(self._averages[v], v, decay) for v in variables]
            return control.group(*steps, name=scope)

    def average(self, var: Any) -> Variable | None:
        """Returns the shadow of a variable, or None."""
        return self._averages.get(var)

    def average_name(self, var: Any) -> str:
        """Returns the name of a variable's shadow, also where there is none yet."""
        if var in self._averages:
            return self._averages[var].op.name
        return get_default_graph().unique_name(f"{var.op.name}/{self.name}", mark_as_used=False)

    def variables_to_restore(self, moving_avg_variables: Sequence[Any] | None = None) -> dict[str, Any]:
        """Returns by name what to restore so that variables take the values of their shadows."""
        averaged = moving_avg_variables
        if averaged is None:
            averaged = [*trainable_variables(), *moving_average_variables()]
        names = {self.average_name(v): v for v in dict.fromkeys(averaged)}
        known = {v.name for v in averaged}
        others = {v.op.name: v for v in global_variables() if v.name not in known}
        return {**others, **names}

    def _shadow(self, variable: Any) -> Variable:
        if not isinstance(variable, Variable):
            return create_zeros_slot(variable, self.name, is_colocated=False)
        with device(variable.device):
            start = variable.initialized_value()
        shadow = create_slot(variable, start, self.name)
        get_default_graph().add_to_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, variable)
        return shadow


def assign_moving_average(variable: Variable, value: Any, decay: Any, name: str | None = None) -> Tensor:
    """Adds an operation that moves a variable towards a value: `variable -= (1 - decay) * (variable - value)`."""
    with name_scope(name, "AssignMovingAvg", [variable, value, decay]) as scope:
        share = convert_to_tensor(1.0 - decay, name="decay")
        share = elementwise.cast(share, variable.dtype.base_dtype)
        return state.assign_sub(variable, (variable.value() - value) * share, name=scope)
