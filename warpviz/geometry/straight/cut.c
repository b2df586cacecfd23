/* One line through all polygons: cutting.py, decision by decision. */

#include "cut.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ON = 0, ABOVE = 1, BELOW = 2 };

void *roomier(void *array, Fill *fill, int64_t more, size_t size) {
    if (array && fill->used + more <= fill->room) return array;
    const int64_t room = fill->used + more + (fill->used + more) / 2 + 16;
    void *larger = realloc(array, (size_t)room * size);
    if (!larger) return array;
    fill->room = room;
    return larger;
}

int lay(Tiling *tiling, const int64_t *corners, const int64_t *offsets, int64_t polygons,
        int64_t vertices) {
    *tiling = (Tiling){.vertices = vertices};
    const int64_t n_corners = offsets[polygons];
    if (!RESERVE(tiling->corners, tiling->of_corners, n_corners) ||
        !RESERVE(tiling->polygons, tiling->of_polygons, polygons))
        return 0;
    memcpy(tiling->corners, corners, (size_t)n_corners * sizeof *corners);
    tiling->of_corners.used = n_corners;
    for (int64_t r = 0; r < polygons; r++)
        tiling->polygons[r] = (Polygon){offsets[r], offsets[r + 1] - offsets[r], r, r};
    tiling->of_polygons.used = tiling->rows = polygons;
    return 1;
}

void tidy(Tiling *tiling) {
    void *arrays[] = {tiling->corners, tiling->polygons, tiling->sides, tiling->loops,
                      tiling->ends, tiling->before, tiling->marks, tiling->seen, tiling->woven,
                      tiling->crossings, tiling->faintest};
    for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++) free(arrays[k]);
}

/* How many polygons have vertices on both sides. */
static int64_t look(Tiling *tiling) {
    int64_t both = 0;
    for (int64_t r = 0; r < tiling->of_polygons.used; r++) {
        const int64_t *corner = tiling->corners + tiling->polygons[r].start;
        uint8_t seen = ON;
        for (int64_t i = 0; i < tiling->polygons[r].size; i++) seen |= tiling->marks[corner[i]];
        tiling->seen[r] = seen;
        both += seen == (ABOVE | BELOW);
    }
    return both;
}

/* Count near vertices of polygons that would be cut as on the line: how many there were. */
static int64_t touch(Tiling *tiling, const double *z, const Slack *slack) {
    int64_t near = 0;
    for (int64_t r = 0; r < tiling->of_polygons.used; r++) {
        if (tiling->seen[r] != (ABOVE | BELOW)) continue;
        const int64_t *corner = tiling->corners + tiling->polygons[r].start;
        const int64_t at = tiling->polygons[r].origin * slack->pitch;
        const double across = slack->across[at];
        const double reach = slack->close * (slack->up ? hypot(across, slack->up[at]) : across);
        for (int64_t i = 0; i < tiling->polygons[r].size; i++) {
            if (tiling->marks[corner[i]] == ON || !(fabs(z[corner[i]]) < reach)) continue;
            tiling->marks[corner[i]] = ON;
            near++;
        }
    }
    return near;
}

/* The corners of a polygon with its crossings. */
static void weave(Tiling *tiling, const Polygon *polygon) {
    const int64_t *corner = tiling->corners + polygon->start;
    for (int64_t i = 0; i < polygon->size; i++) {
        const int64_t start = corner[i], end = corner[i + 1 < polygon->size ? i + 1 : 0];
        const uint8_t mark = tiling->marks[start];
        tiling->woven[tiling->of_woven.used++] = (Corner){start, mark, mark};
        if ((mark | tiling->marks[end]) != (ABOVE | BELOW)) continue;
        tiling->crossings[tiling->of_crossings.used++] =
            start < end ? (Crossing){start, end, tiling->of_woven.used}
                        : (Crossing){end, start, tiling->of_woven.used};
        tiling->woven[tiling->of_woven.used++] = (Corner){-1, ON, ON};
    }
}

/* A run of corners on the line belongs to the side before it; at its last corner sides part.
   Returns how many do: two, if the polygon is convex as it is rounded. */
static int64_t side_by_side(Corner *corner, int64_t size) {
    int64_t last = size - 1, partings = 0;
    while (corner[last].mark == ON) last--;
    uint8_t side = corner[last].mark;
    for (int64_t i = 0; i < size; i++) {
        if (corner[i].mark != ON) {
            side = corner[i].mark;
            continue;
        }
        const int parts = (corner[i + 1 < size ? i + 1 : 0].mark | side) == (ABOVE | BELOW);
        corner[i].side = parts ? ABOVE | BELOW : side;
        partings += parts;
    }
    return partings;
}

/* The vertex of least |z|, of those that are not on the line. */
static int64_t faintest_of(const Corner *corner, int64_t size, const double *z) {
    int64_t found = -1;
    for (int64_t i = 0; i < size; i++)
        if (corner[i].mark != ON && (found < 0 || fabs(z[corner[i].vertex]) < fabs(z[found])))
            found = corner[i].vertex;
    return found;
}

/* Weave all polygons that are cut; 0 without memory. Where rounding made some cross the line more
   than twice, the vertices that have to count as on it are in `faintest`. */
