"""Answers to the chapter's own exercises."""

from tests.lessons.learner import Answers

X = "x = tf.Variable(tf.random_uniform(shape=(), minval=0.0, maxval=1.0))\n"
P = "x_new_val = tf.placeholder(shape=(), dtype=tf.float32)\n"

ANSWERS = (
    Answers(
        wrong=(
            ("answer = 'different'", r"defined as s.run\(t\)"),
            ("answer = True", "one of 'different', 'the same'"),
            ("answer = 'equal'", "one of 'different', 'the same'"),
        ),
        right=("answer = 'the same'", "answer = ' The same'"),
    ),
    Answers(
        wrong=(
            ("runs_of_line_1, runs_of_line_2 = 1, 1", "Each eval is a run of its own"),
            ("runs_of_line_1, runs_of_line_2 = 2, 2", "One call of run is one run"),
            ("runs_of_line_1, runs_of_line_2 = 2, 'one'", "`runs_of_line_2` is 'one', but a number"),
        ),
        right=("runs_of_line_1, runs_of_line_2 = 2, 1", "runs_of_line_1, runs_of_line_2 = np.array([2, 1])"),
    ),
    Answers(
        wrong=(
            ("local, distributed = 'shared', 'shared'", "a session holds its variables itself"),
            ("local, distributed = 'own copy', 'own copy'", "the values live on servers"),
            ("local, distributed = 2, 1", "`local` is 2, but one of 'own copy', 'shared'"),
        ),
        right=("local, distributed = 'own copy', 'shared'", "local, distributed = 'Own copy', 'Shared'"),
    ),
    Answers(
        wrong=(
            ("begins, ends = 'construction', 'session'", "reading it now is an error"),
            ("begins, ends = 'session', 'session'", "A new session has no values yet"),
            ("begins, ends = 'initializer', 'run'", "a variable's value stays"),
        ),
        right=("begins, ends = 'initializer', 'session'", "begins, ends = 'Initializer', 'Session '"),
    ),
    Answers(
        wrong=(
            (X + "x_new_val = 5.0; x_assign = tf.assign(x, x_new_val)", "`x_new_val` is 5.0, but a tf.placeholder"),
            (X + P + "x_assign = x_new_val", "`x` is .*Use tf.assign"),
            (X + P + "x_assign = tf.assign_add(x, x_new_val)", "After `x_assign` was run with 5, `x` is"),
            (
                X + "x_new_val = tf.placeholder(tf.float32, shape=(2,)); x_assign = x_new_val",
                "Running your answer failed",
            ),
        ),
        right=(X + P + "x_assign = tf.assign(x, x_new_val)", X + P + "x_assign = x.assign(x_new_val).op"),
    ),
)
