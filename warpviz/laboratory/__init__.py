"""The laboratory: a page in which a network is taken hold of."""
