"""A panel of cloth as a tree of plain values and arrays."""

from dataclasses import asdict, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.motion.zoom import TIMES
from warpviz.picture.origin import Learnt, Origin, OriginLayer
from warpviz.picture.scene import Panel
from warpviz.player.packing import STEPS, quantised, whole_numbers

Tree = dict[str, Any]

FINE = 4096
"""Up to so many parameters a chain is shipped in float64, so that its numbers are Python's."""
MOST_EXACT = 20_000
"""Up to so many parameters of all snapshots of a training they are shipped in float64."""
MOST_WORK = 1.5e8
"""Multiplications that a browser may do before the film begins."""
MOST_CHAIN = 250_000
"""Bytes of a chain that is shipped only for the numbers of its states."""
MOST_DOTS = 200_000
"""Bytes of the dots' features that are shipped only for these numbers."""


def panel_tree(panel: Panel) -> Tree:
    """All that a player needs of a panel."""
    points = _points(panel)
    tinted = isinstance(panel.origin, Learnt) and points["origin"] is not None
    return {
        "title": panel.title,
        "stops": list(panel.stops),
        "acts": list(panel.acts),
        "notes": list(panel.notes),
        "remarks": list(panel.remarks),
        "formulas": list(panel.formulas),
        "axes": [[list(axis) for axis in panel.axes(k)] for k in range(len(panel.stops))],
        "own_axes": [list(axis) for axis in panel.own_axes],
        "planar": [bool(flat) for flat in panel.flat],
        "widths": panel.path.widths.tolist(),
        "layout": asdict(panel.layout),
        "camera": _camera(panel),
        "swings": [_swing(panel, k) for k in range(panel.path.acts)],
        "sheet": _sheet(panel, tinted),
        "creases": [
            [layer, unit, crease.act, crease.start]
            for (layer, unit), crease in panel.creases.items()
        ],
        "labels": whole_numbers(panel.labels),
        "bases": [_basis(panel, k) for k in range(len(panel.bases))],
        "network": _network(panel),
        **points,
    }


def _camera(panel: Panel) -> Tree:
    camera = panel.camera
    return {
        "azimuth": camera.views.azimuth,
        "tilt": camera.views.tilt,
        "lift": [list(pair) for pair in camera.views.lift],
        "safe": asdict(camera.safe),
        "centre": camera.centre.keyframes[:, 0].copy(),
        "offset": camera.offset,
        "middle": camera.middle,
        "radius": camera.radius,
        "extent": camera.extent,
        "times": np.asarray(TIMES),
    }


def _swing(panel: Panel, k: int) -> Tree | None:
    """The polar motion of an act; what the points do besides is what is left at its end."""
    swing = panel.path.swings[k]
    if swing is None:
        return None
    turn = swing.turn
    return {
        "stretch": turn.stretch,
        "planes": turn.rotation.planes,
        "angles": turn.rotation.angles,
        "trims": turn.rotation.turning + int(turn.rotation.flips),
        "offset": turn.offset,
        "n_in": turn.n_in,
        "aside": swing.aside,
        "rest": swing.rest is not None,
    }


def _basis(panel: Panel, k: int) -> Tree | None:
    """The unit vectors of an act, which swing as it does; all but the path is as it is drawn."""
    basis = panel.bases[k]
    if basis is None:
        return None
    told = {each.name: getattr(basis, each.name) for each in fields(basis) if each.name != "path"}
    return {**told, "keyframes": basis.path.keyframes}


def _network(panel: Panel) -> Tree | None:
    """The drawing of the network as it is; None without one."""
    network = panel.network
    if network is None:
        return None
    return {
        "columns": [column._asdict() for column in network.columns],
        "bundles": [
            {
                **bundle._asdict(),
                "ends": bundle.ends.ravel().tolist(),
                "sizes": bundle.sizes.tolist(),
            }
            for bundle in network.bundles
        ],
        "arounds": [around._asdict() for around in network.arounds],
        "acts": [list(act) for act in network.acts],
        "stops": list(network.stops),
        "radius": network.radius,
        "foot": network.foot,
    }


