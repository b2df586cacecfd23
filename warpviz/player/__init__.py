"""The one-file player: a film that draws itself in the browser."""
