"""Reads a `MetaGraphDef` into the default graph. Mirrors `tf.train.import_meta_graph`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from google.protobuf.message import Message
from tensorboard.compat.proto import meta_graph_pb2

from graphlab.graph import errors
from graphlab.graph.graph import get_default_graph
from graphlab.io.message_files import read_message
from graphlab.ops.graph_defs import import_graph_def
from graphlab.train.collection_defs import restore_collections
from graphlab.train.export_meta_graph import UNBOUND_INPUTS
from graphlab.train.saveables import all_saveables
from graphlab.train.saver import Saver


def import_meta_graph(
    meta_graph_or_file: Any,
    clear_devices: bool = False,
    import_scope: str | None = None,
    input_map: Mapping[str, Any] | None = None,
    return_elements: Sequence[str] | None = None,
) -> Saver | None:
    """Adds a saved graph with its collections to the default graph. Mirrors `tf.train.import_meta_graph`.

    Args:
        meta_graph_or_file: a `MetaGraphDef`, or the path of a file that holds one.
        clear_devices: whether the nodes lose their devices.
        import_scope: goes before the names of the nodes.
        input_map: tensors that stand in for tensors of the message, by the names of these.
        return_elements: must be None, since only the Saver is returned.

    Returns:
        The Saver that was saved with the graph, or a new one; None if there are no variables.

    Raises:
        OSError: there is no such file.
        tf.errors.DataLossError: the file is damaged.
        tf.errors.InvalidArgumentError: a constant in it claims to be far larger than the file.
        tf.errors.NotFoundError: the graph has an op type that is not available.
        ValueError: the message is not a graph, or needs inputs that `input_map` does not give.
        NotImplementedError: the graph calls functions, or `return_elements` is given.
    """
    if return_elements is not None:
        raise NotImplementedError("import_meta_graph returns the Saver only; use graph.get_tensor_by_name instead.")
    message = _message(meta_graph_or_file)
    _check_bound(message, input_map)
    if clear_devices:
        for node in message.graph_def.node:
            node.device = ""
    graph = get_default_graph()
    scope = graph.unique_name(import_scope, mark_as_used=False) if import_scope else graph.get_name_scope()
    name = import_scope or ""
    if not import_scope and scope:
        name = f"{scope}/"
    import_graph_def(message.graph_def, name=name, input_map=input_map)
    restore_collections(graph, message, scope, UNBOUND_INPUTS, Saver.from_proto)
    if message.HasField("saver_def"):
        return Saver(saver_def=message.saver_def, name=scope)
    return Saver() if all_saveables(scope or None) else None


def _message(source: Any) -> meta_graph_pb2.MetaGraphDef:
    """A copy of the message, of tensorboard's class."""
    if isinstance(source, Message):
        if source.DESCRIPTOR.full_name.rpartition(".")[2] != "MetaGraphDef":
            raise TypeError(f"meta_graph_or_file must be a MetaGraphDef or a path, not {type(source).__name__}.")
        return meta_graph_pb2.MetaGraphDef.FromString(source.SerializeToString())
    path = os.fspath(source)
    try:
        return read_message(path, meta_graph_pb2.MetaGraphDef)
    except errors.NotFoundError:
        raise FileNotFoundError(
            f"File {path} does not exist. The graph of a checkpoint is in its .meta file."
        ) from None


def _check_bound(message: meta_graph_pb2.MetaGraphDef, input_map: Mapping[str, Any] | None) -> None:
    """Raises ValueError unless inputs from outside the exported scope are all given."""
    found = message.collection_def.get(UNBOUND_INPUTS) if UNBOUND_INPUTS in message.collection_def else None
    names = [] if found is None else [value.decode() for value in found.bytes_list.value]
    missing = [name for name in names if name not in (input_map or {})]
    if missing:
        raise ValueError(
            f"Graph contains unbound inputs: {', '.join(missing)}. Must provide these inputs through input_map."
        )
