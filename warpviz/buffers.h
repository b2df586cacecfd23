/* Arrays that Python gives to the kernels: buffers that are held during a call. Only the stable
   interface of Python 3.11 is used, and nothing of numpy. */

#ifndef WARPVIZ_BUFFERS_H
#define WARPVIZ_BUFFERS_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

#include "kernels.h"

#define MOST 12 /* arrays that a function takes */

/* Arrays that are held during a call. */
typedef struct {
    Py_buffer held[MOST];
    int count;
} Arrays;

void let_go(Arrays *arrays);

/* Let go, and give the result back. */
PyObject *done(Arrays *arrays, PyObject *result);

/* Hold an array: its type 'd' double, 'f' float, 'q' 64 bits or 'B' bytes, its number of axes, and
   whether it is written to and may have gaps between its rows. NULL with an exception if it is
   another. */
Py_buffer *hold(Arrays *arrays, PyObject *object, const char *name, char type, int axes,
                int written, int gaps);

/* Hold a canvas, changed in place. */
int hold_canvas(Arrays *arrays, PyObject *object, Canvas *canvas);

/* 0, with an exception that says so. */
int wrong(const char *what);

/* What the module offers, each in the room of its loops. */
#define ENTRY(name) PyObject *name##_entry(PyObject *self, PyObject *args)
ENTRY(sight);
ENTRY(farthest);
ENTRY(widest);
ENTRY(bounds);
ENTRY(shades);
ENTRY(cells);
ENTRY(lines);
ENTRY(dots);
ENTRY(ink);
ENTRY(inks);
ENTRY(outlined);
ENTRY(series);
ENTRY(mask);
ENTRY(bar);
ENTRY(pixels);
ENTRY(canvas_indices);
ENTRY(indices);
ENTRY(pool);
ENTRY(patch);
ENTRY(codes);
ENTRY(split);
ENTRY(bend);
ENTRY(train);
int add_names(PyObject *module); /* of what a step of a training can do, and a level's */

#endif
