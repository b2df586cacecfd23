"""One pass through a network, number by number."""
