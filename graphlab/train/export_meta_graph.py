"""Writes a graph with its collections and its Saver as a `MetaGraphDef`. Mirrors `tf.train.export_meta_graph`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from google.protobuf import text_format
from google.protobuf.message import Message
from tensorboard.compat.proto import attr_value_pb2, graph_pb2, meta_graph_pb2, node_def_pb2, saver_pb2

from graphlab.graph import attributes, registry
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.io.durable_files import replace_file
from graphlab.train.collection_defs import add_collection_def
from graphlab.train.op_list import op_list

UNBOUND_PREFIX: Final = "$unbound_inputs_"
UNBOUND_INPUTS: Final = "unbound_inputs"
_SAVERS: Final = "savers"
_SAVING_TYPES: Final = frozenset(("SaveV2", "Save", "SaveSlice", "RestoreV2", "Restore", "RestoreSlice"))


def export_meta_graph(
    filename: str | None = None,
    meta_info_def: meta_graph_pb2.MetaGraphDef.MetaInfoDef | None = None,
    graph_def: graph_pb2.GraphDef | None = None,
    saver_def: saver_pb2.SaverDef | None = None,
    collection_list: Iterable[str] | None = None,
    as_text: bool = False,
    graph: Graph | None = None,
    export_scope: str | None = None,
    clear_devices: bool = False,
    clear_extraneous_savers: bool = False,
    strip_default_attrs: bool = False,
    save_debug_info: bool = False,
) -> meta_graph_pb2.MetaGraphDef:
    """Returns a graph as a `MetaGraphDef` and, given a name, writes it to a file. Mirrors `tf.train.export_meta_graph`.

    Args:
        filename: the file; none is written without it.
        meta_info_def: what the message says of itself besides.
        graph_def: the nodes; default those of `graph`.
        saver_def: the Saver that goes along.
        collection_list: the names of the collections that go along; default all.
        as_text: whether to write text, which people read, rather than bytes.
        graph: the graph; default the default graph.
        export_scope: the name scope to take, without its name; default everything.
        clear_devices: whether the nodes lose their devices.
        clear_extraneous_savers: whether the nodes of other Savers stay out.
        strip_default_attrs: whether attributes that have their default value stay out.
        save_debug_info: whether to write where each node was created, to a file ending in `.debug`.

    Raises:
        TypeError: an argument is not of its type.
        tf.errors.OpError: the file cannot be written; the old one is as it was.
    """
    _check_types(graph, graph_def, saver_def)
    graph = graph or get_default_graph()
    message = meta_graph_pb2.MetaGraphDef()
    if meta_info_def is not None:
        message.meta_info_def.CopyFrom(meta_info_def)
    nodes = graph.as_graph_def(add_shapes=True) if graph_def is None else graph_def
    left_out = _nodes_of_other_savers(nodes, saver_def) if clear_extraneous_savers else frozenset()
    message.graph_def.CopyFrom(nodes)
    if export_scope or clear_devices or left_out:
        unbound = _restrict(message.graph_def, export_scope or "", left_out, clear_devices)
        graph.clear_collection(UNBOUND_INPUTS)
        for name in unbound:
            graph.add_to_collection(UNBOUND_INPUTS, name)
    if not message.meta_info_def.stripped_op_list.op:
        message.meta_info_def.stripped_op_list.CopyFrom(op_list(message.graph_def))
    if strip_default_attrs:
        _strip_defaults(message)
    if saver_def is not None:
        message.saver_def.CopyFrom(saver_def)
    for key in graph.get_all_collection_keys() if collection_list is None else collection_list:
        if clear_extraneous_savers and key == _SAVERS:
            continue
        add_collection_def(message, graph, key, export_scope or "", left_out)
    if filename:
        _write(message, filename, as_text)
        if save_debug_info:
            write_debug_info(graph, filename, as_text)
    return message


def write_debug_info(graph: Graph, filename: str, as_text: bool = False) -> None:
    """Writes where each node was created, beside the file `filename`, with the ending `.debug`.

    Raises:
        tf.errors.OpError: the file cannot be written; the old one is as it was.
    """
    _write(graph.as_graph_debug_info(), os.path.splitext(filename)[0] + ".debug", as_text)  # noqa: PTH122  keeps other dots


def _check_types(graph: Any, graph_def: Any, saver_def: Any) -> None:
    for name, value, kind in (
        ("graph", graph, Graph),
        ("graph_def", graph_def, graph_pb2.GraphDef),
        ("saver_def", saver_def, saver_pb2.SaverDef),
    ):
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"{name} must be of type {kind.__name__}. Received type: {type(value)}.")


def _write(message: Message, filename: str, as_text: bool) -> None:
    Path(filename).parent.mkdir(parents=True, exist_ok=True)
    content = text_format.MessageToString(message).encode() if as_text else message.SerializeToString()
    replace_file(filename, content)


def _restrict(graph_def: graph_pb2.GraphDef, scope: str, left_out: frozenset[str], clear_devices: bool) -> list[str]:
    """Keeps the nodes of a scope, without its name, and returns the inputs that come from elsewhere."""
    unbound: list[str] = []
    kept = []
    for node in graph_def.node:
        if node.name in left_out or not node.name.startswith(scope):
            continue
        copy = node_def_pb2.NodeDef()
        copy.CopyFrom(node)
        if clear_devices:
            copy.device = ""
        if scope:
            _unscope(copy, scope, unbound)
        kept.append(copy)
    del graph_def.node[:]
    graph_def.node.extend(kept)
    return unbound


def _unscope(node: node_def_pb2.NodeDef, scope: str, unbound: list[str]) -> None:
    prefix = f"{scope.rstrip('/')}/"
    node.name = node.name.removeprefix(prefix)
    for index, source in enumerate(node.input):
        mark, name = ("^", source[1:]) if source.startswith("^") else ("", source)
        if name.startswith(scope):
            node.input[index] = mark + name.removeprefix(prefix)
        else:
            node.input[index] = f"{mark}{UNBOUND_PREFIX}{name}"
            unbound.append(node.input[index])
    if "_class" in node.attr:
        groups = [group.decode().removeprefix("loc:@") for group in node.attr["_class"].list.s]
        inside = [f"loc:@{group.removeprefix(prefix)}".encode() for group in groups if group.startswith(scope)]
        node.attr["_class"].CopyFrom(attr_value_pb2.AttrValue(list=attr_value_pb2.AttrValue.ListValue(s=inside)))
    if node.op in ("Enter", "RefEnter"):
        node.attr["frame_name"].s = node.attr["frame_name"].s.removeprefix(prefix.encode())


def _nodes_of_other_savers(graph_def: graph_pb2.GraphDef, saver_def: saver_pb2.SaverDef | None) -> frozenset[str]:
    """The nodes in the scopes of Savers other than this one; each Saver has a scope of its own."""
    scopes = {_scope(node.name) for node in graph_def.node if node.op in _SAVING_TYPES}
    if saver_def is not None:
        scopes -= {_scope(saver_def.save_tensor_name), _scope(saver_def.restore_op_name)}
    prefixes = tuple(f"{scope}/" for scope in scopes if scope)
    return frozenset(node.name for node in graph_def.node if prefixes and node.name.startswith(prefixes))


def _scope(name: str) -> str:
    return name.rpartition("/")[0]


def _strip_defaults(message: meta_graph_pb2.MetaGraphDef) -> None:
    for node in message.graph_def.node:
        definition = registry.registered().get(node.op)
        for name, value in definition.defaults.items() if definition else ():
            default = attr_value_pb2.AttrValue()
            attributes.set_attr(default, value)
            if name in node.attr and node.attr[name] == default:
                del node.attr[name]
    message.meta_info_def.stripped_default_attrs = True
