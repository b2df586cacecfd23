"""What is said of a whole network: dead units, norms, sharpness."""
