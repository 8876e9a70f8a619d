"""Savers of all kinds: their nodes, and the nodes of summaries."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

with tf.device("/cpu:0"):
    placed = tf.Variable([b"abc", b""], name="placed")
theta = tf.Variable([[1.0, 2.0]], name="theta")
with tf.variable_scope("layer"):
    weights = tf.get_variable("weights", [2, 2], initializer=tf.zeros_initializer())
step = tf.Variable(0, name="step", trainable=False)

savers = [
    tf.train.Saver(),
    tf.train.Saver({"w": weights, "t": theta}, reshape=True, name="named"),
    tf.train.Saver([step, theta], restore_sequentially=True),
    tf.train.Saver(sharded=True, name="sharded"),
    tf.train.Saver(max_to_keep=3, keep_checkpoint_every_n_hours=2.0, filename="elsewhere"),
]
for saver in savers:
    definition = saver.as_saver_def()
    print(definition.filename_tensor_name, definition.save_tensor_name, definition.restore_op_name)
    print(definition.max_to_keep, definition.keep_checkpoint_every_n_hours, definition.sharded, definition.version)

number = tf.reduce_sum(theta)
with tf.name_scope("scope"):
    scalars = [tf.summary.scalar("a b/c", number), tf.summary.scalar("x", number, family="family")]
    histogram = tf.summary.histogram("h", theta, collections=["mine"])
image = tf.summary.image("image", tf.reshape(theta, [1, 1, 2, 1]), max_outputs=1)
text = tf.summary.text("text", placed.value())
tensor = tf.summary.tensor_summary("tensor", theta, display_name="shown", summary_description="what it is")
merged = tf.summary.merge([scalars[0], histogram], name="both")
everything = tf.summary.merge_all()
nothing = tf.summary.merge_all(key="nobody")
print(nothing, [item.name for item in tf.get_collection("summaries")], [item.name for item in tf.get_collection("mine")])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for name, summary in [("scalar", scalars[1]), ("histogram", histogram), ("text", text), ("both", merged)]:
        print(name, tf.Summary.FromString(sess.run(summary)))
    print([value.tag for value in tf.Summary.FromString(sess.run(everything)).value])
del saver, definition, name, summary
