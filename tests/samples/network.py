"""What neural networks are made of: activations over axes, losses, normalisation, clipping."""

from __future__ import annotations

from collections.abc import Iterator

from tests.samples.sample import Sample, f32, f64, given, i32, sample

LABELS = given([[0.0, 1.0, 0.0], [0.2, 0.3, 0.5]])


def _dense() -> Iterator[Sample]:
    for name in ("softmax", "log_softmax"):
        # The sum of a softmax is one, and its gradient noise; that of its squares is none.
        yield sample(name, lambda tf, x, name=name: tf.square(getattr(tf.nn, name)(x)), f32(2, 3))
        yield sample(f"{name} axis 0", lambda tf, x, name=name: tf.square(getattr(tf.nn, name)(x, axis=0)), f32(2, 3))
        yield sample(f"{name} axis -2", lambda tf, x, name=name: tf.square(getattr(tf.nn, name)(x, -2)), f32(2, 3, 2))
        yield sample(f"{name} of a vector", lambda tf, x, name=name: tf.square(getattr(tf.nn, name)(x)), f32(4))
        yield sample(
            f"{name} unknown", lambda tf, x, name=name: tf.square(getattr(tf.nn, name)(x)), f32(2, 3).known_as(None, 3)
        )
        yield sample(f"{name} of three axes", lambda tf, x, name=name: tf.square(getattr(tf.nn, name)(x)), f64(2, 2, 3))
        yield sample(
            f"{name} of large numbers",
            lambda tf, x, name=name: getattr(tf.nn, name)(x),
            given([[1000.0, 0.0, -1000.0]]),
        )
        yield sample(f"{name} refuses ints", lambda tf, x, name=name: getattr(tf.nn, name)(x), i32(2, 3))
    yield sample("softmax refuses scalars", lambda tf, x: tf.nn.softmax(x), f32())
    yield sample("bias_add", lambda tf, x, y: tf.nn.bias_add(x, y), f32(2, 3), f32(3, seed=1))
    yield sample("bias_add unknown", lambda tf, x, y: tf.nn.bias_add(x, y), f32(2, 3).known_as(None, 3), f32(3, seed=1))
    yield sample("bias_add of images", lambda tf, x, y: tf.nn.bias_add(x, y), f32(1, 2, 2, 3), f32(3, seed=1))
    yield sample("bias_add refuses", lambda tf, x, y: tf.nn.bias_add(x, y), f32(2, 3), f32(2))
    yield sample(
        "xw_plus_b", lambda tf, x, y, z: tf.nn.xw_plus_b(x, y, z), f32(2, 3), f32(3, 2, seed=1), f32(2, seed=2)
    )
    yield sample(
        "relu_layer", lambda tf, x, y, z: tf.nn.relu_layer(x, y, z), f32(2, 3), f32(3, 2, seed=1), f32(2, seed=2)
    )
    yield sample("l2_normalize", lambda tf, x: tf.nn.l2_normalize(x, axis=1), f32(2, 3))
    yield sample("in_top_k", lambda tf, x, y: tf.nn.in_top_k(x, y, 1), f32(4, 3), given([0, 1, 2, 0], "int32"))
    yield sample(
        "in_top_k 2 int64",
        lambda tf, x, y: tf.nn.in_top_k(x, y, 2),
        f32(4, 3).known_as(None, 3),
        given([0, 1, 2, 0], "int64").known_as(None),
    )
    yield sample(
        "in_top_k of equals",
        lambda tf, x, y: tf.nn.in_top_k(x, y, 1),
        given([[1.0, 1.0], [0.0, float("nan")]]),
        given([1, 0], "int32"),
    )
    yield sample("zero_fraction", lambda tf, x: tf.nn.zero_fraction(x), given([[0.0, 1.0], [0.0, 0.0]]))
    yield sample("zero_fraction unknown", lambda tf, x: tf.nn.zero_fraction(x), i32(4).unranked())
    yield sample("top_k", lambda tf, x: list(tf.nn.top_k(x, 2)), f32(2, 4))
    yield sample("top_k unknown", lambda tf, x: list(tf.nn.top_k(x, k=2)), f32(2, 4).known_as(None, 4))
    yield sample("top_k of equals", lambda tf, x: list(tf.nn.top_k(x, 3)), given([1, 3, 3, 2, 3], "int32"))
    yield sample("top_k refuses", lambda tf, x: tf.nn.top_k(x, 5)[0], f32(2, 4))
    yield sample("embedding_lookup", lambda tf, x, y: tf.nn.embedding_lookup(x, y), f32(4, 2), given([3, 1], "int32"))
    yield sample(
        "embedding_lookup short rows",
        lambda tf, x, y: tf.nn.embedding_lookup(x, y, max_norm=1.0),
        f32(4, 2),
        given([[3, 1], [0, 3]], "int32"),
    )
    yield sample("dropout", lambda tf, x: tf.nn.dropout(x, rate=0.4, seed=7), f32(4, 5))
    yield sample("dropout unknown", lambda tf, x: tf.nn.dropout(x, 0.6, seed=7), f32(4, 5).known_as(None, 5))
    yield sample("dropout of rows", lambda tf, x: tf.nn.dropout(x, 0.5, noise_shape=[None, 1], seed=7), f32(4, 5))
    yield sample("dropout by a fed rate", lambda tf, x, y: tf.nn.dropout(x, rate=y, seed=7), f32(4, 5), given(0.3))
    yield sample("dropout refuses ints", lambda tf, x: tf.nn.dropout(x, rate=0.3), i32(4, 5))
    yield sample("dropout keeps all", lambda tf, x: tf.nn.dropout(x, keep_prob=1.0), f32(2, 3))
    yield sample("dropout refuses", lambda tf, x: tf.nn.dropout(x, keep_prob=1.5), f32(2, 3))


