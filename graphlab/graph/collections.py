"""Named collections of a graph and the standard names of `tf.GraphKeys`."""

from __future__ import annotations

import re
from typing import Any, Final


class GraphKeys:
    """Names of the standard collections. Mirrors `tf.GraphKeys`."""

    GLOBAL_VARIABLES: Final = "variables"
    LOCAL_VARIABLES: Final = "local_variables"
    MODEL_VARIABLES: Final = "model_variables"
    TRAINABLE_VARIABLES: Final = "trainable_variables"
    METRIC_VARIABLES: Final = "metric_variables"
    MOVING_AVERAGE_VARIABLES: Final = "moving_average_variables"
    SUMMARIES: Final = "summaries"
    QUEUE_RUNNERS: Final = "queue_runners"
    TABLE_INITIALIZERS: Final = "table_initializer"
    ASSET_FILEPATHS: Final = "asset_filepaths"
    REGULARIZATION_LOSSES: Final = "regularization_losses"
    CONCATENATED_VARIABLES: Final = "concatenated_variables"
    SAVERS: Final = "savers"
    WEIGHTS: Final = "weights"
    BIASES: Final = "biases"
    ACTIVATIONS: Final = "activations"
    UPDATE_OPS: Final = "update_ops"
    LOSSES: Final = "losses"
    INIT_OP: Final = "init_op"
    LOCAL_INIT_OP: Final = "local_init_op"
    READY_OP: Final = "ready_op"
    SUMMARY_OP: Final = "summary_op"
    GLOBAL_STEP: Final = "global_step"
    TRAIN_OP: Final = "train_op"
    COND_CONTEXT: Final = "cond_context"
    WHILE_CONTEXT: Final = "while_context"


class Collections:
    """The collections of one graph: lists of objects under names."""

    def __init__(self) -> None:
        self._lists: dict[str, list[Any]] = {}

    def add(self, name: str, value: Any) -> None:
        """Appends a value to a collection."""
        self._lists.setdefault(name, []).append(value)

    def live(self, name: str) -> list[Any]:
        """Returns the collection itself, made if need be."""
        return self._lists.setdefault(name, [])

    def get(self, name: str, scope: str | None = None) -> list[Any]:
        """Returns a copy; with a scope only the items whose `name` matches it from the start."""
        items = self._lists.get(name, [])
        if scope is None:
            return list(items)
        pattern = re.compile(scope)
        return [item for item in items if hasattr(item, "name") and pattern.match(item.name)]

    def names(self) -> list[str]:
        """The names of all collections but the hidden ones, which start with `__`: there the library keeps its own."""
        return [name for name in self._lists if not name.startswith("__")]

    def clear(self, name: str) -> None:
        """Empties a collection."""
        self._lists.pop(name, None)
