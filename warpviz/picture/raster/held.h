/* Arrays of drawing that are held during a call; see buffers.h. */

#ifndef WARPVIZ_HELD_H
#define WARPVIZ_HELD_H

#include "../../buffers.h"

int hold_through(Arrays *arrays, PyObject *object, Through *through);

/* (N, 2) coordinates, finite and not beyond LARGEST. */
Py_buffer *hold_points(Arrays *arrays, PyObject *object, const double corner[2]);

/* (n, columns) indices; column c below limits[c]. */
Py_buffer *hold_indices(Arrays *arrays, PyObject *object, int columns, const int64_t *limits);

#endif
