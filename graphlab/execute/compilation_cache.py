"""Keeps compiled programs on disk, so that a restarted kernel need not compile them again."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jax
import platformdirs

VARIABLE: Final = "GRAPHLAB_CACHE_DIR"
_FOLDER: Final = "jax_compilation_cache_dir"

_SETTINGS: Final[dict[str, Any]] = {
    "jax_persistent_cache_min_compile_time_secs": 0.0,
    "jax_persistent_cache_min_entry_size_bytes": 0,
    "jax_compilation_cache_max_size": 256 * 2**20,
}
_lock = threading.Lock()


@contextlib.contextmanager
def persistent_cache() -> Iterator[None]:
    """Lets JAX look for what is compiled inside on disk, and put it there.

    The folder is the user's cache folder, or the one that the environment variable `GRAPHLAB_CACHE_DIR` names; empty,
    it turns this off. At most 256 MiB are kept, the least recently used go first. JAX's settings are as before
    afterwards, and a cache that the user has set up for JAX is used instead.
    """
    folder = None if _setting(_FOLDER) else _folder()
    if folder is None:
        yield
        return
    with _lock:
        wanted = {**_SETTINGS, _FOLDER: str(folder)}
        before = {name: _setting(name) for name in wanted}
        _apply(wanted)
        try:
            yield
        finally:
            _apply(before)


def _folder() -> Path | None:
    """The folder, made if need be; None where there is to be none or none can be made."""
    named = os.environ.get(VARIABLE)
    if named == "":
        return None
    folder = Path(named) if named else platformdirs.user_cache_path("graphlab") / "xla"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _setting(name: str) -> Any:
    return getattr(jax.config, name)


def _apply(settings: dict[str, Any]) -> None:
    for name, value in settings.items():
        jax.config.update(name, value)  # type: ignore[no-untyped-call]
