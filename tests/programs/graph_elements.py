"""Looking nodes up by name, and what they know about themselves."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.placeholder(tf.float32, shape=(None, 3), name="x")
with tf.name_scope("part") as scope:
    y = tf.identity(x, name="y")
    with tf.name_scope("sub"):
        z = tf.add(x, y, name="z")
    with tf.name_scope(scope):
        again = tf.identity(x, name="again")
    with tf.name_scope(None):
        top = tf.identity(x, name="top")
a, b = tf.split(x, [1, 2], axis=1)
g = tf.get_default_graph()

print(g.get_tensor_by_name("part/sub/z:0") is z)
print(g.get_operation_by_name("part/y") is y.op)
print(g.as_graph_element("part/y") is y.op, g.as_graph_element("part/y:0") is y, g.as_graph_element(z) is z)
print([t.name for t in (y, z, again, top, a, b)])
print(a.op.type, a.value_index, b.value_index, b.op is a.op, [t.name for t in b.op.inputs])
print([op.name for op in y.consumers()], [t.name for t in z.op.inputs], z.op.control_inputs)
print(x.get_shape().as_list(), x.shape, z.shape.ndims, x.dtype, x.op.node_def.op)
print(z.op.get_attr("T"), x.op.type, g.is_feedable(x), g.is_fetchable(y))
print([op.name for op in g.get_operations()])
print(g.unique_name("part"), g.unique_name("x"), g.unique_name("new", mark_as_used=False), g.unique_name("new"))
g.add_to_collection("mine", 1)
g.add_to_collections(["mine", "yours"], 2)
print(g.get_collection("mine"), g.get_collection_ref("yours"), sorted(g.get_all_collection_keys()))
print(y.eval(session=tf.Session(), feed_dict={x: [[1., 2., 3.]]}))
