/* Training for Python: arrays are checked, and others may run meanwhile. */

#ifdef __GNUC__ /* MSVC has no vectors: there, numpy trains. */

#include "../../buffers.h"
#include "train.h"

static const char *const kinds[KINDS] = {
    "+", "-", "*", "/", "max", "min", "<", "<=", "where", "copy", "neg", "abs", "sqrt", "exp",
    "expm1", "log", "log1p", "tanh", "sigmoid", "softplus", "sin", "cos", "matrix", "matrix_back",
    "weight_slopes", "softmax", "softmax_back", "cross_entropy", "mean_squared_error",
};

int add_names(PyObject *module) {
    PyObject *names = PyTuple_New(KINDS);
    for (int k = 0; names && k < KINDS; k++) {
        PyObject *name = PyUnicode_FromString(kinds[k]);
        if (!name || PyTuple_SetItem(names, k, name)) Py_CLEAR(names);
    }
    if (!names) return -1;
    const int added = PyModule_AddObjectRef(module, "KINDS", names);
    Py_DECREF(names);
    return added || PyModule_AddIntConstant(module, "LEVEL", best_level()) ? -1 : 0;
}

#define LARGEST_ROOM 65536
#define LARGEST_WORKSPACE (1 << 28)
#define WIDEST 4096

/* An array of the same type and shape as the parameters, or none where it is not needed. */
static void *like(Arrays *arrays, PyObject *object, const Py_buffer *parameters, char type) {
    Py_buffer *view = hold(arrays, object, "state", type, 2, 1, 0);
    if (!view) return NULL;
    if (view->shape[0] == parameters->shape[0] && view->shape[1] == parameters->shape[1])
        return view->buf;
    return wrong("train expects arrays of the shape of the parameters."), NULL;
}

ENTRY(train) {
    (void)self;
    PyObject *code_in, *constants_in, *points_in, *parameters_in, *gradient_in, *losses_in;
    PyObject *right_in, *mean_in, *square_in, *left_in;
    long long rows, room, kind, epochs;
    int level;
    Program program = {0};
    Method method = {0};
    if (!PyArg_ParseTuple(args, "OOOOOOO(LLdd)(LLdddd)OOOi", &code_in, &constants_in, &points_in,
                          &parameters_in, &gradient_in, &losses_in, &right_in, &rows, &room,
                          &program.penalty, &program.evenness, &kind, &epochs, &method.rate,
                          &method.keep[0], &method.keep[1], &method.epsilon, &mean_in, &square_in,
                          &left_in, &level))
        return NULL;
    Arrays arrays = {.count = 0};
    Py_buffer *code, *constants, *points, *parameters, *losses, *right, *left;
    if (!(code = hold(&arrays, code_in, "code", 'q', 2, 0, 0)) ||
        !(constants = hold(&arrays, constants_in, "constants", 'd', 1, 0, 0)))
        return done(&arrays, NULL);
    /* Whichever precision the points have, all else has. */
    char type = 'd';
    if (!(points = hold(&arrays, points_in, "points", type, 2, 0, 0))) {
        PyErr_Clear();
        type = 'f';
        let_go(&arrays);
        if (!(code = hold(&arrays, code_in, "code", 'q', 2, 0, 0)) ||
            !(constants = hold(&arrays, constants_in, "constants", 'd', 1, 0, 0)) ||
            !(points = hold(&arrays, points_in, "points", type, 2, 0, 0)))
            return done(&arrays, NULL);
    }
    if (!(parameters = hold(&arrays, parameters_in, "parameters", type, 2, 1, 0)) ||
        !(program.gradient = like(&arrays, gradient_in, parameters, type)) ||
        !(losses = hold(&arrays, losses_in, "losses", 'd', 1, 1, 0)) ||
        !(right = hold(&arrays, right_in, "right", 'q', 1, 1, 0)) ||
        !(method.mean = like(&arrays, mean_in, parameters, type)) ||
        !(method.square = like(&arrays, square_in, parameters, type)) ||
        !(left = hold(&arrays, left_in, "left", 'd', 1, 1, 0)))
        return done(&arrays, NULL);
    program.steps = code->buf, program.length = code->shape[0];
    program.constant = constants->buf, program.constants = constants->shape[0];
    program.points_of = points->buf, program.given = points->shape[0];
    program.points = points->shape[1];
    program.parameters_of = parameters->buf, program.chains = parameters->shape[0];
    program.parameters = parameters->shape[1];
    program.losses = losses->buf, program.right = right->buf, method.left = left->buf;
    program.rows = rows, program.room = room, program.widest = WIDEST;
    method.kind = kind, method.epochs = epochs;
    const int sizes = room >= GROUP && room <= LARGEST_ROOM && room % GROUP == 0 && rows >= 1 &&
                      rows <= LARGEST_WORKSPACE / room && program.given <= rows &&
                      program.given >= 1 && program.points >= 1 && program.points < 1LL << 31;
    if (!sizes || code->shape[1] != 6 || losses->shape[0] != program.chains ||
        right->shape[0] != program.chains || left->shape[0] != 2 || kind < LOSSES ||
        kind > ADAM || program.constants > LARGEST_ROOM || !fits(&program))
        return wrong("train expects a program that fits its arrays."), done(&arrays, NULL);
    int room_there;
    Py_BEGIN_ALLOW_THREADS
    room_there = type == 'd' ? train_doubles(&program, &method, level)
                             : train_floats(&program, &method, level);
    Py_END_ALLOW_THREADS
    let_go(&arrays);
    if (!room_there) return PyErr_NoMemory();
    Py_RETURN_NONE;
}

#endif
