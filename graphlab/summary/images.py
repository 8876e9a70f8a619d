"""Images as PNG, scaled to bytes as TensorFlow scales them."""

from __future__ import annotations

import io
from typing import Any, Final

import numpy as np
from PIL import Image
from tensorboard.compat.proto import summary_pb2

_NEARLY_ZERO: Final = 1e-6
_CHANNELS: Final = (1, 3, 4)  # grey; red, green, blue; and opacity


def image_values(
    tag: str, images: np.ndarray[Any, Any], most: int, bad_color: np.ndarray[Any, Any]
) -> list[summary_pb2.Summary.Value]:
    """Returns the first images of a batch.

    Args:
        tag: the start of their tags.
        images: shape `[batch, height, width, channels]` with 1, 3 or 4 channels, bytes or floats.
        most: how many to return at most.
        bad_color: what pixels get that are not finite.

    Raises:
        ValueError: the shape is another one.
    """
    if images.ndim != 4 or images.shape[3] not in _CHANNELS:
        raise ValueError(f"Tensor must be 4-D with last dim 1, 3, or 4, not {list(images.shape)}")
    values = []
    for index, image in enumerate(images[:most]):
        pixels = image if image.dtype == np.uint8 else _scaled(image, bad_color)
        height, width, channels = pixels.shape
        message = summary_pb2.Summary.Image(
            height=height, width=width, colorspace=channels, encoded_image_string=_png(pixels)
        )
        name = f"{tag}/image/{index}" if most > 1 else f"{tag}/image"
        values.append(summary_pb2.Summary.Value(tag=name, image=message))
    return values


def _scaled(image: np.ndarray[Any, Any], bad_color: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Floats as bytes: numbers from zero up are stretched to 255, others stay centred on 128."""
    is_finite = np.isfinite(image)
    low = float(image[is_finite].min(initial=0.0))
    high = float(image[is_finite].max(initial=0.0))
    if low < 0:
        reach, offset, span = max(-low, high), 128.0, 127.0
    else:
        reach, offset, span = high, 0.0, 255.0
    scale = 0.0 if reach < _NEARLY_ZERO else span / reach
    kind = image.dtype.type
    pixels: np.ndarray[Any, Any]
    pixels = (np.where(is_finite, image, 0).astype(kind) * kind(scale) + kind(offset)).astype(np.uint8)
    pixels[~is_finite.all(axis=-1)] = bad_color[: image.shape[-1]]
    return pixels


def _png(pixels: np.ndarray[Any, Any]) -> bytes:
    if not pixels.size:
        raise ValueError(f"An image needs pixels, but its shape is {list(pixels.shape)}")
    content = io.BytesIO()
    array = np.ascontiguousarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels)
    Image.fromarray(array).save(content, "PNG")
    return content.getvalue()
