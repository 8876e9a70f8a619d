"""Reads a `GraphDef` message into a graph: the nodes in an order in which they can be built, then one by one."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graphlab.graph import attributes, building, errors, registry
from graphlab.graph.dtypes import DType, int32, int64
from graphlab.graph.scopes import check_op_name
from graphlab.graph.shapes import SCALAR, UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor

_DERIVED: Final = ("_output_shapes",)
# Attributes named like an argument of `register`, which op records therefore cannot give a default.
_DEFAULTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "MatrixTriangularSolve": {"lower": True},
    "Placeholder": {"shape": UNKNOWN},
}
# Graphs of earlier versions have a scalar's shape on placeholders of any shape.
_SHAPED_PLACEHOLDERS: Final = 24
# Type attributes that nodes of older TensorFlows lack, and what they stand for there.
_DEFAULT_TYPES: Final[Mapping[str, DType]] = {
    **dict.fromkeys(("Tdim", "Tidx", "Tk", "Tmultiples", "Tnumsegments", "Tpaddings", "Tperm", "Tshape"), int32),
    **dict.fromkeys(("index_type", "out_idx", "out_type", "shape_type"), int32),
    **dict.fromkeys(("TI", "Tindex", "Tlabels", "Tlen", "output_dtype", "output_type"), int64),
}


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of a node's inputs: output `index` of the node `name`; of a control input the index is -1."""

    name: str
    index: int

    @classmethod
    def parse(cls, text: str) -> Source:
        """Reads `name`, `name:1` or `^name`."""
        if text.startswith("^"):
            return cls(text[1:], -1)
        name, _, index = text.rpartition(":")
        return cls(name, int(index)) if name and index.isdigit() else cls(text, 0)

    def __str__(self) -> str:
        return f"^{self.name}" if self.index < 0 else f"{self.name}:{self.index}"


