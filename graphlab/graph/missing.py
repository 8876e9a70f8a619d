"""What to say of a name that is not there: which ones are near, and what stands in for what is left out on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Final, NoReturn

from graphlab.graph.registry import near_names

_TRAINING_LOOP: Final = (
    "Graph Lab has the graphs and sessions of TensorFlow 1.x: build layers with tf.layers and write the loop."
)
_NOT_FIRST_VERSION: Final = "That is of TensorFlow 2; in a graph use"

_OF_MODULES: Final = {
    "GradientTape": f"{_NOT_FIRST_VERSION} tf.gradients.",
    "app": "Call your main function.",
    "batch_norm": "Use tf.layers.batch_normalization.",
    "data": "Feed batches: sess.run(op, feed_dict={x: batch}).",
    "enable_eager_execution": "Graph Lab builds graphs; a tensor gets its value from sess.run(tensor).",
    "estimator": _TRAINING_LOOP,
    "feature_column": _TRAINING_LOOP,
    "flags": "Use Python's argparse.",
    "function": f"{_NOT_FIRST_VERSION} a session.",
    "image": "Prepare pictures as NumPy arrays and feed them.",
    "keras": _TRAINING_LOOP,
    "learn": _TRAINING_LOOP,
    "logging": "Use print, or Python's logging.",
    "metrics": "Compute them from fetched values, for example with sklearn.metrics.",
}
_OF_TENSORS: Final = {
    "T": "Use tf.transpose(x).",
    "assign": "Only a tf.Variable can be assigned.",
    "astype": "Use tf.cast(x, dtype).",
    "initializer": "Only a tf.Variable has an initializer; `v += x` makes a tensor, tf.assign_add(v, x) keeps the variable.",
    "numpy": "sess.run(x) returns the value as a NumPy array.",
    "reshape": "Use tf.reshape(x, shape).",
}


def refuse_unknown(namespace: Mapping[str, Any]) -> Callable[[str], Any]:
    """Makes the `__getattr__` of a module: it raises AttributeError with advice for each name that is not there.

    Args:
        namespace: the module's `globals()`.
    """
    module = namespace["__name__"]

    def refuse(name: str) -> NoReturn:
        # A package's own modules are names that its users meet only at the top.
        known = [
            key
            for key, value in namespace.items()
            if not key.startswith("_") and (module == "graphlab" or not isinstance(value, ModuleType))
        ]
        raise AttributeError(
            f"module {module!r} has no attribute {name!r}.{_advice(_OF_MODULES, name, known)}", name=name
        )

    return refuse


def missing_from_tensor(tensor: Any, name: str) -> AttributeError:
    """Builds the error for an attribute that tensors or variables have not."""
    kind = type(tensor)
    known = [key for key in dir(kind) if not key.startswith("_")]
    return AttributeError(
        f"{kind.__name__!r} object has no attribute {name!r}.{_advice(_OF_TENSORS, name, known)}", name=name
    )


def _advice(replacements: Mapping[str, str], name: str, known: list[str]) -> str:
    # Python and NumPy look for many private names, and mean nothing by it.
    if name.startswith("_"):
        return ""
    return f" {replacements[name]}" if name in replacements else near_names(name, known)
