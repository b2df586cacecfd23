/* Shapes to accumulators, and accumulators to colours: area.py, lines.py, dots.py and blend.py,
   operation by operation, so that every sum and every rounding is the same. */

#include "../../kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define UNIT 1048576.0 /* of coordinates: 1/2**20 of a pixel */
#define CHANNELS 5     /* of cloth: density, weight, weight times red, green, blue */

/* Round half to even, as numpy's rint; beyond 2**51 every double is whole. */
static inline double rounded(double x) {
    const double whole = 6755399441055744.0; /* 1.5 * 2**52 */
    return fabs(x) < 2251799813685248.0 ? (x + whole) - whole : x;
}

static inline double snap(double x) { return rounded(x * UNIT) * (1.0 / UNIT); }

/* Beyond 2**53 every double is whole. */
static inline double floor_of(double x) {
    if (!(fabs(x) < 9007199254740992.0)) return x;
    const double whole = (double)(int64_t)x;
    return whole > x ? whole - 1.0 : whole;
}

static inline double ceil_of(double x) { return -floor_of(-x); }

/* Add to a counter; what is beyond it is no ink, and never reached by any. */
static inline void add_to(int64_t *counter, double amount) {
    if (fabs(amount) < 9007199254740992.0)
        *counter = (int64_t)((uint64_t)*counter + (uint64_t)(int64_t)amount);
}

static inline double larger(double a, double b) { return a > b ? a : b; }
static inline double smaller(double a, double b) { return a < b ? a : b; }

/* How much shines through cloth of a density in units of 1/4096. */
static inline float through_of(const Through *through, double density) {
    if (!(density > 0.0)) return through->table[0];
    if (density >= (double)through->last) return through->table[through->last];
    return through->table[(int64_t)density];
}

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

