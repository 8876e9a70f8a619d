"""Parts a step into what must be done in its turn, and what can be computed for many steps at once afterwards."""

from __future__ import annotations

from typing import NamedTuple

from graphlab.execute.plan import Plan, make_plan
from graphlab.execute.program import Program, make_program
from graphlab.execute.steps import is_view
from graphlab.graph.registry import Effect
from graphlab.graph.tensor import Operation


class Parts(NamedTuple):
    """The two parts of a step.

    Attributes:
        first: reads and changes variables and draws random numbers; it returns what the other part takes.
        rest: the results of the step, from what is fed and what the first part returns.
    """

    first: Program
    rest: Program


def split(plan: Plan) -> Parts | None:
    """Parts a step without conditionals and loops; None where nothing can be left for later."""
    bound = [op for op in plan.operations if _is_bound(op, plan)]
    first = set(make_plan((), bound, plan.feeds).operations)
    later = [op for op in plan.operations if op not in first]
    wanted = [*plan.fetches, *(t for op in later for t in op.inputs)]
    # Constants stay what they are: an axis must be known while the program is traced.
    taken = tuple(dict.fromkeys(t for t in wanted if t.op in first and t not in plan.feeds and t.op.type != "Const"))
    rest = make_plan(plan.fetches, (), (*plan.feeds, *taken))
    if not rest.operations or any(_is_bound(op, plan) for op in rest.operations):
        return None
    in_turn = tuple(op for op in plan.operations if op in first)
    return Parts(make_program(Plan(taken, plan.feeds, in_turn)), make_program(rest))


def _is_bound(op: Operation, plan: Plan) -> bool:
    """Whether what an operation does depends on when it is done."""
    return (
        op.definition.effect is not Effect.NONE
        or bool(op.control_inputs)
        or any(is_view(t, plan) for t in (*op.inputs, *op.outputs))
    )
