/* The loops of cells.c and shading.c for Python: arrays are checked, and others may run meanwhile. */

#include "held.h"

#include <math.h>

int hold_through(Arrays *arrays, PyObject *object, Through *through) {
    Py_buffer *view = hold(arrays, object, "through", 'f', 1, 0, 0);
    if (!view) return 0;
    if (view->shape[0] < 1) return wrong("through expects a table.");
    through->table = view->buf;
    through->last = view->shape[0] - 1;
    return 1;
}

Py_buffer *hold_points(Arrays *arrays, PyObject *object, const double corner[2]) {
    Py_buffer *view = hold(arrays, object, "points", 'd', 2, 0, 0);
    if (!view) return NULL;
    const double *value = view->buf;
    int fits = view->shape[1] == 2 && fabs(corner[0]) < LARGEST && fabs(corner[1]) < LARGEST;
    if (fits)
        for (Py_ssize_t i = 0; i < 2 * view->shape[0]; i++) fits &= fabs(value[i]) < LARGEST;
    return fits ? view : (wrong("points expect finite numbers (N, 2) below 1e15."), NULL);
}

Py_buffer *hold_indices(Arrays *arrays, PyObject *object, int columns,
                             const int64_t *limits) {
    Py_buffer *view = hold(arrays, object, "indices", 'q', 2, 0, 0);
    if (!view) return NULL;
    if (view->shape[1] != columns) return wrong("indices expect other columns."), NULL;
    const int64_t *value = view->buf;
    int fits = 1;
    for (Py_ssize_t row = 0; row < view->shape[0]; row++)
        for (int c = 0; c < columns; c++, value++) fits &= *value >= 0 && *value < limits[c];
    return fits ? view : (wrong("indices expect to lie within their array."), NULL);
}

ENTRY(cells) {
    (void)self;
    PyObject *canvas_in, *flat_in, *edges_in, *values_in, *through_in;
    double corner[2];
    if (!PyArg_ParseTuple(args, "OO(dd)OOO", &canvas_in, &flat_in, corner, corner + 1, &edges_in,
                          &values_in, &through_in))
        return NULL;
    Arrays arrays = {.count = 0};
    Canvas canvas;
    Through through;
    Py_buffer *flat, *values, *edges;
    if (!hold_canvas(&arrays, canvas_in, &canvas) || !hold_through(&arrays, through_in, &through) ||
        !(flat = hold_points(&arrays, flat_in, corner)) ||
        !(values = hold(&arrays, values_in, "values", 'd', 2, 0, 0)))
        return done(&arrays, NULL);
    const int64_t v = flat->shape[0], t = values->shape[0], limits[] = {v, v, t, t};
    if (values->shape[1] != 5) return wrong("values expect 5 columns."), done(&arrays, NULL);
    if (!(edges = hold_indices(&arrays, edges_in, 4, limits))) return done(&arrays, NULL);
    int room;
    Py_BEGIN_ALLOW_THREADS
    room = lay_cells(&canvas, flat->buf, corner, edges->buf, edges->shape[0], values->buf,
                     &through);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    if (!room) return PyErr_NoMemory();
    Py_RETURN_NONE;
}

/* An array of doubles (rows, columns), or (rows,) where there is one column. */
static double *table_of(Arrays *arrays, PyObject *object, Py_ssize_t rows, int columns,
                        int written) {
    Py_buffer *view = hold(arrays, object, "table", 'd', columns > 1 ? 2 : 1, written, 0);
    if (!view) return NULL;
    if (view->shape[0] == rows && (columns == 1 || view->shape[1] == columns)) return view->buf;
    return wrong("shades expect arrays of one length each."), NULL;
}

ENTRY(shades) {
    (void)self;
    PyObject *points_in, *flat_in, *nearness_in, *triangles_in, *owners_in, *colours_in;
    PyObject *weights_in, *values_in;
    Cloth cloth;
    Shade shade;
    if (!PyArg_ParseTuple(args, "OOOOOOOO(dddddd)(ddd)(ddd)", &points_in, &flat_in, &nearness_in,
                          &triangles_in, &owners_in, &colours_in, &weights_in, &values_in,
                          &shade.above, &shade.dark, &shade.light, &shade.most, &shade.layer,
                          &shade.depths, shade.way, shade.way + 1, shade.way + 2, shade.colour,
                          shade.colour + 1, shade.colour + 2))
        return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *points, *flat, *colours, *weights, *triangles, *owners;
    const double none[2] = {0.0, 0.0};
    double *values;
    if (!(points = hold(&arrays, points_in, "points", 'd', 2, 0, 0)) ||
        !(flat = hold_points(&arrays, flat_in, none)) ||
        !(cloth.nearness = table_of(&arrays, nearness_in, points->shape[0], 1, 0)) ||
        !(colours = hold(&arrays, colours_in, "colours", 'd', 2, 0, 0)) ||
        !(weights = hold(&arrays, weights_in, "weights", 'd', 1, 0, 0)))
        return done(&arrays, NULL);
    const int64_t v = points->shape[0], limits[] = {v, v, v};
    if (!(triangles = hold_indices(&arrays, triangles_in, 3, limits)) ||
        !(values = table_of(&arrays, values_in, triangles->shape[0] + 1, 5, 1)) ||
        !(owners = hold(&arrays, owners_in, "owners", 'q', 1, 0, 0)))
        return done(&arrays, NULL);
    cloth.points = points->buf, cloth.colours = colours->buf, cloth.weights = weights->buf;
    cloth.triangles = triangles->buf, cloth.owners = owners->buf;
    cloth.n_triangles = triangles->shape[0], cloth.n_cells = colours->shape[0];
    cloth.n_weights = weights->shape[0];
    cloth.flat = flat->buf;
    int fits = flat->shape[0] == v && points->shape[1] == 3 && colours->shape[1] == 3 && cloth.n_weights % 2 == 1 &&
               owners->shape[0] == cloth.n_triangles;
    for (int64_t i = 0; fits && i < cloth.n_triangles; i++)
        fits = cloth.owners[i] >= 0 && cloth.owners[i] < cloth.n_cells;
    if (!fits)
        return wrong("shades expect points (V, 3), colours (cells, 3), a cell for each triangle."),
               done(&arrays, NULL);
    int filled;
    Py_BEGIN_ALLOW_THREADS
    filled = shade_cells(&cloth, &shade, values);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    return PyBool_FromLong(filled);
}

ENTRY(bounds) {
    (void)self;
    PyObject *points_in, *which_in;
    if (!PyArg_ParseTuple(args, "OO", &points_in, &which_in)) return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *points, *which = NULL;
    if (!(points = hold(&arrays, points_in, "points", 'd', 2, 0, 0))) return done(&arrays, NULL);
    const int64_t limit = points->shape[0];
    if (points->shape[1] != 2) return wrong("points expect shape (N, 2)."), done(&arrays, NULL);
    if (which_in != Py_None && !(which = hold_indices(&arrays, which_in, 1, &limit)))
        return done(&arrays, NULL);
    double bounds[4] = {0.0, 0.0, 0.0, 0.0};
    const int fine = bounds_of(points->buf, which ? which->buf : NULL,
                               which ? which->shape[0] : limit, bounds);
    let_go(&arrays);
    if (!fine) return wrong("bounds expect points, at least one, all finite."), NULL;
    return Py_BuildValue("dddd", bounds[0], bounds[1], bounds[2], bounds[3]);
}
