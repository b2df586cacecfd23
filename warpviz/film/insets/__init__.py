"""What is drawn besides sheet and dots: unit vectors, the network itself."""
