"""An interactive session is the default until it is closed."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.Variable(3, name="x")
y = tf.Variable(4, name="y")
f = x*x*y + y + 2

init = tf.global_variables_initializer()

sess = tf.InteractiveSession()
init.run()
result = f.eval()
print(result)
sess.close()
