"""The default graph and the default session of each thread."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


class Runner(Protocol):
    """What tensors need of a session."""

    graph: Any

    def run(self, fetches: Any, feed_dict: Any = None) -> Any:
        """Evaluates the fetches."""


class DefaultStack(threading.local, Generic[T]):
    """A stack of defaults, one for each thread."""

    def __init__(self) -> None:
        self.items: list[T] = []
        self.enforces_nesting = True

    @contextlib.contextmanager
    def entered(self, item: T) -> Iterator[T]:
        """Makes `item` the default within a `with` block."""
        self.items.append(item)
        try:
            yield item
        finally:
            if self.items and self.items[-1] is item:
                self.items.pop()
            elif item in self.items:
                if self.enforces_nesting:
                    raise AssertionError(
                        f"Nesting violated: the default {item!r} was left while another one was entered inside it."
                    )
                self.items.remove(item)

    def top(self) -> T | None:
        """The innermost default of this thread, or None."""
        return self.items[-1] if self.items else None


sessions: DefaultStack[Runner] = DefaultStack()


def get_default_session() -> Any:
    """Returns the innermost default session of this thread, or None. Mirrors `tf.get_default_session`."""
    return sessions.top()


def session_for(session: Any, graph: Any, action: str) -> Any:
    """Returns the session in which to evaluate something of `graph`.

    Raises:
        ValueError: none was given and there is no default one, or it belongs to another graph.
    """
    found = session if session is not None else sessions.top()
    if found is None:
        raise ValueError(
            f"Cannot {action}: No default session is registered. Use `with tf.Session() as sess:` or pass an explicit session to `eval(session=sess)`."
        )
    if found.graph is not graph:
        origin = "The given session" if session is not None else "The default session"
        raise ValueError(
            f"Cannot {action}: {origin} belongs to a different graph. The session's graph is different from the tensor's graph. "
            "Pass an explicit session that was made with `tf.Session(graph=tensor.graph)`."
        )
    return found
