"""What XLA's cost analysis says of single operations."""

from __future__ import annotations

from typing import Any

import jax
from jax.extend.core import JaxprEqn

_MAX_ANALYSED = 1000
"""Each analysis takes some milliseconds; equal operations share one."""


class CostTable:
    """Remembers the costs of operations by what they do and on which shapes."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    def of(self, eqn: JaxprEqn) -> dict[str, str]:
        """Gives `flops` and `bytes` of one evaluation; nothing where XLA does not say."""
        avals = [atom.aval for atom in eqn.invars]
        key = f"{eqn.primitive.name} {eqn.params} {avals}"
        if key not in self._known:
            self._known[key] = _analyse(eqn, avals) if len(self._known) < _MAX_ANALYSED else {}
        return self._known[key]


def _analyse(eqn: JaxprEqn, avals: list[Any]) -> dict[str, str]:
    def evaluate(*operands: Any) -> Any:
        return eqn.primitive.bind(*operands, **eqn.params)  # type: ignore[no-untyped-call]

    try:
        shapes = [jax.ShapeDtypeStruct(aval.shape, aval.dtype) for aval in avals]  # type: ignore[no-untyped-call]
        costs: Any = jax.jit(evaluate).lower(*shapes).cost_analysis()
    except Exception:  # noqa: BLE001 - an operation that cannot stand alone has no costs, and is shown all the same
        return {}
    if not isinstance(costs, dict):
        return {}
    named = {"flops": costs.get("flops"), "bytes": costs.get("bytes accessed")}
    return {name: f"{value:.0f}" for name, value in named.items() if value is not None and value >= 0}
