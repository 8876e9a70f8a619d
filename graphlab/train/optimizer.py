"""What all optimizers share: gradients, slots, the update operation. Mirrors `tf.train.Optimizer`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from graphlab.gradients import gradients
from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import FLOATS, int32
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, control, elementwise, state
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.indexed_slices import IndexedSlices, convert_to_tensor_or_indexed_slices
from graphlab.ops.scopes import colocate_with, control_dependencies, name_scope
from graphlab.train.slots import create_slot, create_zeros_slot
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
        self._slots: dict[str, dict[Operation, Variable]] = {}
        self._others: dict[tuple[str, Graph], Variable] = {}

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
        pairs = self.compute_gradients(
            loss, var_list, gate_gradients, aggregation_method, colocate_gradients_with_ops, grad_loss
        )
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
    ) -> list[tuple[Tensor | IndexedSlices | None, Variable]]:
        """Returns for each variable its gradient, or None, and the variable itself.

        Raises:
            ValueError: there are no variables, or `gate_gradients` is none of the three.
            TypeError: the loss or a variable has no floating point type.
        """
        if gate_gradients not in (self.GATE_NONE, self.GATE_OP, self.GATE_GRAPH):
            raise ValueError(
                f"gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH. Not {gate_gradients}"
            )
        self._check_floating([loss] if grad_loss is None else [loss, grad_loss])
        variables = list(trainable_variables() if var_list is None else var_list)
        if not variables:
            raise ValueError(
                "No variables to optimize. Create one with tf.Variable(..., trainable=True) before minimize()."
            )
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
        self,
        grads_and_vars: Sequence[tuple[Any, Variable]],
        global_step: Variable | None = None,
        name: str | None = None,
    ) -> Operation:
        """Returns an operation that updates variables with gradients.

        Args:
            grads_and_vars: pairs as `compute_gradients` returns them; pairs with None are passed over.
            global_step: a variable to increase by one.
            name: the name of the operation; default the optimizer's.

        Raises:
            ValueError: there is no variable, or none with a gradient.
        """
        pairs = [(None if g is None else _gradient(g), v) for g, v in grads_and_vars]
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
        listed = get_default_graph().get_collection_ref(GraphKeys.TRAIN_OP)
        if train_op not in listed:
            listed.append(train_op)
        return train_op

    def _finish_with(self, updates: list[Any], global_step: Variable | None, scope: str) -> Operation:
        if global_step is None:
            return self._finish(updates, scope)
        with control_dependencies([self._finish(updates, "update")]), colocate_with(global_step):
            return state.assign_add(global_step, 1, name=scope).op

    def _update(self, grad: Tensor | IndexedSlices, variable: Variable) -> Any:
        if isinstance(grad, IndexedSlices):
            if variable.constraint is not None:
                raise RuntimeError(f"Cannot use a constraint function on a sparse variable ({variable}).")
            return self._apply_sparse_duplicate_indices(grad, variable)
        update = self._apply_dense(grad, variable)
        if variable.constraint is None:
            return update
        with control_dependencies([update]):
            # TensorFlow hands over the variable, whose earlier read sees the update; here only a new read does.
            return variable.assign(variable.constraint(variable.read_value()))

    # Slots

    def get_slot(self, var: Variable, name: str) -> Variable | None:
        """Returns the variable that is kept under a name for another one, or None.

        Args:
            var: the variable that is trained.
            name: one of `get_slot_names()`.
        """
        return self._slots.get(name, {}).get(var.op)

    def get_slot_names(self) -> list[str]:
        """Returns the names of the slots, sorted."""
        return sorted(self._slots)

    def variables(self) -> list[Variable]:
        """Returns the variables that the optimizer keeps in the default graph, sorted by name."""
        graph = get_default_graph()
        kept = [*self._others.values(), *(slot for slots in self._slots.values() for slot in slots.values())]
        return sorted((v for v in kept if v.graph is graph), key=lambda v: v.name)

    def _slot(self, variable: Variable, name: str) -> Variable:
        slot = self.get_slot(variable, name)
        assert slot is not None
        return slot

    def _make_slot(
        self, variable: Variable, slot_name: str, initializer: Any = None, op_name: str | None = None
    ) -> None:
        """Creates a slot unless it is there: from an initializer or a tensor, by default zeros."""
        slots = self._slots.setdefault(slot_name, {})
        key = variable.op
        if key in slots:
            return
        name = op_name or self._name
        if initializer is None:
            slots[key] = create_zeros_slot(variable, name)
        elif callable(initializer):
            slots[key] = create_slot(variable, initializer, name, variable.shape, variable.dtype.base_dtype)
        else:
            slots[key] = create_slot(variable, initializer, name)

    def _make_other(self, initial_value: Any, name: str, colocated: Variable) -> None:
        """Creates a variable that belongs to no single trained variable, unless it is there."""
        if (name, colocated.graph) not in self._others:
            with colocate_with(colocated):
                self._others[name, colocated.graph] = Variable(initial_value, name=name, trainable=False)

    def _other(self, name: str) -> Variable:
        return self._others[name, get_default_graph()]

    # For subclasses

    def _create_slots(self, var_list: list[Variable]) -> None:
        """Creates the variables that the optimizer keeps for each variable."""

    def _prepare(self) -> None:
        """Adds the constants that the updates share."""

    def _apply_dense(self, grad: Tensor, var: Variable) -> Any:
        """Adds the operation that updates one variable."""
        raise NotImplementedError(f"{type(self).__name__} must define _apply_dense.")

    def _apply_sparse(self, grad: IndexedSlices, var: Variable) -> Any:
        """Adds the operation that updates rows of one variable, each of which occurs once."""
        raise NotImplementedError(f"{type(self).__name__} must define _apply_sparse.")

    def _apply_sparse_duplicate_indices(self, grad: IndexedSlices, var: Variable) -> Any:
        """Adds the operation that updates rows of one variable; rows that occur several times are added up first."""
        indices, positions = build.add("Unique", grad.indices, out_idx=int32)
        count = arrays.shape(indices)[0]
        values = build.add("UnsortedSegmentSum", grad.values, positions, count)
        return self._apply_sparse(IndexedSlices(values, indices, grad.dense_shape), var)

    def _finish(self, update_ops: list[Any], name_scope: str) -> Operation:
        """Joins the updates into one operation."""
        return control.group(*update_ops, name=name_scope)

    @staticmethod
    def _check_floating(values: list[Any]) -> None:
        for value in values:
            kind = convert_to_tensor(value).dtype.base_dtype
            if kind not in FLOATS:
                raise ValueError(
                    f"Invalid type {kind!r} for {getattr(value, 'name', value)}, expected: {[t.name for t in FLOATS]}. Use tf.cast."
                )


def hyperparameter(value: Any, name: str) -> Tensor:
    """Returns a hyperparameter as a tensor, calling it first if it is a function."""
    return convert_to_tensor(value() if callable(value) else value, name=name)


def like(parameter: Any, variable: Variable) -> Tensor:
    """Returns a hyperparameter in the element type of a variable."""
    return elementwise.cast(parameter, variable.dtype.base_dtype)


def _gradient(value: Any) -> Tensor | IndexedSlices:
    try:
        gradient: Tensor | IndexedSlices = convert_to_tensor_or_indexed_slices(value)
    except TypeError:
        raise TypeError(f"Gradient must be convertible to a Tensor or IndexedSlices, or None: {value}") from None
    return gradient
