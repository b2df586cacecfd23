/* Cells by exact area, and cloth: area.py and blend.py, operation by operation, so that every sum
   and every rounding is the same. */

#include "exact.h"

#include <stdlib.h>

#define CHANNELS 5     /* of cloth: density, weight, weight times red, green, blue */

/* What is touched in a row: columns from `low` up to below `high`. */
typedef struct {
    int64_t low, high;
} Span;

static inline void reach(Span *span, int64_t column) {
    if (column < span->low) span->low = column;
    if (column + 1 > span->high) span->high = column + 1;
}

/* Add a piece of an edge, its width `cover` and what of the pixel lies above it. */
static inline void add_piece(double *sums, Span *spans, int64_t row, int64_t column, int64_t width,
                             const double *value, double cover, double above) {
    double *here = sums + (row * width + column) * CHANNELS, *below = here + width * CHANNELS;
    const double share = cover - above;
    for (int c = 0; c < CHANNELS; c++) {
        here[c] += value[c] * share;
        below[c] += value[c] * above;
    }
    reach(spans + row, column);
    reach(spans + row + 1, column);
}

/* Split the part of an edge in one column at pixel rows. */
static void add_column(double *sums, Span *spans, int64_t column, int64_t height, int64_t width,
                       const double *value, double cover, double y_begin, double y_finish) {
    const double top = smaller(y_begin, y_finish), bottom = larger(y_begin, y_finish);
    const double first = floor_of(top), last = larger(ceil_of(bottom), first + 1.0);
    const int several = last - first > 1.0;
    const double rate = several ? cover / (bottom - top) : 0.0;
    /* Row -1 stands for all that lies above the picture. */
    const double end = smaller(larger(last, 0.0), (double)height);
    double done = 0.0, begin = top;
    for (double row = larger(first, -1.0); row < end; row += 1.0) {
        const double finish = smaller(row + 1.0, bottom);
        const double upto = several && finish < bottom ? snap((finish - top) * rate) : cover;
        const double part = upto - done;
        const double above = row < 0.0 ? 0.0 : snap(part * (0.5 * (begin + finish) - row));
        add_piece(sums, spans, (int64_t)larger(row, 0.0), column, width, value, part, above);
        done = upto;
        begin = finish;
    }
}

/* Split an edge at pixel columns. */
static void add_edge(double *sums, Span *spans, int64_t height, int64_t width, const double *value,
                     double xa, double ya, double xb, double yb) {
    const int rightward = xa <= xb;
    const double x_low = rightward ? xa : xb, x_high = rightward ? xb : xa;
    const double y_low = rightward ? ya : yb, y_high = rightward ? yb : ya;
    const double run = x_high - x_low;
    if (!(run > 0.0)) return; /* It covers nothing. */
    const double slope = (y_high - y_low) / run;
    const double first = larger(floor_of(x_low), 0.0);
    const double end = smaller(ceil_of(x_high), (double)width);
    for (double column = first; column < end; column += 1.0) {
        const double begin = larger(column, x_low), finish = smaller(column + 1.0, x_high);
        const double cover = (finish - begin) * (rightward ? 1.0 : -1.0);
        add_column(sums, spans, (int64_t)column, height, width, value, cover,
                   snap(y_low + (begin - x_low) * slope), snap(y_low + (finish - x_low) * slope));
    }
}

/* Sum down the columns and lay the cloth over the canvas, a row at a time. */
static void lay_rows(const Canvas *canvas, double *sums, const Span *spans,
                     const Through *through) {
    const int64_t width = canvas->width;
    Span span = {width, 0};
    for (int64_t y = 0; y < canvas->height; y++) {
        double *row = sums + y * width * CHANNELS;
        if (y > 0) {
            const double *before = row - width * CHANNELS;
            for (int64_t i = span.low * CHANNELS; i < span.high * CHANNELS; i++)
                row[i] += before[i];
        }
        if (spans[y].low < span.low) span.low = spans[y].low;
        if (spans[y].high > span.high) span.high = spans[y].high;
        float *to[3];
        for (int c = 0; c < 3; c++) to[c] = canvas->plane[c] + y * canvas->stride;
        for (int64_t x = span.low; x < span.high; x++) {
            const double *sum = row + x * CHANNELS;
            const float passed = through_of(through, sum[0] + 0.5);
            const float weight = (float)sum[1] > 1.0f ? (float)sum[1] : 1.0f;
            const float share = (1.0f - passed) / weight;
            for (int c = 0; c < 3; c++)
                to[c][x] = to[c][x] * passed + share * (float)sum[2 + c];
        }
    }
}

WIDE int lay_cells(const Canvas *canvas, const double *flat, const double corner[2],
              const int64_t *edges, int64_t n_edges, const double *values,
              const Through *through) {
    const int64_t height = canvas->height, width = canvas->width;
    double *sums = calloc((size_t)((height + 1) * width * CHANNELS), sizeof(double));
    Span *spans = malloc((size_t)(height + 1) * sizeof(Span));
    if (!sums || !spans) {
        free(sums);
        free(spans);
        return 0;
    }
    for (int64_t y = 0; y <= height; y++) spans[y] = (Span){width, 0};
    for (int64_t e = 0; e < n_edges; e++) {
        const int64_t *edge = edges + 4 * e;
        const double *left = values + edge[2] * CHANNELS, *right = values + edge[3] * CHANNELS;
        double change[CHANNELS];
        int seen = 0;
        for (int c = 0; c < CHANNELS; c++) {
            change[c] = left[c] - right[c];
            seen |= change[c] != 0.0;
        }
        if (!seen) continue;
        const double *a = flat + 2 * edge[0], *b = flat + 2 * edge[1];
        add_edge(sums, spans, height, width, change, snap(a[0] - corner[0]),
                 snap(a[1] - corner[1]), snap(b[0] - corner[0]), snap(b[1] - corner[1]));
    }
    lay_rows(canvas, sums, spans, through);
    free(sums);
    free(spans);
    return 1;
}
