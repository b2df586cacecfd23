"""What a layer does to the sheet: ranks, creases, folds, lengths and turns."""
