"""What all layers share: their scope, their variables, what they add to collections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from graphlab.get_variable import get_variable
from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import DType, as_dtype
from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Tensor
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.variable_collections import global_variables
from graphlab.variable_scope import variable_scope
from graphlab.variable_scope_stack import VariableScope
from graphlab.variables import Variable


class Layer:
    """A part of a network with variables of its own. Mirrors `tf.layers.Layer`.

    A subclass defines `call`, and `build` where it has variables, which it makes with `add_variable`. The first call
    of a layer opens its variable scope; further calls share the variables.

    Attributes:
        built: whether the variables were made.
        trainable: whether optimizers may change the variables.
    """

    default_name: ClassVar[str] = "layer"

    def __init__(
        self,
        trainable: bool = True,
        name: str | None = None,
        dtype: Any = None,
        scope: str | VariableScope | None = None,
        reuse: Any = None,
    ) -> None:
        """Makes a layer.

        Args:
            trainable: whether optimizers may change the variables.
            name: the name of the layer's scope, made unique; default the kind of the layer.
            dtype: the element type of the variables; default that of the first input.
            scope: the variable scope to open right now, as it is named.
            reuse: whether the variables exist already (True), or may exist (`tf.AUTO_REUSE`).
        """
        self.trainable = trainable
        self.built = False
        self._base_name = name or self.default_name
        self._dtype = None if dtype is None else as_dtype(dtype)
        self._reuse = reuse
        self._variables: list[Variable] = []
        self._scope: VariableScope | None = None
        if scope:
            with variable_scope(scope) as opened:
                self._scope = opened

    @property
    def name(self) -> str:
        """The name of the layer's scope, or what it will be made from."""
        return self._base_name if self._scope is None else self._scope.name

    @property
    def dtype(self) -> DType | None:
        """The element type of the variables; None before the first call decides it."""
        return self._dtype

    @property
    def variables(self) -> list[Variable]:
        """The variables."""
        return list(self._variables)

    weights = variables

    @property
    def trainable_variables(self) -> list[Variable]:
        """The variables that optimizers may change."""
        return [v for v in self._variables if v.trainable]

    trainable_weights = trainable_variables

    def build(self, inputs: Tensor) -> None:
        """Makes the variables, once; for subclasses."""

    def call(self, inputs: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        """Adds the layer's operations; for subclasses."""
        raise NotImplementedError(f"{type(self).__name__} must define call(self, inputs).")

    def __call__(self, inputs: Any, **arguments: Any) -> Tensor:
        """Applies the layer to a tensor.

        Args:
            inputs: the tensor.
            **arguments: what else the layer's `call` takes, such as `training`.
        """
        tensor = convert_to_tensor(inputs)
        scope = self._open_scope()
        reuse = True if self.built else self._reuse
        with variable_scope(scope, reuse=reuse, auxiliary_name_scope=False), name_scope(scope.original_name_scope):
            if not self.built:
                self._dtype = self._dtype or tensor.dtype.base_dtype
                self.build(tensor)
                self.built = True
            return self.call(tensor, **arguments)

    apply = __call__

    def add_variable(
        self,
        name: str,
        shape: Any,
        initializer: Any = None,
        regularizer: Callable[[Any], Any] | None = None,
        constraint: Callable[[Any], Any] | None = None,
        trainable: bool = True,
        dtype: Any = None,
    ) -> Variable:
        """Makes or finds a variable in the layer's scope; for `build`.

        Args:
            name: the name within the scope.
            shape: the shape.
            initializer: an initializer; default the scope's.
            regularizer: maps a new variable to a penalty, listed in `tf.GraphKeys.REGULARIZATION_LOSSES`.
            constraint: a function from the updated value to the value to keep.
            trainable: whether optimizers may change the variable, if they may change the layer's at all.
            dtype: the element type; default the layer's.
        """
        scope = self._open_scope()
        before = set(global_variables())
        reuse = True if self.built else self._reuse
        with (
            variable_scope(scope, reuse=reuse, auxiliary_name_scope=False) as entered,
            name_scope(scope.original_name_scope),
        ):
            variable = get_variable(
                name,
                shape,
                dtype=dtype or self._dtype,
                initializer=entered.initializer if initializer is None else initializer,
                trainable=trainable and self.trainable,
                constraint=constraint,
            )
            self._variables.append(variable)
            if regularizer is not None and variable not in before:
                self._add_penalty(name, variable, regularizer)
        return variable

    def add_update(self, update: Any) -> None:
        """Lists an operation that training steps have to run in `tf.GraphKeys.UPDATE_OPS`."""
        get_default_graph().add_to_collection(GraphKeys.UPDATE_OPS, getattr(update, "op", update))

    def _open_scope(self) -> VariableScope:
        if self._scope is None:
            names = (self._base_name, None) if self._reuse else (None, self._base_name)
            with variable_scope(names[0], default_name=names[1]) as opened:
                self._scope = opened
        return self._scope

    def _add_penalty(self, name: str, variable: Variable, regularizer: Callable[[Any], Any]) -> None:
        with name_scope(f"{name}/Regularizer"):
            penalty = regularizer(variable)
        if penalty is not None:
            get_default_graph().add_to_collection(GraphKeys.REGULARIZATION_LOSSES, penalty)


def checked_activation(activation: Any) -> Callable[[Any], Any] | None:
    """Returns an activation function, or None.

    Raises:
        TypeError: it is neither.
    """
    if activation is not None and not callable(activation):
        raise TypeError(f"`activation` must be a function such as tf.nn.relu, or None, not {activation!r}.")
    checked: Callable[[Any], Any] | None = activation
    return checked


def check_left_out(**arguments: Any) -> None:
    """Raises NotImplementedError when an argument is given that no layer here supports."""
    for name, value in arguments.items():
        if value:
            raise NotImplementedError(f"`{name}` is not supported; leave it out.")
