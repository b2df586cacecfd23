"""What is traced: lines of chains that bend smoothly, to rounding."""
