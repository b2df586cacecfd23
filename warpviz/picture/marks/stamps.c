/* Text and bars: put_mask of words/text.py and paint_bar of overlay.py, operation by operation. */

#include "../../kernels.h"

#include <math.h>

static inline double larger(double a, double b) { return a > b ? a : b; }
static inline double smaller(double a, double b) { return a < b ? a : b; }

/* The part of a row or column of `size` pixels that reaches from `first` up to below `end`. */
typedef struct {
    int64_t first, end;
} Part;

static Part within(int64_t first, int64_t end, int64_t size) {
    return (Part){first > 0 ? first : 0, end < size ? end : size};
}

WIDE void put_mask(const Canvas *canvas, const Mask *mask, int64_t left, int64_t top,
                   const float colour[3], float opacity) {
    const Part rows = within(top, top + mask->height, canvas->height);
    const Part columns = within(left, left + mask->width, canvas->width);
    for (int c = 0; c < 3; c++)
        for (int64_t y = rows.first; y < rows.end; y++) {
            float *to = canvas->plane[c] + y * canvas->stride;
            const float *cover = mask->cover + (y - top) * mask->width - left;
            for (int64_t x = columns.first; x < columns.end; x++)
                to[x] += cover[x] * opacity * (colour[c] - to[x]);
        }
}

void put_bar(const Canvas *canvas, const double box[4], const float colour[3]) {
    const Part columns = within((int64_t)floor(box[0]), (int64_t)ceil(box[2]), canvas->width);
    const Part rows = within((int64_t)floor(box[1]), (int64_t)ceil(box[3]), canvas->height);
    for (int64_t y = rows.first; y < rows.end; y++) {
        const double down = smaller((double)(y + 1), box[3]) - larger((double)y, box[1]);
        for (int64_t x = columns.first; x < columns.end; x++) {
            const double across = smaller((double)(x + 1), box[2]) - larger((double)x, box[0]);
            const float cover = (float)(down * across);
            for (int c = 0; c < 3; c++) {
                float *to = canvas->plane[c] + y * canvas->stride + x;
                *to += cover * (colour[c] - *to);
            }
        }
    }
}
