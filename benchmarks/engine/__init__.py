"""The engine beside hand-written JAX and TensorFlow's session: each in processes of its own, pinned to one core."""
