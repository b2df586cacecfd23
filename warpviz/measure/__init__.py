"""What each layer has done, in numbers."""
