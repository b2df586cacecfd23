"""Tools that open the box: formula, graph, one pass number by number, sources."""
