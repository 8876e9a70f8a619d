"""Compiled programs outlive the process, and JAX's settings stay the user's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jax
import pytest
from jax.experimental.compilation_cache import compilation_cache

import graphlab as tf
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


def test_compiling_is_done_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    # JAX opens the folder of the first program that a process compiles, and stays there.
    compilation_cache.reset_cache()
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.placeholder(tf.float32, ())
        y = x * 3.0 + 1.0
        assert [sess.run(y, {x: i}) for i in range(4)] == [1.0, 4.0, 7.0, 10.0]
    assert settings()[0] is None
    assert list(tmp_path.iterdir())
    compilation_cache.reset_cache()
