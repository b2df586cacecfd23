"""The sheet in input coordinates."""
