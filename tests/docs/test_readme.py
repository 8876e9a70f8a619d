"""The README's programs run, and the first prints what it says."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
PROGRAM, LOOKS = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)

COMPUTATIONS = """
import jax.numpy as jnp
import graphlab as tf

function, examples = jnp.dot, [jnp.ones(3), jnp.ones(3)]
before, after = tf.Graph(), tf.Graph()
with after.as_default():
    tf.constant(1.0, name="mse")
tf.summary.FileWriter("logs/", after).close()
mse = tf.square(tf.Variable(3.0), name="mse")
training_op, feed_dict = tf.train.GradientDescentOptimizer(0.1).minimize(mse), {}
sess = tf.InteractiveSession()
sess.run(tf.global_variables_initializer())
"""


def run(program: str, folder: Path) -> str:
    command = [sys.executable, "-W", "error", "-c", program]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_program_finds_the_line_through_its_points(tmp_path: Path) -> None:
    numbers = [float(number) for number in re.findall(r"\d+\.\d*", run(PROGRAM, tmp_path))]
    np.testing.assert_allclose(numbers, [2, 1], atol=1e-4)


def test_every_look_at_a_computation_can_be_had(tmp_path: Path) -> None:
    run(COMPUTATIONS + LOOKS, tmp_path)
