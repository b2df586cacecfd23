"""A film in a notebook, its state readable and settable from both sides."""
