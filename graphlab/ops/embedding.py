"""Rows of a table looked up by number."""

from __future__ import annotations

from typing import Any

from graphlab.graph.tensor import Tensor
from graphlab.ops import arrays, clipping, gathering
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import colocate_with, name_scope


def embedding_lookup(
    params: Any,
    ids: Any,
    partition_strategy: str = "mod",
    name: str | None = None,
    validate_indices: bool = True,
    max_norm: float | None = None,
) -> Tensor:
    """Returns the rows of a table that `ids` name. Mirrors `tf.nn.embedding_lookup`.

    Args:
        params: the table: a tensor or variable, or a list of one.
        ids: integers of any shape.
        partition_strategy: without effect on a single table.
        name: the name of the operation.
        validate_indices: accepted for compatibility; numbers are always checked.
        max_norm: the norm to which longer rows are scaled down.

    Raises:
        ValueError: there is no table, or the strategy is unknown.
        NotImplementedError: the table is in several parts.
    """
    if params is None:
        raise ValueError("params must be specified")
    tables = list(params) if isinstance(params, (list, tuple)) else [params]
    if not tables:
        raise ValueError("Need at least one param.")
    if len(tables) > 1:
        raise NotImplementedError("Tables in several parts are not supported; join them with tf.concat.")
    if partition_strategy not in ("mod", "div"):
        raise ValueError(
            f"Unrecognized partition strategy: {partition_strategy}. Must be one of either `mod` or `div`."
        )
    with name_scope(name, "embedding_lookup", [*tables, ids]) as scope:
        table, numbers = convert_to_tensor(tables[0], name="params"), convert_to_tensor(ids, name="ids")
        with colocate_with(table):
            rows = gathering.gather(table, numbers, name=scope)
            if max_norm is not None:
                rows = clipping.clip_by_norm(rows, max_norm, axes=_row_axes(rows, numbers))
        return arrays.identity(rows)


def _row_axes(rows: Tensor, numbers: Tensor) -> Any:
    """The axes within a row."""
    if numbers.shape.ndims and rows.shape.ndims:
        return list(range(numbers.shape.ndims, rows.shape.ndims))
    return arrays.sequence(arrays.rank(numbers), arrays.rank(rows))
