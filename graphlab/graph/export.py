"""Writes a graph as TensorFlow's messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tensorboard.compat.proto import graph_debug_info_pb2, graph_pb2, versions_pb2

from graphlab.graph import attributes
from graphlab.graph.tensor import Operation

PRODUCER: Final = 2474  # the graph version that TensorFlow 2.21 writes
MIN_CONSUMER: Final = 0


def graph_def(
    operations: Sequence[Operation], versions: versions_pb2.VersionDef, add_shapes: bool
) -> graph_pb2.GraphDef:
    """Returns operations as a `GraphDef`."""
    message = graph_pb2.GraphDef(versions=versions)
    for op in operations:
        node = message.node.add()
        node.CopyFrom(attributes.node_def(op))
        if add_shapes and op.outputs:
            attributes.set_attr(node.attr["_output_shapes"], [tensor.shape for tensor in op.outputs])
    return message


def debug_info(operations: Sequence[Operation]) -> graph_debug_info_pb2.GraphDebugInfo:
    """Returns for each operation the line of the user's program that created it."""
    message = graph_debug_info_pb2.GraphDebugInfo()
    files: dict[str, int] = {}
    for op in operations:
        if op.site.file not in files:
            files[op.site.file] = len(files)
            message.files.append(op.site.place)
        message.traces[op.name].file_line_cols.add(
            file_index=files[op.site.file], line=op.site.line, func=op.site.function
        )
    return message
