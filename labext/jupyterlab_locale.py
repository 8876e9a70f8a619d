"""The language that JupyterLab is set to, as its settings on disk say.

JupyterLab's own reader takes two seconds to import, longer than a learner waits for a graph. The places and their order
are those of `jupyterlab_server.settings_utils`.
"""

from __future__ import annotations

import functools
import locale
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import json5
from jupyter_core.paths import jupyter_config_dir, jupyter_config_path

_PLUGIN = "@jupyterlab/translation-extension:plugin"


@functools.cache
def read() -> str:
    """Reads the setting.

    Returns:
        A locale such as "zh_CN" or "en_US"; empty if neither JupyterLab nor the system has one.
    """
    chosen = next((value for value in _values() if isinstance(value, str) and value), "default")
    return (locale.getlocale()[0] or "") if chosen == "default" else chosen


def _values() -> Iterator[object]:
    """What each place says, beginning with the one that counts most."""
    user = os.environ.get("JUPYTERLAB_SETTINGS_DIR") or Path(jupyter_config_dir()) / "lab" / "user-settings"
    yield _read(Path(user) / f"{_PLUGIN.replace(':', '/')}.jupyterlab-settings").get("locale")
    for folder in jupyter_config_path():
        yield _of_plugin(_read(Path(folder) / "labconfig" / "default_setting_overrides.json"))
    application = os.environ.get("JUPYTERLAB_DIR") or Path(sys.prefix) / "share" / "jupyter" / "lab"
    for name in ("overrides.json5", "overrides.json"):
        yield _of_plugin(_read(Path(application) / "settings" / name))


def _read(path: Path) -> dict[str, object]:
    """The object in a file; a file that JupyterLab could not read either counts as absent."""
    try:
        content = json5.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _of_plugin(overrides: dict[str, object]) -> object:
    settings = overrides.get(_PLUGIN)
    return settings.get("locale") if isinstance(settings, dict) else None
