"""Puts the shipped data where scikit-learn looks before it downloads."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import joblib
import platformdirs

from graphlab.datasets.california_housing import read_census_table

# The name and, below, the order of columns that scikit-learn's own download leaves behind.
_CACHE_NAME = "cal_housing_py3.pkz"
_SKLEARN_ORDER = [8, 7, 2, 3, 4, 5, 6, 1, 0]


def housing_home(folder: str | os.PathLike[str] | None = None) -> str:
    """A `data_home` with which scikit-learn finds the California housing data offline.

    Args:
        folder: Where the cache shall lie; by default this package's folder in the user's cache.

    Returns:
        The folder, for `fetch_california_housing(data_home=...)`.

    Raises:
        OSError: The folder cannot be written.

    Example:
        >>> from sklearn.datasets import fetch_california_housing
        >>> housing = fetch_california_housing(data_home=housing_home(), download_if_missing=False)
        >>> housing.data.shape
        (20640, 8)
    """
    home = Path(folder) if folder is not None else platformdirs.user_cache_path("graph-lab") / "scikit_learn"
    home.mkdir(parents=True, exist_ok=True)
    cached = home / _CACHE_NAME
    if not cached.exists():
        # Written beside and renamed, so that a second notebook never reads half a file.
        with tempfile.NamedTemporaryFile(dir=home, suffix=".part", delete=False) as part:
            joblib.dump(read_census_table()[:, _SKLEARN_ORDER], part, compress=6)
        Path(part.name).replace(cached)
    return str(home)
