"""What two graphs have in common, node by node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.node_def_pb2 import NodeDef

ATTRIBUTE = "difference"
"""The attribute that says of each node `same`, `changed`, `added` or `removed`."""

_OUTPUT_SHAPES = "_output_shapes"


def mark_differences(before: GraphDef, after: GraphDef) -> tuple[GraphDef, GraphDef]:
    """Copies two graphs, each node marked by how it differs from its namesake in the other graph."""
    old = {node.name: node for node in before.node}
    new = {node.name: node for node in after.node}
    return (
        _marked(before, lambda node: _compare(node, new.get(node.name), "removed")),
        _marked(after, lambda node: _compare(node, old.get(node.name), "added")),
    )


def _compare(node: NodeDef, other: NodeDef | None, alone: Literal["added", "removed"]) -> str:
    if other is None:
        return alone
    return "same" if _content(node) == _content(other) else "changed"


def _content(node: NodeDef) -> tuple[object, ...]:
    attributes = {
        name: value.SerializeToString(deterministic=True) for name, value in node.attr.items() if name != _OUTPUT_SHAPES
    }
    return node.op, tuple(node.input), node.device, attributes


def _marked(graph_def: GraphDef, mark: Callable[[NodeDef], str]) -> GraphDef:
    copy = GraphDef()
    copy.CopyFrom(graph_def)
    for node in copy.node:
        node.attr[ATTRIBUTE].s = mark(node).encode()
    return copy
