/* Rows of a workspace, and what is done entry by entry; see train.c. A row is `room` numbers long,
   a whole number of GROUPs; sums over points go by GROUP accumulators, whatever the length of a
   vector, so that the order of every sum is the same on every processor. */

#define PARTS (GROUP / LANES)
#define LOAD(from) (*(const V *)(from))
#define STORE(to, v) (*(V *)(to) = (v))

typedef struct {
    REAL *rows;      /* the workspace */
    REAL *constants; /* a vector of each */
    int64_t room;    /* numbers in a row */
    int64_t used;    /* of them, this time; a whole number of GROUPs */
    int64_t points;  /* of them, that are points */
} NAME(Place);

#define ROW(place, number) ((place)->rows + (number) * (place)->room)

/* Where an operand begins, and how far apart its vectors are: a row, or a constant. */
INLINE const REAL *NAME(operand)(const NAME(Place) *place, int64_t number, int64_t row,
                                 int64_t *step) {
    *step = number < 0 ? 0 : LANES;
    return number < 0 ? place->constants + (-1 - number) * LANES : ROW(place, number + row);
}

#define EACH(expression)                                                                     \
    for (int64_t row = 0; row < step->count; row++) {                                        \
        int64_t go_a, go_b, go_c;                                                            \
        const REAL *at_a = NAME(operand)(place, step->a, row, &go_a);                        \
        const REAL *at_b = NAME(operand)(place, step->b, row, &go_b);                        \
        const REAL *at_c = NAME(operand)(place, step->c, row, &go_c);                        \
        REAL *out = ROW(place, step->out + row);                                             \
        for (int64_t n = 0; n < place->used; n += LANES) {                                   \
            const V a = LOAD(at_a), b = LOAD(at_b), c = LOAD(at_c);                          \
            (void)b, (void)c;                                                                \
            STORE(out + n, expression);                                                      \
            at_a += go_a, at_b += go_b, at_c += go_c;                                        \
        }                                                                                    \
    }                                                                                        \
    return

#define TRUTH(test) NAME(choose)((test), NAME(all)(1), NAME(all)(0))

TARGET static void NAME(elementwise)(const Step *step, const NAME(Place) *place) {
    switch (step->kind) {
        case ADD: EACH(a + b);
        case SUBTRACT: EACH(a - b);
        case MULTIPLY: EACH(a * b);
        case DIVIDE: EACH(a / b);
        case MAX: EACH(NAME(larger)(a, b));
        case MIN: EACH(NAME(smaller)(a, b));
        case LESS: EACH(TRUTH(a < b));
        case LESS_EQUAL: EACH(TRUTH(a <= b));
        case WHERE: EACH(NAME(choose)(a != 0, b, c));
        case COPY: EACH(a);
        case NEGATE: EACH(-a);
        case ABS: EACH(NAME(absolute)(a));
        case SQRT_OF: EACH(NAME(root)(a));
        case EXP: EACH(NAME(exp)(a));
        case EXPM1: EACH(NAME(expm1)(a));
        case LOG: EACH(NAME(log)(a));
        case LOG1P: EACH(NAME(log1p)(a));
        case TANH: EACH(NAME(tanh)(a));
        case SIGMOID: EACH(NAME(sigmoid)(a));
        case SOFTPLUS: EACH(NAME(softplus)(a));
        case SIN: EACH(NAME(wave_of)(a, 0));
        case COS: EACH(NAME(wave_of)(a, 1));
    }
}
