"""With how many bits compiled programs multiply."""

from __future__ import annotations

import re

import jax
import pytest

import graphlab as tf
from graphlab.execute.compile import Compiled


@pytest.mark.parametrize(
    ("setting", "written"), [(None, {"{highest,highest}"}), ("high", {"{high,high}"}), ("default", set())]
)
def test_products_keep_all_bits_unless_the_user_says_otherwise(setting: str | None, written: set[str]) -> None:
    with tf.Graph().as_default() as graph:
        w = tf.Variable(tf.ones([300, 300]))
        step = w.assign(tf.matmul(w, w)).op
    with jax.default_matmul_precision(setting), tf.Session(graph=graph) as session:
        session.run(w.initializer)
        for _ in range(3):
            session.run(step)
        compiled = session.store.holder
        assert isinstance(compiled, Compiled)
    assert set(re.findall(r"operand_precision=(\S+\})", compiled._executable.as_text())) == written
