"""From fetches and feeds to a pure step function: plan (data), then lowering to NumPy or to one compiled JAX program."""
