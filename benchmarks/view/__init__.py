"""The graph view beside TensorBoard and Model Explorer, in the same browser, on the same graphs."""
