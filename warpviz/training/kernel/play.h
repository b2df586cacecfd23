/* A program played over points, and what moves parameters by it; see train.c. */

/* One pass over all points with the weights of one chain: its loss, and if it is wanted the
   gradient, both means over the points, and the number of points that are told right. */
static double NAME(pass)(const Program *program, NAME(Place) *place, const REAL *parameters,
                         REAL *gradient, int wanted, int64_t *right) {
    const REAL share = (REAL)1.0 / (REAL)program->points;
    double loss = 0.0;
    if (gradient) memset(gradient, 0, (size_t)program->parameters * sizeof(REAL));
    for (int64_t first = 0; first < program->points; first += place->room) {
        const int64_t left = program->points - first;
        place->points = left < place->room ? left : place->room;
        place->used = (place->points + GROUP - 1) / GROUP * GROUP;
        for (int64_t i = 0; i < program->given; i++) {
            const REAL *from = (const REAL *)program->points_of + i * program->points + first;
            REAL *to = ROW(place, i);
            memcpy(to, from, (size_t)place->points * sizeof(REAL));
            /* What is no point is the last one again, which can do no harm. */
            for (int64_t n = place->points; n < place->used; n++) to[n] = to[place->points - 1];
        }
        for (const Step *step = program->steps; step < program->steps + program->length; step++) {
            if (step->kind == MATRIX) {
                const REAL *w = parameters + step->c;
                const int64_t down = step->b + 1;
                NAME(matrix)(place, step->out, step->count, step->a, step->b, w, down, 1,
                             w + step->b, down);
            } else if (step->kind == MATRIX_BACK) {
                NAME(matrix)(place, step->out, step->count, step->a, step->b, parameters + step->c,
                             1, step->count + 1, NULL, 0);
            } else if (step->kind == WEIGHT_SLOPES) {
                /* A program may have slopes before its loss, or none at all. */
                if (gradient) NAME(weight_slopes)(place, step, gradient + step->out, share);
            } else if (step->kind == SOFTMAX) {
                NAME(softmax)(place, step);
            } else if (step->kind == SOFTMAX_BACK) {
                NAME(softmax_back)(place, step);
            } else if (step->kind == CROSS_ENTROPY || step->kind == SQUARED_ERROR) {
                loss += NAME(loss)(place, step, wanted) / (double)program->points;
                if (right) *right += NAME(right)(place, step);
                if (!gradient) break;
            } else {
                NAME(elementwise)(step, place);
            }
        }
    }
    return loss;
}

/* Loss with penalties of one chain, and its gradient where there is room for it. */
static double NAME(evaluate)(const Program *program, NAME(Place) *place, const REAL *parameters,
                             REAL *gradient, int wanted, int64_t *right, double *scratch) {
    double loss = NAME(pass)(program, place, parameters, gradient, wanted, right);
    for (const Step *step = program->steps; step < program->steps + program->length; step++)
        if (step->kind == MATRIX && program->evenness != 0.0)
            loss += NAME(unevenness)(parameters + step->c, step->count, step->b,
                                     program->evenness, gradient ? gradient + step->c : NULL,
                                     scratch);
    if (program->penalty != 0.0)
        loss += NAME(norm)(parameters, program->parameters, program->penalty, gradient);
    return loss;
}

/* θ ← θ − rate · m̂ / (√v̂ + ε), as optimizers.py has it. */
static void NAME(adam)(const Program *program, const Method *method, REAL *parameters,
                       const REAL *gradient, REAL *mean, REAL *square, const double left[2]) {
    const REAL first = (REAL)(1.0 - method->keep[0]), second = (REAL)(1.0 - method->keep[1]);
    const REAL by = (REAL)(method->rate / (1.0 - left[0])), rest = (REAL)(1.0 - left[1]);
    const REAL epsilon = (REAL)method->epsilon;
    for (int64_t k = 0; k < program->parameters; k++) {
        mean[k] += first * (gradient[k] - mean[k]);
        square[k] += second * (gradient[k] * gradient[k] - square[k]);
        parameters[k] -= by * mean[k] / (SQRT(square[k] / rest) + epsilon);
    }
}

static int NAME(run)(const Program *program, const Method *method) {
    const int64_t count = program->parameters;
    int64_t most = 1; /* the side of the largest Gram matrix */
    for (const Step *step = program->steps; step < program->steps + program->length; step++) {
        const int64_t side = step->count < step->b ? step->count : step->b;
        if (step->kind == MATRIX && side > most) most = side;
    }
    NAME(Place) place;
    /* A row more than there are: the address is moved to a whole vector. */
    place.room = program->room;
    const size_t rows = (size_t)(program->rows * place.room), fixed = (size_t)program->constants;
    char *held = malloc((rows + fixed * LANES) * sizeof(REAL) + 128);
    double *scratch = malloc((size_t)(most * most) * sizeof(double));
    if (!held || !scratch) return free(held), free(scratch), 0;
    place.rows = (REAL *)(((uintptr_t)held + 127) / 64 * 64);
    place.constants = place.rows + rows;
    memset(place.rows, 0, rows * sizeof(REAL));
    for (size_t k = 0; k < fixed; k++)
        for (int lane = 0; lane < LANES; lane++)
            place.constants[k * LANES + (size_t)lane] = (REAL)program->constant[k];
    double left[2] = {method->left[0], method->left[1]};
    for (int64_t b = 0; b < program->chains; b++) {
        REAL *parameters = (REAL *)program->parameters_of + b * count;
        REAL *gradient = (REAL *)program->gradient + b * count;
        REAL *mean = (REAL *)method->mean + b * count, *square = (REAL *)method->square + b * count;
        left[0] = method->left[0], left[1] = method->left[1];
        if (method->kind == LOSSES || method->kind == GRADIENT) {
            int64_t right = 0;
            const int only = method->kind == LOSSES;
            program->losses[b] = NAME(evaluate)(program, &place, parameters,
                                                only ? NULL : gradient, 1, only ? &right : NULL,
                                                scratch);
            if (only) program->right[b] = right;
            continue;
        }
        for (int64_t epoch = 0; epoch < method->epochs; epoch++) {
            NAME(evaluate)(program, &place, parameters, gradient, 0, NULL, scratch);
            left[0] *= method->keep[0], left[1] *= method->keep[1];
            if (method->kind == ADAM)
                NAME(adam)(program, method, parameters, gradient, mean, square, left);
            else
                for (int64_t k = 0; k < count; k++)
                    parameters[k] -= (REAL)method->rate * gradient[k];
        }
    }
    method->left[0] = left[0], method->left[1] = left[1];
    free(held), free(scratch);
    return 1;
}
