"""Compiles many steps of one kind of run into one XLA loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from graphlab.execute.compile import RefusedError, Seeds, VariableShapes, compiling, large_constants, on_device
from graphlab.execute.program import Program, evaluate
from graphlab.graph.demands import collecting
from graphlab.graph.tensor import Operation


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

        def loop(changing: Any, kept: Any, constant_values: Any, fed: Any, offsets: Any, count: Any) -> tuple[Any, Any]:
            fixed = dict(zip(self._kept, kept, strict=True))
            substitutes = dict(zip(constants, constant_values, strict=True))
            streams = dict(zip(plan.random, offsets, strict=True))

            def step(carried: Any, slices: Any) -> tuple[Any, Any]:
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
                return [state[name] for name in self.written], [*[jnp.asarray(r) for r in results], *checks]

            # Only random numbers depend on the number of the step.
            indices = jnp.arange(steps, dtype=jnp.uint64) if plan.random else None
            if is_cut_short:
                return _scan_to(count, step, changing, (indices, fed), steps)
            return jax.lax.scan(step, changing, (indices, fed), length=steps)

        with compiling():
            self._constants = on_device(constants)
            self._call = (
                jax.jit(loop)
                .lower(*self._arguments(variables, feeds, [np.zeros(2, np.uint32)] * len(plan.random), steps))
                .compile()
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

    def at(index: Any) -> Any:
        return jax.tree.map(lambda array: array[index], slices)

    def body(index: Any, state: Any) -> Any:
        carried, outputs = state
        carried, new = step(carried, at(index))
        return carried, [o.at[index].set(n) for o, n in zip(outputs, new, strict=True)]

    _, shapes = jax.eval_shape(step, carried, at(0))
    empty = [jnp.zeros((length, *shape.shape), shape.dtype) for shape in shapes]
    result: tuple[Any, list[Any]] = jax.lax.fori_loop(0, count, body, (carried, empty))
    return result
