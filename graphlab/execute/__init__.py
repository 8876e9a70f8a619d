"""From fetches and feeds to a pure step function: plan (data), then lowering to NumPy or to one compiled JAX program."""

from graphlab.execute.interrupts import let_interrupts_through

let_interrupts_through()