def _losses() -> Iterator[Sample]:
    yield sample(
        "sparse softmax cross entropy",
        lambda tf, x, y: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x),
        f32(2, 3),
        given([2, 0], "int32"),
    )
    yield sample(
        "sparse softmax cross entropy unknown",
        lambda tf, x, y: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x),
        f32(2, 3).known_as(None, 3),
        given([2, 0], "int64").known_as(None),
    )
    yield sample(
        "sparse softmax cross entropy of unranked labels",
        lambda tf, x, y: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x),
        f32(2, 3).known_as(None, 3),
        given([2, 0], "int32").unranked(),
    )
    yield sample(
        "sparse softmax cross entropy refuses shapes",
        lambda tf, x, y: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x),
        f32(2, 3),
        given([2], "int32"),
    )
    yield sample(
        "sparse softmax cross entropy by position",
        lambda tf, x, y: tf.nn.sparse_softmax_cross_entropy_with_logits(y, x),
        f32(2, 3),
        given([2, 0], "int32"),
    )
    yield sample(
        "sparse softmax cross entropy refuses labels",
        lambda tf, x, y: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x),
        f32(2, 3),
        given([3, 0], "int32"),
    )
    yield sample(
        "softmax cross entropy",
        lambda tf, x, y: tf.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=x),
        f32(2, 3),
        LABELS,
    )
    yield sample(
        "softmax cross entropy first version",
        lambda tf, x, y: tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=x),
        f32(2, 3),
        LABELS,
    )
    yield sample(
        "softmax cross entropy unknown",
        lambda tf, x, y: tf.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=x),
        f32(2, 3).known_as(None, 3),
        LABELS.known_as(None, 3),
    )
    yield sample(
        "second derivative of sparse softmax cross entropy",
        lambda tf, x, y: tf.square(
            tf.gradients(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x), x)[0]
        ),
        f32(2, 3),
        given([2, 0], "int32"),
    )
    yield sample(
        "sigmoid cross entropy",
        lambda tf, x, y: tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=x),
        f32(2, 3),
        LABELS,
    )
    yield sample(
        "sigmoid cross entropy refuses",
        lambda tf, x, y: tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=x),
        f32(2, 3),
        f32(3),
    )
    yield sample(
        "weighted cross entropy",
        lambda tf, x, y: tf.nn.weighted_cross_entropy_with_logits(labels=y, logits=x, pos_weight=2.0),
        f32(2, 3),
        LABELS,
    )
    yield sample(
        "sparse softmax cross entropy of three axes",
        lambda tf, x, y: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x),
        f32(2, 2, 3),
        given([[2, 0], [1, 1]], "int32"),
    )
    for name in ("sigmoid_cross_entropy", "softmax_cross_entropy"):
        yield sample(f"losses.{name}", lambda tf, x, y, name=name: getattr(tf.losses, name)(y, x), f32(2, 3), LABELS)
        yield sample(
            f"losses.{name} smoothed",
            lambda tf, x, y, name=name: getattr(tf.losses, name)(y, x, label_smoothing=0.1),
            f32(2, 3).known_as(None, 3),
            LABELS.known_as(None, 3),
        )
    yield sample(
        "losses.sparse_softmax_cross_entropy of a column",
        lambda tf, x, y: tf.losses.sparse_softmax_cross_entropy(y, x, weights=[1.0, 2.0]),
        f32(2, 3),
        given([[2], [0]], "int32"),
    )
    yield sample(
        "losses.cosine_distance", lambda tf, x, y: tf.losses.cosine_distance(y, x, axis=1), f32(2, 3), f32(2, 3, seed=1)
    )
    for reduction in ("NONE", "MEAN", "SUM_OVER_BATCH_SIZE"):
        yield sample(
            f"losses reduced by {reduction}",
            lambda tf, x, y, reduction=reduction: tf.losses.absolute_difference(
                y, x, weights=[[1.0], [0.5]], reduction=getattr(tf.losses.Reduction, reduction)
            ),
            f32(2, 3),
            LABELS,
        )
    yield sample(
        "losses refuse weights",
        lambda tf, x, y: tf.losses.mean_squared_error(y, x, weights=[1.0, 2.0]),
        f32(2, 3),
        LABELS,
    )
    for name in ("mean_squared_error", "absolute_difference", "huber_loss", "log_loss", "hinge_loss"):
        yield sample(
            f"losses.{name}",
            lambda tf, x, y, name=name: getattr(tf.losses, name)(y, x),
            f32(2, 3, low=0.1, high=0.9),
            LABELS,
        )
        yield sample(
            f"losses.{name} unknown",
            lambda tf, x, y, name=name: getattr(tf.losses, name)(y, x),
            f32(2, 3, low=0.1, high=0.9).known_as(None, 3),
            LABELS.known_as(None, 3),
        )
        yield sample(
            f"losses.{name} weighted",
            lambda tf, x, y, name=name: getattr(tf.losses, name)(y, x, weights=[[1.0], [0.0]]),
            f32(2, 3, low=0.1, high=0.9),
            LABELS,
        )
        yield sample(
            f"losses.{name} summed",
            lambda tf, x, y, name=name: getattr(tf.losses, name)(y, x, reduction=tf.losses.Reduction.SUM),
            f32(2, 3, low=0.1, high=0.9),
            LABELS,
        )
        yield sample(
            f"losses.{name} refuses", lambda tf, x, y, name=name: getattr(tf.losses, name)(y, x), f32(2, 3), f32(2, 2)
        )


