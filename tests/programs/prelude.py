"""What the book's notebook defines before its first cell: a fresh, seeded graph, and the housing data."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import graphlab as tf
import numpy as np

_HOUSING = Path(__file__).parents[2] / "graphlab" / "datasets" / "california_housing.py"


def reset_graph(seed: int = 42) -> None:
    """Replace the default graph by an empty one and seed it and NumPy."""
    tf.reset_default_graph()
    tf.set_random_seed(seed)
    np.random.seed(seed)


def fetch_california_housing() -> Any:
    """Return the California housing figures, as scikit-learn's function of this name does."""
    # Run by its path: under the oracle the name `graphlab` means TensorFlow.
    return runpy.run_path(str(_HOUSING))["load_california_housing"]()
