"""The graph: a growing list of operations with unique names. Mirrors `tf.Graph`."""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from tensorboard.compat.proto import graph_debug_info_pb2, graph_pb2, versions_pb2

from graphlab.graph import building, context, export
from graphlab.graph.collections import Collections
from graphlab.graph.elements import find_element
from graphlab.graph.scopes import Controller, Names, OpenScopes, check_scope_name
from graphlab.graph.tensor import Operation, Tensor


class Observer(Protocol):
    """Is told when a graph grows."""

    def node_added(self, op: Operation) -> None:
        """A node was added."""

    def graph_replaced(self, new_graph: Graph) -> None:
        """`tf.reset_default_graph` put a new graph in the place of this one."""


class Graph:
    """A dataflow graph: operations, connected by the tensors that flow between them.

    Building is safe from several threads; scopes and the default graph belong to each thread.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._operations: list[Operation] = []
        self._by_name: dict[str, Operation] = {}
        self._names = Names()
        self._collections = Collections()
        self._observers: list[Observer] = []
        self.run_hooks: list[Any] = []
        self._finalized = False
        self._unfeedable: set[Tensor] = set()
        self._unfetchable: set[Operation] = set()
        self.seed: int | None = None
        self._op_seeds = itertools.count()
        self.scopes = OpenScopes()
        self.versions = versions_pb2.VersionDef(producer=export.PRODUCER, min_consumer=export.MIN_CONSUMER)

    # Growing

    def add_op(
        self,
        op_type: str,
        inputs: Sequence[Tensor],
        attrs: Mapping[str, Any],
        name: str | None = None,
        device: str | None = None,
    ) -> Operation:
        """Adds a node.

        Args:
            op_type: the op type.
            inputs: all input tensors in order.
            attrs: the attributes; those left out take the op type's defaults.
            name: the name; made unique unless it ends in `/`, which names the node exactly. Default: the op type.
            device: a device string that replaces the one of the open device blocks.

        Raises:
            ValueError: the shapes of the inputs do not fit, or the name is not valid.
            RuntimeError: the graph is finalized.
        """
        with self._lock:
            op = building.make_operation(self, op_type, inputs, attrs, name, device)
            self._append(op)
        self._announce(op)
        return op

    def add_copy(
        self,
        op_type: str,
        inputs: Sequence[Tensor],
        control_inputs: Sequence[Operation],
        attrs: Mapping[str, Any],
        name: str,
        device: str,
    ) -> Operation:
        """Adds a node as a message describes it: its name, device and colocation are taken as they are.

        Raises:
            ValueError: the shapes of the inputs do not fit.
            RuntimeError: the graph is finalized.
        """
        with self._lock:
            op = building.copy_operation(self, op_type, inputs, control_inputs, attrs, name, device)
            self._names.take(name)
            self._append(op)
        self._announce(op)
        return op

    def _append(self, op: Operation) -> None:
        self._operations.append(op)
        self._by_name[op.name] = op
        op.flow = self.scopes.flow
        if op.flow is not None:
            with self._scope("colocated", [*self.scopes.colocated, *building.buffers(op)]):
                op.flow.add_op(op)

    def _announce(self, op: Operation) -> None:
        for observer in self._observers:
            observer.node_added(op)

    @property
    def version(self) -> int:
        """The number of operations added so far."""
        return len(self._operations)

    @property
    def finalized(self) -> bool:
        """Whether the graph is read-only."""
        return self._finalized

    def finalize(self) -> None:
        """Makes the graph read-only."""
        self._finalized = True

    def next_op_seed(self) -> int:
        """Returns the seed for a random operation that was given none: how many such operations came before."""
        return next(self._op_seeds)

    # Looking up

    def get_operations(self) -> list[Operation]:
        """Returns the operations in the order of creation."""
        return list(self._operations)

    def operation(self, name: str) -> Operation | None:
        """Returns the operation of that name, or None."""
        return self._by_name.get(name)

    def names(self) -> list[str]:
        """Returns the names of all operations."""
        return list(self._by_name)

    def get_operation_by_name(self, name: str) -> Operation:
        """Returns the operation of that name.

        Raises:
            KeyError: there is none.
            TypeError: the name is not a string.
        """
        if not isinstance(name, str):
            raise TypeError(f"Operation names are strings (or similar), not {type(name).__name__}.")
        found = find_element(self, name, allow_tensor=False)
        assert isinstance(found, Operation)
        return found

    def get_tensor_by_name(self, name: str) -> Tensor:
        """Returns the tensor of that name, for example `add_1:0`.

        Raises:
            KeyError: there is none.
            ValueError: the name is not that of a tensor.
            TypeError: the name is not a string.
        """
        if not isinstance(name, str):
            raise TypeError(f"Tensor names are strings (or similar), not {type(name).__name__}.")
        found = find_element(self, name, allow_operation=False)
        assert isinstance(found, Tensor)
        return found

    def as_graph_element(self, obj: Any, allow_tensor: bool = True, allow_operation: bool = True) -> Operation | Tensor:
        """Returns the operation or tensor that `obj` is or names; see `find_element` for the errors."""
        return find_element(self, obj, allow_tensor, allow_operation)

    def unique_name(self, name: str, mark_as_used: bool = True) -> str:
        """Returns `name` inside the open name scope, made unique; `mark_as_used` takes it."""
        with self._lock:
            return self._names.unique(f"{self.scopes.name}/{name}" if self.scopes.name else name, mark_as_used)

    def prevent_feeding(self, tensor: Tensor) -> None:
        """Makes runs refuse a value for a tensor."""
        self._unfeedable.add(tensor)

    def is_feedable(self, tensor: Tensor) -> bool:
        """Whether a run may give a tensor a value."""
        return tensor not in self._unfeedable

    def prevent_fetching(self, op: Operation) -> None:
        """Makes runs refuse to return the outputs of an operation, or to run it by name."""
        self._unfetchable.add(op)

    def is_fetchable(self, element: Tensor | Operation) -> bool:
        """Whether a run may be asked for a tensor or operation."""
        return (element.op if isinstance(element, Tensor) else element) not in self._unfetchable

    # Scopes

    def as_default(self) -> contextlib.AbstractContextManager[Graph]:
        """Makes this graph the default one of the thread within a `with` block."""
        return graphs.entered(self)

    @contextlib.contextmanager
    def name_scope(self, name: str | None) -> Iterator[str]:
        """Prefixes the names of operations made inside.

        Args:
            name: a name, made unique; a name ending in `/`, entered as it is; or None or `""`, which returns to the root.

        Yields:
            The full scope name with a trailing `/`, or `""` at the root.

        Raises:
            ValueError: the name is not valid.
        """
        outer = self.scopes.name
        if not name:
            inner = ""
        else:
            check_scope_name(name, is_root=not outer)
            inner = name[:-1] if name.endswith("/") else self.unique_name(name)
        self.scopes.name = inner
        try:
            yield f"{inner}/" if inner else ""
        finally:
            self.scopes.name = outer

    def get_name_scope(self) -> str:
        """Returns the open name scope, without a trailing `/`."""
        return self.scopes.name

    @contextlib.contextmanager
    def control_dependencies(self, control_inputs: Any) -> Iterator[None]:
        """Makes operations created inside wait for `control_inputs`; None forgets the outer blocks.

        Raises:
            TypeError: an item is neither operation nor tensor.
        """
        inputs: list[Operation] = []
        for item in control_inputs or ():
            element = find_element(self, getattr(item, "op", item) if not isinstance(item, str) else item)
            inputs.append(element.op if isinstance(element, Tensor) else element)
        outer = self.scopes.controllers
        with contextlib.ExitStack() as stack:
            if control_inputs is None:
                stack.enter_context(self._scope("controllers", []))
                stack.enter_context(self._scope("flow", None))
            else:
                stack.enter_context(self._scope("controllers", [*outer, Controller(inputs)]))
            yield

    def device(self, device: Any) -> contextlib.AbstractContextManager[None]:
        """Places operations created inside on a device: a string, a function from operation to string, or None."""
        return self._scope("devices", [*self.scopes.devices, device])

    def container(self, name: str) -> contextlib.AbstractContextManager[None]:
        """Puts the state of operations created inside into a named container."""
        return self._scope("container", name)

    def labelled(self, attrs: Mapping[str, Any]) -> contextlib.AbstractContextManager[None]:
        """Gives operations created inside additional attributes."""
        return self._scope("labels", {**self.scopes.labels, **attrs})

    def inside_flow(self, flow: Any) -> contextlib.AbstractContextManager[None]:
        """Makes operations created inside belong to a conditional branch or loop; None to none."""
        return self._scope("flow", flow)

    def colocate_with(self, op: Any, ignore_existing: bool = False) -> contextlib.AbstractContextManager[None]:
        """Places operations created inside on the device of `op`; None forgets the outer blocks."""
        if op is None:
            return self._scope("colocated", [])
        element = find_element(self, op)
        target = element.op if isinstance(element, Tensor) else element
        return self._scope("colocated", [target] if ignore_existing else [*self.scopes.colocated, target])

    @contextlib.contextmanager
    def _scope(self, field: str, value: Any) -> Iterator[None]:
        outer = getattr(self.scopes, field)
        setattr(self.scopes, field, value)
        try:
            yield
        finally:
            setattr(self.scopes, field, outer)

    # Collections

    @property
    def collections(self) -> list[str]:
        """The names of the collections."""
        return self._collections.names()

    def get_all_collection_keys(self) -> list[str]:
        """Returns the names of the collections."""
        return self._collections.names()

    def add_to_collection(self, name: str, value: Any) -> None:
        """Appends a value to a collection."""
        building.check_not_finalized(self)
        self._collections.add(name, value)

    def add_to_collections(self, names: Any, value: Any) -> None:
        """Appends a value to one or several collections."""
        for name in dict.fromkeys([names] if isinstance(names, str) else names):
            self.add_to_collection(name, value)

    def get_collection(self, name: str, scope: str | None = None) -> list[Any]:
        """Returns a copy of a collection; with a scope only the items whose name starts with it (a regular expression)."""
        return self._collections.get(name, scope)

    def get_collection_ref(self, name: str) -> list[Any]:
        """Returns the collection itself."""
        return self._collections.live(name)

    def clear_collection(self, name: str) -> None:
        """Empties a collection."""
        building.check_not_finalized(self)
        self._collections.clear(name)

    # Exchanging

    def as_graph_def(self, from_version: int | None = None, add_shapes: bool = False) -> graph_pb2.GraphDef:
        """Returns the graph as TensorFlow's message.

        Args:
            from_version: leaves out the operations that were there at that `version`.
            add_shapes: adds each node's static output shapes as `_output_shapes`.
        """
        with self._lock:
            return export.graph_def(self._operations[from_version or 0 :], self.versions, add_shapes)

    def as_graph_debug_info(self, from_version: int | None = None) -> graph_debug_info_pb2.GraphDebugInfo:
        """Returns for each operation the line of the user's program that created it."""
        with self._lock:
            return export.debug_info(self._operations[from_version or 0 :])

    # Watching

    def add_observer(self, observer: Observer) -> None:
        """Tells `observer` about each node added from now on."""
        self._observers = [*self._observers, observer]

    def remove_observer(self, observer: Observer) -> None:
        """Stops telling `observer`."""
        self._observers = [o for o in self._observers if o is not observer]

    def add_run_hook(self, hook: Any) -> None:
        """Lets `hook` take part in each run of a session on this graph; see `graphlab.session.hooks.RunHook`."""
        self.run_hooks = [*self.run_hooks, hook]

    def remove_run_hook(self, hook: Any) -> None:
        """Takes a run hook away."""
        self.run_hooks = [h for h in self.run_hooks if h is not hook]

    def replaced_by(self, graph: Graph) -> None:
        """Tells the observers that another graph took this one's place as the default."""
        for observer in self._observers:
            observer.graph_replaced(graph)


