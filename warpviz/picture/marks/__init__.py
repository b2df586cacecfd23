"""Marks on a picture: dots, probes, small axes."""
