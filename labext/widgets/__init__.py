"""The widgets: what each keeps in Python and what it tells its page."""
