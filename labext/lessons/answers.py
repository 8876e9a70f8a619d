"""Comparisons that say what is wrong: the variable, its value, what was expected, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

import graphlab as tf
from labext.language import tr
from labext.lessons.exercise import WrongAnswerError


def reject(name: str, value: object, expected: str, why: str = "") -> WrongAnswerError:
    """Says that a variable has a value which is not the expected one."""
    told = tr(
        "`{name}` is {value}, but {expected} is expected. {why}", name=name, value=value, expected=expected, why=why
    )
    return WrongAnswerError(told.rstrip())


def as_numbers(name: str, value: Any, expected: str) -> npt.NDArray[Any]:
    """Makes an array of a number, an array or a list of numbers.

    Args:
        name: the learner's variable.
        value: what it holds; a bool counts as no number.
        expected: what is asked for, in words.

    Raises:
        WrongAnswerError: there is something else in it.
    """
    entries = value if isinstance(value, list | tuple) else [value]
    if any(isinstance(entry, tf.Tensor | tf.Variable) for entry in entries):
        raise reject(name, value, expected, tr("Nodes have no value until a session runs them."))
    try:
        array = np.asarray(value)
    except ValueError:
        raise reject(name, repr(value), expected) from None
    if array.dtype.kind not in "iuf":
        raise reject(name, repr(value), expected)
    return array


def expect_number(
    name: str,
    value: Any,
    expected: float,
    *,
    tolerance: float = 1e-6,
    mistakes: Mapping[int, str] | Mapping[float, str] | None = None,
) -> None:
    """Accepts a number of any kind that equals the expected one.

    Args:
        name: the learner's variable.
        value: what it holds; a bool counts as no number.
        expected: the right number.
        tolerance: the largest accepted difference, relative to the larger of 1 and `expected`.
        mistakes: for likely wrong numbers, what lies behind them.

    Raises:
        WrongAnswerError: it is no number, or another one.
    """
    array = as_numbers(name, value, tr("a number"))
    if array.size != 1:
        raise reject(name, repr(value), tr("a number"))
    number = float(array.reshape(()))
    if not _is_close(number, expected, tolerance):
        explained = (why for wrong, why in (mistakes or {}).items() if _is_close(number, wrong, tolerance))
        raise reject(name, f"{number:g}", f"{expected:g}", next(explained, ""))


def expect_choice(name: str, value: Any, expected: str, mistakes: Mapping[str, str]) -> None:
    """Accepts one of several words, whatever its case.

    Args:
        name: the learner's variable.
        value: what it holds.
        expected: the right word.
        mistakes: the other words, each with why it is wrong.

    Raises:
        WrongAnswerError: it is no such word, or a wrong one.
    """
    words = sorted([expected, *mistakes])
    if not isinstance(value, str) or value.strip().casefold() not in {word.casefold() for word in words}:
        raise reject(name, repr(value), tr("one of {words}", words=", ".join(map(repr, words))))
    for word, why in mistakes.items():
        if value.strip().casefold() == word.casefold():
            raise WrongAnswerError(
                tr("`{name}` is {value}, which is not right. {why}", name=name, value=repr(value), why=why)
            )


def expect_truth(name: str, value: Any, *, expected: bool, why: str) -> None:
    """Accepts the right one of True and False."""
    if not isinstance(value, bool | np.bool_):
        raise reject(name, repr(value), tr("True or False"))
    if bool(value) is not expected:
        raise reject(name, value, str(expected), why)


def expect_names(name: str, value: Any, expected: Sequence[str], why: str = "") -> None:
    """Accepts a list or tuple of the expected words, in their order."""
    if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
        raise reject(name, repr(value), tr("a list of names"))
    if len(value) != len(expected):
        told = tr(
            "`{name}` has {count} entries, but {expected} are expected. {why}",
            name=name,
            count=len(value),
            expected=len(expected),
            why=why,
        )
        raise WrongAnswerError(told.rstrip())
    for place, (got, right) in enumerate(zip(value, expected, strict=True)):
        if got.strip() != right:
            raise reject(f"{name}[{place}]", repr(got), tr("another name"), why)


def expect_array(name: str, value: Any, expected: npt.ArrayLike, *, tolerance: float = 1e-4, why: str = "") -> None:
    """Accepts an array that equals the expected one.

    Raises:
        WrongAnswerError: its shape or one of its elements differs.
    """
    got, right = as_numbers(name, value, tr("an array")), np.asarray(expected)
    if got.shape != right.shape:
        raise reject(name, tr("of shape {shape}", shape=got.shape), tr("shape {shape}", shape=right.shape), why)
    if not np.allclose(got, right, rtol=tolerance, atol=tolerance):
        place = np.unravel_index(np.argmax(np.abs(got - right)), right.shape)
        index = f"[{', '.join(str(int(i)) for i in place)}]" if place else ""
        raise reject(f"{name}{index}", f"{float(got[place]):g}", f"{float(right[place]):g}", why)


def expect_tensor(name: str, value: Any) -> tf.Tensor:
    """Accepts a node of a graph.

    Returns:
        Its tensor; of a variable, its value.

    Raises:
        WrongAnswerError: it is something else.
    """
    if isinstance(value, tf.Variable):
        return value.value()
    if not isinstance(value, tf.Tensor):
        raise reject(name, repr(value), tr("a tensor"), tr("Build a node, and leave its evaluation to the check."))
    return value


def expect_variable(name: str, value: Any) -> tf.Variable:
    """Accepts a variable.

    Raises:
        WrongAnswerError: it is something else.
    """
    if not isinstance(value, tf.Variable):
        raise reject(name, repr(value), tr("a tf.Variable"))
    return value


def initialized_session(graph: tf.Graph) -> tf.Session:
    """Opens a session whose variables have their initial values, and adds no node for that.

    Raises:
        WrongAnswerError: an initial value depends on a placeholder.
    """
    session = tf.Session(graph=graph)
    session.run([variable.initializer for variable in graph.get_collection(tf.GraphKeys.GLOBAL_VARIABLES)])
    return session


def evaluate(name: str, value: Any, feeds: Mapping[Any, Any] | None = None) -> npt.NDArray[Any]:
    """Evaluates a learner's node in a session of its own, with initialised variables."""
    tensor = expect_tensor(name, value)
    with initialized_session(tensor.graph) as session:
        return np.asarray(session.run(tensor, feed_dict=dict(feeds or {})))


def _is_close(one: float, other: float, tolerance: float) -> bool:
    return abs(one - other) <= tolerance * max(1.0, abs(other))
