"""The graph as data: operations, tensors, names, shapes, dtypes, errors and the op registry. Knows nothing of JAX."""
