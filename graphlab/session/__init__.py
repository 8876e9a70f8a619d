"""Sessions: they run graphs and hold the variables."""
