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
