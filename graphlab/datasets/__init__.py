"""Data sets that ship with the package, so that every lesson runs offline."""

from graphlab.datasets.california_housing import Housing, load_california_housing
from graphlab.datasets.sklearn_cache import housing_home

__all__ = ["Housing", "housing_home", "load_california_housing"]
