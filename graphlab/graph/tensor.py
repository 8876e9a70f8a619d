"""Operations (nodes) and tensors (their outputs)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from tensorboard.compat.proto import node_def_pb2

from graphlab.graph import attributes, context, errors, registry
from graphlab.graph.dtypes import DType
from graphlab.graph.operand import Operand
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.sites import Site

if TYPE_CHECKING:
    from graphlab.graph.graph import Graph


class Operation:
    """A node of a graph: it computes its outputs from its inputs when a session runs it. Mirrors `tf.Operation`.

    Attributes:
        graph: the graph that holds the node.
        name: its unique name.
        inputs: the tensors that it reads, duplicates kept.
        outputs: the tensors that it makes.
        control_inputs: the operations that must run before it.
        attr: its attributes by name, as Python values.
        device: the device string, empty when free.
        flow: the conditional branch or loop that it belongs to, or None.
        index: how many operations were in the graph before it.
        site: the line of the user's program that created it.
        definition: the record of its type.
    """

    __slots__ = (
        "attr",
        "control_inputs",
        "definition",
        "device",
        "flow",
        "graph",
        "index",
        "inputs",
        "name",
        "outputs",
        "site",
    )

    def __init__(
        self,
        graph: Graph,
        definition: registry.OpDef,
        name: str,
        inputs: Sequence[Tensor],
        attr: dict[str, Any],
        site: Site,
        index: int,
    ) -> None:
        self.graph = graph
        self.definition = definition
        self.name = name
        self.inputs: tuple[Tensor, ...] = tuple(inputs)
        self.outputs: tuple[Tensor, ...] = ()
        self.control_inputs: list[Operation] = []
        self.attr = attr
        self.device = ""
        self.flow: Any = None
        self.site = site
        self.index = index

    @property
    def type(self) -> str:
        """The op type, for example `MatMul`."""
        return self.definition.type

    @property
    def node_def(self) -> node_def_pb2.NodeDef:
        """This node as TensorFlow's message."""
        return attributes.node_def(self)

    @property
    def traceback(self) -> list[Site]:
        """The line of the user's program that created the node."""
        return [self.site]

    def get_attr(self, name: str) -> Any:
        """Returns the value of an attribute.

        Raises:
            ValueError: the operation has no such attribute.
        """
        if name not in self.attr:
            raise ValueError(
                f"Operation '{self.name}' has no attr named '{name}'. It has: {', '.join(sorted(self.attr)) or 'none'}."
            )
        value = self.attr[name]
        return value.encode() if isinstance(value, str) else value

    def colocation_groups(self) -> list[bytes]:
        """The names of the groups that this operation is colocated with; by default its own."""
        groups = [c.encode() for c in self.attr.get("_class", ()) if c.startswith("loc:@")]
        return groups or [b"loc:@" + self.name.encode()]

    def values(self) -> tuple[Tensor, ...]:
        """The outputs."""
        return self.outputs

    def run(self, feed_dict: Any = None, session: Any = None) -> None:
        """Runs this operation in a session; see `tf.Session.run`.

        Raises:
            ValueError: there is no session to run it in.
        """
        context.session_for(session, self.graph, "execute operation using `run()`").run(self, feed_dict)

    def add_control_inputs(self, ops: Iterable[Operation]) -> None:
        """Makes this operation wait for others too."""
        self.control_inputs.extend(op for op in ops if op not in self.control_inputs)

    def update_input(self, index: int, tensor: Tensor) -> None:
        """Replaces an input, as when a loop is closed."""
        self.inputs = (*self.inputs[:index], tensor, *self.inputs[index + 1 :])

    def __repr__(self) -> str:
        return f"<tf.Operation '{self.name}' type={self.type}>"

    def __str__(self) -> str:
        return str(self.node_def)


