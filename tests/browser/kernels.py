"""Other versions of the IPython kernel, for notebooks that must work on each."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BOOK_LOOP = """
import numpy as np
import graphlab as tf
from labext import live

inputs = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
X = tf.constant(inputs, name="X")
y = tf.constant(inputs @ np.array([[1.0], [2.0], [3.0]], np.float32), name="y")
theta = tf.Variable(tf.random_uniform([3, 1], -1.0, 1.0, seed=42), name="theta")
mse = tf.reduce_mean(tf.square(tf.matmul(X, theta, name="predictions") - y), name="mse")
training_op = tf.train.GradientDescentOptimizer(learning_rate=0.0005).minimize(mse)
init = tf.global_variables_initializer()
"""
"""A cell that builds the book's graph."""


def install_kernel(version: str, folder: Path, data: Path) -> str:
    """Puts another version of ipykernel beside the environment, as a kernel of its own.

    Args:
        version: The version.
        folder: Where its code goes.
        data: The Jupyter data folder that shall know the kernel.

    Returns:
        The kernel's name.

    Raises:
        subprocess.CalledProcessError: It could not be had.
    """
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    # Version 6 needs nest-asyncio, which version 7 has dropped.
    subprocess.run([*command, f"ipykernel=={version}", "nest-asyncio"], check=True)
    name = f"ipykernel-{version}"
    specification = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": name,
        "language": "python",
        "env": {"PYTHONPATH": str(folder)},
    }
    place = data / "kernels" / name
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(specification))
    return name


def write_notebook(path: Path, kernel: str, cells: list[str]) -> None:
    """Writes a notebook of code cells for a kernel."""
    code: dict[str, object] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    content = {
        "cells": [{**code, "id": f"cell-{index}", "source": source} for index, source in enumerate(cells)],
        "metadata": {"kernelspec": {"display_name": kernel, "language": "python", "name": kernel}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(content))
