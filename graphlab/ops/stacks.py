"""Stacks: what the gradient of a loop keeps of each iteration."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import int32
from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.constant import constant


def _push(k: Any, handle: list[Any], value: Any) -> Any:
    handle.append(value)
    return value


register(
    "StackV2",
    "max_size: int32 -> handle: resource",
    stack_name="",
    shape=lambda op: TensorShape.of((2,)),
    lower=lambda k, size: [],
    effect=Effect.LIST,
    stops_gradient=True,
)
register(
    "StackPushV2",
    "handle: resource, elem: T -> output: T",
    swap_memory=False,
    shape=lambda op: op.inputs[1].shape,
    lower=_push,
    effect=Effect.LIST,
    stops_gradient=True,
)
register(
    "StackPopV2",
    "handle: resource -> elem: elem_type",
    shape=lambda op: UNKNOWN,
    lower=lambda k, handle: handle.pop(),
    effect=Effect.LIST,
    stops_gradient=True,
)


def stack(dtype: Any, name: str | None = None) -> Tensor:
    """Adds an empty stack without a bound, and returns its handle."""
    limit = constant(-1, dtype=int32)
    result: Tensor = build.add("StackV2", limit, name=name, elem_type=dtype)
    return result


def push(handle: Tensor, value: Tensor, swap_memory: bool) -> Tensor:
    """Puts a value onto a stack, and returns it."""
    result: Tensor = build.add("StackPushV2", handle, value, swap_memory=swap_memory)
    return result


def pop(handle: Tensor, dtype: Any) -> Tensor:
    """Takes the last value from a stack."""
    result: Tensor = build.add("StackPopV2", handle, elem_type=dtype)
    return result
