"""Every op in the registry: it has a sample, its shape rule agrees with its lowering, its gradient with finite differences.

That its gradient also has TensorFlow's nodes and values is what `test_op_samples` checks, sample by sample.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest

import graphlab as tf
from graphlab.graph import registry
from tests.oracle import draws, storage
from tests.oracle.execution import program_names
from tests.oracle.sampling import family, family_names
from tests.samples.sample import Sample

# Op types that no sample, program or draw holds, each with where it is tested.
WITHOUT_SAMPLE: Mapping[str, str] = {
    **dict.fromkeys(
        ("HistogramSummary", "ImageSummary", "MergeSummary", "ScalarSummary", "TensorSummaryV2"), "tests of summaries"
    ),
    **dict.fromkeys(
        (
            "MergeV2Checkpoints",
            "RestoreSlice",
            "RestoreV2",
            "SaveSlices",
            "SaveV2",
            "ShardedFilename",
            "ShardedFilespec",
        ),
        "tests of the saver",
    ),
    **dict.fromkeys(("StaticRegexFullMatch", "StringJoin"), "tests of the saver"),
    **dict.fromkeys(("Print", "PyFuncStateless"), "tests of ops that run in Python"),
    **dict.fromkeys(("ApplyFtrlV2", "SparseApplyFtrlV2"), "no optimizer makes them without l2 shrinkage"),
    "TensorArrayCloseV3": "graphs that TensorFlow wrote",
    **dict.fromkeys(
        ("RefEnter", "RefExit", "RefMerge", "RefNextIteration", "Variable"), "graphs that TensorFlow wrote"
    ),
}
# Samples at a place where the function has no derivative, or whose gradient is another function's by design.
NO_DERIVATIVE: Mapping[str, str] = {
    "xlogy (": "at x = 0 the logarithm of y is left out",
    "max_pool of equals": "the first of equal elements gets the whole gradient",
    "softmax cross entropy first version": "labels count as constants",
}
STEP = 1e-6
TOLERANCE = 2e-5


@functools.cache
def cases() -> Mapping[str, list[Sample]]:
    """For each op type the samples in whose graphs, gradients included, it occurs."""
    found: dict[str, list[Sample]] = {}
    for name in family_names():
        for sample in family(name).values():
            for op_type in op_types(sample):
                found.setdefault(op_type, []).append(sample)
    return found


def op_types(sample: Sample) -> set[str]:
    with tf.Graph().as_default() as graph:
        # What a sample may refuse is checked elsewhere.
        with contextlib.suppress(Exception):
            inputs, outputs = built(sample)
            if sample.gradient:
                tf.gradients(differentiable(outputs), differentiable(inputs))
        return {op.type for op in graph.get_operations()}


@functools.cache
def types_elsewhere() -> frozenset[str]:
    """The op types in the graphs of TensorFlow's programs, and those that draw random numbers."""
    found = {node["op"] for name in program_names() for node in storage.load(f"programs/{name}")["nodes"]}
    with tf.Graph().as_default() as graph:
        for draw in draws.DRAWS.values():
            draw(tf, 1)
        return frozenset(found | {op.type for op in graph.get_operations()})


def built(sample: Sample) -> tuple[list[Any], list[Any]]:
    inputs = [
        tf.placeholder(item.array.dtype.name, shape=item.placeholder_shape, name=name)
        for name, item in zip("xyzuvw", sample.inputs, strict=False)
    ]
    return inputs, [t for t in flat(sample.build(tf, *inputs)) if isinstance(t, tf.Tensor)]


def flat(value: Any) -> Iterator[Any]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from flat(item)
    else:
        yield value


def differentiable(tensors: list[Any]) -> list[Any]:
    return [t for t in tensors if t.dtype.is_floating]


@pytest.mark.parametrize("op_type", sorted(set(registry.registered()) - set(WITHOUT_SAMPLE)))
def test_op_has_a_sample(op_type: str) -> None:
    assert cases().get(op_type) or op_type in types_elsewhere(), (
        f"No sample builds a {op_type}. Add one to tests/samples and store TensorFlow's answer, see tests/oracle/answers.py."
    )


