"""Affine maps that are found by trying them, and the linear models of scikit-learn."""
