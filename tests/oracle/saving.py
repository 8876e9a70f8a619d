"""Training that goes on elsewhere: `python -m tests.oracle.saving save FOLDER` by the engine, `... resume FOLDER` by TensorFlow.

The other direction is stored: what TensorFlow saved, and how it went on, are answers that the tests compare with.
"""

from __future__ import annotations

import base64
import importlib
import json
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tests.oracle.comparison import value_differences
from tests.oracle.execution import value_json
from tests.oracle.graph_json import Json
from tests.oracle.models import MODELS

STEPS_BEFORE = 5
STEPS_AFTER = 5
TOLERANCE = 1e-5
PREFIX = "model.ckpt"


def save(tf: ModuleType, name: str, folder: Path) -> dict[str, Any]:
    """Train a model, save it with the files that a Saver writes, and return its batch."""
    with tf.Graph().as_default() as graph:
        tf.set_random_seed(7)
        feeds = MODELS[name](tf)
        saver = tf.train.Saver()
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            for _ in range(STEPS_BEFORE):
                session.run(graph.get_collection("train_op")[0], feeds)
            saver.save(session, str(folder / PREFIX))
    return feeds


def resume(tf: ModuleType, folder: Path, feeds: dict[str, Any]) -> Json:
    """Import and restore a model into an empty graph, train on, and return the losses and the variables."""
    with tf.Graph().as_default() as graph:
        saver = tf.train.import_meta_graph(str(folder / f"{PREFIX}.meta"))
        with tf.Session() as session:
            saver.restore(session, str(folder / PREFIX))
            restored = session.run({v.op.name: v for v in tf.global_variables()})
            losses = []
            for _ in range(STEPS_AFTER):
                losses.append(session.run(graph.get_collection("losses_to_watch")[0], feeds))
                session.run(graph.get_collection("train_op")[0], feeds)
            after = session.run({v.op.name: v for v in tf.global_variables()})
    return {
        "restored": {key: value_json(value) for key, value in sorted(restored.items())},
        "losses": value_json(np.array(losses)),
        "after": {key: value_json(value) for key, value in sorted(after.items())},
    }


def differences(expected: Json, actual: Json) -> list[str]:
    """Describe where two trainings went apart; restored values must be the same bits."""
    if expected["after"].keys() != actual["after"].keys():
        return [f"variables {list(actual['after'])} instead of {list(expected['after'])}"]
    found = [] if expected["restored"] == actual["restored"] else ["the restored variables differ"]
    found += value_differences(expected["losses"], actual["losses"], TOLERANCE)
    for name, wanted in expected["after"].items():
        found += [f"{name}: {d}" for d in value_differences(wanted, actual["after"][name], TOLERANCE)]
    return found


def answers(name: str, tf: ModuleType) -> Json:
    """Return the files that TensorFlow saves of a model, its batch, and how training goes on from them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        feeds = save(tf, name, folder)
        files = {
            p.name: base64.b64encode(p.read_bytes()).decode()
            for p in sorted(folder.iterdir())
            if p.name != "checkpoint"
        }
        return {
            "files": files,
            "feeds": {key: value_json(value) for key, value in feeds.items()},
            "resumed": resume(tf, folder, feeds),
        }


def first_format(tf: ModuleType) -> Json:
    """Return a checkpoint in TensorFlow's first format, one variable of each type, and their values."""
    values = {
        "ints": np.arange(6, dtype=np.int32).reshape(2, 3),
        "longs": np.arange(3, dtype=np.int64),
        "bytes": np.array([1, 255], np.uint8),
        "floats": np.array([[0.5], [-1.5]], np.float32),
        "doubles": np.array(2.5),
        "halves": np.array([1.5, -2.0], np.float16),
        "truths": np.array([True, False]),
        "words": np.array([b"one", b""], object),
        "nothing": np.zeros((0, 3), np.float32),
    }
    with tempfile.TemporaryDirectory() as place, tf.Graph().as_default(), tf.Session() as session:
        for name, value in values.items():
            tf.Variable(value, name=name)
        session.run(tf.global_variables_initializer())
        path = tf.train.Saver(write_version=tf.train.SaverDef.V1).save(session, f"{place}/old", write_meta_graph=False)
        content = Path(path).read_bytes()
    return {
        "file": base64.b64encode(content).decode(),
        "values": {name: value_json(value) for name, value in values.items()},
    }


def unpack(stored: Json, folder: Path) -> dict[str, Any]:
    """Write stored files into a folder and return the batch that belongs to them."""
    for name, content in stored["files"].items():
        (folder / name).write_bytes(base64.b64decode(content))
    return {
        key: np.array(value["values"], value["dtype"]).reshape(value["shape"]) for key, value in stored["feeds"].items()
    }


def main(action: str, root: Path) -> int:
    """Save every model and say how training goes on, or go on with TensorFlow and compare."""
    if action == "save":
        tf = importlib.import_module("graphlab")
        for name in MODELS:
            folder = root / name
            folder.mkdir(parents=True)
            feeds = save(tf, name, folder)
            described = {
                "feeds": {key: value_json(value) for key, value in feeds.items()},
                "files": {},
                "resumed": resume(tf, folder, feeds),
            }
            (folder / "resumed.json").write_text(json.dumps(described))
        return 0
    tf = importlib.import_module("tests.oracle.reference").tf
    failures = 0
    for folder in sorted(path.parent for path in root.glob("*/resumed.json")):
        described = json.loads((folder / "resumed.json").read_text())
        found = differences(described["resumed"], resume(tf, folder, unpack(described, folder)))
        failures += bool(found)
        for line in found:
            sys.stdout.write(f"goes on differently in TensorFlow: {folder.name}: {line}\n")
    sys.stdout.write(
        f"{len(MODELS) - failures} of {len(MODELS)} models saved by the engine go on alike in TensorFlow\n"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
