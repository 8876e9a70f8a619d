"""Variables: state that a session keeps between runs. Mirrors `tf.Variable` with reference variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from graphlab.graph import context
from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import DType, as_dtype
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.graph.registry import operators
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, control, state
from graphlab.ops.convert import convert_to_tensor, register_tensor_conversion_function
from graphlab.ops.scopes import colocate_with, control_dependencies, name_scope


class Variable:
    """A tensor whose value lives in the session and is changed by assignments. Mirrors `tf.Variable`.

    A new variable adds four parts to the graph: its initial value, its buffer, `name/Assign` which puts the one into
    the other, and `name/read` which reads it.
    """

    def __init__(
        self,
        initial_value: Any = None,
        trainable: bool = True,
        collections: Iterable[str] | None = None,
        validate_shape: bool = True,
        name: str | None = None,
        dtype: Any = None,
        constraint: Callable[[Any], Any] | None = None,
    ) -> None:
        """Adds a variable to the default graph.

        Args:
            initial_value: a value or tensor, or a function that makes one.
            trainable: whether optimizers may change the variable.
            collections: the collections that list it; default `tf.GraphKeys.GLOBAL_VARIABLES`.
            validate_shape: whether the initial value's shape must be fully known.
            name: the name, made unique.
            dtype: the element type; default that of the initial value.
            constraint: a function from the updated value to the value to keep.

        Raises:
            ValueError: there is no initial value, or its shape is not known.
        """
        if initial_value is None:
            raise ValueError("initial_value must be specified: a value, a tensor, or a function that returns one.")
        keys = [GraphKeys.GLOBAL_VARIABLES] if collections is None else list(collections)
        if trainable and GraphKeys.TRAINABLE_VARIABLES not in keys:
            keys.append(GraphKeys.TRAINABLE_VARIABLES)
        self.trainable = trainable
        self.constraint = constraint
        with control_dependencies(None), name_scope(name, "Variable", [] if callable(initial_value) else [initial_value]) as scope:
            self._build(initial_value, None if dtype is None else as_dtype(dtype), validate_shape, scope)
        self.graph.add_to_collections(keys, self)

    def _build(self, initial_value: Any, dtype: DType | None, validate_shape: bool, scope: str) -> None:
        graph = get_default_graph()
        base = scope[:-1]
        if callable(initial_value):
            # The initializer's nodes belong where the variable is.
            label = {"_class": [f"loc:@{base}"]}
            with graph.name_scope("Initializer"), colocate_with(None), graph.labelled(label):
                self._initial = convert_to_tensor(initial_value(), name="initial_value", dtype=dtype)
            shape = self._initial.shape if validate_shape else TensorShape(None)
            with graph.labelled(label):
                self._ref = state.variable_op(shape, self._initial.dtype.base_dtype, name=scope)
        else:
            self._initial = convert_to_tensor(initial_value, name="initial_value", dtype=dtype)
            shape = self._initial.shape if validate_shape else TensorShape(None)
            self._ref = state.variable_op(shape, self._initial.dtype.base_dtype, name=scope)
        if validate_shape and not self._initial.shape.is_fully_defined():
            raise ValueError(
                f"initial_value must have a shape specified: {self._initial!r}. Give it one, or pass validate_shape=False."
            )
        self._initializer = state.assign(self._ref, self._initial, validate_shape=validate_shape, name="Assign").op
        with colocate_with(self._ref.op):
            self._snapshot = arrays.identity(self._ref, name="read")

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
    def graph(self) -> Graph:
        """The graph that holds it."""
        return self._ref.graph

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
    def initial_value(self) -> Tensor:
        """The tensor of its initial value."""
        return self._initial

    # Its value

    def value(self) -> Tensor:
        """Returns the tensor that reads it."""
        return self._snapshot

    def read_value(self) -> Tensor:
        """Adds and returns a new tensor that reads it."""
        return arrays.identity(self._ref, name="read")

    def initialized_value(self) -> Tensor:
        """Returns its initial value, for use in other variables' initial values."""
        return self._initial

    def eval(self, session: Any = None) -> Any:
        """Returns its value in a session."""
        return self._snapshot.eval(session=session)

    def load(self, value: Any, session: Any = None) -> None:
        """Gives it a value in a session, without a new node.

        Raises:
            ValueError: there is no session.
        """
        context.session_for(session, self.graph, "load a variable").run(self._initializer, {self._initial: value})

    def assign(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Adds an operation that gives it a new value; see `tf.assign`."""
        result = state.assign(self._ref, value, use_locking=use_locking, name=name)
        return result if read_value else result.op

    def assign_add(self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Adds an operation that adds to it; see `tf.assign_add`."""
        result = state.assign_add(self._ref, delta, use_locking=use_locking, name=name)
        return result if read_value else result.op

    def assign_sub(self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Adds an operation that subtracts from it; see `tf.assign_sub`."""
        result = state.assign_sub(self._ref, delta, use_locking=use_locking, name=name)
        return result if read_value else result.op

    def _as_graph_element(self) -> Tensor:
        return self._ref

    def __repr__(self) -> str:
        return f"<tf.Variable '{self.name}' shape={self.shape.extents if self.shape.extents is not None else '<unknown>'} dtype={self.dtype.name}>"

    __str__ = __repr__

    def __iter__(self) -> Any:
        raise TypeError("'Variable' object is not iterable.")

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def _to_tensor(value: Variable, dtype: DType | None, name: str | None, as_ref: bool) -> Tensor:
    if dtype is not None and not dtype.is_compatible_with(value.dtype):
        raise ValueError(
            f"Incompatible type conversion requested to type '{dtype.name}' for variable '{value.name}' of type '{value.dtype.base_dtype.name}'. Use tf.cast."
        )
    return value._ref if as_ref else value._snapshot


register_tensor_conversion_function(Variable, _to_tensor, 50)


def _overload(name: str, method: str, reflected: bool = False) -> None:
    def binary(self: Variable, other: Any) -> Any:
        function = operators()[f"r{name}" if reflected else name]
        return function(other, self._snapshot) if reflected else function(self._snapshot, other)

    setattr(Variable, method, binary)


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor"):
    _overload(_name, f"__{_name}__")
    _overload(_name, f"__r{_name}__", reflected=True)
for _name, _method in {"less": "lt", "less_equal": "le", "greater": "gt", "greater_equal": "ge", "getitem": "getitem"}.items():
    _overload(_name, f"__{_method}__")
for _name in ("neg", "abs", "invert"):
    setattr(Variable, f"__{_name}__", lambda self, _name=_name: operators()[_name](self._snapshot))


def global_variables(scope: str | None = None) -> list[Any]:
    """Returns the variables of the default graph. Mirrors `tf.global_variables`."""
    return get_default_graph().get_collection(GraphKeys.GLOBAL_VARIABLES, scope)


def local_variables(scope: str | None = None) -> list[Any]:
    """Returns the variables that are not saved. Mirrors `tf.local_variables`."""
    return get_default_graph().get_collection(GraphKeys.LOCAL_VARIABLES, scope)


def trainable_variables(scope: str | None = None) -> list[Any]:
    """Returns the variables that optimizers change. Mirrors `tf.trainable_variables`."""
    return get_default_graph().get_collection(GraphKeys.TRAINABLE_VARIABLES, scope)


def variables_initializer(var_list: Iterable[Any], name: str = "init") -> Operation:
    """Adds an operation that initialises the listed variables. Mirrors `tf.variables_initializer`."""
    return control.group(*[v.initializer for v in var_list], name=name)


def global_variables_initializer() -> Operation:
    """Adds an operation that initialises all variables. Mirrors `tf.global_variables_initializer`."""
    return variables_initializer(global_variables())


def local_variables_initializer() -> Operation:
    """Adds an operation that initialises the local variables. Mirrors `tf.local_variables_initializer`."""
    return variables_initializer(local_variables())
