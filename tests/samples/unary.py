"""Element by element functions of one tensor: values, special values, dtypes and unknown shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from tests.samples.sample import Sample, boolean, given, numbers, sample

REAL = ["float32", "float64"]
WHOLE = ["int32", "int64"]
ANY = (-3.0, 3.0)
POSITIVE = (0.1, 5.0)
UNIT = (-0.9, 0.9)

# Path of the function below the module, dtypes beside float32, range of the arguments.
FUNCTIONS: dict[str, tuple[list[str], tuple[float, float]]] = {
    "negative": (["float64", *WHOLE, "float16", "complex64"], ANY),
    "abs": (["float64", *WHOLE, "float16"], ANY),
    "sign": (["float64", *WHOLE], ANY),
    "square": (["float64", *WHOLE, "complex64"], ANY),
    "sqrt": (["float64", "int32"], POSITIVE),
    "rsqrt": (["float64"], POSITIVE),
    "exp": (["float64", "float16", "int32"], ANY),
    "math.expm1": (["float64"], ANY),
    "log": (["float64", "float16"], POSITIVE),
    "log1p": (["float64"], POSITIVE),
    "sin": (["float64"], ANY),
    "cos": (["float64"], ANY),
    "tan": (["float64"], (-1.4, 1.4)),
    "asin": (["float64"], UNIT),
    "acos": (["float64"], UNIT),
    "atan": (["float64"], ANY),
    "sinh": (["float64"], ANY),
    "cosh": (["float64"], ANY),
    "tanh": (["float64", "float16", "int32"], ANY),
    "asinh": (["float64"], ANY),
    "acosh": (["float64"], (1.1, 5.0)),
    "atanh": (["float64"], UNIT),
    "sigmoid": (["float64"], ANY),
    "floor": (["float64"], ANY),
    "ceil": (["float64"], ANY),
    "round": (["float64", *WHOLE], ANY),
    "rint": (["float64"], ANY),
    "reciprocal": (["float64"], POSITIVE),
    "math.reciprocal_no_nan": (["float64"], POSITIVE),
    "erf": (["float64"], ANY),
    "erfc": (["float64"], ANY),
    "lgamma": (["float64"], POSITIVE),
    "digamma": (["float64"], POSITIVE),
    "is_nan": (["float64"], ANY),
    "is_inf": (["float64"], ANY),
    "is_finite": (["float64"], ANY),
    "log_sigmoid": (["float64"], ANY),
    "nn.relu": (["float64", *WHOLE], ANY),
    "nn.relu6": (["float64"], (-3.0, 9.0)),
    "nn.elu": (["float64"], ANY),
    "nn.selu": (["float64"], ANY),
    "nn.crelu": (["float64"], ANY),
    "nn.leaky_relu": (["float64", "int32"], ANY),
    "nn.softplus": (["float64"], ANY),
    "nn.softsign": (["float64"], ANY),
    "nn.swish": (["float64"], ANY),
    "nn.l2_loss": (["float64"], ANY),
    "identity": (["float64", *WHOLE, "bool"], ANY),
    "stop_gradient": (["float64"], ANY),
    "zeros_like": (["float64", *WHOLE, "bool"], ANY),
    "ones_like": (["float64", *WHOLE, "bool"], ANY),
}
SLACK = {"lgamma": 5e-6, "digamma": 5e-6, "erfc": 5e-6, "asinh": 5e-6, "atanh": 5e-6, "acosh": 5e-6}


def _function(path: str) -> Callable[..., Any]:
    def build(tf: ModuleType, x: Any) -> Any:
        function: Any = tf
        for part in path.split("."):
            function = getattr(function, part)
        return function(x)

    return build


def _samples() -> Iterator[Sample]:
    special = given([0.0, -0.0, float("inf"), float("-inf"), float("nan"), 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, 80.0, -80.0])
    for path, (dtypes, (low, high)) in FUNCTIONS.items():
        build, slack = _function(path), SLACK.get(path)
        base = numbers("float32", 2, 3, low=low, high=high)
        yield sample(path, build, base, tolerance=slack)
        yield sample(path, build, numbers("float32", low=low, high=high, seed=1), tolerance=slack)
        yield sample(path, build, numbers("float32", 0, 2))
        yield sample(path, build, base.known_as(None, 3), tolerance=slack)
        yield sample(path, build, base.unranked(), tolerance=slack)
        for dtype in dtypes:
            yield sample(path, build, numbers(dtype, 4, low=low, high=high, seed=2), tolerance=slack)
        yield sample(f"{path} special values", build, special, gradient=False, tolerance=slack)
        if path not in ("identity", "zeros_like", "ones_like"):
            yield sample(f"{path} refuses truth values:", build, boolean(2))
    for path in ("abs", "sign", "nn.relu", "square", "nn.relu6"):
        yield sample(f"{path} gradient at the corner", _function(path), given([0.0, -0.0, 6.0]))
    yield sample("logical_not", lambda tf, x: tf.logical_not(x), boolean(3))
    yield sample("logical_not refuses", lambda tf, x: tf.logical_not(x), numbers("float32", 3))
    yield sample("abs of complex", lambda tf, x: tf.abs(x), numbers("complex64", 3), gradient=False)
    yield sample("negative named", lambda tf, x: tf.negative(x, name="minus"), numbers("float32", 3))
    yield sample("leaky_relu alpha", lambda tf, x: tf.nn.leaky_relu(x, alpha=0.01), numbers("float32", 3))
    yield sample("zeros_like as int", lambda tf, x: tf.zeros_like(x, dtype=tf.int32), numbers("float32", 2, 3))
    yield sample(
        "ones_like as float", lambda tf, x: tf.ones_like(x, dtype=tf.float64), numbers("int32", 2, 3).known_as(None, 3)
    )
    yield sample(
        "real, imag, conj", lambda tf, x: [tf.real(x), tf.imag(x), tf.conj(x)], numbers("complex64", 3), gradient=False
    )
    yield sample(
        "gradients of real and imag",
        lambda tf, x: [tf.gradients(tf.real(x), x), tf.gradients(tf.imag(x), x)],
        numbers("complex64", 3),
        gradient=False,
    )
    yield sample("sigmoid by hand", lambda tf, x: 1 / (1 + tf.exp(-x)), numbers("float32", 2, 3))
    yield sample("second derivative of tanh", lambda tf, x: tf.gradients(tf.tanh(x), x), numbers("float32", 3))
    yield sample("second derivative of sigmoid", lambda tf, x: tf.gradients(tf.sigmoid(x), x), numbers("float32", 3))
    yield sample("second derivative of log", lambda tf, x: tf.gradients(tf.log(x), x), numbers("float32", 3, low=1))
    yield sample("second derivative of sqrt", lambda tf, x: tf.gradients(tf.sqrt(x), x), numbers("float32", 3, low=1))
    yield sample("second derivative of relu", lambda tf, x: tf.gradients(tf.nn.relu(x) ** 2, x), numbers("float32", 3))
    yield sample("second derivative of elu", lambda tf, x: tf.gradients(tf.nn.elu(x), x), numbers("float32", 3))
    yield sample(
        "second derivative of softplus", lambda tf, x: tf.gradients(tf.nn.softplus(x), x), numbers("float32", 3)
    )


SAMPLES = list(_samples())
