"""The methods of a variable that change its value."""

from __future__ import annotations

from typing import Any

from graphlab.graph import context
from graphlab.graph.graph import Graph
from graphlab.graph.registry import operators
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import scatter, state
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.ops.slice_assignment import VariableSlice


class Updates:
    """What `tf.Variable` can do to its buffer; each method but `load` adds an operation to the graph."""

    _ref: Tensor
    _snapshot: Tensor
    _initializer: Operation

    def value(self) -> Tensor:
        """Returns the tensor that reads it."""
        return self._snapshot

    @property
    def graph(self) -> Graph:
        """The graph that holds the variable."""
        return self._ref.graph

    def load(self, value: Any, session: Any = None) -> None:
        """Gives it a value in a session, without a new node.

        Raises:
            ValueError: there is no session.
        """
        runner = context.session_for(session, self.graph, "load a variable")
        runner.run(self._initializer, {self._initializer.inputs[1]: value})

    def assign(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Adds an operation that gives it a new value; see `tf.assign`."""
        return _result(state.assign(self._ref, value, use_locking=use_locking, name=name), read_value)

    def assign_add(
        self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Adds an operation that adds to it; see `tf.assign_add`."""
        return _result(state.assign_add(self._ref, delta, use_locking=use_locking, name=name), read_value)

    def assign_sub(
        self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Adds an operation that subtracts from it; see `tf.assign_sub`."""
        return _result(state.assign_sub(self._ref, delta, use_locking=use_locking, name=name), read_value)

    def count_up_to(self, limit: int) -> Tensor:
        """Adds an operation that counts up until a limit; see `tf.count_up_to`."""
        return state.count_up_to(self._ref, limit)

    def scatter_update(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Adds an operation that writes the rows of an `IndexedSlices`."""
        return self._scatter("ScatterUpdate", sparse_delta, use_locking, name)

    def scatter_add(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Adds an operation that adds to the rows of an `IndexedSlices`."""
        return self._scatter("ScatterAdd", sparse_delta, use_locking, name)

    def scatter_sub(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Adds an operation that subtracts from the rows of an `IndexedSlices`."""
        return self._scatter("ScatterSub", sparse_delta, use_locking, name)

    def scatter_mul(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Adds an operation that multiplies the rows of an `IndexedSlices`."""
        return self._scatter("ScatterMul", sparse_delta, use_locking, name)

    def scatter_div(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Adds an operation that divides the rows of an `IndexedSlices`."""
        return self._scatter("ScatterDiv", sparse_delta, use_locking, name)

    def scatter_max(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Adds an operation that takes the larger of its rows and those of an `IndexedSlices`."""
        return self._scatter("ScatterMax", sparse_delta, use_locking, name)

    def scatter_min(self, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
        """Adds an operation that takes the smaller of its rows and those of an `IndexedSlices`."""
        return self._scatter("ScatterMin", sparse_delta, use_locking, name)

    def __getitem__(self, key: Any) -> Any:
        sliced = operators()["getitem"](self.value(), key)
        return VariableSlice(sliced, self._ref) if sliced.op.type == "StridedSlice" else sliced

    def _scatter(self, op_type: str, delta: Any, use_locking: bool, name: str | None) -> Tensor:
        if not isinstance(delta, IndexedSlices):
            raise TypeError(f"sparse_delta is not IndexedSlices: {delta}. Use tf.IndexedSlices(values, indices).")
        return scatter.scatter(op_type, self._ref, delta.indices, delta.values, use_locking, name)


def _result(updated: Tensor, read_value: bool) -> Any:
    return updated if read_value else updated.op
