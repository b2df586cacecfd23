/* Points as a camera sees them: perspective.py, operation by operation. */

#include "../kernels.h"

WIDE void see(const double *points, int64_t count, const Sight *sight, double *flat,
              double *nearness) {
    const double *turn = sight->turn, *pivot = sight->pivot, nearest = sight->nearest;
    for (int64_t i = 0; i < count; i++) {
        const double x = points[3 * i] - pivot[0], y = points[3 * i + 1] - pivot[1];
        const double z = points[3 * i + 2] - pivot[2];
        const double depth = (turn[6] * x + turn[7] * y + turn[8] * z) / sight->radius;
        const double within = depth < -nearest ? -nearest : depth > nearest ? nearest : depth;
        const double away = 1.0 - within / sight->distance;
        flat[2 * i] = (turn[0] * x + turn[1] * y + turn[2] * z) / away;
        flat[2 * i + 1] = (turn[3] * x + turn[4] * y + turn[5] * z) / away;
        nearness[i] = within;
    }
}