class Importer:
    """Builds the nodes of one message in a graph.

    Attributes:
        made: the operations built, by their names in the message.
        used: the entries of `replaced` that stood in for an input.
    """

    def __init__(self, graph: Any, message: Any, prefix: str, replaced: Mapping[Source, Tensor | Operation]) -> None:
        """Prepares the import.

        Args:
            graph: the graph to build in.
            message: a `GraphDef`.
            prefix: goes before each name, without a trailing `/`; may be empty.
            replaced: what stands in for inputs of the nodes.
        """
        self._graph = graph
        self._prefix = f"{prefix}/" if prefix else ""
        self._replaced = replaced
        self._nodes = _by_name(message)
        self._producer = message.versions.producer
        self._functions = {function.signature.name for function in message.library.function}
        self._names: dict[str, str] = {}
        self.made: dict[str, Operation] = {}
        self.used: set[Source] = set()

    def run(self) -> None:
        """Builds all nodes.

        Raises:
            ValueError: the message is not a graph: an input is missing, does not fit or lies on a cycle.
            tf.errors.NotFoundError: an op type is not available.
            NotImplementedError: a node calls a function.
        """
        open_edges: list[tuple[Operation, int, Source]] = []
        for node in self._ordered():
            definition = self._definition(node)
            sources = [Source.parse(text) for text in node.input]
            self._check_order(node, sources)
            data = [s for s in sources if s.index >= 0]
            missing = [i for i, s in enumerate(data) if s not in self._replaced and s.name not in self.made]
            first = next((s for i, s in enumerate(data) if i not in missing), None)
            # A loop's Merge is built before what comes back to it.
            inputs = [self._tensor(node, first if i in missing and first else s) for i, s in enumerate(data)]
            op = self._add(node, definition, inputs, [s for s in sources if s.index < 0])
            for index in missing:
                open_edges.append((op, index, data[index]))
            if missing:
                op.outputs[0].forget_shape()
            _refine_shapes(op, node)
        for op, index, source in open_edges:
            op.update_input(index, self._tensor(self._nodes[source.name], source))

    def _add(self, node: Any, definition: registry.OpDef, inputs: list[Tensor], controls: list[Source]) -> Operation:
        attrs: dict[str, Any] = {key: kind for key, kind in _DEFAULT_TYPES.items() if key in definition.allowed}
        attrs |= _DEFAULTS.get(node.op, {})
        attrs |= {key: self._attribute(node, key, value) for key, value in node.attr.items() if key not in _DERIVED}
        if node.op == "Placeholder" and self._producer < _SHAPED_PLACEHOLDERS and attrs["shape"] == SCALAR:
            attrs["shape"] = UNKNOWN
        if "_class" in attrs:
            attrs["_class"] = [self._colocated(node, group) for group in attrs["_class"]]
        name = self._new_name(node.name)
        _check_inputs(definition, name, inputs, attrs)
        try:
            op: Operation = self._graph.add_copy(
                definition.type, inputs, [self._control(c) for c in controls], attrs, name, node.device
            )
        except KeyError as error:
            raise ValueError(f"NodeDef missing attr {error} from Op<name={definition.type}>; NodeDef: {name}") from None
        self.made[node.name] = op
        return op

    def _definition(self, node: Any) -> registry.OpDef:
        if node.op in self._functions:
            raise NotImplementedError(
                f"Node '{node.name}' calls the function '{node.op}' of the graph's library, and functions are not supported. Inline it."
            )
        found = registry.registered().get(node.op)
        if found is None:
            near = registry.near_names(node.op, registry.registered())
            raise errors.NotFoundError(
                node,
                None,
                f"Op type not registered '{node.op}', which node '{node.name}' has: it is not available in Graph Lab.{near}",
            )
        return found

    def _attribute(self, node: Any, key: str, proto: Any) -> Any:
        if proto.WhichOneof("value") in ("func", "placeholder") or proto.list.func:
            raise NotImplementedError(
                f"Attribute '{key}' of node '{node.name}' ({node.op}) holds a function, and functions are not supported. Inline it."
            )
        return attributes.attr_value(proto)

    def _colocated(self, node: Any, group: str) -> str:
        if not group.startswith("loc:@"):
            return group
        target = group.removeprefix("loc:@")
        if target not in self._nodes:
            raise ValueError(f"Node '{node.name}' expects to be colocated with unknown node '{target}'")
        return f"loc:@{self._new_name(target)}"

    def _new_name(self, name: str) -> str:
        """The name in the graph of a node of the message, made unique where the graph has it already."""
        if name not in self._names:
            candidate = full = self._prefix + name
            count = 0
            while self._graph.operation(candidate) is not None:
                count += 1
                candidate = f"{full}_{count}"
            self._names[name] = candidate
        return self._names[name]

    def _tensor(self, node: Any, source: Source) -> Tensor:
        if source in self._replaced:
            self.used.add(source)
            found = self._replaced[source]
            assert isinstance(found, Tensor)
            return found
        if source.name not in self.made:
            raise ValueError(
                f"Node '{node.name}': Unknown input node '{source.name}'.{registry.near_names(source.name, self._nodes)}"
            )
        outputs = self.made[source.name].outputs
        if source.index >= len(outputs):
            raise ValueError(
                f"Node '{node.name}': Connecting to invalid output {source.index} of source node {source.name} which has {len(outputs)} outputs."
            )
        return outputs[source.index]

    def _control(self, source: Source) -> Operation:
        if source in self._replaced:
            self.used.add(source)
            found = self._replaced[source]
            return found.op if isinstance(found, Tensor) else found
        return self.made[source.name]

    @staticmethod
    def _check_order(node: Any, sources: Sequence[Source]) -> None:
        first_control = next((i for i, s in enumerate(sources) if s.index < 0), len(sources))
        if any(s.index >= 0 for s in sources[first_control:]):
            raise ValueError(f"Node '{node.name}': Control dependencies must come after regular dependencies")

    def _needs(self, node: Any) -> list[str]:
        """The nodes of the message that must be built before this one."""
        needed = []
        for text in node.input:
            source = Source.parse(text)
            if source in self._replaced:
                continue
            if source.name not in self._nodes:
                raise ValueError(
                    f"Node '{node.name}': Unknown input node '{text}'.{registry.near_names(source.name, self._nodes)}"
                )
            closes_loop = "Merge" in node.op and "NextIteration" in self._nodes[source.name].op
            if not (closes_loop and source.index >= 0):
                needed.append(source.name)
        return needed

    def _ordered(self) -> Iterator[Any]:
        """The nodes, each after what it needs, and otherwise in the order of the message."""
        position = {name: i for i, name in enumerate(self._nodes)}
        nodes = list(self._nodes.values())
        waiting: dict[str, int] = {}
        consumers: dict[str, list[str]] = {}
        for node in nodes:
            needed = self._needs(node)
            waiting[node.name] = len(needed)
            for name in needed:
                consumers.setdefault(name, []).append(node.name)
        ready = [position[name] for name, count in waiting.items() if not count]
        heapq.heapify(ready)
        done = 0
        while ready:
            node = nodes[heapq.heappop(ready)]
            done += 1
            yield node
            for name in consumers.get(node.name, ()):
                waiting[name] -= 1
                if not waiting[name]:
                    heapq.heappush(ready, position[name])
        if done < len(nodes):
            stuck = [name for name, count in waiting.items() if count]
            raise ValueError(
                f"{len(stuck)} nodes in a cycle, among them {', '.join(repr(n) for n in stuck[:3])}. Only loops of tf.while_loop may go round."
            )


