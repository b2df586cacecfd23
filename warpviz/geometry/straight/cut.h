/* Convex polygons that tile the plane, cut by lines one after the other: cutting.py, in the same
   order, so that every vertex and every polygon gets the same number and the same bits. */

#ifndef WARPVIZ_CUT_H
#define WARPVIZ_CUT_H

#include <stddef.h>

#include "../../kernels.h"

/* Where the corners of a polygon stand among those of all, the polygon that it was once a part of,
   and the row of what is noted of it: of two pieces the one below gets a new row. */
typedef struct {
    int64_t start, size, origin, row;
} Polygon;

/* A corner of a polygon that is being cut: where it lies, and to which pieces it belongs. */
typedef struct {
    int64_t vertex;
    uint8_t mark, side;
} Corner;

/* An edge from its lower to its higher vertex that the line crosses, and where the crossing stands
   among the woven corners. */
typedef struct {
    int64_t low, high, place;
} Crossing;

/* How much of an array is in use, and for how much there is room. */
typedef struct {
    int64_t used, room;
} Fill;

/* A tiling, and what its last cut did. */
typedef struct {
    int64_t vertices, rows;
    int64_t *corners;  /* what was cut leaves its corners behind; pieces have theirs at the end */
    Polygon *polygons;
    int8_t *sides;     /* (polygons,) 1, −1 or 0: the sign of the value inside */
    Polygon *loops;    /* what was cut, its corners among the woven ones */
    int64_t *ends;     /* (made, 2) the edge of each new vertex */
    int64_t made;
    /* What a cut needs. */
    Polygon *before;
    uint8_t *marks, *seen; /* of vertices, of polygons */
    Corner *woven;
    Crossing *crossings;
    int64_t *faintest;
    Fill of_corners, of_polygons, of_sides, of_loops, of_ends, of_before, of_marks, of_seen;
    Fill of_woven, of_crossings, of_faintest;
} Tiling;

/* The slopes of the value on each polygon, along x and y, at [origin · pitch]; how steep it is where
   `up` is NULL. And how near a vertex has to be to count as on the line. */
typedef struct {
    const double *across, *up;
    int64_t pitch;
    double close;
} Slack;

/* Points (V, pitch) that carry z of units from 2 on and the sizes of its terms behind them are cut
   where any is at any level; the first two of three rows of maps (origins, 3, units) are slopes. */
typedef struct {
    const double *levels, *maps;
    int64_t n_levels, units, pitch, most;
    double close, faint;
} Bending;

/* The points after that, and (rows, units) codes. */
typedef struct {
    double *points, *z;
    int8_t *codes;
    Fill of_points, of_z, of_codes;
} Bent;

/* Make room for so many more; 0 without memory. */
void *roomier(void *array, Fill *fill, int64_t more, size_t size);
#define RESERVE(array, fill, more)                                                                 \
    ((array) = roomier(array, &(fill), more, sizeof *(array)), (fill).room >= (fill).used + (more))

/* Each is 0 without memory; `tidy` lets go of all, also then. */
int lay(Tiling *tiling, const int64_t *corners, const int64_t *offsets, int64_t polygons,
        int64_t vertices);
int cut(Tiling *tiling, const double *z, const Slack *slack);
void tidy(Tiling *tiling);

/* 1; 0 where more than `most` polygons come out, −1 without memory. */
int bend(Tiling *tiling, const double *points, const Bending *bending, Bent *bent);

#endif
