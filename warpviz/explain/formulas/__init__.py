"""The closed formula of a chain: expressions, LaTeX, pictures."""
