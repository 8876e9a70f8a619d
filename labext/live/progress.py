"""Counts the training steps of a session."""

from __future__ import annotations

from dataclasses import dataclass

from labext.live.contract import Run


@dataclass(slots=True)
class Progress:
    """How many training steps a session has made since its variables were initialised."""

    step: int = 0


def is_initialization(run: Run) -> bool:
    """Whether the run gives variables their first values."""
    return not run.is_step and any(name.endswith("/Assign") for name in run.operations)
