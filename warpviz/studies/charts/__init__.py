"""Figures of a study: what is on them as pure data, then drawn by matplotlib."""
