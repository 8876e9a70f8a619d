"""Graph and scalar views for notebooks."""
