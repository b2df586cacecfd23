"""What shells are told: completion, and the parser that it and the man page are read from."""
