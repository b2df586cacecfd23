"""Graphs of expressions, of gradients and of networks."""
