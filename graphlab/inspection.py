"""Says what saved files hold, without TensorFlow: the command `graphlab inspect`."""

from __future__ import annotations

import collections
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tensorboard.compat.proto import graph_pb2, meta_graph_pb2

from graphlab.graph import errors, registry
from graphlab.io.checkpoint_files import open_checkpoint
from graphlab.io.message_files import read_message
from graphlab.summary.events import summary_iterator
from graphlab.train.checkpoint_state import latest_checkpoint

_GRAPH_ENDINGS: Final = (".pbtxt", ".pb")
# Op types that are there so that a graph opens, and refuse to run.
_REFUSING: Final = ("SaveSlices",)


def inspect(path: str) -> Iterator[str]:
    """Yields lines that say what a file or a checkpoint holds.

    Args:
        path: a checkpoint (with or without the endings of its files), a folder of checkpoints, a `.meta` file, a
            graph (`.pb` or `.pbtxt`), or an event file.

    Raises:
        tf.errors.NotFoundError: there is nothing of that name.
        tf.errors.DataLossError: it is damaged.
        tf.errors.OpError: it cannot be read.
    """
    name = os.fspath(path)
    if Path(name).is_dir():
        latest = latest_checkpoint(name)
        if latest is None:
            raise errors.NotFoundError(None, None, f"The folder {name} has no checkpoint. Name a file in it.")
        yield from _checkpoint(latest)
    elif name.endswith(".meta"):
        message = read_message(name, meta_graph_pb2.MetaGraphDef)
        yield from _meta_graph(name, message)
    elif name.endswith(_GRAPH_ENDINGS):
        yield from _graph(name, read_message(name, graph_pb2.GraphDef))
    elif "tfevents" in Path(name).name:
        yield from _events(name)
    else:
        yield from _checkpoint(_prefix(name))


def _prefix(name: str) -> str:
    """The path of a checkpoint, given that or one of its files."""
    stem, _, ending = name.rpartition(".")
    return stem if ending == "index" or ending.startswith("data-") else name


def _checkpoint(prefix: str) -> Iterator[str]:
    reader = open_checkpoint(prefix)
    entries = sorted(reader.entries.items())
    size = sum(entry.size for _, entry in entries)
    yield f"Checkpoint {prefix}: {len(entries)} variables, {size:,} bytes"
    rows = [(name, entry.dtype_name, _shape(entry.shape), f"{entry.size:,}") for name, entry in entries]
    yield from _table(("variable", "dtype", "shape", "bytes"), rows)


def _meta_graph(name: str, message: meta_graph_pb2.MetaGraphDef) -> Iterator[str]:
    version = message.meta_info_def.tensorflow_version
    yield from _graph(name, message.graph_def, f", written by TensorFlow {version}" if version else "")
    if message.collection_def:
        rows = [(key, str(_count(value))) for key, value in sorted(message.collection_def.items())]
        yield ""
        yield from _table(("collection", "items"), rows)


def _count(collection: Any) -> int:
    kind = collection.WhichOneof("kind")
    return len(getattr(collection, kind).value) if kind else 0


def _graph(name: str, graph_def: graph_pb2.GraphDef, origin: str = "") -> Iterator[str]:
    counts = collections.Counter(node.op for node in graph_def.node)
    known = registry.registered().keys() - _REFUSING
    missing = sum(op not in known for op in counts)
    yield f"Graph {name}: {len(graph_def.node)} nodes of {len(counts)} op types{origin}"
    if graph_def.library.function:
        yield f"It has {len(graph_def.library.function)} functions, which this engine cannot run."
    verdict = "This engine can run all of them." if not missing else f"This engine cannot run {missing} of them."
    yield verdict
    ordered = sorted(counts.items(), key=lambda pair: (pair[0] in known, -pair[1], pair[0]))
    yield from _table(("op", "nodes", "runs here"), [(op, str(n), "yes" if op in known else "no") for op, n in ordered])


def _events(name: str) -> Iterator[str]:
    kinds: collections.Counter[str] = collections.Counter()
    tags: collections.Counter[str] = collections.Counter()
    for event in summary_iterator(name):
        kinds[event.WhichOneof("what") or "empty"] += 1
        tags.update(value.tag for value in event.summary.value)
    yield f"Events {name}: {kinds.total()} records"
    yield from _table(("record", "count"), [(kind, str(n)) for kind, n in sorted(kinds.items())])
    if tags:
        yield ""
        yield from _table(("tag", "values"), [(tag, str(n)) for tag, n in sorted(tags.items())])


def _shape(shape: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, shape))}]"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
