"""Attacks: what is killed, mutated or named to do harm. `python -m tests.trust WHAT --count N`."""
