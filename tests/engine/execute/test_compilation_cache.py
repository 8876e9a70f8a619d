"""Compiled programs outlive the process, and JAX's settings stay the user's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jax
import pytest

from graphlab.execute.compilation_cache import VARIABLE, persistent_cache

NAMES = ("jax_compilation_cache_dir", "jax_persistent_cache_min_compile_time_secs", "jax_compilation_cache_max_size")


def settings() -> list[Any]:
    return [getattr(jax.config, name) for name in NAMES]


def test_settings_are_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "made"))
    before = settings()
    with persistent_cache():
        assert settings()[0] == str(tmp_path / "made")
    assert settings() == before


@pytest.mark.parametrize("folder", ["", "/dev/null/impossible"])
def test_does_without_a_folder(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, folder)
    before = settings()
    with persistent_cache():
        assert settings() == before


PROGRAM = """
import jax, json
import graphlab as tf

before = jax.config.jax_compilation_cache_dir
counts = {"hits": 0, "misses": 0}

def count(event, **_):
    kind = event.rpartition("cache_")[2]
    if kind in counts:
        counts[kind] += 1

jax.monitoring.register_event_listener(count)
x = tf.placeholder(tf.float32, ())
y = x * 3.0 + 1.0
with tf.Session() as sess:
    assert [sess.run(y, {x: i}) for i in range(4)] == [1.0, 4.0, 7.0, 10.0]
assert jax.config.jax_compilation_cache_dir == before
print(json.dumps(counts))
"""


def test_restarted_process_compiles_nothing(tmp_path: Path) -> None:
    counts = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, VARIABLE: str(tmp_path)},
            capture_output=True,
            check=True,
        )
        counts.append(json.loads(done.stdout))
    first, second = counts
    assert first["misses"] > 0
    assert (second["misses"], second["hits"]) == (0, first["misses"])
