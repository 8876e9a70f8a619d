"""What one wrong use is, and what comes of it."""

from __future__ import annotations

import builtins
import dataclasses
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

from tests.oracle.graph_json import Json


@dataclasses.dataclass(frozen=True)
class Refusal:
    """A wrong use, called in a new graph, and what the message has to contain in TensorFlow and here."""

    use: Callable[[ModuleType], Any]
    phrases: tuple[str, ...]


def refused(use: Callable[[ModuleType], Any], *phrases: str) -> Refusal:
    """Return a wrong use and the phrases of its error."""
    return Refusal(use, phrases)


def provoke(refusal: Refusal, tf: ModuleType) -> Json:
    """Return the public classes, the message and the operation of the error, or what was accepted instead."""
    with tf.Graph().as_default():
        try:
            accepted = refusal.use(tf)
        except Exception as error:  # noqa: BLE001 - the error is the answer
            op = getattr(error, "op", None)
            return {
                "classes": [name for name in (kind.__name__ for kind in type(error).__mro__) if _is_public(name, tf)],
                "op": None if op is None else op.name,
                "missing": [phrase for phrase in refusal.phrases if _plain(phrase) not in _plain(str(error))],
                "message": str(error),
            }
    return {"accepted": str(accepted)}


def running(tf: ModuleType, fetch: Any, feeds: Any = None) -> Any:
    """Run a fetch in a new session."""
    with tf.Session() as session:
        return session.run(fetch, feed_dict=feeds)


def placeholder(tf: ModuleType, *shape: int | None, dtype: str = "float32", name: str = "x") -> Any:
    """Return a placeholder of these sizes."""
    return tf.placeholder(dtype, shape=shape, name=name)


def variable(tf: ModuleType) -> Any:
    """Return a variable named v that holds two numbers."""
    return tf.Variable([1.0, 2.0], name="v")


def _plain(text: str) -> str:
    """Return a text with its shapes in one spelling: TensorFlow itself has (2, 3) as well as [2,3]."""

    def brackets(shape: re.Match[str]) -> str:
        return "[" + shape.group(1).replace(" ", "").removesuffix(",") + "]"

    return re.sub(r"[(\[]((?:[\d?]+,? ?)*)[)\]]", brackets, text)


def _is_public(name: str, tf: ModuleType) -> bool:
    return hasattr(builtins, name) or hasattr(tf.errors, name)
