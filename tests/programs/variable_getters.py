"""Custom getters, scopes without a name scope, caching, local variables, scopes entered again, protos."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()


def renamed(getter, name, *args, **kwargs):
    return getter(name + "_renamed", *args, **kwargs)


def doubled(getter, *args, **kwargs):
    return getter(*args, **kwargs) * 2.0


ones = tf.ones_initializer()
with tf.variable_scope("outer", custom_getter=renamed):
    a = tf.get_variable("a", [2], initializer=ones)
    with tf.variable_scope("inner", custom_getter=doubled):
        b = tf.get_variable("b", [2], initializer=ones)
with tf.variable_scope("quiet", auxiliary_name_scope=False) as quiet:
    c = tf.get_variable("c", initializer=[1.0, 2.0])
    c_plus = c + 1.0
with tf.variable_scope("named") as named:
    tf.Variable(1.0, name="v")
with tf.variable_scope("elsewhere"), tf.variable_scope(named) as again:
    d = tf.get_variable("d", [], initializer=ones, caching_device="/cpu:0")
    print(again.name, again.original_name_scope, tf.get_variable_scope().name)
with tf.variable_scope("unit"):
    with tf.variable_scope(None, default_name="part"):
        e = tf.get_variable("e", [1], initializer=ones)
    with tf.variable_scope(None, default_name="part"):
        f = tf.get_variable("e", [1], initializer=ones)
local = tf.get_local_variable("local", [2], initializer=ones)
model = tf.get_variable("m", [2], initializer=ones, collections=[tf.GraphKeys.MODEL_VARIABLES])
integers = tf.get_variable("i", [2], dtype=tf.int32)
flags = tf.get_variable("flags", [2], dtype=tf.bool)
with tf.variable_scope("kinds", dtype=tf.float64, initializer=tf.constant_initializer(7.0)):
    kind = tf.get_variable("kind", [2])
copy = tf.Variable.from_proto(model.to_proto())
grown = tf.Variable(tf.zeros([1]), validate_shape=False, name="grown")
resize = tf.assign(grown, [1.0, 2.0], validate_shape=False)
check = tf.assert_variables_initialized([a, c])

print([v.op.name for v in (a, b, c, c_plus, d, e, f, local, model, integers, flags, kind, copy)])
print([v.name for v in tf.global_variables()], [v.name for v in tf.model_variables()])
print([v.name for v in tf.trainable_variables("unit")], [v.name for v in tf.local_variables()])
print(kind, grown.shape, quiet.original_name_scope)

with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.local_variables_initializer(), model.initializer])
    sess.run(check)
    values = sess.run([a, b, c_plus, d, e, local, copy, integers, flags, kind])
    print(sess.run(resize), sess.run(grown))
