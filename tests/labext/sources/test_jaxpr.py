"""Tests for graphs of JAX functions."""

from __future__ import annotations

from typing import Any

import equinox as eqx
import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from tensorboard.compat.proto.node_def_pb2 import NodeDef

from labext.sources.jaxpr import JaxGraph

X = np.ones((4, 8), np.float32)


def nodes(function: Any, *args: Any, **kwargs: Any) -> dict[str, NodeDef]:
    found = {node.name: node for node in JaxGraph(function, *args, **kwargs).as_graph_def().node}
    for node in found.values():
        assert all(source.partition(":")[0] in found for source in node.input), node
    return found


def scopes(found: dict[str, NodeDef]) -> set[str]:
    return {name.rpartition("/")[0] for name in found}


def test_arguments_and_results_have_names() -> None:
    found = nodes(
        lambda params, x: x @ params["dense"]["kernel"], {"dense": {"kernel": np.ones((8, 2), np.float32)}}, x=X
    )
    assert found["params/dense/kernel"].op == found["x"].op == "Placeholder"
    assert list(found["dot_general"].input) == ["x", "params/dense/kernel"]
    assert list(found["output"].input) == ["dot_general"]


def test_named_scopes_are_scopes_and_edges_have_shapes() -> None:
    def function(x: jax.Array) -> jax.Array:
        with jax.named_scope("outer"), jax.named_scope("inner"):
            return x.sum(axis=0)

    (shape,) = nodes(function, X)["outer/inner/reduce_sum"].attr["_output_shapes"].list.shape
    assert [dim.size for dim in shape.dim] == [8]


def test_nested_functions_open() -> None:
    @jax.custom_vjp
    def clip(x: jax.Array) -> jax.Array:
        return jnp.clip(x, 0, 1) * 2

    clip.defvjp(lambda x: (clip(x), x), lambda _x, g: (g,))

    def function(x: jax.Array) -> Any:
        y = jax.jit(lambda v: v * 2 + 1)(x)
        total, _ = jax.lax.scan(lambda c, row: (c + row.sum(), c), 0.0, y)
        count = jax.lax.while_loop(lambda c: c[0] < 3, lambda c: (c[0] + 1, c[1] * total), (0, 1.0))
        chosen = jax.lax.cond(total > 0, jnp.sin, jnp.cos, total)
        return clip(chosen + count[1])

    found = nodes(function, X)
    assert {"scan", "while/cond", "while/body", "cond/branch_0", "cond/branch_1", "clip"} <= scopes(found)
    assert found["scan/enter"].attr["length"].s == b"4"
    assert found["cond/choice"].op == "Select"


def test_nodes_carry_costs_and_source_lines() -> None:
    graph = JaxGraph(lambda x: x @ x.T, X)
    node = next(node for node in graph.as_graph_def().node if node.op == "dot_general")
    assert node.attr["flops"].s == str(2 * 4 * 8 * 4).encode()
    assert int(node.attr["bytes"].s) > 0
    info = graph.as_graph_debug_info()
    frame = info.traces[node.name].file_line_cols[0]
    assert info.files[frame.file_index].endswith("test_jaxpr.py")


def test_what_a_derivative_runs_backwards_stands_apart() -> None:
    def loss(x: jax.Array) -> jax.Array:
        with jax.named_scope("model"):
            return jnp.tanh(x).sum()

    assert {"model", "gradients/model"} <= scopes(nodes(jax.grad(loss), X))


def test_visits_of_a_scope_are_told_apart_and_so_there_is_no_way_back() -> None:
    model = eqx.nn.MLP(8, 2, 16, 2, key=jax.random.key(0))
    found = nodes(jax.vmap(model), X)
    layers = [f"eqx.nn.MLP/eqx.nn.Linear{number}" for number in ("", "_1", "_2")]
    assert {*layers, "eqx.nn.MLP/relu", "eqx.nn.MLP/relu_1"} <= scopes(found)
    assert [sum(name.startswith(f"{layer}/dot_general") for name in found) for layer in layers] == [1, 1, 1]


class Net(nn.Module):
    @nn.compact
    def __call__(self, x: jax.Array) -> jax.Array:
        return nn.Dense(2)(nn.relu(nn.Dense(16)(x)))


def test_shows_a_flax_model_and_its_gradient() -> None:
    net = Net()
    params = net.init(jax.random.key(0), X)
    found = nodes(net.apply, params, X)
    assert "variables/params/Dense_0/kernel" in found
    assert any(scope.endswith("Dense_0") and "variables" not in scope for scope in scopes(found))
    loss: Any = lambda params, x: jnp.sum(net.apply(params, x) ** 2)  # type: ignore[operator]  # noqa: E731  beside its gradient
    gradient = nodes(jax.grad(loss), params, X)
    assert any(scope.startswith("gradients") and scope.endswith("Dense_1") for scope in scopes(gradient))


def test_shows_an_equinox_model_and_its_gradient() -> None:
    model = eqx.nn.MLP(8, 2, 16, 1, key=jax.random.key(0))
    found = nodes(jax.vmap(model), X)
    assert any(node.op == "dot_general" for node in found.values())
    whole = nodes(lambda model, x: jax.vmap(model)(x), model, X)
    assert "model/layers/0/weight" in whole
    loss: Any = lambda model, x: jnp.sum(jax.vmap(model)(x) ** 2)  # noqa: E731  beside its gradient
    gradient = nodes(eqx.filter_grad(loss), model, X)
    assert any(scope.startswith("gradients") for scope in scopes(gradient))


@pytest.mark.parametrize("value", [jax.random.key(0), np.float64(1.5), 3, jax.ShapeDtypeStruct((2,), jnp.bfloat16)])
def test_takes_all_kinds_of_arguments(value: Any) -> None:
    assert "x" in nodes(
        lambda x: jax.random.uniform(x) if jnp.issubdtype(getattr(x, "dtype", int), jax.dtypes.prng_key) else x + x,
        value,
    )
