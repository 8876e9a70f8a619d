"""Variables: state that a session keeps between runs. Mirrors `tf.Variable` with reference variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from tensorboard.compat.proto import variable_pb2

from graphlab import initialized_values
from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import DType, as_dtype
from graphlab.graph.elements import find_element
from graphlab.graph.graph import get_default_graph
from graphlab.graph.operand import Operand
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, OperatorNotAllowedInGraphError, Tensor
from graphlab.ops import arrays, state
from graphlab.ops.convert import convert_to_tensor, register_tensor_conversion_function
from graphlab.ops.scopes import colocate_with, control_dependencies, device, name_scope
from graphlab.variable_updates import Updates


class Variable(Updates, Operand):
    """A tensor whose value lives in the session and is changed by assignments. Mirrors `tf.Variable`.

    A new variable adds four parts to the graph: its initial value, its buffer, `name/Assign` which puts the one into
    the other, and `name/read` which reads it.

    Attributes:
        trainable: whether optimizers may change it.
        constraint: a function from an updated value to the value to keep, or None.
    """

    def __init__(
        self,
        initial_value: Any = None,
        trainable: bool | None = None,
        collections: Iterable[str] | None = None,
        validate_shape: bool = True,
        caching_device: Any = None,
        name: str | None = None,
        variable_def: variable_pb2.VariableDef | None = None,
        dtype: Any = None,
        expected_shape: Any = None,  # noqa: ARG002  TensorFlow ignores it too.
        import_scope: str | None = None,
        constraint: Callable[[Any], Any] | None = None,
        use_resource: bool | None = None,
        shape: Any = None,
    ) -> None:
        """Adds a variable to the default graph.

        Args:
            initial_value: a value or tensor, or a function that makes one.
            trainable: whether optimizers may change the variable; default True.
            collections: the collections that list it; default `tf.GraphKeys.GLOBAL_VARIABLES`.
            validate_shape: whether the initial value's shape must be fully known.
            caching_device: the device on which to read it; default its own.
            name: the name, made unique.
            variable_def: describes a variable whose nodes are in the graph already; then only `import_scope` counts.
            dtype: the element type; default that of the initial value.
            expected_shape: ignored, as in TensorFlow.
            import_scope: the name scope into which the nodes of `variable_def` were imported.
            constraint: a function from the updated value to the value to keep.
            use_resource: must not be True: variables are reference variables.
            shape: the static shape; default the initial value's.

        Raises:
            ValueError: there is no initial value, its shape is not known, or an argument is not valid.
            NotImplementedError: a resource variable is asked for.
        """
        if use_resource:
            raise NotImplementedError("Resource variables are not supported; leave use_resource out.")
        if variable_def is not None:
            if initial_value is not None:
                raise ValueError("variable_def and initial_value are mutually exclusive.")
            self._find(variable_def, import_scope)
            return
        if initial_value is None:
            raise ValueError("initial_value must be specified: a value, a tensor, or a function that returns one.")
        if constraint is not None and not callable(constraint):
            raise ValueError(f"The `constraint` argument must be a callable, not {constraint!r}.")
        self.trainable = trainable is None or trainable
        self.constraint = constraint
        self._initial: Tensor | None
        keys = _collection_keys(collections, self.trainable)
        values = [] if callable(initial_value) else [initial_value]
        with control_dependencies(None), name_scope(name, "Variable", values) as scope:
            self._build(initial_value, None if dtype is None else as_dtype(dtype), shape, validate_shape, scope)
            with device(caching_device) if caching_device is not None else colocate_with(self._ref.op):
                self._snapshot = arrays.identity(self._ref, name="read")
        self.graph.add_to_collections(keys, self)

    def _build(self, initial_value: Any, dtype: DType | None, shape: Any, validate_shape: bool, scope: str) -> None:
        graph = get_default_graph()
        # The nodes of an initializer belong where the variable is, unless an outer block says otherwise.
        is_free = callable(initial_value) and not graph.scopes.colocated
        with graph.labelled({"_class": [f"loc:@{scope[:-1]}"]} if is_free else {}):
            if callable(initial_value):
                with graph.name_scope("Initializer"), device(None):
                    value = convert_to_tensor(initial_value(), name="initial_value", dtype=dtype)
            else:
                value = convert_to_tensor(initial_value, name="initial_value", dtype=dtype)
            if shape is None:
                shape = value.shape if validate_shape else TensorShape(None)
            self._ref = state.variable_op(shape, value.dtype.base_dtype, name=scope)
        if validate_shape and not value.shape.is_fully_defined():
            raise ValueError(
                f"initial_value must have a shape specified: {value!r}. Give it one, or pass validate_shape=False."
            )
        self._initial = value
        safe = initialized_values.guarded(scope, value)
        self._initializer = state.assign(self._ref, safe, validate_shape=validate_shape, name="Assign").op

    def _find(self, definition: variable_pb2.VariableDef, import_scope: str | None) -> None:
        def element(name: str) -> Any:
            return find_element(get_default_graph(), f"{import_scope}/{name}" if import_scope else name)

        self._ref = element(definition.variable_name)
        self._initializer = element(definition.initializer_name)
        named = definition.initial_value_name
        self._initial = element(named) if named else None
        self._snapshot = element(definition.snapshot_name)
        self.trainable = definition.trainable
        self.constraint = None

    # What it is

    @property
    def name(self) -> str:
        """The name of its buffer, for example `theta:0`."""
        return self._ref.name

    @property
    def op(self) -> Operation:
        """The operation of its buffer."""
        return self._ref.op

    @property
    def dtype(self) -> DType:
        """Its element type, as a reference."""
        return self._ref.dtype

    @property
    def shape(self) -> TensorShape:
        """Its static shape."""
        return self._ref.shape

    def get_shape(self) -> TensorShape:
        """Returns its static shape."""
        return self._ref.shape

    def set_shape(self, shape: Any) -> None:
        """Adds to what is known of the static shape."""
        self._ref.set_shape(shape)
        self._snapshot.set_shape(shape)

    @property
    def device(self) -> str:
        """The device of its buffer."""
        return self._ref.device

    @property
    def initializer(self) -> Operation:
        """The operation that gives it its initial value."""
        return self._initializer

    @property
    def initial_value(self) -> Any:
        """The tensor of its initial value; None where the message it was made from does not name it."""
        return self._initial

    # Its value

    def read_value(self) -> Tensor:
        """Adds and returns a new tensor that reads it."""
        return arrays.identity(self._ref, name="read")

    def initialized_value(self) -> Tensor:
        """Returns its value if it is initialised, else its initial value; for other variables' initial values."""
        return initialized_values.initialized_value(self)

    def eval(self, session: Any = None) -> Any:
        """Returns its value in a session."""
        return self._ref.eval(session=session)

    # As a message

    def to_proto(self, export_scope: str | None = None) -> variable_pb2.VariableDef | None:
        """Returns this variable as TensorFlow's message, or None if it is not in the name scope `export_scope`."""
        prefix = f"{export_scope}/" if export_scope else ""
        if not self.name.startswith(prefix):
            return None
        definition = variable_pb2.VariableDef(
            variable_name=self.name.removeprefix(prefix),
            initializer_name=self.initializer.name.removeprefix(prefix),
            snapshot_name=self._snapshot.name.removeprefix(prefix),
            trainable=self.trainable,
        )
        if self._initial is not None:
            definition.initial_value_name = self._initial.name.removeprefix(prefix)
        return definition

    @staticmethod
    def from_proto(variable_def: variable_pb2.VariableDef, import_scope: str | None = None) -> Variable:
        """Returns the variable that a message describes and whose nodes are in the default graph."""
        return Variable(variable_def=variable_def, import_scope=import_scope)

    def _as_graph_element(self) -> Tensor:
        return self._ref

    def __repr__(self) -> str:
        shape = self.shape.extents
        return f"<tf.Variable '{self.name}' shape={'<unknown>' if shape is None else shape} dtype={self.dtype.name}>"

    __str__ = __repr__

    def _operand(self) -> Tensor:
        return self.value()

    def __iter__(self) -> NoReturn:
        raise OperatorNotAllowedInGraphError(
            f"Iterating over a `tf.Variable` is not allowed: {self.name} has no value until a session runs it. "
            "Use tf.unstack(variable) for its slices."
        )


def _collection_keys(collections: Any, is_trainable: bool) -> list[str]:
    if collections is None:
        keys = [GraphKeys.GLOBAL_VARIABLES]
    elif isinstance(collections, (list, tuple, set)):
        keys = list(collections)
    else:
        raise ValueError(
            "collections argument to Variable constructor must be a list, tuple, or set. "
            f"Got {collections} of type {type(collections)}"
        )
    if is_trainable and GraphKeys.TRAINABLE_VARIABLES not in keys:
        keys.append(GraphKeys.TRAINABLE_VARIABLES)
    return keys


def _to_tensor(value: Variable, dtype: DType | None, name: str | None, as_ref: bool) -> Tensor:
    if dtype is not None and not dtype.is_compatible_with(value.dtype):
        raise ValueError(
            f"Incompatible type conversion requested to type '{dtype.name}' for variable of type "
            f"'{value.dtype.name}' (Variable: {value}). Use tf.cast."
        )
    return value._as_graph_element() if as_ref else value.value()


register_tensor_conversion_function(Variable, _to_tensor, 50)
