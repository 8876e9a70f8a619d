"""Device strings such as `/job:ps/task:0/device:GPU:1`, made canonical and merged from the outside in."""

from __future__ import annotations

import re
from typing import Any, Final

_PARTS: Final = ("job", "replica", "task", "device")


def canonical(device: str) -> str:
    """Returns a device string in TensorFlow's canonical form: `/cpu:0` becomes `/device:CPU:0`.

    Raises:
        ValueError: the string is not a device.
    """
    return _text(_parse(device))


def merged(specs: list[Any], op: Any) -> str:
    """Returns the device for `op` under nested device blocks, the innermost last.

    A block's spec is a device string, a function from the operation to a device string, or None, which clears
    what the outer blocks said.
    """
    found: dict[str, str] = {}
    for spec in specs:
        if spec is None:
            found = {}
            continue
        text = spec(op) if callable(spec) else spec
        if text:
            found |= _parse(text)
    return _text(found)


def _parse(device: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in device.split("/"):
        if not piece:
            continue
        key, _, rest = piece.partition(":")
        if key in ("job", "replica", "task") and rest and (key == "job" or rest.isdigit()):
            parts[key] = rest
        elif key == "device" and re.fullmatch(r"\w+(:(\d+|\*))?", rest):
            kind, _, number = rest.partition(":")
            parts["device"] = f"{kind.upper()}:{number or '*'}"
        elif re.fullmatch(r"cpu|gpu|CPU|GPU|TPU|tpu", key) and (not rest or rest.isdigit() or rest == "*"):
            parts["device"] = f"{key.upper()}:{rest or '*'}"
        else:
            raise ValueError(
                f"Unknown attribute '{key}' is encountered while parsing the device spec: '{device}'. Use for example '/cpu:0' or '/job:ps/task:0'."
            )
    return parts


def _text(parts: dict[str, str]) -> str:
    return "".join(f"/{key}:{parts[key]}" for key in _PARTS if key in parts)