static int weave_all(Tiling *tiling, const double *z) {
    tiling->of_woven.used = tiling->of_loops.used = 0;
    tiling->of_crossings.used = tiling->of_faintest.used = 0;
    for (int64_t r = 0; r < tiling->of_polygons.used; r++) {
        if (tiling->seen[r] != (ABOVE | BELOW)) continue;
        const Polygon *polygon = &tiling->polygons[r];
        const int64_t begin = tiling->of_woven.used;
        if (!RESERVE(tiling->woven, tiling->of_woven, 2 * polygon->size) ||
            !RESERVE(tiling->crossings, tiling->of_crossings, polygon->size) ||
            !RESERVE(tiling->loops, tiling->of_loops, 1) ||
            !RESERVE(tiling->faintest, tiling->of_faintest, 1))
            return 0;
        weave(tiling, polygon);
        Corner *corner = tiling->woven + begin;
        const int64_t size = tiling->of_woven.used - begin;
        if (side_by_side(corner, size) != 2)
            tiling->faintest[tiling->of_faintest.used++] = faintest_of(corner, size, z);
        tiling->loops[tiling->of_loops.used++] = (Polygon){begin, size, polygon->origin, polygon->row};
    }
    return 1;
}

static int by_edge(const void *one, const void *other) {
    const Crossing *a = one, *b = other;
    if (a->low != b->low) return a->low < b->low ? -1 : 1;
    return a->high == b->high ? 0 : a->high < b->high ? -1 : 1;
}

/* A new vertex for each edge that is crossed, by its vertices; 0 without memory. */
static int number(Tiling *tiling) {
    const int64_t count = tiling->of_crossings.used;
    tiling->of_ends.used = 0;
    if (!RESERVE(tiling->ends, tiling->of_ends, 2 * count)) return 0;
    qsort(tiling->crossings, (size_t)count, sizeof(Crossing), by_edge);
    int64_t made = 0;
    for (int64_t k = 0; k < count; k++) {
        const Crossing *at = &tiling->crossings[k];
        if (k == 0 || by_edge(at - 1, at)) {
            tiling->ends[2 * made] = at->low;
            tiling->ends[2 * made + 1] = at->high;
            made++;
        }
        tiling->woven[at->place].vertex = tiling->vertices + made - 1;
    }
    tiling->made = made;
    tiling->vertices += made;
    return 1;
}

static void keep(Tiling *tiling, Polygon polygon, int side) {
    const int64_t r = tiling->of_polygons.used++;
    tiling->polygons[r] = polygon;
    tiling->sides[r] = (int8_t)side;
}

/* The pieces on one side of all polygons that were cut. */
static void keep_pieces(Tiling *tiling, int side) {
    for (int64_t k = 0; k < tiling->of_loops.used; k++) {
        Polygon piece = tiling->loops[k];
        const Corner *corner = tiling->woven + piece.start, *end = corner + piece.size;
        piece.start = tiling->of_corners.used;
        for (; corner < end; corner++)
            if (corner->side & side) tiling->corners[tiling->of_corners.used++] = corner->vertex;
        piece.size = tiling->of_corners.used - piece.start;
        if (side == BELOW) piece.row = tiling->rows++;
        keep(tiling, piece, side == ABOVE ? 1 : -1);
    }
}

/* All polygons after the cut: the whole ones, the pieces above, the pieces below. */
static int part(Tiling *tiling) {
    const Fill fill = tiling->of_polygons;
    Polygon *before = tiling->polygons;
    tiling->polygons = tiling->before, tiling->before = before;
    tiling->of_polygons = tiling->of_before, tiling->of_before = fill;
    tiling->of_polygons.used = tiling->of_sides.used = 0;
    const int64_t most = tiling->of_before.used + tiling->of_loops.used;
    if (!RESERVE(tiling->polygons, tiling->of_polygons, most) ||
        !RESERVE(tiling->sides, tiling->of_sides, most) ||
        !RESERVE(tiling->corners, tiling->of_corners, 2 * tiling->of_woven.used))
        return 0;
    for (int64_t r = 0; r < tiling->of_before.used; r++) {
        const uint8_t seen = tiling->seen[r];
        if (seen == (ABOVE | BELOW)) continue;
        keep(tiling, tiling->before[r], seen == ABOVE ? 1 : seen == BELOW ? -1 : 0);
    }
    keep_pieces(tiling, ABOVE);
    keep_pieces(tiling, BELOW);
    return 1;
}

int cut(Tiling *tiling, const double *z, const Slack *slack) {
    if (!RESERVE(tiling->marks, tiling->of_marks, tiling->vertices) ||
        !RESERVE(tiling->seen, tiling->of_seen, tiling->of_polygons.used))
        return 0;
    for (int64_t v = 0; v < tiling->vertices; v++)
        tiling->marks[v] = z[v] > 0 ? ABOVE : z[v] < 0 ? BELOW : ON;
    while (look(tiling)) {
        if (touch(tiling, z, slack)) continue;
        if (!weave_all(tiling, z)) return 0;
        if (!tiling->of_faintest.used) return number(tiling) && part(tiling);
        for (int64_t k = 0; k < tiling->of_faintest.used; k++)
            tiling->marks[tiling->faintest[k]] = ON;
    }
    tiling->of_loops.used = tiling->of_woven.used = tiling->made = 0;
    return part(tiling);
}
