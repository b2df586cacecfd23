"""From a model and its data to a film: the front door, above all other packages."""
