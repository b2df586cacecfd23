"""How many small faults the quick tests see: `python -m tests.mutation`."""
