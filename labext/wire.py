"""Cuts the nodes of a GraphDef out of its bytes without making an object of each; texts stay UTF-8.

Protobuf's Python objects cost several microseconds a node, a second for a large graph. Finding where
the fields begin, for all nodes at once, costs a fraction of that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.meta_graph_pb2 import CollectionDef

_NAME = 0x0A  # NodeDef.name
_OP = 0x12
_INPUT = 0x1A
_CONTROL = ord("^")
_FEW = 256
"""A step over arrays pays for more nodes than this."""

_Places = npt.NDArray[np.int64]


class RawNodes:
    """The nodes of a graph."""

    def __init__(self, graph_def: GraphDef) -> None:
        self._data = data = graph_def.SerializeToString()
        # Nodes come first, and to a message that begins with a list of bytes they are just that.
        sizes = np.array([*map(len, CollectionDef.BytesList.FromString(data).value)], np.int64)
        heads = 2 + sum((sizes >> bits > 0).astype(np.int64) for bits in (7, 14, 21, 28))
        self._ends = np.cumsum(heads + sizes)
        (row, tag, begin, start, stop), self._rests = _cut(data, self._ends - sizes, self._ends)
        name, op, inputs = (np.flatnonzero(tag == one) for one in (_NAME, _OP, _INPUT))
        names, self._ops = np.zeros((2, 2, len(sizes)), np.int64)
        names[:, row[name]] = start[name], stop[name]
        self._ops[:, row[op]] = begin[op], stop[op]
        inputs = inputs[np.argsort(row[inputs], kind="stable")]
        self.are_control = np.frombuffer(data, np.uint8).take(start[inputs], mode="clip") == _CONTROL
        """Which of the inputs, end to end, are control inputs."""
        self._inputs = (start[inputs] + self.are_control).tolist(), stop[inputs].tolist()
        self.input_ends = np.concatenate([[0], np.cumsum(np.bincount(row[inputs], minlength=len(sizes)))])
        """Where the inputs of each node end; begins with 0."""
        self.names = [data[start:stop] for start, stop in zip(*names.tolist(), strict=True)]

    def kinds(self, number: Callable[[bytes], int]) -> list[int]:
        """Numbers the rest of each node: equal for nodes of one kind."""
        data = self._data
        places = zip(*self._ops.tolist(), self._rests.tolist(), self._ends.tolist(), strict=True)
        return [number(data[op:op_end] + data[rest:end]) for op, op_end, rest, end in places]

    def inputs(self, number: Callable[[bytes], int]) -> list[int]:
        """Numbers the inputs of all nodes end to end, written as in a GraphDef but for the mark of control inputs."""
        data = self._data
        return [number(data[start:stop]) for start, stop in zip(*self._inputs, strict=True)]


def _cut(data: bytes, starts: _Places, ends: _Places) -> tuple[list[_Places], _Places]:
    """Cuts nodes into fields: name, op type and inputs are written first, in this order.

    Returns:
        Of each such field the node's row, its tag, where it begins, and where its text starts and stops; and for each
        node where its other fields begin.
    """
    table = np.frombuffer(data, np.uint8)
    rests, rows = starts.copy(), np.arange(len(starts))
    places, stops = starts, ends
    fields: list[tuple[Any, ...]] = []
    slow: list[int] = []
    while len(rows) > _FEW:
        tags, lengths = table.take(places, mode="clip"), table.take(places + 1, mode="clip")
        is_field = (places < stops) & (tags <= _INPUT)
        is_short = lengths < 128
        slow += rows[is_field & ~is_short].tolist()
        read = np.flatnonzero(is_field & is_short)
        rows, begins, stops = rows[read], places[read], stops[read]
        places = begins + 2 + lengths[read]
        rests[rows] = places
        fields.append((rows, tags[read], begins, begins + 2, places))
    others = []
    for row in [*slow, *rows.tolist()]:
        at, end = int(rests[row]), int(ends[row])
        while at < end and data[at] <= _INPUT:
            length, start = _varint(data, at + 1)
            others.append((row, data[at], at, start, start + length))
            at = start + length
        rests[row] = at
    fields.append(tuple(np.array(others, np.int64).reshape(-1, 5).T))
    return [np.concatenate(columns) for columns in zip(*fields, strict=True)], rests


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 128:
            return value, at
        shift += 7
