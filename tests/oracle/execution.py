"""Run one program against TensorFlow or against the engine and put what it did into JSON."""

from __future__ import annotations

import contextlib
import io
import runpy
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tests.oracle.graph_json import GraphMessageClass, Json, graph_nodes

PROGRAMS = Path(__file__).parents[1] / "programs"
LARGEST_STORED_VALUE = 100


def program_names() -> list[str]:
    """Return the names of all programs, in order."""
    return sorted(path.stem for path in PROGRAMS.glob("*.py") if path.stem != "prelude")


def run_program(name: str, tf: ModuleType, graph_def_class: GraphMessageClass) -> Json:
    """Run the program `name` in a new default graph of `tf`.

    The caller has seen to it that `import graphlab` gives `tf`.

    Returns:
        What it printed, the nodes of the default graph at its end, and its global names: graph elements by
        name, type, dtype and shape, numbers and small arrays by value.
    """
    tf.reset_default_graph()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        names = runpy.run_path(str(PROGRAMS / f"{name}.py"), run_name="__main__")
    serialized = tf.get_default_graph().as_graph_def().SerializeToString()
    return {
        "printed": printed.getvalue(),
        "nodes": graph_nodes(serialized, graph_def_class),
        "names": {
            key: described
            for key, value in names.items()
            if not key.startswith("_") and (described := _described(value, tf)) is not None
        },
    }


def value_json(value: Any) -> Json:
    """Return dtype, shape and flat values of an array; bytes as text."""
    array = np.asarray(value)
    flat = array.reshape(-1).tolist()
    if array.dtype.kind == "c":
        flat = [[item.real, item.imag] for item in flat]
    if array.dtype.kind in "OS":
        flat = [item.decode("utf-8", "backslashreplace") if isinstance(item, bytes) else str(item) for item in flat]
    dtype = "object" if array.dtype.kind in "OSU" else str(array.dtype)
    return {"dtype": dtype, "shape": list(array.shape), "values": flat}


def shape_json(shape: Any) -> Json:
    """Return a static shape as a list with None for unknown sizes, or None for an unknown rank."""
    return None if shape.ndims is None else list(shape.as_list())


def tensor_json(tensor: Any) -> Json:
    """Return what is known of a tensor or variable before any run."""
    return {"name": tensor.name, "dtype": tensor.dtype.name, "shape": shape_json(tensor.shape)}


def _described(value: Any, tf: ModuleType) -> Json:
    if isinstance(value, tf.Tensor | tf.Variable):
        return {"tensor": tensor_json(value)}
    if isinstance(value, tf.Operation):
        return {"operation": value.name}
    if isinstance(value, bool | int | float | str):
        return {"value": value}
    if isinstance(value, np.ndarray | np.generic) and value.size <= LARGEST_STORED_VALUE:
        return {"array": value_json(value)}
    if isinstance(value, list | tuple) and len(value) <= LARGEST_STORED_VALUE:
        items = [_described(item, tf) for item in value]
        return None if None in items else {"list": items}
    return None