int lay_cells(const Canvas *canvas, const double *flat, const double corner[2],
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

/* Leave out samples that are far outside: those near the border are looked at one by one. */
static void clip(double *begin, double *end, double count, double start, double way, double reach,
                 double size) {
    if (fabs(way) < 1.0) return;
    const double a = (-reach - start) / way * count, b = (size + reach - start) / way * count;
    *begin = larger(*begin, floor_of(smaller(a, b)) - 2.0);
    *end = smaller(*end, ceil_of(larger(a, b)) + 2.0);
}

void add_lines(int64_t *density, int64_t height, int64_t width, const double *flat,
               const double corner[2], const int64_t *pairs, const double *ink, int64_t n_lines,
               const Kernel *kernel) {
    const int64_t taps = kernel->taps, half = taps / 2;
    const double reach_of = (double)(half + 1);
    for (int64_t s = 0; s < n_lines; s++) {
        const double *a = flat + 2 * pairs[2 * s], *b = flat + 2 * pairs[2 * s + 1];
        const double x0 = a[0] - corner[0], y0 = a[1] - corner[1];
        const double dx = (b[0] - corner[0]) - x0, dy = (b[1] - corner[1]) - y0;
        const double length = sqrt(dx * dx + dy * dy);
        const double count = larger(ceil_of(length / kernel->spacing - kernel->spare), 1.0);
        const double amount = ink[s] * length * kernel->width / count * kernel->density;
        double number = 0.0, end = count;
        clip(&number, &end, count, x0, dx, reach_of, (double)width);
        clip(&number, &end, count, y0, dy, reach_of, (double)height);
        for (; number < end; number += 1.0) {
            const double along = (number + 0.5) / count;
            const double x = x0 + along * dx, y = y0 + along * dy;
            if (!(x > -reach_of && x < (double)width + reach_of)) continue;
            if (!(y > -reach_of && y < (double)height + reach_of)) continue;
            const int64_t px = (int64_t)floor_of(x * kernel->phases);
            const int64_t py = (int64_t)floor_of(y * kernel->phases);
            const int64_t phases = (int64_t)kernel->phases;
            const int64_t left = (int64_t)floor_of((double)px / kernel->phases) - half;
            const int64_t top = (int64_t)floor_of((double)py / kernel->phases) - half;
            const double *across = kernel->table + (px - (left + half) * phases) * taps;
            const double *down = kernel->table + (py - (top + half) * phases) * taps;
            for (int64_t j = 0; j < taps; j++) {
                if (top + j < 0 || top + j >= height) continue;
                const double by_row = down[j] * amount;
                int64_t *row = density + (top + j) * width + left;
                for (int64_t i = 0; i < taps; i++)
                    if (left + i >= 0 && left + i < width)
                        add_to(row + i, rounded(by_row * across[i]));
            }
        }
    }
}

void add_dots(int64_t *density, int64_t height, int64_t width, const double *at,
              const double corner[2], int64_t n_dots, const Sprite *sprite) {
    const int64_t size = sprite->size, phases = sprite->phases, half = size / 2;
    for (int64_t d = 0; d < n_dots; d++) {
        const double x = at[2 * d] - corner[0], y = at[2 * d + 1] - corner[1];
        if (!(x > (double)-half && x < (double)(width + half))) continue;
        if (!(y > (double)-half && y < (double)(height + half))) continue;
        const int64_t px = (int64_t)floor_of(x * (double)phases);
        const int64_t py = (int64_t)floor_of(y * (double)phases);
        const int64_t left = (int64_t)floor_of((double)px / (double)phases) - half;
        const int64_t top = (int64_t)floor_of((double)py / (double)phases) - half;
        const int64_t phase =
            (py - (top + half) * phases) * phases + (px - (left + half) * phases);
        const int64_t *picture = sprite->pictures + phase * size * size;
        const int64_t from = left < 0 ? -left : 0;
        const int64_t to = left + size > width ? width - left : size;
        for (int64_t j = top < 0 ? -top : 0; j < size && top + j < height; j++) {
            int64_t *row = density + (top + j) * width + left;
            for (int64_t i = from; i < to; i++)
                row[i] = (int64_t)((uint64_t)row[i] + (uint64_t)picture[j * size + i]);
        }
    }
}

void lay_ink(const Canvas *canvas, const int64_t *density, const float colour[3], float opacity,
             const Through *through) {
    for (int64_t y = 0; y < canvas->height; y++) {
        const int64_t *row = density + y * canvas->width;
        for (int64_t x = 0; x < canvas->width; x++) {
            if (row[x] == 0) continue;
            float passed = through_of(through, (double)row[x]);
            float covered = 1.0f - passed;
            if (opacity < 1.0f) {
                covered *= opacity;
                passed = 1.0f - covered;
            }
            for (int c = 0; c < 3; c++) {
                float *to = canvas->plane[c] + y * canvas->stride + x;
                *to = *to * passed + covered * colour[c];
            }
        }
    }
}

void lay_inks(const Canvas *canvas, const int64_t *densities, const float *colours,
              int64_t n_inks, const Through *through) {
    const int64_t pixels = canvas->height * canvas->width;
    for (int64_t y = 0; y < canvas->height; y++)
        for (int64_t x = 0; x < canvas->width; x++) {
            const int64_t *here = densities + y * canvas->width + x;
            float total = 0.0f, mixed[3] = {0.0f, 0.0f, 0.0f};
            for (int64_t k = 0; k < n_inks; k++) {
                const float thin = (float)here[k * pixels];
                total += thin;
                for (int c = 0; c < 3; c++) mixed[c] += thin * colours[3 * k + c];
            }
            if (total == 0.0f) continue;
            const float passed = through_of(through, (double)total);
            const float share = (1.0f - passed) / (total > 1.0f ? total : 1.0f);
            for (int c = 0; c < 3; c++) {
                float *to = canvas->plane[c] + y * canvas->stride + x;
                *to = *to * passed + mixed[c] * share;
            }
        }
}

void lay_outlined(const Canvas *canvas, const int64_t *filling, const int64_t *density,
                  const float colour[3], const Through *through) {
    for (int64_t y = 0; y < canvas->height; y++)
        for (int64_t x = 0; x < canvas->width; x++) {
            const int64_t i = y * canvas->width + x;
            if (density[i] == 0) continue;
            const float passed = through_of(through, (double)density[i]);
            const float share = (float)filling[i] * ((1.0f - passed) / (float)density[i]);
            for (int c = 0; c < 3; c++) {
                float *to = canvas->plane[c] + y * canvas->stride + x;
                *to = *to * passed + share * colour[c];
            }
        }
}
