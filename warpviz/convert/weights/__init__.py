"""Files of weights alone, and what tells their layers."""
