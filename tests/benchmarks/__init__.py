"""Side by side: warpviz and what a user would write without it."""
