/* The cuts of cut.c and bend.c for Python: arrays are checked, and others may run meanwhile. */

#include "../../buffers.h"
#include "cut.h"

#include <stdlib.h>
#include <string.h>

#define LARGEST_TILING (1LL << 31) /* vertices, corners, polygons, numbers of all points */

/* Hold the corners of polygons of so many vertices, and where each polygon begins among them. */
static int hold_tiling(Arrays *arrays, PyObject *corners_in, PyObject *offsets_in,
                       int64_t vertices, Py_buffer **corners, Py_buffer **offsets) {
    if (!(*corners = hold(arrays, corners_in, "corners", 'q', 1, 0, 0)) ||
        !(*offsets = hold(arrays, offsets_in, "offsets", 'q', 1, 0, 0)))
        return 0;
    const int64_t *corner = (*corners)->buf, *offset = (*offsets)->buf;
    const int64_t count = (*corners)->shape[0], last = (*offsets)->shape[0] - 1;
    int whole = last >= 0 && last < LARGEST_TILING && count < LARGEST_TILING && offset[0] == 0 &&
                offset[last] == count && vertices < LARGEST_TILING;
    for (int64_t r = 0; whole && r < last; r++)
        whole = offset[r] < offset[r + 1] && offset[r + 1] <= count;
    for (int64_t i = 0; whole && i < count; i++) whole = corner[i] >= 0 && corner[i] < vertices;
    return whole || wrong("A tiling expects corners that are vertices, and offsets that rise from 0 "
                          "to their number.");
}

/* A fresh bytearray, and where its bytes are. */
static PyObject *fresh(const void *from, int64_t size, void *bytes) {
    PyObject *made = PyByteArray_FromStringAndSize(from, (Py_ssize_t)size);
    *(char **)bytes = made ? PyByteArray_AsString(made) : NULL;
    return made;
}

/* What came out: first what was found of vertices, then corners, offsets and origins of all
   polygons, and `width` bytes that are known of each, by its row or by its place. */
static PyObject *told(const Tiling *tiling, const void *found, int64_t size, const int8_t *known,
                      int64_t width, int by_row) {
    const int64_t count = tiling->of_polygons.used, number = sizeof(int64_t);
    int64_t n_corners = 0, *corner, *offset, *origin;
    for (int64_t r = 0; r < count; r++) n_corners += tiling->polygons[r].size;
    char *own;
    PyObject *vertices = fresh(found, size, &own);
    PyObject *corners = fresh(NULL, n_corners * number, &corner);
    PyObject *offsets = fresh(NULL, (count + 1) * number, &offset);
    PyObject *origins = fresh(NULL, count * number, &origin);
    PyObject *rows = fresh(NULL, count * width, &own);
    if (corners && offsets && origins && rows) {
        *offset = 0;
        for (int64_t r = 0; r < count; r++) {
            const Polygon *polygon = &tiling->polygons[r];
            memcpy(corner + offset[r], tiling->corners + polygon->start,
                   (size_t)(polygon->size * number));
            memcpy(own + r * width, known + (by_row ? polygon->row : r) * width, (size_t)width);
            offset[r + 1] = offset[r] + polygon->size;
            origin[r] = polygon->origin;
        }
    }
    return Py_BuildValue("NNNNN", vertices, corners, offsets, origins, rows);
}

ENTRY(split) {
    (void)self;
    PyObject *corners_in, *offsets_in, *z_in, *steepness_in;
    Slack slack = {.up = NULL, .pitch = 1};
    if (!PyArg_ParseTuple(args, "OOOOd", &corners_in, &offsets_in, &z_in, &steepness_in,
                          &slack.close))
        return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *z, *steepness, *corners, *offsets;
    if (!(z = hold(&arrays, z_in, "z", 'd', 1, 0, 0)) ||
        !(steepness = hold(&arrays, steepness_in, "steepness", 'd', 1, 0, 0)) ||
        !hold_tiling(&arrays, corners_in, offsets_in, z->shape[0], &corners, &offsets))
        return done(&arrays, NULL);
    const int64_t polygons = offsets->shape[0] - 1;
    if (steepness->shape[0] != polygons)
        return wrong("split expects as many slopes as polygons."), done(&arrays, NULL);
    slack.across = steepness->buf;
    Tiling tiling;
    int there;
    Py_BEGIN_ALLOW_THREADS
    there = lay(&tiling, corners->buf, offsets->buf, polygons, z->shape[0]) &&
            cut(&tiling, z->buf, &slack);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    const int64_t size = 2 * tiling.made * (int64_t)sizeof(int64_t);
    PyObject *result = there ? told(&tiling, tiling.ends, size, tiling.sides, 1, 0)
                             : PyErr_NoMemory();
    tidy(&tiling);
    return result;
}

ENTRY(bend) {
    (void)self;
    PyObject *points_in, *corners_in, *offsets_in, *maps_in, *levels_in;
    long long most;
    Bending bending;
    if (!PyArg_ParseTuple(args, "OOOOOddL", &points_in, &corners_in, &offsets_in, &maps_in,
                          &levels_in, &bending.close, &bending.faint, &most))
        return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *points, *corners, *offsets, *maps, *levels;
    if (!(points = hold(&arrays, points_in, "points", 'd', 2, 0, 0)) ||
        !(maps = hold(&arrays, maps_in, "maps", 'd', 3, 0, 0)) ||
        !(levels = hold(&arrays, levels_in, "levels", 'd', 1, 0, 0)) ||
        !hold_tiling(&arrays, corners_in, offsets_in, points->shape[0], &corners, &offsets))
        return done(&arrays, NULL);
    const int64_t polygons = offsets->shape[0] - 1, vertices = points->shape[0];
    bending.levels = levels->buf, bending.n_levels = levels->shape[0];
    bending.maps = maps->buf, bending.units = maps->shape[2];
    bending.pitch = points->shape[1], bending.most = most;
    if (maps->shape[0] != polygons || maps->shape[1] != 3 ||
         bending.units >= LARGEST_TILING ||
        bending.pitch < 2 + 2 * bending.units || bending.n_levels > 63 ||
        vertices * bending.pitch > LARGEST_TILING || most > LARGEST_TILING)
        return wrong("bend expects points (V, 2 + 2 U or more), maps (R, 3, U), up to 63 levels."),
               done(&arrays, NULL);
    Tiling tiling;
    Bent bent = {0};
    int there = -1;
    Py_BEGIN_ALLOW_THREADS
    if (lay(&tiling, corners->buf, offsets->buf, polygons, vertices))
        there = bend(&tiling, points->buf, &bending, &bent);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    const int64_t size = bent.of_points.used * (int64_t)sizeof(double);
    PyObject *result = there < 0 ? PyErr_NoMemory()
                       : there   ? told(&tiling, bent.points, size, bent.codes, bending.units, 1)
                                 : Py_NewRef(Py_None);
    tidy(&tiling);
    free(bent.points), free(bent.z), free(bent.codes);
    return result;
}
