"""Segments that follow each other, as polylines."""

from itertools import pairwise

import numpy as np

from warpviz.arrays import Ints, paired, unpaired


def join(segments: Ints, tags: Ints) -> list[tuple[int, Ints]]:
    """Chain segments of equal tag into polylines, as long as the way on is unique.

    Args:
        segments: (S, 2) vertex indices.
        tags: (S,) whole numbers from 0; only segments of one tag are joined.

    Returns:
        (tag, vertices) for each polyline, by tag; a loop repeats its first vertex at the end.

    >>> join(np.array([[4, 7], [2, 9], [9, 4]]), np.array([0, 0, 0]))
    [(0, array([2, 9, 4, 7]))]
    """
    if len(segments) == 0:
        return []
    span = int(segments.max()) + 1
    nodes, ends = np.unique(paired(tags[:, None], segments, span), return_inverse=True)
    ends = ends.reshape(-1, 2)
    half = np.concatenate([ends, ends[:, ::-1]])
    order = np.argsort(half[:, 0], kind="stable")
    degree = np.bincount(half[:, 0])
    first = (np.cumsum(degree) - degree).tolist()
    target: list[int] = half[order, 1].tolist()
    edge: list[int] = (order % len(segments)).tolist()
    used = [False] * len(segments)
    through: list[bool] = (degree == 2).tolist()

    walks: list[list[int]] = []
    # Open ends and junctions first; what then remains are loops.
    for begin in [*np.flatnonzero(degree != 2).tolist(), *np.flatnonzero(degree == 2).tolist()]:
        for way in range(first[begin], first[begin] + int(degree[begin])):
            if used[edge[way]]:
                continue
            walk, step = [begin], way
            while not used[edge[step]]:
                used[edge[step]] = True
                node = target[step]
                walk.append(node)
                if not through[node]:
                    break
                step = first[node] + used[edge[first[node]]]
            walks.append(walk)
    tag, vertex = unpaired(nodes, span)
    of_node: list[int] = tag.tolist()
    walks.sort(key=lambda walk: of_node[walk[0]])
    ends = np.cumsum([len(walk) for walk in walks]).tolist()
    along = np.array([node for walk in walks for node in walk])
    paths = vertex[along]
    parts = zip(walks, pairwise([0, *ends]), strict=True)
    return [(of_node[walk[0]], paths[begin:end]) for walk, (begin, end) in parts]
