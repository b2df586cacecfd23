/* Loss, gradient and steps of small chains; see train.h. The same code is compiled for several
   sets of instructions, which give the same digits. */

#ifdef __GNUC__ /* MSVC has no vectors: there, numpy trains. */

#include "train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define LEVELS 3
#else
#define LEVELS 1
#endif

#define INLINE TARGET static inline __attribute__((always_inline))
#define PASTE(a, b, c) a##_##b##_##c
#define NAMED(a, b, c) PASTE(a, b, c)
#define NAME(name) NAMED(name, PRECISION, LEVEL)

#define TARGET
#define LEVEL base
#define WIDTH 16
#include "precisions.h"
#undef TARGET
#undef LEVEL
#undef WIDTH

#if LEVELS > 1
#define TARGET __attribute__((target("avx2")))
#define LEVEL avx2
#define WIDTH 32
#include "precisions.h"
#undef TARGET
#undef LEVEL
#undef WIDTH

#define TARGET __attribute__((target("avx512f,avx512dq,avx512vl")))
#define LEVEL avx512
#define WIDTH 64
#include "precisions.h"
#undef TARGET
#undef LEVEL
#undef WIDTH
#endif

int best_level(void) {
#if LEVELS > 1
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        return 2;
    if (__builtin_cpu_supports("avx2")) return 1;
#endif
    return 0;
}

#if LEVELS > 1
#define CHOSEN(precision)                                                        \
    if (level > best_level()) level = best_level();                              \
    if (level == 2) return run_##precision##_avx512(program, method);            \
    if (level == 1) return run_##precision##_avx2(program, method);              \
    return run_##precision##_base(program, method)
#else
#define CHOSEN(precision) \
    (void)level;          \
    return run_##precision##_base(program, method)
#endif

int train_floats(const Program *program, const Method *method, int level) { CHOSEN(float); }
int train_doubles(const Program *program, const Method *method, int level) { CHOSEN(double); }

/* `count` rows from `first` on, all inside `of`. */
static int inside(int64_t first, int64_t count, int64_t of) {
    return first >= 0 && count >= 0 && count <= of && first <= of - count;
}

static int operand(const Program *program, int64_t number, int64_t count) {
    return number < 0 ? number >= -program->constants : inside(number, count, program->rows);
}

int fits(const Program *program) {
    const int64_t rows = program->rows, all = program->parameters, most = program->widest;
    for (const Step *s = program->steps; s < program->steps + program->length; s++) {
        if (s->count < 1 || s->count > rows) return 0;
        if (s->kind < ADD || s->kind >= KINDS) return 0;
        if (s->kind <= COS) {
            if (!inside(s->out, s->count, rows) || !operand(program, s->a, s->count) ||
                !operand(program, s->b, s->count) || !operand(program, s->c, s->count))
                return 0;
        } else if (s->kind <= WEIGHT_SLOPES) {
            const int64_t slopes = s->kind == WEIGHT_SLOPES;
            const int64_t n_in = s->kind == MATRIX_BACK ? s->count : s->b;
            const int64_t n_out = s->kind == MATRIX_BACK ? s->b : s->count;
            if (s->b < 1 || s->b > rows || n_in > most || n_out > most) return 0;
            if (!inside(slopes ? s->out : s->c, n_out * (n_in + 1), all)) return 0;
            if (!inside(s->a, slopes ? s->count : s->b, rows)) return 0;
            if (!inside(slopes ? s->c : s->out, slopes ? s->b : s->count, rows)) return 0;
        } else {
            if (!inside(s->out, s->count, rows) || !inside(s->a, s->count, rows)) return 0;
            if (s->kind >= CROSS_ENTROPY && !inside(s->b, s->count, rows)) return 0;
        }
    }
    return 1;
}

#endif
