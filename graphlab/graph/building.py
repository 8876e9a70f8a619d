"""Makes one operation: name, control inputs, device, colocation, static shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graphlab.graph import devices, registry
from graphlab.graph.dtypes import DType
from graphlab.graph.scopes import check_op_name
from graphlab.graph.shapes import TensorShape
from graphlab.graph.sites import user_site
from graphlab.graph.tensor import Operation, Tensor, located


def make_operation(
    graph: Any, op_type: str, inputs: Sequence[Tensor], attrs: Mapping[str, Any], name: str | None, device: str | None
) -> Operation:
    """Builds the next operation of `graph`; see `Graph.add_op`."""
    check_not_finalized(graph)
    definition = registry.lookup(op_type)
    full_name = name[:-1] if name and name.endswith("/") else graph.unique_name(name or op_type)
    check_op_name(full_name)
    op = Operation(
        graph,
        definition,
        full_name,
        inputs,
        {**definition.defaults, **attrs, **graph.scopes.labels},
        user_site(),
        graph.version,
    )
    op.outputs = tuple(_outputs(op))
    _add_control_inputs(graph, op)
    _place(graph, op, device)
    return op


def copy_operation(
    graph: Any,
    op_type: str,
    inputs: Sequence[Tensor],
    control_inputs: Sequence[Operation],
    attrs: Mapping[str, Any],
    name: str,
    device: str,
) -> Operation:
    """Builds an operation as a message describes it; see `Graph.add_copy`."""
    check_not_finalized(graph)
    definition = registry.lookup(op_type)
    op = Operation(graph, definition, name, inputs, {**definition.defaults, **attrs}, user_site(), graph.version)
    op.outputs = tuple(_outputs(op))
    op.control_inputs = list(control_inputs)
    _add_control_inputs(graph, op)
    op.device = devices.merged([*graph.scopes.devices, device], op)
    return op


def check_not_finalized(graph: Any) -> None:
    """Raises RuntimeError when the graph is read-only."""
    if graph.finalized:
        raise RuntimeError(
            "Graph is finalized and cannot be modified. Build the whole graph before you call finalize()."
        )


def input_types(definition: registry.OpDef, attr: Mapping[str, Any]) -> Iterator[DType]:
    """The element types of the inputs, as the attributes decide them."""
    return _types(definition.inputs, attr)


def output_types(definition: registry.OpDef, attr: Mapping[str, Any]) -> Iterator[DType]:
    """The element types of the outputs, as the attributes decide them."""
    return _types(definition.outputs, attr)


def _types(args: Sequence[registry.Arg], attr: Mapping[str, Any]) -> Iterator[DType]:
    for arg in args:
        if arg.is_list:
            yield from attr[arg.type_attr or ""]
            continue
        dtype = arg.dtype or attr[arg.type_attr or ""]
        count = attr[arg.count_attr] if arg.count_attr else 1
        yield from [dtype.as_ref if arg.is_ref else dtype] * count


def _outputs(op: Operation) -> Iterator[Tensor]:
    dtypes = list(output_types(op.definition, op.attr))
    try:
        shapes = op.definition.shape(op) if dtypes else ()
    except ValueError as error:
        given = ", ".join(_brief(t.shape) for t in op.inputs)
        raise ValueError(
            f"{error} for '{op.name}' (op: '{op.type}') with input shapes: {given}.\nThis is about operation {located(op)}"
        ) from None
    if isinstance(shapes, TensorShape):
        shapes = (shapes,)
    for index, (dtype, shape) in enumerate(zip(dtypes, shapes, strict=True)):
        yield Tensor(op, index, dtype, shape)


def _brief(shape: TensorShape) -> str:
    return (
        "<unknown>"
        if shape.extents is None
        else "[" + ",".join("?" if d is None else str(d) for d in shape.extents) + "]"
    )


def open_control_inputs(graph: Any, sources: Iterable[Operation]) -> list[Operation]:
    """Returns what the open `control_dependencies` blocks make an operation with inputs from `sources` wait for."""
    ops = set(sources)
    found: list[Operation] = []
    for controller in graph.scopes.controllers:
        # An input made inside the block already waits for what the block waits for.
        if controller.members.isdisjoint(ops):
            found.extend(c for c in controller.inputs if c not in ops and c not in found)
    return found


def join_control_blocks(graph: Any, op: Operation) -> None:
    """Records that an operation was made inside the open `control_dependencies` blocks."""
    for controller in graph.scopes.controllers:
        controller.members.add(op)


def _add_control_inputs(graph: Any, op: Operation) -> None:
    op.add_control_inputs(open_control_inputs(graph, (tensor.op for tensor in op.inputs)))
    join_control_blocks(graph, op)


def _place(graph: Any, op: Operation, device: str | None) -> None:
    if device is not None:
        op.device = device
    elif graph.scopes.devices:
        op.device = devices.merged(graph.scopes.devices, op)
    targets = [*graph.scopes.colocated, *buffers(op)]
    if targets and "_class" not in op.attr:
        groups = sorted({group.decode() for target in targets for group in target.colocation_groups()})
        op.attr["_class"] = groups
        op.device = targets[-1].device or op.device


def buffers(op: Operation) -> Iterator[Operation]:
    """The operations of the variables' buffers that an operation works on; it goes where they are."""
    position = 0
    for arg in op.definition.inputs:
        if arg.is_ref:
            yield op.inputs[position].op
        position += _width(arg, op.attr)


def _width(arg: registry.Arg, attr: Mapping[str, Any]) -> int:
    if arg.is_list:
        return len(attr[arg.type_attr or ""])
    return int(attr[arg.count_attr]) if arg.count_attr else 1
