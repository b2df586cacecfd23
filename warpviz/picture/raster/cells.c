/* Cells by exact area, and cloth: area.py and blend.py, operation by operation, so that every sum
   and every rounding is the same.

   Sums are made for a band of rows after the other, so that they stay in the cache: sums are exact,
   so that it does not matter in which order the edges come. */

#include "exact.h"

#include <stdlib.h>
#include <string.h>

#define CHANNELS 5 /* of cloth: density, weight, weight times red, green, blue */
#define ROWS 32   /* of a band */

/* What is touched in a row: columns from `low` up to below `high`. */
typedef struct {
    int64_t low, high;
} Span;

/* Rows from `first` up to below `end`, and one more: what a piece leaves to the row below. */
typedef struct {
    int64_t first, end, width;
    double *sums;
    Span spans[ROWS + 1];
} Band;

/* All rows that an edge may touch may be touched from its first column to its last. */
INSIDE void reach(Band *band, double top, double bottom, double first, double end) {
    const double highest = larger(floor(top), (double)band->first);
    const double lowest = smaller(larger(floor(bottom), 0.0) + 1.0, (double)band->end);
    const int64_t left = (int64_t)first, right = (int64_t)end;
    for (int64_t row = (int64_t)highest; row <= (int64_t)lowest; row++) {
        Span *span = band->spans + (row - band->first);
        if (left < span->low) span->low = left;
        if (right > span->high) span->high = right;
    }
}

/* Add a piece of an edge, its width `cover` and what of the pixel lies above it. */
INSIDE void add_piece(Band *band, int64_t row, int64_t column, const double *restrict value,
                             double cover, double above) {
    row -= band->first;
    double *restrict here = band->sums + (row * band->width + column) * CHANNELS;
    double *restrict below = here + band->width * CHANNELS;
    const double share = cover - above;
    for (int c = 0; c < CHANNELS; c++) here[c] += value[c] * share;
    for (int c = 0; c < CHANNELS; c++) below[c] += value[c] * above;
}

/* Split the part of an edge in one column at pixel rows. */
INSIDE void add_column(Band *band, int64_t column, const double *value, double cover,
                              double y_begin, double y_finish) {
    const double top = smaller(y_begin, y_finish), bottom = larger(y_begin, y_finish);
    const double first = floor(top), last = larger(ceil(bottom), first + 1.0);
    const int several = last - first > 1.0;
    const double rate = several ? cover / (bottom - top) : 0.0;
    /* Row -1 stands for all that lies above the picture. */
    const double start = larger(first, -1.0), here = band->first ? (double)band->first : -1.0;
    const double end = smaller(larger(last, 0.0), (double)band->end);
    double row = larger(start, here), begin = row > start ? row : top;
    double done = row > start ? snap((row - top) * rate) : 0.0;
    for (; row < end; row += 1.0) {
        const double finish = smaller(row + 1.0, bottom);
        const double upto = several && finish < bottom ? snap((finish - top) * rate) : cover;
        const double part = upto - done;
        const double above = row < 0.0 ? 0.0 : snap(part * (0.5 * (begin + finish) - row));
        add_piece(band, (int64_t)larger(row, 0.0), column, value, part, above);
        done = upto;
        begin = finish;
    }
}

/* Split an edge at pixel columns. */
INSIDE void add_edge(Band *band, const double *value, const double a[2],
                            const double b[2]) {
    const int rightward = a[0] <= b[0];
    const double *low = rightward ? a : b, *high = rightward ? b : a;
    const double run = high[0] - low[0];
    if (!(run > 0.0)) return; /* It covers nothing. */
    const double slope = (high[1] - low[1]) / run;
    const double first = larger(floor(low[0]), 0.0);
    const double end = smaller(ceil(high[0]), (double)band->width);
    if (!(first < end)) return;
    const double way = rightward ? 1.0 : -1.0;
    double begin = larger(first, low[0]), y = snap(low[1] + (begin - low[0]) * slope);
    for (double column = first; column < end; column += 1.0) {
        const double finish = smaller(column + 1.0, high[0]);
        const double there = snap(low[1] + (finish - low[0]) * slope);
        add_column(band, (int64_t)column, value, (finish - begin) * way, y, there);
        begin = finish;
        y = there;
    }
    reach(band, smaller(a[1], b[1]), larger(a[1], b[1]), first, end);
}

/* Sum down the columns and lay the cloth over the canvas, a row at a time. `span` is of the rows
   before, the last of which stands before the band's first. */
