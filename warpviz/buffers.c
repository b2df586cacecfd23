#include "buffers.h"

void let_go(Arrays *arrays) {
    while (arrays->count) PyBuffer_Release(&arrays->held[--arrays->count]);
}

PyObject *done(Arrays *arrays, PyObject *result) {
    let_go(arrays);
    return result;
}

Py_buffer *hold(Arrays *arrays, PyObject *object, const char *name, char type, int axes,
                int written, int gaps) {
    Py_buffer *view = &arrays->held[arrays->count];
    int flags = PyBUF_FORMAT | (gaps ? PyBUF_STRIDES : PyBUF_C_CONTIGUOUS);
    if (written) flags |= PyBUF_WRITABLE;
    if (PyObject_GetBuffer(object, view, flags)) return NULL;
    arrays->count++;
    const char *format = view->format ? view->format : "B";
    if (*format == '<' || *format == '=' || *format == '@') format++;
    const int whole = type == 'q' && (*format == 'q' || *format == 'l') && view->itemsize == 8;
    const int bytes = type == 'B' && (*format == 'B' || *format == '?') && view->itemsize == 1;
    if (!(whole || bytes || *format == type) || format[1] || view->ndim != axes) {
        PyErr_Format(PyExc_ValueError, "%s expects %d axes of type %c, got %d of type %s.", name,
                     axes, type, view->ndim, view->format ? view->format : "B");
        return NULL;
    }
    return view;
}

int wrong(const char *what) {
    PyErr_SetString(PyExc_ValueError, what);
    return 0;
}

int hold_canvas(Arrays *arrays, PyObject *object, Canvas *canvas) {
    Py_buffer *view = hold(arrays, object, "canvas", 'f', 3, 1, 1);
    if (!view) return 0;
    const Py_ssize_t *strides = view->strides;
    if (view->shape[0] != 3 || (view->shape[2] > 1 && strides[2] != sizeof(float)) ||
        strides[0] % (Py_ssize_t)sizeof(float) || strides[1] % (Py_ssize_t)sizeof(float) ||
        view->shape[1] > 65535 || view->shape[2] > 65535)
        return wrong("canvas expects shape (3, H, W), rows without gaps, sides up to 65535.");
    for (int c = 0; c < 3; c++) canvas->plane[c] = (float *)((char *)view->buf + c * strides[0]);
    canvas->height = view->shape[1];
    canvas->width = view->shape[2];
    canvas->stride = strides[1] / (Py_ssize_t)sizeof(float);
    return 1;
}
