/* The loops of stamps.c for Python: arrays are checked. They are short, so nobody is let in. */

#include <math.h>

#include "../../buffers.h"
#include "../../kernels.h"

ENTRY(mask) {
    (void)self;
    PyObject *canvas_in, *mask_in;
    double x, y;
    float colour[3], opacity;
    if (!PyArg_ParseTuple(args, "OOdd(fff)f", &canvas_in, &mask_in, &x, &y, colour, colour + 1,
                          colour + 2, &opacity))
        return NULL;
    Arrays arrays = {.count = 0};
    Canvas canvas;
    Py_buffer *mask;
    if (!hold_canvas(&arrays, canvas_in, &canvas) ||
        !(mask = hold(&arrays, mask_in, "mask", 'f', 2, 0, 0)))
        return done(&arrays, NULL);
    if (!(fabs(x) < LARGEST && fabs(y) < LARGEST))
        return wrong("mask expects a place below 1e15."), done(&arrays, NULL);
    const Mask cover = {mask->buf, mask->shape[0], mask->shape[1]};
    put_mask(&canvas, &cover, (int64_t)rint(x), (int64_t)rint(y), colour, opacity);
    let_go(&arrays);
    Py_RETURN_NONE;
}

ENTRY(bar) {
    (void)self;
    PyObject *canvas_in;
    double box[4];
    float colour[3];
    if (!PyArg_ParseTuple(args, "O(dddd)(fff)", &canvas_in, box, box + 1, box + 2, box + 3,
                          colour, colour + 1, colour + 2))
        return NULL;
    Arrays arrays = {.count = 0};
    Canvas canvas;
    if (!hold_canvas(&arrays, canvas_in, &canvas)) return done(&arrays, NULL);
    for (int side = 0; side < 4; side++)
        if (!(fabs(box[side]) < LARGEST))
            return wrong("bar expects sides below 1e15."), done(&arrays, NULL);
    put_bar(&canvas, box, colour);
    let_go(&arrays);
    Py_RETURN_NONE;
}
