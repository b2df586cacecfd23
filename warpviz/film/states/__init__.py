"""Films of models by their states: given as arrays, or watched while a model runs."""
