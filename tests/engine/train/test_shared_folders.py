"""Two programs that save and log into one folder do not damage each other's files."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import numpy as np

import graphlab as tf

SAVES = 15


def train(folder: str, value: int) -> None:
    """Saves variables that all hold one value, under names that the other program uses too, and logs it."""
    with tf.Graph().as_default(), tf.Session() as sess:
        variables = [tf.Variable(tf.fill([1000 * n], float(value)), name=f"v{n}") for n in (1, 2, 3)]
        sess.run([v.initializer for v in variables])
        saver = tf.train.Saver(max_to_keep=2)
        with tf.summary.FileWriter(folder) as writer:
            for step in range(SAVES):
                saver.save(sess, f"{folder}/m", global_step=step)
                writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag="v", simple_value=value)]), step)


def test_two_programs_save_and_log_in_one_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    programs = [context.Process(target=train, args=(str(tmp_path), value)) for value in (1, 2)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
        assert program.exitcode == 0
    latest = tf.train.latest_checkpoint(tmp_path)
    assert latest == str(tmp_path / f"m-{SAVES - 1}")
    with tf.Graph().as_default(), tf.Session() as sess:
        saver = tf.train.import_meta_graph(f"{latest}.meta")
        assert saver is not None
        saver.restore(sess, latest)
        values = np.concatenate(sess.run(tf.global_variables()))
    assert np.unique(values).size == 1
    logged = [
        (value.simple_value, event.step)
        for path in tmp_path.glob("events*")
        for event in tf.train.summary_iterator(path)
        for value in event.summary.value
    ]
    assert sorted(logged) == [(value, step) for value in (1, 2) for step in range(SAVES)]
    assert not list(tmp_path.glob("*tempstate*"))


def test_what_another_writer_put_there_stays(tmp_path: Path) -> None:
    with tf.Graph().as_default(), tf.Session() as sess:
        variable = tf.Variable(1.0, name="v")
        sess.run(variable.initializer)
        ours, theirs = tf.train.Saver(max_to_keep=1), tf.train.Saver()
        ours.save(sess, str(tmp_path / "m"), global_step=1)
        variable.load(2.0, sess)
        theirs.save(sess, str(tmp_path / "m"), global_step=1)
        ours.save(sess, str(tmp_path / "m"), global_step=2)
        ours.save(sess, str(tmp_path / "m"), global_step=3)
    assert sorted(path.stem for path in tmp_path.glob("*.index")) == ["m-1", "m-3"]
    assert tf.train.load_variable(str(tmp_path / "m-1"), "v") == 2.0
