"""What a layer does to the classes of the points."""