def _by_name(message: Any) -> dict[str, Any]:
    nodes: dict[str, Any] = {}
    for node in message.node:
        if node.name in nodes:
            raise ValueError(f"Node '{node.name}' is not unique")
        try:
            check_op_name(node.name)
        except ValueError as error:
            raise ValueError(f"Node '{node.name}': Node name contains invalid characters. {error}") from None
        nodes[node.name] = node
    return nodes


def _check_inputs(definition: registry.OpDef, name: str, inputs: Sequence[Tensor], attrs: Mapping[str, Any]) -> None:
    """Raises ValueError unless number and types of the inputs are those of the op type."""
    known = {**definition.defaults, **attrs}
    for arg in definition.inputs + definition.outputs:
        for attr in (arg.type_attr, arg.count_attr):
            if attr and attr not in known:
                raise ValueError(f"NodeDef missing attr '{attr}' from Op<name={definition.type}>; NodeDef: {name}")
    wanted = list(building.input_types(definition, known))
    if len(wanted) != len(inputs):
        types = ", ".join(t.name for t in wanted)
        raise ValueError(
            f"NodeDef expected inputs '{types}' do not match {len(inputs)} inputs specified; Op<name={definition.type}>; NodeDef: {name}"
        )
    for i, (tensor, dtype) in enumerate(zip(inputs, wanted, strict=True)):
        if tensor.dtype is not dtype and not (tensor.dtype.is_ref and tensor.dtype.base_dtype is dtype):
            raise ValueError(
                f"Input {i} of node {name} was passed {tensor.dtype.name} from {tensor.name} incompatible with expected {dtype.name}."
            )


def _refine_shapes(op: Operation, node: Any) -> None:
    """Takes over the static shapes that the message states.

    Raises:
        ValueError: they contradict what the op type says.
    """
    if "_output_shapes" not in node.attr:
        return
    for tensor, stated in zip(op.outputs, node.attr["_output_shapes"].list.shape, strict=False):
        shape = TensorShape(stated)
        try:
            tensor.set_shape(shape)
        except ValueError:
            raise ValueError(
                f"Node '{op.name}' has an _output_shapes attribute inconsistent with the GraphDef for output #{tensor.value_index}: {shape} and {tensor.shape}"
            ) from None
