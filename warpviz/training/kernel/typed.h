/* One precision for one set of instructions: vectors of WIDTH bytes. */

#define LANES (WIDTH / (int)sizeof(REAL))
#define V NAME(Vector)
#define I NAME(Integers)
#define U NAME(Bits)
typedef REAL V __attribute__((vector_size(WIDTH), may_alias));
typedef INT I __attribute__((vector_size(WIDTH), may_alias));
typedef UINT U __attribute__((vector_size(WIDTH), may_alias));

#include "functions.h"
#if FRACTION == 52
#include "waves.h"
INLINE V NAME(wave_of)(V x, int quarter) { return NAME(wave)(x, quarter); }
#else
INLINE V NAME(wave_of)(V x, int quarter) {
    typedef NAMED(Vector, double, LEVEL) Doubles;
    V found;
    for (int half = 0; half < 2; half++) {
        Doubles part;
        for (int k = 0; k < LANES / 2; k++) part[k] = (double)x[half * LANES / 2 + k];
        part = NAMED(wave, double, LEVEL)(part, quarter);
        for (int k = 0; k < LANES / 2; k++) found[half * LANES / 2 + k] = (float)part[k];
    }
    return found;
}
#endif
#include "rows.h"
#include "matrices.h"
#include "losses.h"
#include "penalties.h"
#include "play.h"

#undef PARTS
#undef LOAD
#undef STORE
#undef ROW
#undef EACH
#undef TRUTH
#undef LANES
#undef V
#undef I
#undef U
#undef ROUNDER
#undef SIXTH
#undef PRECISION
#undef REAL
#undef INT
#undef UINT
#undef FRACTION
#undef BIAS
#undef SIGN_BIT
#undef SQRT
#undef EXP_MOST
#undef SERIES
#undef ARTANH
#undef LN2_HIGH
#undef LN2_LOW
#undef SMALLEST
#undef BIG
#undef BIG_LOG2
