"""The line of the user's code that created each node."""

from __future__ import annotations

from tensorboard.compat.proto.graph_debug_info_pb2 import GraphDebugInfo


def source_lines(debug_info: GraphDebugInfo | None) -> dict[str, str]:
    """Maps node names to `file:line`, with ` in function` if there is one, read from the innermost frame of each trace."""
    if debug_info is None:
        return {}
    files = debug_info.files
    lines = {}
    for key, trace in debug_info.traces.items():
        if trace.file_line_cols:
            frame = trace.file_line_cols[0]
            file = files[frame.file_index] if 0 <= frame.file_index < len(files) else "?"
            where = f" in {frame.func}" if frame.func not in ("", "<module>") else ""
            lines[key.partition("@")[0]] = f"{file}:{frame.line}{where}"
    return lines
