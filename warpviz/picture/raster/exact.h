/* Roundings that are the same as numpy's, and the table of what shines through. */

#ifndef WARPVIZ_EXACT_H
#define WARPVIZ_EXACT_H

#include "../../kernels.h"

#include <math.h>

#define UNIT 1048576.0 /* of coordinates: 1/2**20 of a pixel */

/* Round half to even, as numpy's rint; beyond 2**51 every double is whole. */
INSIDE double rounded(double x) {
    const double whole = 6755399441055744.0; /* 1.5 * 2**52 */
    return fabs(x) < 2251799813685248.0 ? (x + whole) - whole : x;
}

INSIDE double snap(double x) { return rounded(x * UNIT) * (1.0 / UNIT); }

/* Add to a counter; what is beyond it is no ink, and never reached by any. */
INSIDE void add_to(int64_t *counter, double amount) {
    if (fabs(amount) < 9007199254740992.0)
        *counter = (int64_t)((uint64_t)*counter + (uint64_t)(int64_t)amount);
}

INSIDE double larger(double a, double b) { return a > b ? a : b; }
INSIDE double smaller(double a, double b) { return a < b ? a : b; }

/* How much shines through cloth of a density in units of 1/4096. */
INSIDE float through_of(const Through *through, double density) {
    if (!(density > 0.0)) return through->table[0];
    if (density >= (double)through->last) return through->table[through->last];
    return through->table[(int64_t)density];
}

#endif
