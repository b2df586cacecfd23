/* Lines and ink: lines.py and blend.py, operation by operation. */

#include "exact.h"

#include <string.h>

/* Leave out samples that are far outside: those near the border are looked at one by one. */
static void clip(double *begin, double *end, double count, double start, double way, double reach,
                 double size) {
    if (fabs(way) < 1.0) return;
    const double a = (-reach - start) / way * count, b = (size + reach - start) / way * count;
    *begin = larger(*begin, floor(smaller(a, b)) - 2.0);
    *end = smaller(*end, ceil(larger(a, b)) + 2.0);
}

/* 1.5 * 2**52: what is added to it is rounded to a whole number, in the low bits. */
#define WHOLE 6755399441055744.0
#define FINE 1125899906842624.0 /* 2**50: below it that works */

/* Add a sample that lies wholly inside, whole blocks of taps. */
INSIDE void add_sample(int64_t *restrict first, int64_t width, const double *restrict across,
                              const double *restrict down, double amount, int64_t taps,
                              int64_t pitch) {
    const double whole = WHOLE;
    uint64_t nothing;
    memcpy(&nothing, &whole, sizeof nothing);
    for (int64_t j = 0; j < taps; j++, first += width) {
        const double by_row = down[j] * amount;
        for (int64_t i = 0; i < pitch; i++) {
            const double shifted = by_row * across[i] + whole;
            uint64_t bits;
            memcpy(&bits, &shifted, sizeof bits);
            first[i] = (int64_t)((uint64_t)first[i] + (bits - nothing));
        }
    }
}

WIDE void add_lines(int64_t *density, int64_t height, int64_t width, const double *flat,
               const double corner[2], const int64_t *pairs, const double *ink, int64_t n_lines,
               const Kernel *kernel) {
    const int64_t taps = kernel->taps, half = taps / 2, phases = (int64_t)kernel->phases;
    const int64_t pitch = kernel->pitch;
    const double reach_of = (double)(half + 1);
    for (int64_t s = 0; s < n_lines; s++) {
        const double *a = flat + 2 * pairs[2 * s], *b = flat + 2 * pairs[2 * s + 1];
        const double x0 = a[0] - corner[0], y0 = a[1] - corner[1];
        const double dx = (b[0] - corner[0]) - x0, dy = (b[1] - corner[1]) - y0;
        const double length = sqrt(dx * dx + dy * dy);
        const double count = larger(ceil(length / kernel->spacing - kernel->spare), 1.0);
        const double amount = ink[s] * length * kernel->width / count * kernel->density;
        const int fine = fabs(amount) * kernel->most < FINE;
        double number = 0.0, end = count;
        clip(&number, &end, count, x0, dx, reach_of, (double)width);
        clip(&number, &end, count, y0, dy, reach_of, (double)height);
        for (; number < end; number += 1.0) {
            const double along = (number + 0.5) / count;
            const double x = x0 + along * dx, y = y0 + along * dy;
            if (!(x > -reach_of && x < (double)width + reach_of)) continue;
            if (!(y > -reach_of && y < (double)height + reach_of)) continue;
            const int64_t px = (int64_t)floor(x * kernel->phases);
            const int64_t py = (int64_t)floor(y * kernel->phases);
            const int64_t left = (int64_t)floor((double)px / kernel->phases) - half;
            const int64_t top = (int64_t)floor((double)py / kernel->phases) - half;
            const double *across = kernel->table + (px - (left + half) * phases) * pitch;
            const double *down = kernel->table + (py - (top + half) * phases) * pitch;
            if (fine && left >= 0 && top >= 0 && left + pitch <= width && top + taps <= height) {
                int64_t *first = density + top * width + left;
                /* Loops of a fixed length are rolled out: these are the thin lines'. */
                if (taps == 3) add_sample(first, width, across, down, amount, 3, BLOCK);
                else add_sample(first, width, across, down, amount, taps, pitch);
                continue;
            }
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

#define AT_ONCE 8 /* pixels that are looked at together: most have no ink */

/* Whether pixels from `from` on have ink of any of `n_inks` densities, `apart` numbers apart. */
INSIDE int inked(const int64_t *from, int64_t count, int64_t n_inks, int64_t apart) {
    int64_t any = 0;
    for (int64_t k = 0; k < n_inks; k++, from += apart)
        if (count == AT_ONCE)
            for (int64_t i = 0; i < AT_ONCE; i++) any |= from[i];
        else
            for (int64_t i = 0; i < count; i++) any |= from[i];
    return any != 0;
}

INSIDE int64_t upto(int64_t x, int64_t width) {
    return x + AT_ONCE < width ? x + AT_ONCE : width;
}

WIDE void lay_ink(const Canvas *canvas, const int64_t *density, const float colour[3], float opacity,
                  const Through *through) {
    for (int64_t y = 0; y < canvas->height; y++) {
        const int64_t *row = density + y * canvas->width;
        for (int64_t x = 0, end; x < canvas->width; x = end) {
            end = upto(x, canvas->width);
            if (!inked(row + x, end - x, 1, 0)) continue;
            for (; x < end; x++) {
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
}

WIDE void lay_inks(const Canvas *canvas, const int64_t *densities, const float *colours,
                   int64_t n_inks, const Through *through) {
    const int64_t pixels = canvas->height * canvas->width;
    for (int64_t y = 0; y < canvas->height; y++) {
        const int64_t *row = densities + y * canvas->width;
        for (int64_t x = 0, end; x < canvas->width; x = end) {
            end = upto(x, canvas->width);
            if (!inked(row + x, end - x, n_inks, pixels)) continue;
            for (; x < end; x++) {
                float total = 0.0f, mixed[3] = {0.0f, 0.0f, 0.0f};
                for (int64_t k = 0; k < n_inks; k++) {
                    const float thin = (float)row[k * pixels + x];
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
    }
}

WIDE void lay_outlined(const Canvas *canvas, const int64_t *both, int shift,
                       const float colour[3], const Through *through) {
    const int64_t low = ((int64_t)1 << shift) - 1;
    for (int64_t y = 0; y < canvas->height; y++) {
        const int64_t *row = both + y * canvas->width;
        for (int64_t x = 0, end; x < canvas->width; x = end) {
            end = upto(x, canvas->width);
            if (!inked(row + x, end - x, 1, 0)) continue;
            for (; x < end; x++) {
                const int64_t density = row[x] & low;
                if (density == 0) continue;
                const float passed = through_of(through, (double)density);
                const float share = (float)(row[x] >> shift) * ((1.0f - passed) / (float)density);
                for (int c = 0; c < 3; c++) {
                    float *to = canvas->plane[c] + y * canvas->stride + x;
                    *to = *to * passed + share * colour[c];
                }
            }
        }
    }
}
