"""The loss around where training ended and the paths that led there: numbers, figures, films."""
