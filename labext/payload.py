"""GraphDef messages as flat binary columns, the form in which a graph crosses to the browser.

A message is `magic, schema, header length` (three little-endian 32-bit words), a JSON header that
lists its sections, then the sections themselves, each aligned to eight bytes. The first message of
a graph has base 0; later ones append to the same tables. `frontend/src/protocol/payload.ts` reads it.
"""

from __future__ import annotations

import itertools
import json
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from tensorboard.compat.proto.graph_debug_info_pb2 import GraphDebugInfo
from tensorboard.compat.proto.graph_pb2 import GraphDef

from labext.node_kinds import KindTable
from labext.source_lines import source_lines
from labext.tables import Columns, ShapeTable, StringTable
from labext.wire import RawNodes

MAGIC = 0x4258_474C  # b"LGXB"
SCHEMA = 1
CONTROL_SLOT = -1
MISSING_NODE = -1
MAX_NAME_CHARACTERS = 4096


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
        self._nodes = _NodeIndex()
        self._strings = StringTable()
        self._shapes = ShapeTable()
        self._kinds = KindTable(self._strings, self._shapes)

    @property
    def node_count(self) -> int:
        """How many nodes have been encoded so far."""
        return len(self._nodes)

    def encode(self, graph_def: GraphDef, debug_info: GraphDebugInfo | None = None) -> bytes:
        """Encodes the nodes of `graph_def` as the continuation of what came before.

        A node whose name is taken is kept under a name of its own, so that positions stay what they are.
        """
        base = len(self._nodes)
        string_base, shape_base = self._strings.count, self._shapes.count
        nodes = RawNodes(graph_def)
        names = self._register(nodes.names)
        columns = self._node_columns(names, nodes, source_lines(debug_info))
        columns |= self._input_columns(nodes)
        columns |= self._shapes.columns(shape_base)
        columns |= self._strings.columns(string_base)
        header = {"base": base, "nodes": len(names), "stringBase": string_base, "shapeBase": shape_base}
        return _pack(header, columns)

    def _register(self, names: list[bytes]) -> list[bytes]:
        known = self._nodes
        base = len(known)
        if known.keys().isdisjoint(names):
            known.update(zip(names, itertools.count(base)))
            if len(known) == base + len(names):
                return names
            for name in set(names):
                del known[name]
        unique = []
        for name in names:
            numbered = (b"%b (%d)" % (name, count) for count in itertools.count(2))
            free = next(other for other in itertools.chain([name], numbered) if other not in known)
            known[free] = len(known)
            unique.append(free)
        return unique

    def _node_columns(self, names: Sequence[bytes], nodes: RawNodes, sources: dict[str, str]) -> Columns:
        output_counts, columns = self._kinds.columns(nodes.kinds(self._kinds.__getitem__))
        is_long = max(map(len, names), default=0) > MAX_NAME_CHARACTERS
        columns["name"] = self._strings.append_all([*map(_shorten, names)] if is_long else names)
        lines = [sources.get(name.decode(), "") for name in names] if sources else []
        columns["source"] = self._strings.intern_all(lines) if lines else np.zeros(len(names), np.uint32)
        columns["outputEnds"] = np.concatenate([[0], np.cumsum(output_counts)]).astype(np.uint32)
        return columns

    def _input_columns(self, nodes: RawNodes) -> Columns:
        found = np.array(nodes.inputs(self._nodes.__getitem__), "<i8")
        sources, slots = found.view("<i4").reshape(-1, 2).T
        slots[nodes.are_control] = CONTROL_SLOT
        return {"inputEnds": nodes.input_ends.astype(np.uint32), "inputNode": sources, "inputSlot": slots}


class _NodeIndex(dict[bytes, int]):
    """Nodes by name; for the text of an input, its node in the lower 32 bits and its slot above."""

    def __missing__(self, text: bytes) -> int:
        """Reads `name:slot` or `name:port:slot`; a name not in the graph gives MISSING_NODE."""
        name, _, rest = text.partition(b":")
        digits = rest.rpartition(b":")[2]
        slot = int(digits) if digits.isdigit() and len(digits) < 10 else 0  # Fits into 32 bits.
        return slot << 32 | self.get(name, MISSING_NODE) & 0xFFFF_FFFF


def _shorten(name: bytes) -> bytes:
    text = name.decode("utf-8", "replace")
    return (text if len(text) <= MAX_NAME_CHARACTERS else f"{text[: MAX_NAME_CHARACTERS - 1]}…").encode()


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