@pytest.mark.parametrize(
    ("name", "key"), [pytest.param(name, key, id=f"{name}-{key}") for name in family_names() for key in family(name)]
)
def test_static_shapes_and_types_hold(name: str, key: str) -> None:
    """What the shape rules say of each tensor of a sample is true of its value."""
    sample = family(name)[key]
    with tf.Graph().as_default() as graph:
        try:
            inputs, outputs = built(sample)
        except Exception:  # noqa: BLE001 - what a sample may refuse is checked elsewhere
            pytest.skip("refused when the graph is built")
        if sample.gradient and differentiable(inputs) and differentiable(outputs):
            with contextlib.suppress(LookupError, NotImplementedError):
                tf.gradients(differentiable(outputs), differentiable(inputs))
        feeds = {p: item.array for p, item in zip(inputs, sample.inputs, strict=True)}
        if any(op.type in ("Enter", "Switch", "TensorArrayV3") for op in graph.get_operations()):
            pytest.skip("a tensor in a loop has many values, one in a branch perhaps none, a tensor array is no tensor")
        tensors = [
            t
            for op in graph.get_operations()
            for t in op.outputs
            if is_plain(op) and not t.dtype.is_ref and t.dtype.name != "resource"
        ]
        values = fetched(tensors, feeds)
        if values is None:
            pytest.skip("refused when run")
    for tensor, value in zip(tensors, values, strict=True):
        assert tensor.shape.is_compatible_with(np.shape(value)), f"{tensor} has a value of shape {np.shape(value)}"
        if tensor.dtype is tf.string:
            continue
        assert np.asarray(value).dtype == tensor.dtype.as_numpy_dtype, (
            f"{tensor} has a value of type {np.asarray(value).dtype}"
        )


def is_plain(op: Any) -> bool:
    """Whether running an operation changes nothing, so that all can run at once."""
    return op.definition.effect is not registry.Effect.WRITES


def fetched(tensors: list[Any], feeds: Mapping[Any, Any]) -> list[Any] | None:
    with tf.Session() as session:
        try:
            if tf.global_variables():
                session.run(tf.global_variables_initializer(), feed_dict=feeds)
            values: list[Any] = session.run(tensors, feed_dict=feeds)
        except (tf.errors.OpError, ValueError, NotImplementedError):
            return None
    return values


@pytest.mark.parametrize("op_type", sorted(t for t, d in registry.registered().items() if d.gradient is not None))
def test_gradient_agrees_with_finite_differences(op_type: str) -> None:
    """Central differences of the samples with float64 inputs; in float32 they would be too coarse."""
    checked = 0
    for sample in cases().get(op_type, []):
        if sample.name.startswith(tuple(NO_DERIVATIVE)):
            continue
        if sample.gradient and all(
            item.array.size <= 30 and np.isfinite(item.array).all()
            for item in sample.inputs
            if item.array.dtype.kind == "f"
        ):
            checked += check_differences(sample)
        if checked >= 3:
            break


def check_differences(sample: Sample) -> bool:
    """Compare the gradient of a sample in float64 with differences; False where that is not possible."""
    wide = [np.asarray(item.array, np.float64 if item.array.dtype.kind == "f" else None) for item in sample.inputs]
    with tf.Graph().as_default():
        inputs = [
            tf.placeholder(a.dtype.name, shape=a.shape, name=name) for name, a in zip("xyzuvw", wide, strict=False)
        ]
        try:
            outputs = differentiable([t for t in flat(sample.build(tf, *inputs)) if isinstance(t, tf.Tensor)])
        except Exception:  # noqa: BLE001 - a sample may fit float32 alone
            return False
        sources = differentiable(inputs)
        if not outputs or not sources or any(t.dtype != tf.float64 for t in outputs):
            return False
        if any(
            op.type == "StopGradient" or tf.float32 in {t.dtype for t in op.outputs}
            for op in tf.get_default_graph().get_operations()
        ):
            return False
        total = tf.add_n([tf.reduce_sum(t) for t in outputs])
        slopes = [
            tf.convert_to_tensor(g) if g is not None else tf.zeros_like(x)
            for g, x in zip(tf.gradients(total, sources), sources, strict=True)
        ]
        with tf.Session() as session:
            feeds = dict(zip(inputs, wide, strict=True))
            try:
                if tf.global_variables():
                    session.run(tf.global_variables_initializer(), feed_dict=feeds)
                found = session.run(slopes, feed_dict=feeds)
            except tf.errors.OpError:
                return False
            for source, slope in zip(sources, found, strict=True):
                np.testing.assert_allclose(
                    slope,
                    differences(session, total, feeds, source),
                    rtol=TOLERANCE,
                    atol=TOLERANCE,
                    err_msg=sample.name,
                )
    return True


def differences(session: Any, total: Any, feeds: dict[Any, Any], source: Any) -> Any:
    """The slope of `total` along each element of `source`, by central differences."""
    base = feeds[source]
    slope = np.zeros_like(base)
    for place in np.ndindex(base.shape):
        ends = []
        for sign in (1, -1):
            moved = base.copy()
            moved[place] += sign * STEP
            ends.append(session.run(total, feed_dict={**feeds, source: moved}))
        slope[place] = (ends[0] - ends[1]) / (2 * STEP)
    return slope
