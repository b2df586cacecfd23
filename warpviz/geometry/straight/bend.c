/* All lines of a layer through all polygons: `_bend` of pieces.py, in the same order. */

#include "cut.h"

#include <math.h>
#include <string.h>

/* By how much a unit exceeds a level at all vertices; by nothing where rounding decides. */
static int exceed(Bent *bent, const Bending *bending, int64_t vertices, int64_t unit,
                  double level) {
    if (!RESERVE(bent->z, bent->of_z, vertices)) return 0;
    const double *own = bent->points + 2 + unit;
    for (int64_t v = 0; v < vertices; v++, own += bending->pitch) {
        const double z = own[0] - level, size = own[bending->units] + fabs(level);
        bent->z[v] = fabs(z) <= bending->faint * size ? 0.0 : z;
    }
    return 1;
}

/* The points on the edges that the last cut crossed. */
static int cross(Bent *bent, const Tiling *tiling, int64_t pitch) {
    if (!RESERVE(bent->points, bent->of_points, tiling->made * pitch)) return 0;
    for (int64_t k = 0; k < tiling->made; k++) {
        const int64_t low = tiling->ends[2 * k], high = tiling->ends[2 * k + 1];
        const double *from = bent->points + low * pitch, *to = bent->points + high * pitch;
        const double t = bent->z[low] / (bent->z[low] - bent->z[high]);
        double *point = bent->points + bent->of_points.used;
        for (int64_t i = 0; i < pitch; i++) point[i] = from[i] + t * (to[i] - from[i]);
        bent->of_points.used += pitch;
    }
    return 1;
}

/* 2 more for what lies above the level; where all of it is at the level, the level's odd number. */
static int note(Bent *bent, const Tiling *tiling, int64_t units, int64_t unit, int64_t level) {
    const int64_t fresh = tiling->of_loops.used;
    if (!RESERVE(bent->codes, bent->of_codes, fresh * units)) return 0;
    for (int64_t k = 0; k < fresh; k++, bent->of_codes.used += units)
        memcpy(bent->codes + bent->of_codes.used, bent->codes + tiling->loops[k].row * units,
               (size_t)units);
    for (int64_t r = 0; r < tiling->of_polygons.used; r++) {
        int8_t *code = bent->codes + tiling->polygons[r].row * units + unit;
        if (tiling->sides[r] > 0) *code = (int8_t)(*code + 2);
        if (tiling->sides[r] == 0) *code = (int8_t)(2 * level + 1);
    }
    return 1;
}

int bend(Tiling *tiling, const double *points, const Bending *bending, Bent *bent) {
    const int64_t pitch = bending->pitch, units = bending->units;
    const int64_t numbers = tiling->vertices * pitch, codes = tiling->rows * units;
    if (!RESERVE(bent->points, bent->of_points, numbers) ||
        !RESERVE(bent->codes, bent->of_codes, codes))
        return -1;
    memcpy(bent->points, points, (size_t)numbers * sizeof *points);
    memset(bent->codes, 0, (size_t)codes);
    bent->of_points.used = numbers, bent->of_codes.used = codes;
    for (int64_t unit = 0; unit < units; unit++) {
        const double *across = bending->maps + unit;
        const Slack slack = {across, across + units, 3 * units, bending->close};
        for (int64_t level = 0; level < bending->n_levels; level++) {
            if (!exceed(bent, bending, tiling->vertices, unit, bending->levels[level]) ||
                !cut(tiling, bent->z, &slack) || !cross(bent, tiling, pitch) ||
                !note(bent, tiling, units, unit, level))
                return -1;
            if (tiling->of_polygons.used > bending->most) return 0;
        }
    }
    return 1;
}
