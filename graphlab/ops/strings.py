"""Strings: joining and matching them."""

from __future__ import annotations

import functools
import re
from typing import Any

import numpy as np

from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import SCALAR, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build
from graphlab.ops.shape_rules import unchanged


def _join_shape(op: Operation) -> TensorShape:
    shape = SCALAR
    for tensor in op.inputs:
        if tensor.shape.ndims != 0:
            shape = tensor.shape if shape.ndims == 0 else shape.merge_with(tensor.shape)
    return shape


def _join(k: Any, *parts: Any) -> Any:
    separator = k.attr["separator"]
    between = separator.encode() if isinstance(separator, str) else separator
    whole = functools.reduce(lambda a, b: a + between + b, [np.asarray(p, object) for p in parts])
    return np.asarray(whole, object)


register(
    "StringJoin", "inputs: N*string -> output: string", separator="", shape=_join_shape, lower=_join, effect=Effect.HOST
)


def string_join(inputs: Any, separator: str = "", name: str | None = None) -> Tensor:
    """Joins strings element by element. Mirrors `tf.string_join`.

    Args:
        inputs: tensors of strings, of one shape or scalars.
        separator: goes between them.
        name: the name of the operation.
    """
    result: Tensor = build.add("StringJoin", inputs, name=name, separator=separator)
    return result


def _matches(pattern: str, strings: Any) -> Any:
    whole = re.compile(pattern.encode())
    array = np.asarray(strings, object)
    return np.array([bool(whole.fullmatch(s)) for s in array.ravel()], bool).reshape(array.shape)


register(
    "StaticRegexFullMatch",
    "input: string -> output: bool",
    shape=unchanged,
    lower=lambda k, x: _matches(k.attr["pattern"], x),
    effect=Effect.HOST,
)


def regex_full_match(input: Any, pattern: str, name: str | None = None) -> Tensor:
    """Returns for each string whether a regular expression matches the whole of it. Mirrors `tf.strings.regex_full_match`.

    Args:
        input: strings.
        pattern: the regular expression, in Python's syntax where RE2's differs.
        name: the name of the operation.

    Raises:
        TypeError: the pattern is a tensor.
    """
    if not isinstance(pattern, str):
        raise TypeError(f"regex_full_match needs a Python string as pattern, not {pattern!r}.")
    result: Tensor = build.add("StaticRegexFullMatch", input, name=name, pattern=pattern)
    return result
