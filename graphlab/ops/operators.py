"""Gives Python's binary operators on tensors their meaning: names, conversion of the other side, order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphlab.graph.registry import operator
from graphlab.graph.tensor import Tensor
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope


def install_operator(symbol: str, function: Callable[[Any, Any, str], Any], right: str = "y") -> None:
    """Makes `function(x, y, name)` the meaning of an operator, whichever side the tensor is on.

    Args:
        symbol: the operator's name, which its nodes get too, for example `add`.
        function: adds the nodes to an open scope of that name.
        right: what a constant on the right is called.
    """

    def forward(x: Tensor, y: Any) -> Any:
        with name_scope(None, symbol, [x, y]) as scope:
            return function(x, convert_to_tensor(y, preferred_dtype=x.dtype.base_dtype, name=right), scope)

    def reflected(x: Any, y: Tensor) -> Any:
        with name_scope(None, symbol, [x, y]) as scope:
            return function(convert_to_tensor(x, dtype=y.dtype.base_dtype, name="x"), y, scope)

    operator(symbol)(forward)
    operator("r" + symbol)(reflected)
