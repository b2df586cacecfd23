"""The flags of the command line, by topic."""
