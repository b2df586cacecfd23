"""Whether files that were written are whole, and what they hold: readers of every format."""
