"""GraphDef messages as flat binary columns, the form in which a graph crosses to the browser.

A message is `magic, schema, header length` (three little-endian 32-bit words), a JSON header that
lists its sections, then the sections themselves, each aligned to eight bytes. The first message of
a graph has base 0; later ones append to the same tables. `frontend/src/protocol/payload.ts` reads it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from tensorboard.compat.proto.graph_debug_info_pb2 import GraphDebugInfo
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.node_def_pb2 import NodeDef

from labext.attributes import UNKNOWN_SHAPE, Attributes, AttributeTable
from labext.source_lines import source_lines

MAGIC = 0x4258_474C  # b"LGXB"
SCHEMA = 1
CONTROL_SLOT = -1
MISSING_NODE = -1
MAX_NAME_CHARACTERS = 4096

Columns = dict[str, "np.ndarray[Any, Any] | bytes"]


def encode(graph_def: GraphDef, debug_info: GraphDebugInfo | None = None) -> bytes:
    """Encodes a whole graph as one message.

    Args:
      graph_def: the graph; with `_output_shapes` attributes its edges carry shapes.
      debug_info: creation site of each node, where known.

    Returns:
      One message with base 0.
    """
    return GraphEncoder().encode(graph_def, debug_info)


class GraphEncoder:
    """Encodes a growing graph: each call appends the nodes of one more GraphDef."""

    def __init__(self) -> None:
        self._nodes: dict[str, int] = {}
        self._strings = _StringTable()
        self._attributes = AttributeTable()

    @property
    def node_count(self) -> int:
        """How many nodes have been encoded so far."""
        return len(self._nodes)

    def encode(self, graph_def: GraphDef, debug_info: GraphDebugInfo | None = None) -> bytes:
        """Encodes the nodes of `graph_def` as the continuation of what came before.

        Nodes whose names are known already are left out, so a message sent twice adds nothing.
        """
        base = len(self._nodes)
        string_base = self._strings.count
        shape_base = self._attributes.shape_count
        nodes = self._register(graph_def.node)
        columns = self._node_columns(nodes, source_lines(debug_info))
        columns |= self._input_columns(nodes)
        columns |= self._attributes.shape_columns(shape_base)
        columns |= self._strings.columns(string_base)
        header = {"base": base, "nodes": len(nodes), "stringBase": string_base, "shapeBase": shape_base}
        return _pack(header, columns)

    def _register(self, nodes: Iterable[NodeDef]) -> list[tuple[str, NodeDef]]:
        known = self._nodes
        added = []
        for node in nodes:
            name = node.name
            if name not in known:
                known[name] = len(known)
                added.append((name, node))
        return added

    def _node_columns(self, nodes: Sequence[tuple[str, NodeDef]], sources: dict[str, str]) -> Columns:
        intern = self._strings.intern
        read = self._attributes.read
        rows: list[tuple[int, int, int, int, int]] = []
        outputs: list[tuple[int, int]] = []
        output_ends: list[int] = [0]
        for name, node in nodes:
            op = node.op
            attributes: Attributes = read(op, node.attr)
            rows.append(
                (
                    intern(name[:MAX_NAME_CHARACTERS]),
                    intern(op),
                    intern(node.device),
                    intern(attributes.text),
                    intern(sources.get(name, "")),
                )
            )
            outputs.extend((intern(dtype), shape) for dtype, shape in attributes.outputs)
            output_ends.append(len(outputs))
        table = np.array(rows, np.uint32).reshape(-1, 5)
        output_table = np.array(outputs, np.uint32).reshape(-1, 2)
        names = ("name", "op", "device", "attributes", "source")
        columns: Columns = {column: np.ascontiguousarray(table[:, i]) for i, column in enumerate(names)}
        columns["outputEnds"] = np.array(output_ends, np.uint32)
        columns["outputType"] = np.ascontiguousarray(output_table[:, 0])
        columns["outputShape"] = np.ascontiguousarray(output_table[:, 1])
        return columns

    def _input_columns(self, nodes: Sequence[tuple[str, NodeDef]]) -> Columns:
        index = self._nodes
        sources: list[int] = []
        slots: list[int] = []
        ends: list[int] = [0]
        for _, node in nodes:
            for text in node.input:
                source = index.get(text)
                slot = 0
                if source is None:
                    source, slot = _parse_input(text, index)
                sources.append(source)
                slots.append(slot)
            ends.append(len(sources))
        return {
            "inputEnds": np.array(ends, np.uint32),
            "inputNode": np.array(sources, np.int32),
            "inputSlot": np.array(slots, np.int32),
        }


def _parse_input(text: str, index: dict[str, int]) -> tuple[int, int]:
    """Reads `^name`, `name:slot` or `name:port:slot`; a name not in the graph gives MISSING_NODE."""
    if text.startswith("^"):
        return index.get(text[1:], MISSING_NODE), CONTROL_SLOT
    name, _, rest = text.partition(":")
    slot = rest.rpartition(":")[2]
    return index.get(name, MISSING_NODE), int(slot) if slot.isdecimal() else 0


class _StringTable:
    """Each distinct text once; index 0 is the empty text."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {"": 0}

    @property
    def count(self) -> int:
        return len(self._index) if len(self._index) > 1 else 0

    def intern(self, text: str) -> int:
        return self._index.setdefault(text, len(self._index))

    def columns(self, start: int) -> Columns:
        texts = [text.encode("utf-8", "replace") for text in list(self._index)[start:]]
        ends = np.zeros(len(texts) + 1, np.uint32)
        np.cumsum([len(text) for text in texts], out=ends[1:])
        return {"stringEnds": ends, "stringBytes": b"".join(texts)}


def _pack(header: dict[str, Any], columns: Columns) -> bytes:
    sections: list[tuple[str, str, int, int]] = []
    blobs: list[bytes] = []
    offset = 0
    for name, column in columns.items():
        blob = column if isinstance(column, bytes) else column.tobytes()
        kind = "u1" if isinstance(column, bytes) else column.dtype.str[1:]
        sections.append((name, kind, offset, len(blob)))
        padding = -len(blob) % 8
        blobs.append(blob + bytes(padding))
        offset += len(blob) + padding
    text = json.dumps({**header, "sections": sections}, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 12) % 8)
    return b"".join([struct.pack("<III", MAGIC, SCHEMA, len(text)), text, *blobs])


__all__ = ["CONTROL_SLOT", "MAGIC", "MISSING_NODE", "SCHEMA", "UNKNOWN_SHAPE", "GraphEncoder", "encode"]
