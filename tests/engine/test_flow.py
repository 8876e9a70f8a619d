"""Conditionals and loops: what is evaluated, what changes, what is refused; the same interpreted and compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import graphlab as tf
from graphlab.execute.compile import Compiled
from tests.oracle.sampling import family

RUNS = 5  # from the third on a run is compiled if it can be

REFUSED = ("refuses", "fails", "twice", "outside", "none applies", "two apply", "fetch from", "of other", "first value")
CASES = [
    pytest.param(name, key, id=f"{name}-{key}")
    for name in ("control", "flow")
    for key in family(name)
    if not any(word in key for word in REFUSED) and "py_func" not in key
]


@pytest.fixture
def new_graph() -> Iterator[Any]:
    with tf.Graph().as_default() as graph:
        yield graph


def flat(value: Any) -> list[Any]:
    return [t for item in value for t in flat(item)] if isinstance(value, list | tuple) else [value]


def by_name(graph: Any) -> dict[str, Any]:
    return {node.name: node for node in graph.as_graph_def().node}


def runs(fetches: Any, feeds: dict[Any, Any] | None = None, count: int = RUNS) -> list[Any]:
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return [session.run(fetches, feeds) for _ in range(count)]


@pytest.mark.parametrize(("name", "key"), CASES)
@pytest.mark.usefixtures("new_graph")
def test_compiled_runs_agree_with_interpreted_ones(name: str, key: str) -> None:
    sample = family(name)[key]
    inputs = [tf.placeholder(i.array.dtype.name, i.placeholder_shape) for i in sample.inputs]
    fetches = flat(sample.build(tf, *inputs))
    floating = [x for x in inputs if x.dtype.is_floating]
    ys = [t for t in fetches if isinstance(t, tf.Tensor) and t.dtype.is_floating]
    if sample.gradient and ys and floating:
        fetches += [g for g in tf.gradients(ys, floating) if g is not None]
    if tf.global_variables():
        pytest.skip("its values change from run to run")
    results = runs(fetches, dict(zip(inputs, (i.array for i in sample.inputs), strict=True)))
    for later in results[1:]:
        for first, value in zip(results[0], later, strict=True):
            assert np.shape(first) == np.shape(value)
            if first is not None:
                np.testing.assert_allclose(value, first, rtol=1e-6)


def compiles(build: Callable[..., Any], *values: Any) -> bool:
    """Whether the third run of an expression is compiled."""
    made: list[Any] = []
    original = Compiled.__init__

    def counted(self: Any, *arguments: Any) -> None:
        original(self, *arguments)
        made.append(self)

    with tf.Graph().as_default(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compiled, "__init__", counted)
        inputs = [tf.placeholder(np.asarray(v).dtype.name, np.shape(v)) for v in values]
        runs(build(*inputs), dict(zip(inputs, values, strict=True)), 3)
    return len(made) > 0


def test_conditionals_loops_and_maps_are_compiled() -> None:
    x = np.float32(2)
    assert compiles(lambda x: tf.cond(x > 0.0, lambda: x * 2.0, lambda: -x), x)
    assert compiles(lambda x: tf.while_loop(lambda q: q < 100.0, lambda q: q * x, [x]), x)
    assert compiles(lambda x: tf.map_fn(lambda r: r * 2.0, x), np.ones((3, 2), np.float32))
    assert compiles(lambda x: tf.gradients(tf.cond(x > 0.0, lambda: x * x, lambda: -x), x)[0], x)


def test_a_fed_truth_value_chooses_a_compiled_program() -> None:
    """So that dropout, which draws in one branch only, is compiled too."""
    assert compiles(lambda p: tf.cond(p, lambda: tf.random_uniform([], seed=1), lambda: tf.constant(0.0)), True)
    with tf.Graph().as_default():
        flag = tf.placeholder(tf.bool, [])
        draw = tf.cond(flag, lambda: tf.random_uniform([], seed=1), lambda: tf.constant(0.0))
        with tf.Session() as session:
            mixed = [session.run(draw, {flag: f}) for f in (True, False) * 4]
    assert [m for m in mixed if m] == drawn(4)


def drawn(count: int) -> list[Any]:
    with tf.Graph().as_default():
        flag = tf.placeholder(tf.bool, [])
        tf.cond(flag, lambda: tf.random_uniform([], seed=1), lambda: tf.constant(0.0), name="cond")
        draw = tf.get_default_graph().get_tensor_by_name("cond/Merge:0")
        with tf.Session() as session:
            return [session.run(draw, {flag: True}) for _ in range(count)]


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.usefixtures("new_graph")
def test_only_the_branch_taken_has_effects(taken: bool) -> None:
    called: list[str] = []

    def branch(label: str) -> Any:
        return lambda: tf.py_func(lambda: called.append(label) or np.float32(1), [], tf.float32)

    choice = tf.cond(tf.placeholder_with_default(taken, []), branch("true"), branch("false"))
    runs(choice, count=2)
    assert called == ["true" if taken else "false"] * 2


@pytest.mark.usefixtures("new_graph")
def test_assignments_of_the_branch_not_taken_do_not_happen() -> None:
    flag = tf.placeholder(tf.bool, [])
    v, w = tf.Variable(0), tf.Variable(0)
    step = tf.cond(flag, lambda: tf.group(tf.assign_add(v, 1)), lambda: tf.group(tf.assign_add(w, 1)))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for value in (True, False, True, True, False, True):
            session.run(step, {flag: value})
        assert session.run([v, w]) == [4, 2]


@pytest.mark.usefixtures("new_graph")
def test_variables_assigned_in_loops_keep_the_last_value() -> None:
    v = tf.Variable(1.0)

    def body(i: Any) -> Any:
        with tf.control_dependencies([tf.assign(v, v * 2.0)]):
            return i + 1

    loop = tf.while_loop(lambda i: i < 3, body, [tf.constant(0)])
    with tf.control_dependencies([loop]):
        after = v.read_value()
    # `v * 2.0` reads the variable before the loop, as its snapshot is taken outside.
    assert runs(after, count=4) == [2.0, 4.0, 8.0, 16.0]


@pytest.mark.usefixtures("new_graph")
def test_each_iteration_draws_new_numbers() -> None:
    draws = tf.map_fn(lambda _: tf.random_uniform([], seed=1), tf.zeros([4]))
    numbers = np.concatenate(runs(draws, count=3))
    assert len(set(numbers.tolist())) == 12


@pytest.mark.usefixtures("new_graph")
def test_a_loop_without_iterations_returns_its_first_values() -> None:
    x = tf.placeholder(tf.float32, [])
    assert runs(tf.while_loop(lambda q: q < 1.0, lambda q: q + 1.0, [x]), {x: 5.0}) == [5.0] * RUNS


def test_parallel_iterations_are_kept_in_the_graph(new_graph: Any) -> None:
    tf.while_loop(lambda i: i < 3, lambda i: i + 1, [0], parallel_iterations=4)
    assert new_graph.get_operation_by_name("while/Enter").get_attr("parallel_iterations") == 4


@pytest.mark.usefixtures("new_graph")
def test_bodies_must_return_what_they_take() -> None:
    with pytest.raises(ValueError, match="same nested structure"):
        tf.while_loop(lambda i, j: i < 3, lambda i, j: [i], [0, 1])
    with pytest.raises(ValueError, match="must be provided"):
        tf.while_loop(lambda: True, list, [])
    with pytest.raises(ValueError, match="less-specific shape"):
        tf.while_loop(lambda v: True, lambda v: tf.concat([v, v], 0), [tf.ones([2])])
    with pytest.raises(ValueError, match="not compatible with the initial shape"):
        tf.while_loop(lambda v: True, lambda v: v, [tf.ones([2])], shape_invariants=[tf.TensorShape([3])])


@pytest.mark.usefixtures("new_graph")
def test_only_results_can_be_fetched() -> None:
    inside: list[Any] = []
    result = tf.cond(tf.constant(True), lambda: inside.append(tf.constant(1)) or inside[0], lambda: tf.constant(2))
    with tf.Session() as session:
        assert session.run(result) == 1
        with pytest.raises(ValueError, match=r"not fetchable.*fetch what these return"):
            session.run(inside[0])


def test_branches_of_an_imported_graph_have_no_value_when_not_taken(new_graph: Any) -> None:
    inside: list[Any] = []
    tf.cond(tf.constant(False), lambda: inside.append(tf.constant(1)) or inside[0], lambda: tf.constant(2))
    with tf.Graph().as_default():
        (leaf,) = tf.import_graph_def(new_graph.as_graph_def(), return_elements=[inside[0].name]) or []
        with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError, match="does not have value"):
            session.run(leaf)


def test_imported_loops_run_and_refuse_gradients(new_graph: Any) -> None:
    x = tf.constant(2.0, name="x")
    y = tf.while_loop(lambda i, p: i < 3, lambda i, p: (i + 1, p * x), [0, x])[1]
    with tf.Graph().as_default() as copy:
        names = ["x:0", y.name]
        x, y = tf.import_graph_def(new_graph.as_graph_def(), return_elements=names, name="") or []
        assert by_name(copy) == by_name(new_graph)
        assert runs(y) == [16.0] * RUNS
        with pytest.raises(ValueError, match="Build the loop here"):
            tf.gradients(y, x)


@pytest.mark.usefixtures("new_graph")
def test_print_and_check_numerics_work_inside(capfd: pytest.CaptureFixture[str]) -> None:
    x = tf.placeholder(tf.float32, [])
    body = lambda q: tf.check_numerics(tf.Print(q * x, [q], "q = "), "grew")  # noqa: E731  one line beside its condition
    last = tf.while_loop(lambda q: q < 10.0, body, [x])
    with tf.Session() as session:
        assert session.run(last, {x: 3.0}) == 27.0
        with pytest.raises(tf.errors.InvalidArgumentError, match="grew : Tensor had Inf values"):
            session.run(last, {x: -1e30})
    assert capfd.readouterr().err.startswith("q = [3]\nq = [9]\n")
