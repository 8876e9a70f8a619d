"""A graph in Graphviz' language, for print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tensorboard.compat.proto.graph_pb2 import GraphDef

_STYLES = {
    "Const": 'shape=circle, width=0.15, label="", xlabel={name}',
    "Placeholder": "shape=box, style=rounded, color=seagreen, label={name}",
    "NoOp": "shape=box, style=dashed, label={name}",
}


def graphviz_source(graph_def: GraphDef, depth: int | None = None) -> str:
    """Writes a graph in the dot language, scopes as clusters.

    Args:
        graph_def: the graph.
        depth: how many scopes deep to open; what lies deeper is one box. None opens all.

    Returns:
        Text for ``dot -Tsvg`` and its kin.
    """
    places = {node.name: _visible(node.name, depth) for node in graph_def.node}
    boxes = Counter(places.values())
    ops = {node.name: node.op for node in graph_def.node}
    lines = ["digraph {", "  rankdir=BT;", "  node [fontname=Helvetica, fontsize=11]; edge [color=gray40];"]
    lines += _clusters(sorted(boxes), ops, boxes)
    edges: Counter[tuple[str, str, bool]] = Counter()
    for node in graph_def.node:
        for text in node.input:
            source = places.get(text.removeprefix("^").partition(":")[0])
            if source is not None and source != places[node.name]:
                edges[source, places[node.name], text.startswith("^")] += 1
    for (source, target, is_control), count in edges.items():
        style = " [style=dashed]" if is_control else f' [label="{count}"]' if count > 1 else ""
        lines.append(f"  {_quoted(source)} -> {_quoted(target)}{style};")
    return "\n".join([*lines, "}", ""])


def _visible(name: str, depth: int | None) -> str:
    parts = name.split("/")
    return name if depth is None else "/".join(parts[: depth + 1])


def _clusters(paths: list[str], ops: dict[str, str], boxes: Counter[str]) -> Iterator[str]:
    """Opens and closes clusters on the way through the sorted paths."""
    opened: list[str] = []
    for path in sorted(paths, key=lambda one: one.split("/")):
        scopes = path.split("/")[:-1]
        while opened != scopes[: len(opened)]:
            opened.pop()
            yield f"{'  ' * (len(opened) + 1)}}}"
        for label in scopes[len(opened) :]:
            indent = "  " * (len(opened) + 1)
            opened.append(label)
            yield f"{indent}subgraph {_quoted('cluster_' + '/'.join(opened))} {{ label={_quoted(label)}; style=rounded; color=gray70;"
        indent = "  " * (len(opened) + 1)
        yield f"{indent}{_quoted(path)} [{_style(path, ops.get(path), boxes[path])}];"
    while opened:
        opened.pop()
        yield f"{'  ' * (len(opened) + 1)}}}"


def _style(path: str, op: str | None, count: int) -> str:
    label = path.rpartition("/")[2]
    if op is None or count > 1:
        return f"shape=box3d, label={_quoted(f'{label} ({count} ops)')}"
    return _STYLES.get(op, "shape=box, style=rounded, label={name}").format(name=_quoted(label))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