def _sheet(panel: Panel, computed: bool) -> Tree:
    """The sheet; its tints where they are not computed in the page."""
    sheet = panel.sheet
    indices = [line.vertices for line in sheet.lines]
    return {
        "corners": whole_numbers(sheet.corners),
        "sizes": whole_numbers(np.diff(sheet.offsets)),
        "lines": whole_numbers(np.concatenate([np.zeros(0, int), *indices])),
        "lengths": whole_numbers([len(index) for index in indices]),
        "kinds": [
            [
                line.kind,
                line.layer,
                line.unit,
                None if line.times is None else list(line.times),
                line.keyframe,
            ]
            for line in sheet.lines
        ],
        "classes": panel.chances.shape[-1],
        "chances": None if computed else np.rint(panel.chances * STEPS).astype(np.uint16),
    }


def _points(panel: Panel) -> Tree:
    """The chain and the input coordinates, or the keyframes where those are smaller."""
    origin, keyframes = panel.origin, panel.path.keyframes
    if origin is None:
        unknown = {"origin": None, "input": None, "dots": None, "features": 0}
        return {**unknown, "keyframes": quantised(keyframes)}
    if isinstance(origin, Learnt):
        return _learnt(panel, origin)
    parameters = sum(layer.weight.size for layer in origin.every if layer.weight is not None)
    exact = parameters <= FINE
    chain_bytes = parameters * (8 if exact else 4)
    vertices = panel.sheet.vertices
    features = vertices.shape[1]
    if origin.plane is not None:
        vertices = (vertices - origin.plane[0]) @ origin.plane[1]
    inputs_bytes = 8 * len(vertices) + 4 * origin.dots.size
    computed = (
        chain_bytes + inputs_bytes <= 6 * keyframes[..., 0].size
        and parameters * keyframes.shape[1] <= MOST_WORK
    )
    known = computed or chain_bytes <= MOST_CHAIN
    dots = origin.dots if computed or 4 * origin.dots.size <= MOST_DOTS else None
    return {
        "features": features,
        "origin": _origin(panel, np.float64 if exact else np.float32) if known else None,
        # One axis after the other: neighbours are alike, and deflate to less than half.
        "input": np.ascontiguousarray(vertices.T, dtype=np.float32),
        "dots": None if dots is None else dots.astype(np.float32),
        "keyframes": None if computed else quantised(keyframes),
    }


def _learnt(panel: Panel, origin: Learnt) -> Tree:
    """The snapshots and the input coordinates, or the keyframes where those are smaller."""
    keyframes, vertices = panel.path.keyframes, panel.sheet.vertices
    shipped = sum(layer.weight.size for layer in origin.every if layer.weight is not None)
    exact = shipped <= MOST_EXACT
    computed = (8 if exact else 4) * shipped <= 6 * keyframes[..., 0].size
    dots = 4 * origin.dots.size <= MOST_DOTS or computed
    return {
        "features": origin.dots.shape[1],
        "origin": _learnt_origin(origin, np.float64 if exact else np.float32) if computed else None,
        "input": quantised(vertices[None]),
        "dots": origin.dots.astype(np.float32) if dots else None,
        "keyframes": None if computed else quantised(keyframes),
    }


def _learnt_origin(origin: Learnt, kind: npt.DTypeLike) -> Tree:
    return {
        "layers": [_layer(layer, kind) for layer in origin.layers],
        "snapshots": len(origin.views),
        "shown": origin.shown,
        "levels": None if origin.levels is None else list(origin.levels),
        **_places(origin, kind),
    }


def _origin(panel: Panel, kind: npt.DTypeLike) -> Tree | None:
    origin = panel.origin
    assert isinstance(origin, Origin)
    return {
        "layers": [_layer(layer, kind) for layer in origin.layers],
        "acts": [list(act) for act in origin.acts],
        **_places(origin, kind),
    }


def _places(origin: Origin | Learnt, kind: npt.DTypeLike) -> Tree:
    """How states are seen, and where the sheet lies."""
    plane = origin.plane
    return {
        "views": [
            {"centre": centre.astype(kind), "axes": axes.astype(kind)}
            for centre, axes in origin.views
        ],
        "embedding": None
        if plane is None
        else {"centre": plane[0].astype(kind), "axes": plane[1].astype(kind)},
    }


def _layer(layer: OriginLayer, kind: npt.DTypeLike) -> Tree:
    told: Tree = {
        "activation": layer.activation,
        "weight": None if layer.weight is None else layer.weight.astype(kind),
        "bias": None if layer.bias is None else layer.bias.astype(kind),
    }
    return told | ({"inner": [_layer(one, kind) for one in layer.inner]} if layer.inner else {})
