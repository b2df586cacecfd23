"""Frames to files: one writer a format, chosen by suffix."""
