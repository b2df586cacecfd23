"""The loss around an optimum and the paths that lead there: numbers, figures, films."""
