"""A player in other people's pages, slides and books: a ready snippet for each host."""
