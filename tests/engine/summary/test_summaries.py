"""Summary nodes: values, pictures, refusals."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp
from PIL import Image

import graphlab as tf
from graphlab.summary.histograms import histogram


@pytest.fixture(autouse=True)
def graph() -> Iterator[Any]:
    with tf.Graph().as_default() as graph:
        yield graph


def value_of(summary: Any, feeds: Any = None) -> Any:
    with tf.Session() as sess:
        return tf.Summary.FromString(sess.run(summary, feeds)).value


@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=2), elements={"allow_nan": False, "allow_infinity": False}))
def test_histograms_count_every_number(values: np.ndarray[Any, Any]) -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        found = histogram(values)
    assert sum(found.bucket) == found.num == values.size
    assert (found.min, found.max) == (values.min(), values.max())
    limits = np.array(found.bucket_limit)
    assert (np.diff(limits) > 0).all()
    for limit, count in zip(limits, np.cumsum(found.bucket), strict=True):
        assert count == (values < limit).sum() or limit == limits[-1]


def test_empty_histogram() -> None:
    found = histogram(np.zeros(0))
    assert found.num == 0
    assert list(found.bucket) == [0.0]


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64, np.float16])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_images_of_every_kind(dtype: Any, channels: int) -> None:
    pixels = np.arange(2 * 3 * channels).reshape(1, 2, 3, channels).astype(dtype)
    (value,) = value_of(tf.summary.image("picture", pixels, max_outputs=1))
    assert value.tag == "picture/image"
    assert (value.image.height, value.image.width, value.image.colorspace) == (2, 3, channels)
    shown = np.asarray(Image.open(io.BytesIO(value.image.encoded_image_string))).reshape(2, 3, channels)
    scale = 1 if dtype is np.uint8 else 255 / pixels.max()
    assert np.abs(shown - pixels[0].astype(float) * scale).max() <= 1


def test_images_with_negative_numbers_are_centred_and_bad_pixels_marked() -> None:
    pixels = np.array([[-2.0, 0.0, 1.0, np.nan]], np.float32).reshape(1, 1, 4, 1)
    (value,) = value_of(tf.summary.image("picture", pixels, max_outputs=1))
    assert np.asarray(Image.open(io.BytesIO(value.image.encoded_image_string))).tolist() == [[1, 128, 191, 255]]


def test_refusals_say_what_to_do() -> None:
    x = tf.placeholder(tf.float32, name="x")
    cases = [
        (tf.summary.scalar("s", x), [1.0, 2.0], "single number"),
        (tf.summary.histogram("h", x), [1.0, np.nan], "Nan in summary histogram for: h.*learning rate"),
        (tf.summary.histogram("i", x), [1.0, np.inf], "Infinity in summary histogram"),
        (tf.summary.image("p", x), [1.0], "must be 4-D with last dim 1, 3, or 4"),
        (tf.summary.merge([tf.summary.scalar("t", x)] * 2), 1.0, "Duplicate tag t"),
        (tf.summary.merge([tf.constant(b"\xff")]), None, "Could not parse"),
    ]
    for summary, fed, phrase in cases:
        with pytest.raises(tf.errors.InvalidArgumentError, match=phrase):
            value_of(summary, {} if fed is None else {x: fed})
    with pytest.raises(ValueError, match="dtype string"):
        tf.summary.text("text", x)
    with pytest.raises(TypeError):
        tf.summary.scalar("words", tf.constant("a"))
