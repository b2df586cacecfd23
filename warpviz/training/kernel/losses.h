/* Softmax and losses with their slopes, as losses.py has them; see train.c. */

/* exp(z − top) of rows at `in`, written to `out`; their sum, and top. */
INLINE V NAME(shares)(const NAME(Place) *place, int64_t out, int64_t in, int64_t count, int64_t n,
                      V *top) {
    V most = LOAD(ROW(place, in) + n), sum = NAME(all)(0);
    for (int64_t j = 1; j < count; j++)
        most = NAME(larger)(most, LOAD(ROW(place, in + j) + n));
    for (int64_t j = 0; j < count; j++) {
        const V e = NAME(fallen)(LOAD(ROW(place, in + j) + n) - most);
        STORE(ROW(place, out + j) + n, e);
        sum += e;
    }
    *top = most;
    return sum;
}

TARGET static void NAME(softmax)(const NAME(Place) *place, const Step *step) {
    for (int64_t n = 0; n < place->used; n += LANES) {
        V top;
        const V sum = NAME(shares)(place, step->out, step->a, step->count, n, &top);
        for (int64_t j = 0; j < step->count; j++) {
            REAL *p = ROW(place, step->out + j) + n;
            STORE(p, LOAD(p) / sum);
        }
    }
}

/* The slope by p, made that by the logits in its place. */
TARGET static void NAME(softmax_back)(const NAME(Place) *place, const Step *step) {
    for (int64_t n = 0; n < place->used; n += LANES) {
        V mean = NAME(all)(0);
        for (int64_t j = 0; j < step->count; j++)
            mean += LOAD(ROW(place, step->a + j) + n) * LOAD(ROW(place, step->out + j) + n);
        for (int64_t j = 0; j < step->count; j++) {
            REAL *delta = ROW(place, step->out + j) + n;
            STORE(delta, (LOAD(delta) - mean) * LOAD(ROW(place, step->a + j) + n));
        }
    }
}

/* The slope of every point's loss, p − t or 2 (o − t)/C; the sum of their losses, where it is
   wanted. */
TARGET static double NAME(loss)(const NAME(Place) *place, const Step *step, int wanted) {
    const int64_t count = step->count, out = step->out, in = step->a, target = step->b;
    V sum[PARTS] = {NAME(all)(0)};
    for (int p = 0; p < PARTS; p++) sum[p] = NAME(all)(0);
    for (int64_t n = 0; n < place->used; n += LANES) {
        V value = NAME(all)(0);
        if (step->kind == CROSS_ENTROPY && count == 2 && !wanted) {
            const V gap = LOAD(ROW(place, in) + n) - LOAD(ROW(place, in + 1) + n);
            const V slope = (REAL)1.0 / ((REAL)1.0 + NAME(exp)(gap)) -
                            LOAD(ROW(place, target + 1) + n);
            STORE(ROW(place, out) + n, -slope);
            STORE(ROW(place, out + 1) + n, slope);
        } else if (step->kind == CROSS_ENTROPY) {
            V top;
            const V all = NAME(shares)(place, out, in, count, n, &top);
            if (wanted) value = NAME(log)(all) + top;
            for (int64_t j = 0; j < count; j++) {
                REAL *slope = ROW(place, out + j) + n;
                const V t = LOAD(ROW(place, target + j) + n);
                value -= LOAD(ROW(place, in + j) + n) * t;
                STORE(slope, LOAD(slope) / all - t);
            }
        } else {
            const REAL twice = (REAL)2.0 / (REAL)count;
            for (int64_t j = 0; j < count; j++) {
                const V off = LOAD(ROW(place, in + j) + n) - LOAD(ROW(place, target + j) + n);
                value += off * off;
                STORE(ROW(place, out + j) + n, off * twice);
            }
            value = value / (REAL)count;
        }
        for (int k = 0; k < LANES; k++) {
            if (n + k < place->points) continue;
            value[k] = 0;
            for (int64_t j = 0; j < count; j++) ROW(place, out + j)[n + k] = 0;
        }
        sum[n / LANES % PARTS] += value;
    }
    return wanted ? (double)NAME(total)(sum) : 0.0;
}

/* How many points' largest output is the largest of their target. */
static int64_t NAME(right)(const NAME(Place) *place, const Step *step) {
    int64_t count = 0;
    for (int64_t n = 0; n < place->points; n++) {
        int64_t told = 0, true_one = 0;
        for (int64_t j = 1; j < step->count; j++) {
            const REAL more = ROW(place, step->a + j)[n], most = ROW(place, step->a + told)[n];
            if (more > most || (more != more && most == most)) told = j;
            if (ROW(place, step->b + j)[n] > ROW(place, step->b + true_one)[n]) true_one = j;
        }
        count += told == true_one;
    }
    return count;
}
