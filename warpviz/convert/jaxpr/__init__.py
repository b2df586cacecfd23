"""Models of JAX, as JAX itself writes down what they do."""
