"""Traces programs with conditionals and loops into one JAX program.

A conditional evaluates both branches and selects; what a branch would write is selected too. A loop becomes one
`lax.while_loop` over its variables, the values that its condition leaves for the body, and the variables written
inside. Whatever does not fit raises `Untraceable`; NumPy then goes on computing such runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from graphlab.execute.blocks import Block, Loop
from graphlab.execute.flow import SKIPPED, Evaluation
from graphlab.execute.frames import MERGES, SWITCHES, flattened
from graphlab.execute.plan import variable_of
from graphlab.execute.steps import Step, lowered
from graphlab.graph.demands import collecting
from graphlab.graph.registry import Effect
from graphlab.graph.tensor import Operation
from graphlab.ops.tensor_array_values import DenseList, ListValue, dense, is_blank

# Conditions that all hold where a value exists: pairs of a truth value's number and what it is.
Life = frozenset[tuple[int, bool]]
ALWAYS: Life = frozenset()


class Untraceable(jax.errors.JAXTypeError):
    """A conditional or loop does not fit into a compiled program."""


class TracedEvaluation(Evaluation):
    """A run of blocks in which values may be JAX tracers."""

    xp = jnp

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._lives: dict[int, Life] = {}
        self._truths: dict[int, Any] = {}

    def run_step(self, step: Step) -> None:
        """Evaluates one operation, for both branches where the program decides only when it runs."""
        life = self._life(step.guards)
        if step.op.type in SWITCHES:
            data, pred = self.arguments(step)
            if isinstance(pred, jax.core.Tracer) and not any(self.values[g] is SKIPPED for g in step.guards):
                number = self._number(pred)
                self.put(step, (data, data))
                for position in (0, 1):
                    self._lives[step.first + position] = life | {(number, bool(position))}
                self._note(step.live, life)
                return
        super().run_step(step)
        if step.op.type not in MERGES:
            for slot in range(step.first, step.first + len(step.op.outputs)):
                self._note(slot, life)
        self._note(step.live, life)

    def computed(self, step: Step) -> tuple[Any, ...]:
        """The outputs of an operation; what it writes in a branch is selected."""
        op = step.op
        if op.type in ("StackV2", "PyFunc"):
            raise Untraceable(f"'{op.name}' ({op.type}) keeps what a compiled program cannot.")
        life = self._life(step.guards)
        effect = op.definition.effect
        if effect is Effect.RANDOM and life:
            raise Untraceable(f"'{op.name}' draws random numbers in a branch only.")
        if effect is not Effect.WRITES or not life:
            return super().computed(step)
        outer, self.state = self.state, _Selected(self.state, self._holds(life))
        try:
            return super().computed(step)
        finally:
            self.state = outer

    def lower(self, op: Operation, arguments: list[Any]) -> Any:
        """Computes an operation; any failure leaves the run to NumPy, which fails properly or not at all."""
        try:
            return lowered(op, jnp, arguments, self.state, self.draw)
        except (jax.errors.JAXTypeError, jax.errors.JAXIndexError):
            raise
        except Exception as error:
            raise Untraceable(f"'{op.name}' ({op.type}): {error}") from error

    def merged(self, step: Step) -> tuple[Any, Any]:
        """The value of a Merge, selected by what decides which input exists."""
        found = [
            (i, value, self._lives.get(slot, ALWAYS))
            for i, (value, slot) in enumerate(zip(self.arguments(step), step.inputs, strict=True))
            if value is not SKIPPED
        ]
        if not found:
            return SKIPPED, SKIPPED
        index, value, life = found[0]
        position: Any = np.array(index, np.int32)
        for other_index, other, other_life in found[1:]:
            common = life & other_life
            own, others = life - common, other_life - common
            holds = self._holds(own)
            value = _select(holds, value, other)
            position = jnp.where(holds, position, np.int32(other_index))
            if len(own) == len(others) == 1 and _negated(own) == others:
                life = common
            else:
                life = common | {(self._number(jnp.logical_or(holds, self._holds(others))), True)}
        for slot in (step.first, step.first + 1):
            self._note(slot, life)
        return value, position

    def run_loop(self, loop: Loop) -> None:
        """Makes a loop of the program from a loop of the graph."""
        values = self.values
        life = self._life(loop.guards)
        if any(values[g] is SKIPPED for g in loop.guards):
            super().run_loop(loop)
            return
        if any(op.definition.effect is Effect.RANDOM for op in flattened([loop.frame])):
            raise Untraceable("A loop draws random numbers.")
        self.enter(loop)
        results = _TracedLoop(self, loop, self._holds(life) if life else None).run()
        for (_, outside), value in zip(loop.exits, results, strict=True):
            values[outside] = value
            self._note(outside, life)
        for slot in loop.live:
            values[slot] = True
            self._note(slot, life)

    def inner(self) -> TracedEvaluation:
        """An evaluation that begins with the values of this one and leaves them alone."""
        return TracedEvaluation(list(self.values), dict(self.state.items()), self.draw, self.constants)

    def _life(self, slots: Iterable[int]) -> Life:
        return frozenset[tuple[int, bool]]().union(*[self._lives.get(slot, ALWAYS) for slot in slots])

    def _note(self, slot: int | None, life: Life) -> None:
        if slot is not None:
            self._lives[slot] = life

    def _number(self, truth: Any) -> int:
        self._truths[id(truth)] = truth
        return id(truth)

    def _holds(self, life: Life) -> Any:
        """Whether all conditions hold."""
        result: Any = np.bool_(True)
        for number, wanted in sorted(life):
            truth = jnp.reshape(self._truths[number], ())
            result = jnp.logical_and(result, truth if wanted else jnp.logical_not(truth))
        return result


class _TracedLoop:
    """One loop of the graph as `lax.while_loop`; carries (goes on, loop variables, values of the head, written variables)."""

    def __init__(self, outside: TracedEvaluation, loop: Loop, exists: Any) -> None:
        self._outside = outside
        self._loop = loop
        self._exists = exists
        self._written = _written(loop)
        self._passed = sorted(_outputs(loop.head) & (_inputs(loop.body) | {slot for slot, _ in loop.exits}))
        self._static: dict[int, Any] = {}

    def run(self) -> list[Any]:
        """Returns the values of the exits."""
        loop, outside = self._loop, self._outside
        variables = [_carried(outside.values[first]) for first, _, _ in loop.variables]
        written = [jnp.asarray(outside.state[name]) for name in self._written]
        # What a loop demands cannot leave it: its iterations are not checked.
        with collecting(None):
            carry = self._settled(variables, written)
            final = jax.lax.while_loop(lambda c: c[0], self._advance, carry)
        _, variables, passed, written = final
        for name, value in zip(self._written, written, strict=True):
            outside.state[name] = value
        found = {current: value for (_, current, _), value in zip(loop.variables, variables, strict=True)}
        found |= self._unpacked(passed)
        return [found.get(inside, outside.values[inside]) for inside, _ in loop.exits]

    def _settled(self, variables: list[Any], written: list[Any]) -> Any:
        """The first values, brought into the shapes that they have after an iteration: lists begin without elements."""
        for _ in range(4):
            carry = self._with_head(variables, written)
            after = jax.eval_shape(self._advance, carry)[1]
            fitted = [_fitted(v, a) for v, a in zip(variables, after, strict=True)]
            if all(v is f for v, f in zip(variables, fitted, strict=True)):
                return carry
            variables = fitted
        raise Untraceable("The values that a loop carries do not keep their shapes.")

    def _advance(self, carry: Any) -> Any:
        """One iteration, and the condition of the next."""
        _, variables, passed, written = carry
        inner = self._entered(variables, written)
        for slot, value in self._unpacked(passed).items():
            inner.values[slot] = value
        inner.values[self._loop.condition] = np.bool_(True)
        inner.run(self._loop.body)
        following = [_carried(inner.values[after]) for _, _, after in self._loop.variables]
        return self._with_head(following, [jnp.asarray(inner.state[name]) for name in self._written])

    def _with_head(self, variables: list[Any], written: list[Any]) -> Any:
        inner = self._entered(variables, written)
        inner.run(self._loop.head)
        goes_on = jnp.reshape(jnp.asarray(inner.values[self._loop.condition], bool), ())
        if self._exists is not None:
            goes_on = jnp.logical_and(goes_on, self._exists)
        passed = []
        for slot in self._passed:
            value = inner.values[slot]
            if isinstance(value, (np.ndarray, np.generic, jax.Array, ListValue, DenseList)):
                passed.append(_carried(value))
            else:
                self._static[slot] = value
        return goes_on, variables, passed, [jnp.asarray(inner.state[name]) for name in self._written]

    def _entered(self, variables: list[Any], written: list[Any]) -> TracedEvaluation:
        inner = self._outside.inner()
        for (_, current, _), value in zip(self._loop.variables, variables, strict=True):
            inner.values[current] = value
        for name, value in zip(self._written, written, strict=True):
            inner.state[name] = value
        return inner

    def _unpacked(self, passed: list[Any]) -> dict[int, Any]:
        arrays = iter(passed)
        return {slot: self._static[slot] if slot in self._static else next(arrays) for slot in self._passed}


class _Selected(MutableMapping[str, Any]):
    """Variables of which a branch writes: outside of the branch they keep their values."""

    def __init__(self, state: MutableMapping[str, Any], holds: Any) -> None:
        self._state = state
        self._holds = holds

    def __getitem__(self, name: str) -> Any:
        return self._state[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._state[name] = _select(self._holds, value, self._state[name])

    def __delitem__(self, name: str) -> None:
        del self._state[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._state)

    def __len__(self) -> int:
        return len(self._state)


def _negated(life: Life) -> Life:
    return frozenset((number, not wanted) for number, wanted in life)


def _select(holds: Any, value: Any, other: Any) -> Any:
    if value is other or (isinstance(value, str) and value == other):
        return value
    if isinstance(value, (ListValue, DenseList)) or isinstance(other, (ListValue, DenseList)):
        return DenseList(_select(holds, dense(value), dense(other)))
    if (
        not all(isinstance(v, (np.ndarray, np.generic, jax.Array)) for v in (value, other))
        or value.shape != other.shape
    ):
        raise Untraceable("The branches of a conditional give values of different shapes, or no arrays.")
    return jnp.where(holds, value, other)


def _carried(value: Any) -> Any:
    """A value in the form in which a loop carries it."""
    if isinstance(value, ListValue):
        if value.handle.is_dynamic:
            raise Untraceable("A TensorArray of dynamic size grows in a loop.")
        if is_blank(value):
            return DenseList(jnp.zeros((len(value.elements.items), 0), value.handle.dtype))
        return DenseList(dense(value))
    if isinstance(value, DenseList):
        return value
    if not isinstance(value, (np.ndarray, np.generic, jax.Array)):
        raise Untraceable(f"A loop carries {value!r}.")
    return jnp.asarray(value)


def _fitted(value: Any, after: Any) -> Any:
    """A first value in the shape that it has after an iteration, if it is an empty list or the zero of gradients."""
    first, wanted = (v.array if isinstance(v, DenseList) else v for v in (value, after))
    if first.shape == wanted.shape and first.dtype == wanted.dtype:
        return value
    if isinstance(value, DenseList) and first.size == 0:
        return DenseList(jnp.zeros(wanted.shape, wanted.dtype))
    if first.ndim == 0:
        return jnp.broadcast_to(first.astype(wanted.dtype), wanted.shape)
    raise Untraceable("A value that a loop carries changes its shape.")


def _written(loop: Loop) -> list[str]:
    """The variables that a loop writes."""
    writers = [op for op in flattened([loop.frame]) if op.definition.effect is Effect.WRITES]
    return list(dict.fromkeys(variable_of(t).name for op in writers for t in op.inputs if t.dtype.is_ref))


def _outputs(blocks: Iterable[Block]) -> set[int]:
    slots: set[int] = set()
    for block in blocks:
        slots |= (
            {s for _, s in block.exits}
            if isinstance(block, Loop)
            else set(range(block.first, block.first + len(block.op.outputs)))
        )
    return slots


def _inputs(blocks: Iterable[Block]) -> set[int]:
    slots: set[int] = set()
    for block in blocks:
        if isinstance(block, Loop):
            slots |= {s for s, _ in block.entries}
        else:
            slots |= {*block.inputs, *block.guards}
    return slots
