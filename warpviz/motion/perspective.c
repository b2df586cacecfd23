/* Points as a camera sees them: perspective.py, operation by operation. */

#include "../kernels.h"

#include <math.h>

/* A point as the camera sees it, from the pivot, unzoomed; its nearness. */
INSIDE double sight_of(const Sight *sight, const double point[3], double flat[2]) {
    const double *turn = sight->turn, *pivot = sight->pivot, nearest = sight->nearest;
    const double x = point[0] - pivot[0], y = point[1] - pivot[1], z = point[2] - pivot[2];
    const double depth = (turn[6] * x + turn[7] * y + turn[8] * z) / sight->radius;
    const double within = depth < -nearest ? -nearest : depth > nearest ? nearest : depth;
    const double away = 1.0 - within / sight->distance;
    flat[0] = (turn[0] * x + turn[1] * y + turn[2] * z) / away;
    flat[1] = (turn[3] * x + turn[4] * y + turn[5] * z) / away;
    return within;
}

/* Where a point is on a straight way, as `lerp` has it. */
INSIDE void between(const double *start, const double *end, double t, double point[3]) {
    for (int axis = 0; axis < 3; axis++)
        point[axis] = t == 0.0   ? start[axis]
                      : t == 1.0 ? end[axis]
                                 : (1.0 - t) * start[axis] + t * end[axis];
}

WIDE void see(const double *points, int64_t count, const Sight *sight, double *flat,
              double *nearness) {
    for (int64_t i = 0; i < count; i++)
        nearness[i] = sight_of(sight, points + 3 * i, flat + 2 * i);
}

WIDE double farthest(const double *start, const double *end, int64_t count, double t,
                     const double pivot[3]) {
    double most = 0.0;
    for (int64_t i = 0; i < count; i++) {
        double point[3];
        between(start + 3 * i, end + 3 * i, t, point);
        const double x = point[0] - pivot[0], y = point[1] - pivot[1], z = point[2] - pivot[2];
        const double square = x * x + y * y + z * z;
        most = square > most ? square : most;
    }
    return most;
}

WIDE void widest(const double *start, const double *end, int64_t count, double t,
                 const Sight *sight, const double middle[2], double most[2]) {
    most[0] = most[1] = 0.0;
    for (int64_t i = 0; i < count; i++) {
        double point[3], flat[2];
        between(start + 3 * i, end + 3 * i, t, point);
        sight_of(sight, point, flat);
        for (int axis = 0; axis < 2; axis++) {
            const double off = fabs(flat[axis] - middle[axis]);
            most[axis] = off > most[axis] ? off : most[axis];
        }
    }
}
