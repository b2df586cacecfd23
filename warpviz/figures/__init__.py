"""Stills by matplotlib: states, functions, regions; and the one way to save a figure."""
