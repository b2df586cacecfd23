"""Films of what a neural network does to the plane."""

__version__ = "0.1.0"
