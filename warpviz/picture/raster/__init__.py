"""Shapes to accumulators, and accumulators to colours: numpy alone."""
