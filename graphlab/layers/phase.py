"""The training phase: a layer computes one thing while the network learns and another when it is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from graphlab.graph.tensor import Tensor
from graphlab.ops.conditionals import cond
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.static import constant_value


def known_phase(training: Any) -> bool | None:
    """Returns whether the network is in training, or None if only a run knows.

    Raises:
        TypeError: `training` is nothing that says so.
    """
    if isinstance(training, (bool, np.bool_, int)):
        return bool(training)
    if isinstance(training, Tensor) or hasattr(training, "graph"):
        value = constant_value(convert_to_tensor(training))
        return None if value is None else bool(value)
    raise TypeError(f"`training` must be a Python bool or a bool tensor, not {training!r}.")


def by_phase(training: Any, while_training: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    """Returns one of two results: chosen now if the phase is known, else a conditional in the graph."""
    phase = known_phase(training)
    if phase is None:
        return cond(training, while_training, otherwise)
    return while_training() if phase else otherwise()
