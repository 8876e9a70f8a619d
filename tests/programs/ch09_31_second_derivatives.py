"""First and second derivatives of x*x*y + y + 2, by hand, by differences and by graph."""

import graphlab as tf

from tests.programs.prelude import reset_graph

def f(x, y):
    return x**2*y + y + 2

def df(x, y):
    return 2*x*y, x*x + 1

def gradients(func, vars_list, eps=0.0001):
    partial_derivatives = []
    base_func_eval = func(*vars_list)
    for idx in range(len(vars_list)):
        tweaked_vars = vars_list[:]
        tweaked_vars[idx] += eps
        tweaked_func_eval = func(*tweaked_vars)
        derivative = (tweaked_func_eval - base_func_eval) / eps
        partial_derivatives.append(derivative)
    return partial_derivatives

print(df(3, 4))
print(gradients(f, [3, 4]))

reset_graph()

x = tf.Variable(3., name="x")
y = tf.Variable(4., name="y")
f = x*x*y + y + 2

jacobians = tf.gradients(f, [x, y])

init = tf.global_variables_initializer()

with tf.Session() as sess:
    init.run()
    f_val, jacobians_val = sess.run([f, jacobians])
print(f_val, jacobians_val)

hessians_x = tf.gradients(jacobians[0], [x, y])
hessians_y = tf.gradients(jacobians[1], [x, y])

def replace_none_with_zero(tensors):
    return [tensor if tensor is not None else tf.constant(0.)
            for tensor in tensors]

with tf.Session() as sess:
    init.run()
    hessians_x_val, hessians_y_val = sess.run([replace_none_with_zero(hessians_x), replace_none_with_zero(hessians_y)])
print(hessians_x_val, hessians_y_val)
