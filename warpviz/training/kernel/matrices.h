/* Weights times states, and the gradients of weights; see train.c. */

/* `many` rows of weights (entries `apart`) times the rows of a state, GROUP points at a time. */
INLINE void NAME(product)(const NAME(Place) *place, int64_t out, int64_t many, int64_t in,
                          int64_t n_in, const REAL *weight, int64_t down, int64_t along,
                          const REAL *bias, int64_t bias_down) {
    for (int64_t n = 0; n < place->used; n += GROUP) {
        V sum[4][PARTS];
        for (int r = 0; r < many; r++)
            for (int p = 0; p < PARTS; p++)
                sum[r][p] = NAME(all)(bias ? bias[r * bias_down] : (REAL)0.0);
        const REAL *state = ROW(place, in) + n;
        for (int64_t i = 0; i < n_in; i++, state += place->room)
            for (int p = 0; p < PARTS; p++) {
                const V x = LOAD(state + p * LANES);
                for (int r = 0; r < many; r++) sum[r][p] += weight[r * down + i * along] * x;
            }
        for (int r = 0; r < many; r++)
            for (int p = 0; p < PARTS; p++)
                STORE(ROW(place, out + r) + n + p * LANES, sum[r][p]);
    }
}

/* out = W in: entry (j, i) of W is weight[j * down + i * along]. */
TARGET static void NAME(matrix)(const NAME(Place) *place, int64_t out, int64_t n_out, int64_t in,
                                int64_t n_in, const REAL *weight, int64_t down, int64_t along,
                                const REAL *bias, int64_t bias_down) {
    for (int64_t j = 0; j < n_out; j += 4) {
        const REAL *w = weight + j * down, *b = bias ? bias + j * bias_down : NULL;
        switch (n_out - j) {
            case 1: NAME(product)(place, out + j, 1, in, n_in, w, down, along, b, bias_down); break;
            case 2: NAME(product)(place, out + j, 2, in, n_in, w, down, along, b, bias_down); break;
            case 3: NAME(product)(place, out + j, 3, in, n_in, w, down, along, b, bias_down); break;
            default: NAME(product)(place, out + j, 4, in, n_in, w, down, along, b, bias_down);
        }
    }
}

/* The sum of GROUP accumulators, always by halves. */
INLINE REAL NAME(total)(const V sum[PARTS]) {
    REAL each[GROUP];
    memcpy(each, sum, sizeof each);
    for (int half = GROUP / 2; half; half /= 2)
        for (int k = 0; k < half; k++) each[k] += each[k + half];
    return each[0];
}

INLINE void NAME(slopes)(const NAME(Place) *place, int64_t delta, int64_t many, int64_t in,
                         int64_t n_in, REAL *gradient, REAL share) {
    for (int64_t i = 0; i <= n_in; i++) {
        V sum[4][PARTS];
        for (int r = 0; r < many; r++)
            for (int p = 0; p < PARTS; p++) sum[r][p] = NAME(all)(0);
        for (int64_t n = 0; n < place->used; n += GROUP)
            for (int p = 0; p < PARTS; p++) {
                const int64_t at = n + p * LANES;
                const V x = i < n_in ? LOAD(ROW(place, in + i) + at) : NAME(all)(1);
                for (int r = 0; r < many; r++)
                    sum[r][p] += LOAD(ROW(place, delta + r) + at) * x;
            }
        for (int r = 0; r < many; r++)
            gradient[r * (n_in + 1) + i] += NAME(total)(sum[r]) * share;
    }
}

/* Adds delta · (state, 1)ᵀ · share to the gradient of (W | b). */
TARGET static void NAME(weight_slopes)(const NAME(Place) *place, const Step *step, REAL *gradient,
                                       REAL share) {
    const int64_t n_in = step->b, in = step->c, all = step->count;
    for (int64_t j = 0; j < all; j += 4) {
        const int64_t delta = step->a + j;
        REAL *to = gradient + j * (n_in + 1);
        switch (all - j) {
            case 1: NAME(slopes)(place, delta, 1, in, n_in, to, share); break;
            case 2: NAME(slopes)(place, delta, 2, in, n_in, to, share); break;
            case 3: NAME(slopes)(place, delta, 3, in, n_in, to, share); break;
            default: NAME(slopes)(place, delta, 4, in, n_in, to, share);
        }
    }
}
