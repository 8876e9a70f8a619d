"""Speed and memory of saving, restoring and writing events."""