class Tensor(Operand):
    """The handle of one output of an operation; it has a value only while a session runs. Mirrors `tf.Tensor`.

    Attributes:
        op: the operation that computes it.
        value_index: which of the operation's outputs it is.
        dtype: the element type.
    """

    __slots__ = ("_shape", "dtype", "op", "value_index")

    def __init__(self, op: Operation, value_index: int, dtype: DType, shape: TensorShape) -> None:
        self.op = op
        self.value_index = value_index
        self.dtype = dtype
        self._shape = shape

    @property
    def name(self) -> str:
        """The operation's name and the output's number, for example `add_1:0`."""
        return f"{self.op.name}:{self.value_index}"

    @property
    def graph(self) -> Graph:
        """The graph that holds this tensor."""
        return self.op.graph

    @property
    def device(self) -> str:
        """The device of the operation."""
        return self.op.device

    @property
    def shape(self) -> TensorShape:
        """The static shape: what is known of the shape before the graph runs."""
        return self._shape

    def get_shape(self) -> TensorShape:
        """Returns the static shape."""
        return self._shape

    def set_shape(self, shape: Any) -> None:
        """Adds to what is known of the static shape.

        Raises:
            ValueError: the shape contradicts what is known.
        """
        self._shape = self._shape.merge_with(shape)

    def forget_shape(self) -> None:
        """Drops what is known of the static shape, as when a loop carries a value of another one back."""
        self._shape = UNKNOWN

    def consumers(self) -> list[Operation]:
        """The operations that read this tensor."""
        return [op for op in self.graph.get_operations() if any(i is self for i in op.inputs)]

    def eval(self, feed_dict: Any = None, session: Any = None) -> Any:
        """Returns the value as a NumPy array or scalar; see `tf.Session.run`.

        Raises:
            ValueError: there is no session to evaluate it in.
        """
        return context.session_for(session, self.graph, "evaluate tensor using `eval()`").run(self, feed_dict)

    def _operand(self) -> Tensor:
        return self

    def __repr__(self) -> str:
        return f"<tf.Tensor '{self.name}' shape={self._shape} dtype={self.dtype.name}>"

    def __str__(self) -> str:
        shape = f", shape={self._shape}" if self._shape.extents is not None else ""
        return (
            f'Tensor("{self.name}"{shape}, dtype={self.dtype.name}{f", device={self.device}" if self.device else ""})'
        )

    def __bool__(self) -> NoReturn:
        raise OperatorNotAllowedInGraphError(
            "Using a `tf.Tensor` as a Python `bool` is not allowed: it has no value until a session runs it. "
            f"Use `if t is not None:` to test whether tensor {self.name} is there, tf.cond to choose in the graph, or test `sess.run({self.op.name})`."
        )

    def __iter__(self) -> Iterator[Any]:
        raise OperatorNotAllowedInGraphError(
            f"Iterating over a `tf.Tensor` is not allowed: {self.name} has no value until a session runs it. "
            "Use tf.unstack(t) for its slices, or tf.map_fn to apply a function to each."
        )

    def __len__(self) -> NoReturn:
        raise TypeError(
            f"len is not well defined for a symbolic Tensor ({self.name}). Please call `x.shape` rather than `len(x)` for shape information."
        )

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError(
            f"Cannot convert a symbolic tf.Tensor ({self.name}) to a numpy array. This error may indicate that you're trying to pass a Tensor "
            "to a NumPy call, which is not supported: use the tf function of that name, or the value that `sess.run` returns."
        )


class OperatorNotAllowedInGraphError(TypeError):
    """A Python operator needs a value, but a tensor of a graph has none yet."""


def located(op: Operation) -> str:
    """Says which node it is and where the user created it, for error messages."""
    line = f": {op.site.source}" if op.site.source else ""
    return f"'{op.name}' ({op.type}), created at {op.site}{line}"


def failed(kind: type[errors.OpError], op: Operation, message: str) -> errors.OpError:
    """Builds an error about a node; the message ends with where the user created it."""
    return kind(op.node_def, op, f"{message}\nThis is about operation {located(op)}")
