/* The loops of ink.c for Python: arrays are checked, and others may run meanwhile. */

#include <math.h>

#include "../../buffers.h"
#include "../../kernels.h"
#include "held.h"

/* (H, W) counters of a canvas' part. */
static Py_buffer *density_of(Arrays *arrays, PyObject *object, int written) {
    Py_buffer *view = hold(arrays, object, "density", 'q', 2, written, 0);
    if (view && (view->shape[0] > 65535 || view->shape[1] > 65535))
        return wrong("density expects sides up to 65535."), NULL;
    return view;
}

ENTRY(lines) {
    (void)self;
    PyObject *density_in, *flat_in, *pairs_in, *ink_in, *table_in;
    double corner[2];
    Kernel kernel;
    long long taps;
    if (!PyArg_ParseTuple(args, "OO(dd)OOO(Ldddd)", &density_in, &flat_in, corner, corner + 1,
                          &pairs_in, &ink_in, &table_in, &taps, &kernel.width, &kernel.spacing,
                          &kernel.spare, &kernel.density))
        return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *density, *flat, *pairs, *ink, *table;
    if (!(density = density_of(&arrays, density_in, 1)) ||
        !(flat = hold_points(&arrays, flat_in, corner)) ||
        !(table = hold(&arrays, table_in, "table", 'd', 2, 0, 0)) ||
        !(ink = hold(&arrays, ink_in, "ink", 'd', 1, 0, 0)))
        return done(&arrays, NULL);
    const int64_t v = flat->shape[0], limits[] = {v, v};
    if (!(pairs = hold_indices(&arrays, pairs_in, 2, limits))) return done(&arrays, NULL);
    if (ink->shape[0] != pairs->shape[0] || table->shape[0] < 1 || table->shape[0] > 65536 ||
        table->shape[1] > 65536 || table->shape[1] % BLOCK || taps < 1 || taps > table->shape[1])
        return wrong("lines expect an ink each, and a table whose rows are whole blocks."),
               done(&arrays, NULL);
    if (!(kernel.spacing > 1e-3 && kernel.spacing < 1e6 && fabs(kernel.spare) <= 1.0))
        return wrong("lines expect a spacing of pixels, and a part to spare."),
               done(&arrays, NULL);
    kernel.table = table->buf;
    kernel.phases = (double)table->shape[0];
    kernel.taps = taps;
    kernel.pitch = table->shape[1];
    kernel.most = 0.0;
    for (Py_ssize_t i = 0; i < table->shape[0] * table->shape[1]; i++)
        kernel.most = fmax(kernel.most, fabs(kernel.table[i]));
    kernel.most *= kernel.most;
    Py_BEGIN_ALLOW_THREADS
    add_lines(density->buf, density->shape[0], density->shape[1], flat->buf, corner, pairs->buf,
              ink->buf, pairs->shape[0], &kernel);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    Py_RETURN_NONE;
}

static int hold_sprite(Arrays *arrays, PyObject *object, Sprite *sprite) {
    Py_buffer *view = hold(arrays, object, "pictures", 'q', 4, 0, 0);
    if (!view) return 0;
    const Py_ssize_t *shape = view->shape;
    if (shape[0] < 1 || shape[0] != shape[1] || shape[0] > 4096 || shape[2] > shape[3] ||
        shape[3] > 65535 || shape[3] % BLOCK)
        return wrong("pictures expect shape (P, P, S, whole blocks of at least S).");
    *sprite = (Sprite){view->buf, shape[2], shape[3], shape[0]};
    return 1;
}

ENTRY(dots) {
    (void)self;
    PyObject *density_in, *at_in, *pictures_in;
    double corner[2];
    if (!PyArg_ParseTuple(args, "OO(dd)O", &density_in, &at_in, corner, corner + 1, &pictures_in))
        return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *density, *at;
    if (!(density = density_of(&arrays, density_in, 1)) ||
        !(at = hold_points(&arrays, at_in, corner)))
        return done(&arrays, NULL);
    Sprite sprite;
    if (!hold_sprite(&arrays, pictures_in, &sprite)) return done(&arrays, NULL);
    Py_BEGIN_ALLOW_THREADS
    add_dots(density->buf, density->shape[0], density->shape[1], at->buf, corner, at->shape[0],
             &sprite);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    Py_RETURN_NONE;
}

