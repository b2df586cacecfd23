"""Activations as curves: what their numbers are, and figures, films and pages of them."""