INSIDE void lay_rows(const Canvas *canvas, const Band *band, Span *span,
                            const Through *through) {
    const int64_t width = band->width;
    for (int64_t y = band->first; y < band->end; y++) {
        double *row = band->sums + (y - band->first) * width * CHANNELS;
        const double *before = row - width * CHANNELS;
        for (int64_t i = span->low * CHANNELS; i < span->high * CHANNELS; i++) row[i] += before[i];
        const Span *own = band->spans + (y - band->first);
        if (own->low < span->low) span->low = own->low;
        if (own->high > span->high) span->high = own->high;
        float *to[3];
        for (int c = 0; c < 3; c++) to[c] = canvas->plane[c] + y * canvas->stride;
        for (int64_t x = span->low; x < span->high; x++) {
            const double *sum = row + x * CHANNELS;
            const float passed = through_of(through, sum[0] + 0.5);
            const float weight = (float)sum[1] > 1.0f ? (float)sum[1] : 1.0f;
            const float share = (1.0f - passed) / weight;
            for (int c = 0; c < 3; c++)
                to[c][x] = to[c][x] * passed + share * (float)sum[2 + c];
        }
    }
}

/* Go to the next rows: the last one's sums and what was left to the row below stay. */
static void next_band(Band *band, int64_t height) {
    const size_t row = (size_t)band->width * CHANNELS;
    const int64_t rows = band->end - band->first;
    double *before = band->sums - row, *last = before + (size_t)rows * row;
    memcpy(before, last, row * sizeof(double));
    memcpy(band->sums, last + row, row * sizeof(double));
    memset(band->sums + row, 0, (size_t)rows * row * sizeof(double));
    band->spans[0] = band->spans[rows];
    for (int64_t y = 1; y <= ROWS; y++) band->spans[y] = (Span){band->width, 0};
    band->first = band->end;
    band->end = height - band->first > ROWS ? band->first + ROWS : height;
}

/* The band of a height, the first one for what is above. */
INSIDE int64_t band_of(double y, int64_t height) {
    const double inside = smaller(larger(y, 0.0), (double)(height - 1));
    return (int64_t)inside / ROWS;
}

/* What changes from the cell on the right of an edge to that on its left; whether anything does. */
INSIDE int change_of(const int64_t *edge, const double *values, double *change) {
    const double *left = values + edge[2] * CHANNELS, *right = values + edge[3] * CHANNELS;
    int seen = 0;
    for (int c = 0; c < CHANNELS; c++) {
        change[c] = left[c] - right[c];
        seen |= change[c] != 0.0;
    }
    return seen;
}

WIDE int lay_cells(const Canvas *canvas, const double *flat, const double corner[2],
                   const int64_t *edges, int64_t n_edges, const double *values,
                   const Through *through) {
    const int64_t height = canvas->height, width = canvas->width;
    if (height < 1 || width < 1) return 1;
    const int64_t bands = (height + ROWS - 1) / ROWS;
    /* A row before the band's, and one behind. */
    double *sums = calloc((size_t)((ROWS + 2) * width * CHANNELS), sizeof(double));
    int64_t *waiting = malloc((size_t)(bands + n_edges) * sizeof(int64_t));
    if (!sums || !waiting) return free(sums), free(waiting), 0;
    /* The edges that begin in a band, each naming the one after it; -1 ends. */
    int64_t *after = waiting + bands;
    for (int64_t b = 0; b < bands; b++) waiting[b] = -1;
    for (int64_t e = 0; e < n_edges; e++) {
        double change[CHANNELS];
        if (!change_of(edges + 4 * e, values, change)) continue;
        const double *a = flat + 2 * edges[4 * e], *b = flat + 2 * edges[4 * e + 1];
        const double top = smaller(a[1], b[1]) - corner[1];
        if (top > (double)height + 1.0) continue;
        const int64_t first = band_of(top - 1.0, height);
        after[e] = waiting[first];
        waiting[first] = e;
    }
    Band band = {-ROWS, 0, width, sums + width * CHANNELS, {{0, 0}}};
    for (int64_t y = 0; y <= ROWS; y++) band.spans[y] = (Span){width, 0};
    band.first = 0, band.end = height < ROWS ? height : ROWS;
    Span span = {width, 0};
    for (int64_t number = 0; number < bands; number++) {
        for (int64_t e = waiting[number], next; e >= 0; e = next) {
            const int64_t *edge = edges + 4 * e;
            double change[CHANNELS], ends[2][2];
            change_of(edge, values, change);
            for (int end = 0; end < 2; end++)
                for (int axis = 0; axis < 2; axis++)
                    ends[end][axis] = snap(flat[2 * edge[end] + axis] - corner[axis]);
            add_edge(&band, change, ends[0], ends[1]);
            next = after[e];
            if (number + 1 < bands && larger(ends[0][1], ends[1][1]) > (double)band.end) {
                after[e] = waiting[number + 1]; /* It goes on. */
                waiting[number + 1] = e;
            }
        }
        lay_rows(canvas, &band, &span, through);
        if (number + 1 < bands) next_band(&band, height);
    }
    free(sums);
    free(waiting);
    return 1;
}
