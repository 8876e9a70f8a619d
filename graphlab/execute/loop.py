"""Compiles many steps of one kind of run into one XLA loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np

from graphlab.execute.compile import RefusedError, Seeds, VariableShapes, compiling, large_constants, on_device
from graphlab.execute.program import Program, evaluate
from graphlab.execute.split import split
from graphlab.graph.demands import collecting
from graphlab.graph.tensor import Operation

_MOST_TAKEN_BYTES: Final = 4096
"""So much of a step is kept for what is computed afterwards; copying more would cost as much as computing it at once."""

# XLA runs the body of a loop without its scheduler, which takes half the time of a small step, if it has at most eight
# kernels. Of the few in a step one is a needless copy of the index; this finds out that it is.
_OPTIONS: Final[dict[str, str | bool]] = {"xla_cpu_copy_insertion_use_region_analysis": True}


class CompiledLoop:
    """Many runs of a program, each with its own slice of the fed values, as one executable.

    Attributes:
        written: the names of the variables that a call gives new values.
        samples: how many blocks of its random stream each random operation uses in one step.
        shapes: the shapes of the variables.
    """

    def __init__(
        self,
        program: Program,
        feeds: Sequence[np.ndarray[Any, Any]],
        steps: int,
        variables: Mapping[str, Any],
        seeds: Seeds,
        *,
        is_cut_short: bool = False,
    ) -> None:
        """Compiles.

        Args:
            program: the program of one step.
            feeds: for each fed tensor the values of all steps, shape `[steps, ...]`.
            steps: how many steps one call makes.
            variables: the variables of the session, each of which must be initialised.
            seeds: gives the seed pair of a random operation.
            is_cut_short: whether each call says how many of the steps it makes.

        Raises:
            jax.errors.JAXTypeError: a shape depends on values that are known only while the program runs.
            jax.errors.JAXIndexError: likewise.
            ReshapedError: a step changes the shape of a variable.
        """
        plan = program.plan
        self.written = plan.written
        self.samples: dict[Operation, int] = {}
        self._is_checked = False
        self._kept = tuple(name for name in plan.variables if name not in plan.written)
        self.shapes = VariableShapes(plan.variables, variables)
        constants = large_constants(plan)
        parts = split(plan) if is_cut_short else None

        def loop(changing: Any, kept: Any, constant_values: Any, fed: Any, offsets: Any, count: Any) -> tuple[Any, Any]:
            fixed = dict(zip(self._kept, kept, strict=True))
            substitutes = dict(zip(constants, constant_values, strict=True))
            streams = dict(zip(plan.random, offsets, strict=True))

            def made(program: Program, carried: Any, slices: Any) -> tuple[Any, list[Any]]:
                index, fed_now = slices
                state = {**fixed, **dict(zip(self.written, carried, strict=True))}

                def draw(op: Operation, samples: int) -> tuple[int, int, Any]:
                    self.samples[op] = samples
                    low, high = streams[op].astype(jnp.uint64)
                    return (*seeds(op), (low | high << jnp.uint64(32)) + index * jnp.uint64(samples))

                demands: list[Any] = []
                with collecting(demands):
                    results = evaluate(program, jnp, fed_now, state, draw, substitutes)
                self.shapes.check(state)
                self._is_checked = bool(demands)
                checks = [jnp.all(jnp.stack(demands))] if demands else []
                return [state[name] for name in self.written], [*results, *checks]

            def whole(carried: Any, slices: Any) -> tuple[Any, list[Any]]:
                carried, results = made(program, carried, slices)
                return carried, [jnp.asarray(r) for r in results]

            # Only random numbers depend on the number of the step.
            slices = (jnp.arange(steps, dtype=jnp.uint64) if plan.random else None, fed)
            if not is_cut_short:
                return jax.lax.scan(whole, changing, slices, length=steps)
            if parts is None:
                return _scan_to(count, whole, changing, slices, steps)
            # Axes and the like, known while the program is traced, are the same in all steps.
            known: list[Any] = []

            def first(carried: Any, slices: Any) -> tuple[Any, list[Any]]:
                carried, taken = made(parts.first, carried, slices)
                known[:] = [None if isinstance(value, jax.Array) else value for value in taken]
                return carried, [value for value in taken if isinstance(value, jax.Array)]

            def rest(fed_now: Any, taken: list[Any]) -> list[Any]:
                traced = iter(taken)
                given = [next(traced) if value is None else value for value in known]
                return evaluate(parts.rest, jnp, [*fed_now, *given], {}, _no_draw, substitutes)

            first = jax.jit(first)
            _, shapes = jax.eval_shape(first, changing, _at(slices, 0))
            if sum(shape.dtype.itemsize * shape.size for shape in shapes) > _MOST_TAKEN_BYTES:
                return _scan_to(count, whole, changing, slices, steps)
            new, taken = _scan_to(count, first, changing, slices, steps)
            return new, jax.vmap(rest, axis_size=steps)(fed, taken)

        with compiling():
            self._constants = on_device(constants)
            self._call = (
                jax.jit(loop)
                .lower(*self._arguments(variables, feeds, [np.zeros(2, np.uint32)] * len(plan.random), steps))
                .compile(compiler_options=_OPTIONS)
            )

    def __call__(
        self, variables: Mapping[str, Any], feeds: Sequence[Any], offsets: Any, count: int = 0
    ) -> tuple[list[Any], list[Any]]:
        """Runs all steps, or the first `count` of a loop that is cut short.

        Args:
            variables: the variables of the session.
            feeds: for each fed tensor the values of all steps.
            offsets: for each random operation the position of its stream, two uint32 words.
            count: how many steps to make; all of them unless the loop is cut short.

        Returns:
            The new values of the variables in `written`, and for each fetched tensor its values in all steps.

        Raises:
            RefusedError: in some step a value is not what an operation demands.
        """
        with jax.enable_x64(True):
            new, results = self._call(*self._arguments(variables, feeds, offsets, count))
        if self._is_checked and not np.all(results.pop()):
            raise RefusedError
        return new, results

    def _arguments(
        self, variables: Mapping[str, Any], feeds: Sequence[Any], offsets: Any, count: int
    ) -> tuple[Any, ...]:
        return (
            [jnp.asarray(variables[name]) for name in self.written],
            [variables[name] for name in self._kept],
            self._constants,
            list(feeds),
            offsets,
            np.int32(count),
        )


def _scan_to(
    count: Any, step: Callable[[Any, Any], tuple[Any, list[Any]]], carried: Any, slices: Any, length: int
) -> tuple[Any, list[Any]]:
    """`jax.lax.scan` over the first `count` of `length` slices; the outputs of the others are zero."""
    # JAX keeps the trace of a jitted function, so `step` is traced once.
    step = jax.jit(step)

    def body(index: Any, state: Any) -> Any:
        carried, outputs = state
        carried, new = step(carried, _at(slices, index))
        return carried, [
            jax.lax.dynamic_update_index_in_dim(o, n, index, 0, allow_negative_indices=False)
            for o, n in zip(outputs, new, strict=True)
        ]

    _, shapes = jax.eval_shape(step, carried, _at(slices, 0))
    empty = [jnp.zeros((length, *shape.shape), shape.dtype) for shape in shapes]
    result: tuple[Any, list[Any]] = jax.lax.fori_loop(0, count, body, (carried, empty))
    return result


def _at(slices: Any, index: Any) -> Any:
    """The slices of one step. With `a[index]` XLA would look in each step whether the index is negative."""
    return jax.tree.map(
        lambda array: jax.lax.dynamic_index_in_dim(array, index, keepdims=False, allow_negative_indices=False), slices
    )


def _no_draw(op: Operation, _count: int) -> Any:
    raise AssertionError(f"{op.name} draws numbers after its step")
