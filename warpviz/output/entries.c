/* The loops of indices.c and lzw.c for Python: arrays are checked, and others may run meanwhile. */

#include "../buffers.h"
#include "../kernels.h"

#include <stdlib.h>

ENTRY(pixels) {
    (void)self;
    PyObject *canvas_in, *pixels_in;
    if (!PyArg_ParseTuple(args, "OO", &canvas_in, &pixels_in)) return NULL;
    Arrays arrays = {.count = 0};
    Canvas canvas;
    Py_buffer *out;
    if (!hold_canvas(&arrays, canvas_in, &canvas) ||
        !(out = hold(&arrays, pixels_in, "pixels", 'B', 3, 1, 0)))
        return done(&arrays, NULL);
    if (out->shape[0] != 3 || out->shape[1] != canvas.height || out->shape[2] != canvas.width)
        return wrong("pixels expect shape (3, H, W), as the canvas has."), done(&arrays, NULL);
    Py_BEGIN_ALLOW_THREADS
    to_bytes(&canvas, out->buf);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    Py_RETURN_NONE;
}

ENTRY(canvas_indices) {
    (void)self;
    PyObject *canvas_in, *table_in, *indices_in;
    if (!PyArg_ParseTuple(args, "OOO", &canvas_in, &table_in, &indices_in)) return NULL;
    Arrays arrays = {.count = 0};
    Canvas canvas;
    Py_buffer *table, *out;
    if (!hold_canvas(&arrays, canvas_in, &canvas) ||
        !(table = hold(&arrays, table_in, "table", 'B', 1, 0, 0)) ||
        !(out = hold(&arrays, indices_in, "indices", 'B', 2, 1, 0)))
        return done(&arrays, NULL);
    if (out->shape[0] != canvas.height || out->shape[1] != canvas.width ||
        table->shape[0] != 1 << 18)
        return wrong("indices expect the size of the canvas and a table (262144,)."),
               done(&arrays, NULL);
    Py_BEGIN_ALLOW_THREADS
    canvas_to_indices(&canvas, table->buf, out->buf);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    Py_RETURN_NONE;
}

ENTRY(indices) {
    (void)self;
    PyObject *planes_in, *table_in, *indices_in;
    if (!PyArg_ParseTuple(args, "OOO", &planes_in, &table_in, &indices_in)) return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *planes, *table, *out;
    if (!(planes = hold(&arrays, planes_in, "planes", 'B', 3, 0, 0)) ||
        !(table = hold(&arrays, table_in, "table", 'B', 1, 0, 0)) ||
        !(out = hold(&arrays, indices_in, "indices", 'B', 2, 1, 0)))
        return done(&arrays, NULL);
    const int64_t count = out->shape[0] * out->shape[1];
    if (planes->shape[0] != 3 || planes->shape[1] != out->shape[0] ||
        planes->shape[2] != out->shape[1] || table->shape[0] != 1 << 18)
        return wrong("indices expect planes (3, H, W) and a table (262144,)."),
               done(&arrays, NULL);
    Py_BEGIN_ALLOW_THREADS
    to_indices(planes->buf, count, table->buf, out->buf);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    Py_RETURN_NONE;
}

ENTRY(pool) {
    (void)self;
    PyObject *pixels_in, *sums_in;
    if (!PyArg_ParseTuple(args, "OO", &pixels_in, &sums_in)) return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *pixels, *sums;
    if (!(pixels = hold(&arrays, pixels_in, "pixels", 'B', 3, 0, 1)) ||
        !(sums = hold(&arrays, sums_in, "sums", 'q', 2, 1, 0)))
        return done(&arrays, NULL);
    if (pixels->shape[2] != 3 || sums->shape[0] != 1 << 18 || sums->shape[1] != 4)
        return wrong("pool expects pixels (H, W, 3) and sums (262144, 4)."), done(&arrays, NULL);
    int64_t shape[2], steps[3];
    for (int axis = 0; axis < 2; axis++) shape[axis] = pixels->shape[axis];
    for (int axis = 0; axis < 3; axis++) steps[axis] = pixels->strides[axis];
    Py_BEGIN_ALLOW_THREADS
    pool_pixels(pixels->buf, shape, steps, sums->buf);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    Py_RETURN_NONE;
}

ENTRY(patch) {
    (void)self;
    PyObject *shown_in, *indices_in, *visible_in, *patch_in;
    if (!PyArg_ParseTuple(args, "OOOO", &shown_in, &indices_in, &visible_in, &patch_in))
        return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *shown, *index, *visible, *out;
    if (!(shown = hold(&arrays, shown_in, "shown", 'B', 2, 1, 0)) ||
        !(index = hold(&arrays, indices_in, "indices", 'B', 2, 0, 0)) ||
        !(visible = hold(&arrays, visible_in, "visible", 'B', 1, 0, 0)) ||
        !(out = hold(&arrays, patch_in, "patch", 'B', 2, 1, 0)))
        return done(&arrays, NULL);
    for (int axis = 0; axis < 2; axis++)
        if (shown->shape[axis] != index->shape[axis] || shown->shape[axis] != out->shape[axis] ||
            shown->shape[axis] < 1)
            return wrong("patch expects pictures of one size."), done(&arrays, NULL);
    if (visible->shape[0] != 1 << 16)
        return wrong("visible expects shape (65536,)."), done(&arrays, NULL);
    int64_t box[4];
    Py_BEGIN_ALLOW_THREADS
    patch_of(shown->buf, index->buf, shown->shape[0], shown->shape[1], visible->buf, out->buf,
             box);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    return Py_BuildValue("LLLL", (long long)box[0], (long long)box[1], (long long)box[2],
                         (long long)box[3]);
}

ENTRY(codes) {
    (void)self;
    PyObject *indices_in;
    if (!PyArg_ParseTuple(args, "O", &indices_in)) return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *index = hold(&arrays, indices_in, "indices", 'B', 2, 0, 1);
    if (!index) return done(&arrays, NULL);
    const Py_ssize_t height = index->shape[0], width = index->shape[1];
    if (height < 1 || width < 1 || height > 65535 || width > 65535 ||
        (width > 1 && index->strides[1] != 1))
        return wrong("indices expect 1 to 65535 rows and columns, rows without gaps."),
               done(&arrays, NULL);
    uint8_t *blocks = NULL;
    int64_t size;
    Py_BEGIN_ALLOW_THREADS
    size = compress(index->buf, height, width, index->strides[0], &blocks);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    PyObject *bytes = size ? PyBytes_FromStringAndSize((char *)blocks, (Py_ssize_t)size)
                           : PyErr_NoMemory();
    free(blocks);
    return bytes;
}
