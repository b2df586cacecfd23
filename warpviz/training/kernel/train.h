/* Training in C: what the arrays of program.py mean. */

#ifndef WARPVIZ_TRAIN_H
#define WARPVIZ_TRAIN_H

#include <stdint.h>

/* What a step does; program.py is told these numbers by the module. Rows are those of a workspace
   with a column for each point; an operand below 0 is the constant −1 − number. */
enum Kind {
    /* elementwise, on `count` rows: out = a ∘ b */
    ADD, SUBTRACT, MULTIPLY, DIVIDE, MAX, MIN, LESS, LESS_EQUAL,
    WHERE, /* c where a is 0, else b */
    COPY, NEGATE, ABS, SQRT_OF, EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, SIN, COS,
    MATRIX,        /* count rows at out = (W | b) of parameter c, times b rows at a */
    MATRIX_BACK,   /* count rows at out = Wᵀ of parameter c, times b rows at a */
    WEIGHT_SLOPES, /* gradient from parameter out on += count rows at a, times b rows at c */
    SOFTMAX,       /* count rows at out, of those at a */
    SOFTMAX_BACK,  /* count rows at out: the slope by the softmax at a made that by its logits */
    CROSS_ENTROPY, /* count rows at out: the slope by the logits at a, with targets at b */
    SQUARED_ERROR, /* likewise of any output */
    KINDS
};

typedef struct {
    int64_t kind, count, out, a, b, c;
} Step;

/* Points and targets are columns of `given` rows, which become the first of the workspace. */
typedef struct {
    const Step *steps;
    const double *constant;
    const void *points_of;              /* (given, points) */
    void *parameters_of, *gradient;     /* (chains, parameters) */
    double *losses;                     /* (chains,) */
    int64_t *right;                     /* (chains,) */
    int64_t length, constants, given, points, chains, parameters;
    int64_t rows, room, widest;
    double penalty, evenness;
} Program;

enum Moves { LOSSES, GRADIENT, DESCENT, ADAM };

typedef struct {
    int64_t kind, epochs;
    double rate, keep[2], epsilon;
    void *mean, *square; /* (chains, parameters), of Adam */
    double *left;        /* (2,) the powers of keep so far */
} Method;

enum { GROUP = 16 }; /* points at a time; sums have as many accumulators */

/* Whether every step stays inside the workspace and the parameters. */
int fits(const Program *program);
/* 0 where there is no memory. `level` is of the instructions: 0 what all processors have, 1 AVX2,
   2 AVX-512; one that this processor lacks is lowered. */
int train_floats(const Program *program, const Method *method, int level);
int train_doubles(const Program *program, const Method *method, int level);
int best_level(void);

#endif
