"""A notebook's tracebacks show the learner's lines, not the library's."""

from __future__ import annotations

import subprocess
import sys
import traceback

import pytest

import graphlab as tf
from labext import live
from labext.tracebacks import without_library


def files_of(caught: pytest.ExceptionInfo[ValueError]) -> set[str]:
    return {frame.filename for frame in traceback.extract_tb(without_library(caught.tb))}


def test_only_the_users_frames_are_left() -> None:
    with pytest.raises(ValueError, match="rank 2") as caught:
        tf.matmul(tf.ones([2]), tf.ones([2]))
    assert files_of(caught) == {__file__}
    with pytest.raises(ValueError, match="nothing to plot") as caught:
        live.plot()
    assert files_of(caught) == {__file__}


def test_a_traceback_without_the_library_stays_whole() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        eval("1 / 0")
    assert without_library(caught.tb) is caught.tb


CELL = """
import labext, graphlab as tf
def fails(x): raise ValueError("my own")
inside = tf.py_func(fails, [1.0], tf.float32)
with tf.Session() as sess: sess.run(inside)
"""


@pytest.mark.parametrize(("more", "is_hidden"), [("", True), ("%tb", False)])
def test_ipython_hides_the_library_until_it_is_asked(more: str, is_hidden: bool) -> None:
    script = f"shell = get_ipython()\nshell.run_cell({CELL!r})\n"
    script += f"print('-' * 9); shell.run_cell({more!r})" if more else ""
    command = [sys.executable, "-m", "IPython", "--no-banner", "--colors=NoColor", "--quick", "-c", script]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split("-" * 9 + "\n")[-1]
    assert "with tf.Session() as sess" in shown
    assert "raise ValueError" in shown
    assert "InvalidArgumentError: ValueError: my own" in shown
    assert ("runner.py" not in shown) is is_hidden
