"""Networks that learn a function of one number: runs, figures, films."""