def _normalising() -> Iterator[Sample]:
    yield sample(
        "batch_normalization",
        lambda tf, x, y, z: tf.nn.batch_normalization(x, y, z, None, None, 0.001),
        f32(4, 3),
        f32(3, seed=1),
        f32(3, low=0.5, seed=2),
    )
    yield sample(
        "batch_normalization scaled",
        lambda tf, x, y, z: tf.nn.batch_normalization(x, y, z, [1.0, 2.0, 3.0], [0.5, 1.0, 2.0], 0.001),
        f32(4, 3),
        f32(3, seed=1),
        f32(3, low=0.5, seed=2),
    )
    for training in (True, False):
        yield sample(
            f"fused_batch_norm {training}",
            # Sums of a normalised batch and of its squares are constant; those of its exponentials are not.
            lambda tf, x, y, z, training=training: [
                tf.exp(output)
                for output in tf.nn.fused_batch_norm(
                    x, y, z, *([] if training else [[0.1, 0.2], [1.5, 0.5]]), is_training=training
                )[: 3 if training else 1]
            ],
            f32(2, 3, 3, 2),
            f32(2, low=0.5, seed=1),
            f32(2, seed=2),
            tolerance=2e-5,
        )
    yield sample(
        "local_response_normalization",
        lambda tf, x: tf.nn.local_response_normalization(x, depth_radius=1, bias=1.0, alpha=0.001),
        f32(1, 2, 2, 4),
        tolerance=1e-5,
    )
    yield sample("clip_by_value", lambda tf, x: tf.clip_by_value(x, -1.0, 1.5), f32(2, 3))
    yield sample("clip_by_value unknown", lambda tf, x: tf.clip_by_value(x, -1.0, 1.5), f32(2, 3).known_as(None, 3))
    yield sample("clip_by_norm", lambda tf, x: tf.clip_by_norm(x, 1.0), f32(2, 3))
    yield sample("clip_by_norm rows", lambda tf, x: tf.clip_by_norm(x, 1.0, axes=[1]), f32(2, 3).known_as(None, 3))
    yield sample(
        "clip_by_global_norm", lambda tf, x, y: [*tf.clip_by_global_norm([x, y], 1.0)[0]], f32(2, 3), f32(4, seed=1)
    )


SAMPLES = [*_dense(), *_losses(), *_normalising()]
