"""What is exact: pieces of the plane on which a chain is affine."""
