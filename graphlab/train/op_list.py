"""The definitions of op types as TensorFlow's message, for the readers of a saved graph."""

from __future__ import annotations

from typing import Any

from tensorboard.compat.proto import graph_pb2, op_def_pb2

from graphlab.graph import attributes, registry
from graphlab.graph.dtypes import DType
from graphlab.graph.registry import Arg, Effect
from graphlab.graph.shapes import TensorShape


def op_list(graph_def: graph_pb2.GraphDef) -> op_def_pb2.OpList:
    """Returns the definitions of the op types in a graph, sorted by name.

    A reader of another version needs them to tell an attribute that this engine added from one that it must know.
    """
    first = {node.op: node for node in reversed(graph_def.node)}
    known = registry.registered()
    return op_def_pb2.OpList(op=[_op_def(known[name], first[name]) for name in sorted(first) if name in known])


def _op_def(definition: registry.OpDef, node: Any) -> op_def_pb2.OpDef:
    message = op_def_pb2.OpDef(
        name=definition.type,
        input_arg=[_arg_def(arg) for arg in definition.inputs],
        output_arg=[_arg_def(arg) for arg in definition.outputs],
        is_stateful=definition.effect in (Effect.RANDOM, Effect.HOST) or definition.type == "VariableV2",
        allows_uninitialized_input=definition.type == "Assign",
    )
    listed: dict[str, str] = {}
    for arg in definition.inputs + definition.outputs:
        if arg.type_attr:
            listed.setdefault(arg.type_attr, "list(type)" if arg.is_list else "type")
        if arg.count_attr:
            listed.setdefault(arg.count_attr, "int")
    for name, kind in listed.items():
        message.attr.add(name=name, type=kind)
    for name, value in definition.defaults.items():
        if name not in listed and not name.startswith("_"):
            attr = message.attr.add(name=name, type=_kind(value))
            attributes.set_attr(attr.default_value, value)
            listed[name] = attr.type
    for name, value in sorted(node.attr.items()):
        if name not in listed and not name.startswith("_"):
            message.attr.add(name=name, type=_kind(attributes.attr_value(value)))
    return message


def _arg_def(arg: Arg) -> op_def_pb2.OpDef.ArgDef:
    message = op_def_pb2.OpDef.ArgDef(name=arg.name, is_ref=arg.is_ref, number_attr=arg.count_attr or "")
    if arg.dtype is not None:
        message.type = arg.dtype.as_datatype_enum
    elif arg.is_list:
        message.type_list_attr = arg.type_attr or ""
    else:
        message.type_attr = arg.type_attr or ""
    return message


def _kind(value: Any) -> str:
    """TensorFlow's name of the kind of an attribute's value."""
    if isinstance(value, (list, tuple)):
        return f"list({_kind(value[0])})" if value else "list(int)"
    for kinds, name in (
        (bool, "bool"),
        (int, "int"),
        (float, "float"),
        ((str, bytes), "string"),
        (DType, "type"),
        (TensorShape, "shape"),
    ):
        if isinstance(value, kinds):
            return name
    return "tensor"
