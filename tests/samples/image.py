"""Convolution and pooling of images."""

from __future__ import annotations

from collections.abc import Iterator

from tests.samples.sample import Sample, f32, given, sample


def _samples() -> Iterator[Sample]:
    image, filters = f32(1, 5, 6, 2), f32(3, 2, 2, 4, seed=1)
    for padding in ("SAME", "VALID"):
        for strides in ([1, 1, 1, 1], [1, 2, 2, 1]):
            yield sample(
                f"conv2d {padding} {strides}",
                lambda tf, x, y, p=padding, s=strides: tf.nn.conv2d(x, y, strides=s, padding=p),
                image,
                filters,
                tolerance=1e-5,
            )
        for name in ("max_pool", "avg_pool"):
            yield sample(
                f"{name} {padding}",
                lambda tf, x, p=padding, name=name: getattr(tf.nn, name)(
                    x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding=p
                ),
                image,
            )
            yield sample(
                f"{name} {padding} overlapping",
                lambda tf, x, p=padding, name=name: getattr(tf.nn, name)(
                    x, ksize=[1, 3, 3, 1], strides=[1, 2, 1, 1], padding=p
                ),
                image,
            )
    yield sample(
        "conv2d unknown",
        lambda tf, x, y: tf.nn.conv2d(x, y, strides=[1, 1, 1, 1], padding="SAME"),
        image.known_as(None, 5, 6, 2),
        filters,
        tolerance=1e-5,
    )
    yield sample(
        "conv2d unknown sizes",
        lambda tf, x, y: tf.nn.conv2d(x, y, strides=[1, 2, 2, 1], padding="SAME"),
        image.known_as(None, None, None, 2),
        filters,
        tolerance=1e-5,
    )
    yield sample(
        "conv2d dilated",
        lambda tf, x, y: tf.nn.conv2d(x, y, strides=[1, 1, 1, 1], padding="VALID", dilations=[1, 2, 2, 1]),
        image,
        filters,
        tolerance=1e-5,
        gradient=False,
    )
    yield sample(
        "conv2d explicit padding",
        lambda tf, x, y: tf.nn.conv2d(x, y, strides=[1, 1, 1, 1], padding=[[0, 0], [1, 0], [0, 2], [0, 0]]),
        image,
        filters,
        tolerance=1e-5,
    )
    yield sample(
        "conv2d refuses channels",
        lambda tf, x, y: tf.nn.conv2d(x, y, strides=[1, 1, 1, 1], padding="SAME"),
        image,
        f32(3, 2, 3, 4),
    )
    yield sample(
        "conv2d refuses padding",
        lambda tf, x, y: tf.nn.conv2d(x, y, strides=[1, 1, 1, 1], padding="HALF"),
        image,
        filters,
    )
    yield sample(
        "conv2d refuses rank",
        lambda tf, x, y: tf.nn.conv2d(x, y, strides=[1, 1, 1, 1], padding="SAME"),
        f32(5, 6, 2),
        filters,
    )
    yield sample(
        "max_pool unknown",
        lambda tf, x: tf.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "VALID"),
        image.known_as(None, 5, 6, 2),
    )
    yield sample(
        "max_pool of equals",
        lambda tf, x: tf.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "VALID"),
        given([[[[1.0], [1.0]], [[1.0], [1.0]]]]),
    )
    yield sample(
        "conv2d_transpose",
        lambda tf, x, y: tf.nn.conv2d_transpose(x, y, output_shape=[1, 5, 6, 2], strides=[1, 1, 1, 1], padding="SAME"),
        f32(1, 5, 6, 4),
        filters,
        tolerance=1e-5,
    )
    yield sample(
        "depthwise_conv2d",
        lambda tf, x, y: tf.nn.depthwise_conv2d(x, y, strides=[1, 1, 1, 1], padding="SAME"),
        image,
        f32(3, 2, 2, 2, seed=1),
        tolerance=1e-5,
    )


SAMPLES = list(_samples())
