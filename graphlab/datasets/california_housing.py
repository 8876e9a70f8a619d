"""The California housing data: 20,640 districts of the 1990 US census."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FEATURE_NAMES = (
    "MedInc",
    "HouseAge",
    "AveRooms",
    "AveBedrms",
    "Population",
    "AveOccup",
    "Latitude",
    "Longitude",
)

_FILE = Path(__file__).parent / "california_housing.csv.gz"


class Housing(NamedTuple):
    """What scikit-learn's `fetch_california_housing` calls data, target and feature_names.

    Attributes:
        data: float64, shape (20640, 8), one row a district, one column a feature name.
        target: float64, shape (20640,), median house value in units of 100,000 dollars.
        feature_names: Names of the eight columns.
    """

    data: NDArray[np.float64]
    target: NDArray[np.float64]
    feature_names: tuple[str, ...] = FEATURE_NAMES


def load_california_housing() -> Housing:
    """Loads the data that scikit-learn's `fetch_california_housing` downloads, bit for bit.

    Source: R. Kelley Pace and Ronald Barry, "Sparse Spatial Autoregressions", Statistics and
    Probability Letters 33 (1997), 291-297; distributed by StatLib.

    Returns:
        The features and the target. Averages (rooms, bedrooms, occupants) are per household.

    Example:
        >>> housing = load_california_housing()
        >>> housing.data.shape
        (20640, 8)
        >>> float(housing.target[0])
        4.526
    """
    table = read_census_table()
    longitude, latitude, age, rooms, bedrooms, population, households, income, value = table.T
    data = np.column_stack(
        [
            income,
            age,
            rooms / households,
            bedrooms / households,
            population,
            population / households,
            latitude,
            longitude,
        ]
    )
    return Housing(data, value / 100_000.0)


def read_census_table() -> NDArray[np.float64]:
    """The census figures as StatLib has them.

    Returns:
        float64, shape (20640, 9): longitude and latitude in degrees, median age of the houses in
        years, numbers of rooms, bedrooms, people and households, median income in 10,000 dollars,
        median house value in dollars.
    """
    return np.loadtxt(_FILE, delimiter=",", dtype=np.float64)
