"""Writes a GraphDef node by node, with names made unique as TensorFlow makes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jax.extend import source_info_util
from tensorboard.compat.proto.graph_debug_info_pb2 import GraphDebugInfo
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.types_pb2 import DataType

_TYPES = {"float32": "FLOAT", "float64": "DOUBLE", "float16": "HALF"}
_MAX_TEXT = 200


class NodeWriter:
    """A graph in the making."""

    def __init__(self) -> None:
        self.graph_def = GraphDef()
        self.debug_info = GraphDebugInfo()
        self._names: dict[str, int] = {}
        self._files: dict[str, int] = {}

    def add(
        self,
        name: str,
        op: str,
        inputs: Sequence[str],
        outputs: Sequence[Any],
        attributes: Mapping[str, str],
        source_info: Any | None = None,
    ) -> str:
        """Adds a node and gives its name, which is `name` or the next free one after it.

        Args:
            name: wished name; parts between slashes are scopes.
            op: the node's type.
            inputs: tensors it reads.
            outputs: abstract values of its outputs, or anything else with shape and dtype.
            attributes: texts to show.
            source_info: where JAX says it comes from.
        """
        node = self.graph_def.node.add(name=self.unique(name), op=op, input=inputs)
        for key, text in attributes.items():
            node.attr[key].s = text[:_MAX_TEXT].encode()
        for value in outputs:
            shape = node.attr["_output_shapes"].list.shape.add()
            for size in getattr(value, "shape", ()):
                shape.dim.add(size=size if isinstance(size, int) else -1)
            node.attr["Tout"].list.type.append(_type_of(value))
        if source_info is not None:
            self._note_source(node.name, source_info_util.summarize(source_info))
        return str(node.name)

    def unique(self, name: str) -> str:
        """Gives `name`, or `name_1`, `name_2` and so on if it is taken."""
        count = self._names.get(name)
        if count is None:
            self._names[name] = 0
            return name
        while True:
            count += 1
            free = f"{name}_{count}"
            if free not in self._names:
                self._names[name] = count
                self._names[free] = 0
                return free

    def _note_source(self, name: str, summary: str) -> None:
        match = re.match(r"(.*?):(\d+)(?::\d+)? \((.*)\)$", summary)
        if match is None:
            return
        file, line, function = match.groups()
        if file not in self._files:
            self._files[file] = len(self._files)
            self.debug_info.files.append(file)
        self.debug_info.traces[name].file_line_cols.add(file_index=self._files[file], line=int(line), func=function)


def _type_of(value: Any) -> int:
    name = str(getattr(value, "dtype", ""))
    wanted = f"DT_{_TYPES.get(name, name.upper())}"
    known = wanted if wanted in set(DataType.keys()) else "DT_VARIANT"
    return int(DataType.Value(known))
