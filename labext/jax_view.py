"""A view of any JAX function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from labext.sources.jaxpr import JaxGraph
from labext.widgets.graph_view import GraphView


def show_jax(function: Callable[..., Any], *args: Any, **kwargs: Any) -> GraphView:
    """Shows what a JAX function computes. It is traced, not run.

    Scopes are those of `jax.named_scope` and of nested functions: jit, scan, cond, while, custom derivatives.
    Nodes carry the line of code they come from, and XLA's estimate of their cost: colour by it with
    ``view.colour_by("attribute flops")`` or ``"attribute bytes"``.

    Args:
        function: any function that JAX can trace, such as ``model.apply`` or ``jax.grad(loss)``.
        args: example arguments; arrays, trees of arrays, modules.
        kwargs: likewise, by name.

    Returns:
        The view.

    Example:
        >>> import jax.numpy as jnp
        >>> show_jax(lambda x: jnp.tanh(x) * 2, 1.0)
        GraphView(5 nodes)
    """
    return GraphView(JaxGraph(function, *args, **kwargs))
