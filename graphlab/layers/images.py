"""Arguments of layers on images."""

from __future__ import annotations

from typing import Any


def layout_of(data_format: str) -> str:
    """Returns TensorFlow's layout for `"channels_last"` or `"channels_first"`.

    Raises:
        ValueError: it is neither.
    """
    layouts = {"channels_last": "NHWC", "channels_first": "NCHW"}
    if data_format not in layouts:
        raise ValueError(f"`data_format` must be one of {', '.join(map(repr, layouts))}. Received: {data_format!r}")
    return layouts[data_format]


def pair(value: Any, name: str) -> tuple[int, int]:
    """Returns two integers from one or two.

    Raises:
        ValueError: it is neither one nor two integers.
    """
    values = (value, value) if isinstance(value, int) else tuple(value) if isinstance(value, (list, tuple)) else ()
    if len(values) != 2 or not all(isinstance(v, int) for v in values):
        raise ValueError(f"The `{name}` argument must be an integer or a tuple of 2 integers. Received: {value!r}")
    return values


def padding_of(padding: str) -> str:
    """Returns `"VALID"` or `"SAME"` from either spelling.

    Raises:
        ValueError: it is neither.
    """
    if padding.upper() not in ("VALID", "SAME"):
        raise ValueError(f'The `padding` argument must be "valid" or "same". Received: {padding!r}')
    return padding.upper()
