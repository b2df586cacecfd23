"""Points to paths: keyframes, interpolation, projection, camera and clock."""
