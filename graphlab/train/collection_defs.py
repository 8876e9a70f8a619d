"""Collections of a graph to and from messages: variables, Savers, nodes, numbers, strings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, Final

from google.protobuf.message import DecodeError
from tensorboard.compat.proto import meta_graph_pb2, saver_pb2, variable_pb2

from graphlab.graph import errors
from graphlab.graph.collections import GraphKeys
from graphlab.graph.graph import Graph
from graphlab.variables import Variable

_LOG: Final = logging.getLogger("graphlab")
_TRAINABLE: Final = GraphKeys.TRAINABLE_VARIABLES
VARIABLE_COLLECTIONS: Final = (
    GraphKeys.GLOBAL_VARIABLES,
    GraphKeys.LOCAL_VARIABLES,
    GraphKeys.METRIC_VARIABLES,
    GraphKeys.MODEL_VARIABLES,
    GraphKeys.TRAINABLE_VARIABLES,
    GraphKeys.MOVING_AVERAGE_VARIABLES,
    GraphKeys.CONCATENATED_VARIABLES,
    GraphKeys.GLOBAL_STEP,
)
_CONTEXTS: Final = (GraphKeys.COND_CONTEXT, GraphKeys.WHILE_CONTEXT)


def add_collection_def(
    message: meta_graph_pb2.MetaGraphDef, graph: Graph, key: str, scope: str, left_out: frozenset[str]
) -> None:
    """Adds a collection to a message. One that holds what no message can hold stays out, which is logged.

    Args:
        message: the message.
        graph: the graph with the collection.
        key: the name of the collection.
        scope: the name scope to take, without its name; "" for everything.
        left_out: names of nodes that are not in the message.
    """
    prefix = f"{scope.rstrip('/')}/" if scope else ""
    items = [item for item in graph.get_collection(key) if _is_inside(item, scope, left_out)]
    if not items:
        return
    found = meta_graph_pb2.CollectionDef()
    try:
        for item in items:
            _append(found, item, scope, prefix)
    except (TypeError, ValueError, AttributeError) as error:
        _LOG.warning("Collection %s is not saved: it holds what a MetaGraphDef cannot hold (%s).", key, error)
        return
    if found.WhichOneof("kind"):
        message.collection_def[key].CopyFrom(found)


def _is_inside(item: Any, scope: str, left_out: frozenset[str]) -> bool:
    name = item if isinstance(item, str) else getattr(item, "name", None)
    if not isinstance(name, str):
        return True
    return name not in left_out and name.partition(":")[0] not in left_out and name.startswith(scope)


def _append(found: meta_graph_pb2.CollectionDef, item: Any, scope: str, prefix: str) -> None:
    kind = found.WhichOneof("kind")
    to_proto = getattr(item, "to_proto", None)
    if to_proto is not None:
        proto = to_proto(export_scope=scope or None)
        if proto is None:
            return
        field, value = "bytes_list", proto.SerializeToString()
    elif isinstance(item, (str, bytes)):
        field, value = "bytes_list", item.encode() if isinstance(item, str) else item
    elif isinstance(item, (int, float)):
        field, value = ("int64_list", item) if isinstance(item, int) else ("float_list", item)
    else:
        field, value = "node_list", item.name.removeprefix(prefix)
    if kind not in (None, field):
        raise TypeError(f"a {kind} cannot hold {item!r}")
    getattr(found, field).value.append(value)


def restore_collections(
    graph: Graph, message: meta_graph_pb2.MetaGraphDef, scope: str, left_out: str, make_saver: Any
) -> None:
    """Adds the collections of a message to a graph that has its nodes.

    Args:
        graph: the graph.
        message: the message.
        scope: the name scope into which the nodes were imported.
        left_out: the name of a collection to leave out.
        make_saver: makes a Saver of its message and the scope.

    Raises:
        tf.errors.DataLossError: an item is damaged.
        KeyError: an item names a node that is not there.
    """
    variables: dict[bytes, Variable] = {}
    # A variable is in several collections, and the message of a trainable one says so.
    for key, found in sorted(message.collection_def.items(), key=lambda pair: (pair[0] != _TRAINABLE, pair[0])):
        if key == left_out or key.startswith("__"):
            continue
        if key in _CONTEXTS:
            _LOG.warning("Collection %s is not restored: the graph runs, but gradients cannot go through it.", key)
            continue
        for item in _items(graph, key, found, scope, variables, _trainable_is_known(message), make_saver):
            graph.add_to_collection(key, item)


def _items(
    graph: Graph,
    key: str,
    found: meta_graph_pb2.CollectionDef,
    scope: str,
    variables: dict[bytes, Variable],
    trainable_is_known: bool,
    make_saver: Any,
) -> Iterator[Any]:
    kind = found.WhichOneof("kind")
    if kind is None:
        return
    for value in getattr(found, kind).value:
        if kind == "bytes_list" and key in VARIABLE_COLLECTIONS:
            if value not in variables:
                definition = _decoded(variable_pb2.VariableDef, key, value)
                if not trainable_is_known:
                    definition.trainable = key == _TRAINABLE
                variables[value] = Variable.from_proto(definition, import_scope=scope or None)
            yield variables[value]
        elif kind == "bytes_list" and key == GraphKeys.SAVERS:
            yield make_saver(_decoded(saver_pb2.SaverDef, key, value), scope)
        elif kind == "node_list":
            yield graph.as_graph_element(f"{scope}/{value}" if scope else value)
        elif kind == "bytes_list":
            yield value.decode("utf-8", "surrogateescape")
        else:
            yield value


def _decoded(kind: Any, key: str, value: bytes) -> Any:
    try:
        return kind.FromString(value)
    except DecodeError as error:
        raise errors.DataLossError(None, None, f"Collection {key} of the MetaGraphDef is damaged: {error}.") from None


def _trainable_is_known(message: meta_graph_pb2.MetaGraphDef) -> bool:
    """Whether the messages of variables say if they are trainable, which they do since TensorFlow 1.9."""
    version = message.meta_info_def.tensorflow_version.split(".")
    return not (len(version) > 1 and version[0] in ("0", "1") and version[1].isdigit() and int(version[1]) < 9)