static int same_size(const Canvas *canvas, const Py_buffer *density, int axis) {
    if (density->shape[axis] == canvas->height && density->shape[axis + 1] == canvas->width)
        return 1;
    return wrong("density expects the size of the canvas.");
}

ENTRY(ink) {
    (void)self;
    PyObject *canvas_in, *density_in, *through_in;
    float colour[3], opacity;
    if (!PyArg_ParseTuple(args, "OO(fff)fO", &canvas_in, &density_in, colour, colour + 1,
                          colour + 2, &opacity, &through_in))
        return NULL;
    Arrays arrays = {.count = 0};
    Canvas canvas;
    Through through;
    Py_buffer *density;
    if (!hold_canvas(&arrays, canvas_in, &canvas) || !hold_through(&arrays, through_in, &through) ||
        !(density = density_of(&arrays, density_in, 0)) || !same_size(&canvas, density, 0))
        return done(&arrays, NULL);
    Py_BEGIN_ALLOW_THREADS
    lay_ink(&canvas, density->buf, colour, opacity, &through);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    Py_RETURN_NONE;
}

ENTRY(inks) {
    (void)self;
    PyObject *canvas_in, *densities_in, *colours_in, *through_in;
    if (!PyArg_ParseTuple(args, "OOOO", &canvas_in, &densities_in, &colours_in, &through_in))
        return NULL;
    Arrays arrays = {.count = 0};
    Canvas canvas;
    Through through;
    Py_buffer *densities, *colours;
    if (!hold_canvas(&arrays, canvas_in, &canvas) || !hold_through(&arrays, through_in, &through) ||
        !(densities = hold(&arrays, densities_in, "densities", 'q', 3, 0, 0)) ||
        !(colours = hold(&arrays, colours_in, "colours", 'f', 2, 0, 0)) ||
        !same_size(&canvas, densities, 1))
        return done(&arrays, NULL);
    if (colours->shape[0] != densities->shape[0] || colours->shape[1] != 3)
        return wrong("colours expect shape (inks, 3)."), done(&arrays, NULL);
    Py_BEGIN_ALLOW_THREADS
    lay_inks(&canvas, densities->buf, colours->buf, colours->shape[0], &through);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    Py_RETURN_NONE;
}

ENTRY(outlined) {
    (void)self;
    PyObject *canvas_in, *both_in, *through_in;
    float colour[3];
    int shift;
    if (!PyArg_ParseTuple(args, "OOi(fff)O", &canvas_in, &both_in, &shift, colour, colour + 1,
                          colour + 2, &through_in))
        return NULL;
    Arrays arrays = {.count = 0};
    Canvas canvas;
    Through through;
    Py_buffer *both;
    if (!hold_canvas(&arrays, canvas_in, &canvas) || !hold_through(&arrays, through_in, &through) ||
        !(both = density_of(&arrays, both_in, 0)) || !same_size(&canvas, both, 0))
        return done(&arrays, NULL);
    if (shift < 1 || shift > 62)
        return wrong("outlined expects a shift of bits."), done(&arrays, NULL);
    Py_BEGIN_ALLOW_THREADS
    lay_outlined(&canvas, both->buf, shift, colour, &through);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    Py_RETURN_NONE;
}

ENTRY(series) {
    (void)self;
    PyObject *canvas_in, *at_in, *pictures_in, *through_in;
    float colour[3];
    int shift;
    Series series;
    if (!PyArg_ParseTuple(args, "OO(dd)Oi(fff)O", &canvas_in, &at_in, series.corner,
                          series.corner + 1, &pictures_in, &shift, colour, colour + 1, colour + 2,
                          &through_in))
        return NULL;
    Arrays arrays = {.count = 0};
    Canvas canvas;
    Through through;
    Sprite sprite;
    Py_buffer *at;
    if (!hold_canvas(&arrays, canvas_in, &canvas) || !hold_through(&arrays, through_in, &through) ||
        !(at = hold_points(&arrays, at_in, series.corner)) ||
        !hold_sprite(&arrays, pictures_in, &sprite))
        return done(&arrays, NULL);
    if (shift < 1 || shift > 62)
        return wrong("series expects a shift of bits."), done(&arrays, NULL);
    series.at = at->buf, series.count = at->shape[0], series.sprite = &sprite;
    int room;
    Py_BEGIN_ALLOW_THREADS
    room = lay_series(&canvas, &series, shift, colour, &through);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    if (!room) return PyErr_NoMemory();
    Py_RETURN_NONE;
}
