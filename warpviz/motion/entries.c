/* The loop of perspective.c for Python: arrays are checked. */

#include "../buffers.h"

ENTRY(sight) {
    (void)self;
    PyObject *points_in, *flat_in, *nearness_in;
    Sight sight;
    double *turn = sight.turn, *pivot = sight.pivot;
    if (!PyArg_ParseTuple(args, "O(ddddddddd)(ddd)(ddd)OO", &points_in, turn, turn + 1, turn + 2,
                          turn + 3, turn + 4, turn + 5, turn + 6, turn + 7, turn + 8, pivot,
                          pivot + 1, pivot + 2, &sight.radius, &sight.distance, &sight.nearest,
                          &flat_in, &nearness_in))
        return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *points, *flat, *nearness;
    if (!(points = hold(&arrays, points_in, "points", 'd', 2, 0, 0)) ||
        !(flat = hold(&arrays, flat_in, "flat", 'd', 2, 1, 0)) ||
        !(nearness = hold(&arrays, nearness_in, "nearness", 'd', 1, 1, 0)))
        return done(&arrays, NULL);
    const Py_ssize_t count = points->shape[0];
    if (points->shape[1] != 3 || flat->shape[1] != 2 || flat->shape[0] != count ||
        nearness->shape[0] != count)
        return wrong("sight expects points (N, 3), flat (N, 2) and nearness (N,)."),
               done(&arrays, NULL);
    Py_BEGIN_ALLOW_THREADS
    see(points->buf, count, &sight, flat->buf, nearness->buf);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    Py_RETURN_NONE;
}

/* Hold points (N, 3) at both ends of their ways. */
static int hold_ways(Arrays *arrays, PyObject *start_in, PyObject *end_in, Py_buffer **start,
                     Py_buffer **end) {
    if (!(*start = hold(arrays, start_in, "start", 'd', 2, 0, 0)) ||
        !(*end = hold(arrays, end_in, "end", 'd', 2, 0, 0)))
        return 0;
    const int fit = (*start)->shape[1] == 3 && (*end)->shape[1] == 3;
    return (fit && (*start)->shape[0] == (*end)->shape[0]) ||
           wrong("Ways expect start and end of shape (N, 3).");
}

ENTRY(farthest) {
    (void)self;
    PyObject *start_in, *end_in;
    double t, pivot[3], most;
    if (!PyArg_ParseTuple(args, "OOd(ddd)", &start_in, &end_in, &t, pivot, pivot + 1, pivot + 2))
        return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *start, *end;
    if (!hold_ways(&arrays, start_in, end_in, &start, &end)) return done(&arrays, NULL);
    Py_BEGIN_ALLOW_THREADS
    most = farthest(start->buf, end->buf, start->shape[0], t, pivot);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    return PyFloat_FromDouble(most);
}

ENTRY(widest) {
    (void)self;
    PyObject *start_in, *end_in;
    Sight sight;
    double t, middle[2], most[2], *turn = sight.turn, *pivot = sight.pivot;
    if (!PyArg_ParseTuple(args, "OOd(ddddddddd)(ddd)(ddd)(dd)", &start_in, &end_in, &t, turn,
                          turn + 1, turn + 2, turn + 3, turn + 4, turn + 5, turn + 6, turn + 7,
                          turn + 8, pivot, pivot + 1, pivot + 2, &sight.radius, &sight.distance,
                          &sight.nearest, middle, middle + 1))
        return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *start, *end;
    if (!hold_ways(&arrays, start_in, end_in, &start, &end)) return done(&arrays, NULL);
    Py_BEGIN_ALLOW_THREADS
    widest(start->buf, end->buf, start->shape[0], t, &sight, middle, most);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    return Py_BuildValue("dd", most[0], most[1]);
}
