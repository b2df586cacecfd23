/* The module warpviz._kernels: a table of what stands in the rooms. */

#include "buffers.h"

static PyMethodDef functions[] = {
    {"sight", sight_entry, METH_VARARGS,
     "sight(points, turn, pivot, (radius, distance, nearest), flat, nearness)"},
    {"farthest", farthest_entry, METH_VARARGS, "farthest(start, end, t, pivot)"},
    {"widest", widest_entry, METH_VARARGS,
     "widest(start, end, t, turn, pivot, (radius, distance, nearest), middle)"},
    {"bounds", bounds_entry, METH_VARARGS, "bounds(points, indices or None)"},
    {"shades", shades_entry, METH_VARARGS,
     "shades(points, flat, nearness, triangles, owners, colours, weights, values, "
     "(above, dark, light, most, layer, depths), way, colour)"},
    {"cells", cells_entry, METH_VARARGS, "cells(canvas, flat, corner, edges, values, through)"},
    {"lines", lines_entry, METH_VARARGS,
     "lines(density, flat, corner, pairs, ink, table, (taps, width, spacing, spare, density))"},
    {"dots", dots_entry, METH_VARARGS, "dots(density, at, corner, pictures)"},
    {"ink", ink_entry, METH_VARARGS, "ink(canvas, density, colour, opacity, through)"},
    {"inks", inks_entry, METH_VARARGS, "inks(canvas, densities, colours, through)"},
    {"outlined", outlined_entry, METH_VARARGS,
     "outlined(canvas, both, shift, colour, through)"},
    {"series", series_entry, METH_VARARGS,
     "series(canvas, at, corner, pictures, shift, colour, through)"},
    {"mask", mask_entry, METH_VARARGS, "mask(canvas, mask, x, y, colour, opacity)"},
    {"bar", bar_entry, METH_VARARGS, "bar(canvas, (x0, y0, x1, y1), colour)"},
    {"pixels", pixels_entry, METH_VARARGS, "pixels(canvas, pixels)"},
    {"indices", indices_entry, METH_VARARGS, "indices(planes, table, indices)"},
    {"canvas_indices", canvas_indices_entry, METH_VARARGS,
     "canvas_indices(canvas, table, indices)"},
    {"pool", pool_entry, METH_VARARGS, "pool(pixels, sums)"},
    {"patch", patch_entry, METH_VARARGS, "patch(shown, indices, visible, patch)"},
    {"codes", codes_entry, METH_VARARGS, "codes(indices)"},
    {"split", split_entry, METH_VARARGS, "split(corners, offsets, z, steepness, close)"},
    {"bend", bend_entry, METH_VARARGS,
     "bend(points, corners, offsets, maps, levels, close, faint, most)"},
#ifdef __GNUC__
    {"train", train_entry, METH_VARARGS,
     "train(code, constants, points, parameters, gradient, losses, right, "
     "(rows, room, penalty, evenness), (kind, epochs, rate, keep, keep, epsilon), "
     "mean, square, left, level)"},
#endif
    {NULL, NULL, 0, NULL},
};

#ifndef STAMP
#define STAMP 0u /* compiled by hand */
#endif

/* Of which sources this was compiled; see warpviz/stamp.py. */
static int add_stamp(PyObject *module) {
    PyObject *stamp = PyLong_FromUnsignedLong(STAMP);
    int added = PyModule_AddObjectRef(module, "STAMP", stamp);
    Py_XDECREF(stamp);
    return added;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_stamp},
#ifdef __GNUC__
    {Py_mod_exec, add_names},
#endif
    {0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "warpviz._kernels", "Compiled loops; see warpviz.compiled.", 0,
    functions, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__kernels(void) { return PyModuleDef_Init(&module); }
