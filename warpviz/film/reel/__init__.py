"""A film and how it becomes files: pictures in order, on several cores, within a size."""
