"""What a program does with its sessions, written down, and done again with a graph that somebody else wrote."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import io
import runpy
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np

from tests.oracle.execution import PROGRAMS, value_json
from tests.oracle.graph_json import Json


@dataclasses.dataclass(frozen=True)
class Run:
    """One run of a session.

    Attributes:
        session: Which session of the program it was, counted from 0.
        fetches: Names of what was fetched.
        feeds: Arrays by the name of the tensor fed.
        values: What came, in the order of the fetches; None for operations.
    """

    session: int
    fetches: list[str]
    feeds: dict[str, Any]
    values: list[Any]


@dataclasses.dataclass(frozen=True)
class Recording:
    """The default graph at the end of a program, serialised, and the runs that it did with it."""

    graph_def: bytes
    runs: list[Run]


def record(name: str, tf: ModuleType, most_runs: int) -> Recording:
    """Run a program and return its graph and its first runs in that graph."""
    tf.reset_default_graph()
    recorded: list[tuple[Any, Run]] = []
    with _recorded(tf, recorded), contextlib.redirect_stdout(io.StringIO()):
        runpy.run_path(str(PROGRAMS / f"{name}.py"), run_name="__main__")
    graph = tf.get_default_graph()
    runs = [run for run_graph, run in recorded if run_graph is graph]
    written = graph.as_graph_def().SerializeToString(deterministic=True)
    return Recording(written, runs[:most_runs])


def replay(graph_def: Any, runs: list[Run], tf: ModuleType) -> list[list[Any]]:
    """Import a graph and repeat the runs in as many sessions, all of them open to the end."""
    with tf.Graph().as_default(), contextlib.ExitStack() as stack:
        tf.import_graph_def(graph_def, name="")
        sessions: dict[int, Any] = {}
        results = []
        for run in runs:
            if run.session not in sessions:
                sessions[run.session] = tf.Session()
                stack.callback(sessions[run.session].close)
            results.append(sessions[run.session].run(run.fetches, feed_dict=run.feeds))
        return results


def to_json(recording: Recording) -> Json:
    """Return a recording as JSON."""
    runs = [
        {
            "session": run.session,
            "fetches": run.fetches,
            "feeds": {name: value_json(value) for name, value in run.feeds.items()},
            "values": [None if value is None else value_json(value) for value in run.values],
        }
        for run in recording.runs
    ]
    return {"graph_def": base64.b64encode(recording.graph_def).decode("ascii"), "runs": runs}


def from_json(stored: Json) -> Recording:
    """Return the recording that `to_json` wrote, its values as `value_json` has them."""
    runs = [
        Run(
            run["session"],
            run["fetches"],
            {
                name: np.array(feed["values"], feed["dtype"]).reshape(feed["shape"])
                for name, feed in run["feeds"].items()
            },
            run["values"],
        )
        for run in stored["runs"]
    ]
    return Recording(base64.b64decode(stored["graph_def"]), runs)


@contextlib.contextmanager
def _recorded(tf: ModuleType, recorded: list[tuple[Any, Run]]) -> Iterator[None]:
    """Write down every run of every session until the end of the block."""
    sessions: list[Any] = []
    original = tf.Session.run, tf.InteractiveSession.run

    def run(self: Any, fetches: Any, feed_dict: Any = None, **arguments: Any) -> Any:
        result = original[0](self, fetches, feed_dict=feed_dict, **arguments)
        if not any(self is session for session in sessions):
            sessions.append(self)
        number = next(i for i, session in enumerate(sessions) if session is self)
        pairs = list(_pairs(fetches, result))
        feeds = {_name(key): np.asarray(value) for key, value in (feed_dict or {}).items()}
        recorded.append((self.graph, Run(number, [name for name, _ in pairs], feeds, [value for _, value in pairs])))
        return result

    tf.Session.run = tf.InteractiveSession.run = run
    try:
        yield
    finally:
        tf.Session.run, tf.InteractiveSession.run = original


def _pairs(fetches: Any, values: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(fetches, dict):
        for key in fetches:
            yield from _pairs(fetches[key], values[key])
    elif isinstance(fetches, list | tuple):
        for fetch, value in zip(fetches, values, strict=True):
            yield from _pairs(fetch, value)
    elif isinstance(values, tuple):  # of IndexedSlices
        parts = (fetches.values, fetches.indices, fetches.dense_shape)
        for part, value in zip(parts, values, strict=True):
            if part is not None:
                yield from _pairs(part, value)
    else:
        yield _name(fetches), None if values is None else np.asarray(values)


def _name(element: Any) -> str:
    return element if isinstance(element, str) else str(element.name)
