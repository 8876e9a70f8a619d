"""The shipped data against published facts and against scikit-learn."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import fetch_california_housing
from sklearn.linear_model import LinearRegression

from graphlab.datasets import Housing, housing_home, load_california_housing

# The normal equation's solution as the book prints it (bias first).
BOOK_THETA = [
    -36.9419202,
    0.436693293,
    0.00943577803,
    -0.107322041,
    0.645065694,
    -3.97638942e-06,
    -0.00378654265,
    -0.421314378,
    -0.434513755,
]
# Means as scikit-learn's user guide and many textbooks print them.
MEANS = [3.870671, 28.639486, 5.429000, 1.096675, 1425.476744, 3.070655, 35.631861, -119.569704]


@pytest.fixture(scope="module")
def housing() -> Housing:
    return load_california_housing()


def test_has_the_published_size_and_means(housing: Housing) -> None:
    assert housing.data.shape == (20640, 8)
    assert housing.target.shape == (20640,)
    np.testing.assert_allclose(housing.data.mean(axis=0), MEANS, rtol=2e-7)
    assert housing.target.mean() == pytest.approx(2.068558, rel=1e-6)


def test_first_row_is_the_documented_one(housing: Housing) -> None:
    first = [8.3252, 41.0, 880 / 126, 129 / 126, 322.0, 322 / 126, 37.88, -122.23]
    assert housing.data[0].tolist() == first
    assert housing.target[0] == 4.526


def test_normal_equation_gives_the_books_theta(housing: Housing) -> None:
    fit = LinearRegression().fit(housing.data, housing.target)
    np.testing.assert_allclose([fit.intercept_, *fit.coef_], BOOK_THETA, rtol=2e-8)


def test_scikit_learn_finds_the_same_data_offline(housing: Housing, tmp_path: Path) -> None:
    fetched = fetch_california_housing(data_home=housing_home(tmp_path), download_if_missing=False)
    assert np.array_equal(fetched.data, housing.data)
    assert np.array_equal(fetched.target, housing.target)
    assert tuple(fetched.feature_names) == housing.feature_names


def test_seeding_twice_keeps_the_cache_and_leaves_no_parts(tmp_path: Path) -> None:
    housing_home(tmp_path)
    (cached,) = tmp_path.iterdir()
    before = cached.stat().st_mtime_ns
    housing_home(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["cal_housing_py3.pkz"]
    assert cached.stat().st_mtime_ns == before


def test_file_is_small() -> None:
    package = Path(load_california_housing.__code__.co_filename).parent
    assert (package / "california_housing.csv.gz").stat().st_size < 400_000


def test_module_itself_needs_no_jax() -> None:
    folder = Path(load_california_housing.__code__.co_filename).parent
    program = f"""
import sys, types
sys.modules["graphlab"] = package = types.ModuleType("graphlab")
package.__path__ = [{str(folder.parent)!r}]
import graphlab.datasets
sys.exit("jax" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