class _DefaultGraphs(context.DefaultStack[Graph]):
    """The default graphs of each thread; at the bottom one that is made on first use."""

    def __init__(self) -> None:
        super().__init__()
        self.bottom: Graph | None = None

    def current(self) -> Graph:
        """The innermost default graph."""
        top = self.top()
        if top is None:
            if self.bottom is None:
                self.bottom = Graph()
            top = self.bottom
        return top


graphs = _DefaultGraphs()


def get_default_graph() -> Graph:
    """Returns the default graph of this thread. Mirrors `tf.get_default_graph`."""
    return graphs.current()


def reset_default_graph() -> None:
    """Puts an empty graph in the place of the default graph. Mirrors `tf.reset_default_graph`.

    Raises:
        AssertionError: called inside `with graph.as_default():`, where it would not have the effect one expects.
    """
    if graphs.items:
        raise AssertionError(
            "Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, exit the nesting and create a new graph."
        )
    old, graphs.bottom = graphs.bottom, Graph()
    if old is not None:
        old.replaced_by(graphs.bottom)


def graph_of(values: Sequence[Any]) -> Graph:
    """Returns the graph of the tensors and operations among `values`, or the default graph.

    Raises:
        ValueError: they are of different graphs.
    """
    found: Graph | None = None
    origin: Any = None
    for value in values:
        graph = getattr(value, "graph", None)
        if not isinstance(graph, Graph):
            continue
        if found is None:
            found, origin = graph, value
        elif graph is not found:
            raise ValueError(
                f"Tensor {value!r} must be from the same graph as {origin!r}. Build both inside the same `with graph.as_default():` block."
            )
    return found or get_default_graph()
