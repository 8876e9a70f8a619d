"""TensorFlow's answers: `python -m tests.oracle.answers [--check] [NAME ...]`, in the oracle's environment."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial

from tests.oracle import draws, reference, saving, storage
from tests.oracle.comparison import answers_agree
from tests.oracle.execution import program_names, run_program
from tests.oracle.graph_json import Json
from tests.oracle.models import MODELS
from tests.oracle.naming import PUZZLES
from tests.oracle.recording import record, to_json
from tests.oracle.refusals import building, elements, runs
from tests.oracle.refusals.refusal import provoke
from tests.oracle.sampling import family, family_names, run_sample


def main() -> int:
    """Store the answers to every question named, or say which stored ones differ from TensorFlow's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="such as programs/feeding; all without any")
    parser.add_argument("--check", action="store_true", help="change nothing, compare with what is stored")
    arguments = parser.parse_args()
    questions = dict(_questions())
    differing = []
    for name in arguments.names or questions:
        answers = questions[name]()
        if storage.exists(name) and answers_agree(storage.load(name), answers):
            continue
        differing.append(name)
        if not arguments.check:
            storage.store(name, answers)
    gone = [] if arguments.names else sorted(set().union(*map(storage.stored, FOLDERS)) - set(questions))
    if not arguments.check:
        for name in gone:
            storage.remove(name)
    verb = "differs from TensorFlow" if arguments.check else "stored"
    for name in differing:
        sys.stdout.write(f"{verb}: {name}\n")
    for name in gone:
        sys.stdout.write(f"has no question any more: {name}\n")
    sys.stdout.write(f"{len(questions) if not arguments.names else len(arguments.names)} answers asked for\n")
    return 1 if arguments.check and (differing or gone) else 0


FOLDERS = ("programs", "samples", "graphs", "saved")
# Programs whose graphs, as TensorFlow writes them, the engine imports and runs.
RECORDED = (
    "batch_of_everything",
    "ch09_13_placeholder",
    "ch09_17_modularity_flat",
    "ch09_24_reuse_inside",
    "ch09_31_second_derivatives",
    "clipping",
    "control_cond",
    "control_map_fn",
    "control_while_gradient",
    "embedding",
    "losses",
    "operators",
    "optimizer_adam",
    "optimizer_momentum",
    "variables",
)
MOST_RUNS = 6


def _questions() -> Iterator[tuple[str, Callable[[], Json]]]:
    for name in program_names():
        yield f"programs/{name}", partial(run_program, name, reference.tf, reference.GraphDef)
    for name in family_names():
        yield f"samples/{name}", partial(_family_answers, name)
    for name in RECORDED:
        yield f"graphs/{name}", partial(_graph_answers, name)
    for name in MODELS:
        yield f"saved/{name}", partial(saving.answers, name, reference.tf)
    yield "first_format", lambda: saving.first_format(reference.tf)
    yield "random", lambda: {name: draws.draw(name, reference.tf) for name in draws.names()}
    yield "naming", _naming_answers
    yield "refusals", _refusal_answers


def _family_answers(name: str) -> Json:
    return {key: run_sample(sample, reference.tf, reference.GraphDef) for key, sample in family(name).items()}


def _graph_answers(name: str) -> Json:
    return to_json(record(name, reference.tf, MOST_RUNS))


def _naming_answers() -> Json:
    answers = {}
    for name, puzzle in PUZZLES.items():
        with reference.tf.Graph().as_default():
            answers[name] = puzzle(reference.tf)
    return answers


def _refusal_answers() -> Json:
    """Return error classes only: messages hold paths, and the phrases that count are in the cases."""
    answers = {}
    for name, case in {**runs.CASES, **building.CASES, **elements.CASES}.items():
        answer = provoke(case, reference.tf)
        if answer.get("missing") != []:
            raise ValueError(f"TensorFlow does not say so: {name}: {answer}")
        answers[name] = {"classes": answer["classes"], "op": answer["op"]}
    return answers


if __name__ == "__main__":
    sys.exit(main())
