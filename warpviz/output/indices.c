/* Canvas to pixels to palette indices to what changed: blend.py, lookup.py and changes.py. */

#include "../kernels.h"

#include <string.h>

#define KEPT 255 /* the index of a pixel that stays as it is */

/* Bytes may lie anywhere, so a compiler is told where they don't: `restrict`. */

INSIDE int32_t whole(float level) {
    level += 0.5f;
    level = level > 0.0f ? level : 0.0f;
    return (int32_t)(level < 255.0f ? level : 255.0f);
}

INSIDE void row_to_bytes(const float *restrict row, uint8_t *restrict to, int64_t width) {
    for (int64_t x = 0; x < width; x++) to[x] = (uint8_t)whole(row[x]);
}

WIDE void to_bytes(const Canvas *canvas, uint8_t *pixels) {
    for (int c = 0; c < 3; c++)
        for (int64_t y = 0; y < canvas->height; y++)
            row_to_bytes(canvas->plane[c] + y * canvas->stride,
                         pixels + (c * canvas->height + y) * canvas->width, canvas->width);
}

void to_indices(const uint8_t *restrict pixels, int64_t count, const uint8_t *restrict table,
                uint8_t *restrict indices) {
    const uint8_t *green = pixels + count, *blue = green + count;
    for (int64_t i = 0; i < count; i++)
        indices[i] = table[(pixels[i] >> 2) << 12 | (green[i] >> 2) << 6 | blue[i] >> 2];
}

/* The bins of pixels, see bins of lookup.py. */
INSIDE void row_to_bins(const float *restrict red, const float *restrict green,
                        const float *restrict blue, uint32_t *restrict to, int64_t count) {
    for (int64_t x = 0; x < count; x++)
        to[x] = (uint32_t)((whole(red[x]) >> 2) << 12 | (whole(green[x]) >> 2) << 6 |
                           whole(blue[x]) >> 2);
}

void pool_pixels(const uint8_t *pixels, const int64_t shape[2], const int64_t steps[3],
                 uint64_t *sums) {
    for (int64_t y = 0; y < shape[0]; y++) {
        const uint8_t *at = pixels + y * steps[0];
        for (int64_t x = 0; x < shape[1]; x++, at += steps[1]) {
            const uint64_t red = at[0], green = at[steps[2]], blue = at[2 * steps[2]];
            uint64_t *sum = sums + 4 * ((red >> 2) << 12 | (green >> 2) << 6 | blue >> 2);
            sum[0] += 1, sum[1] += red, sum[2] += green, sum[3] += blue;
        }
    }
}

#define AT_ONCE 512

WIDE void canvas_to_indices(const Canvas *canvas, const uint8_t *table, uint8_t *indices) {
    uint32_t bins[AT_ONCE];
    for (int64_t y = 0; y < canvas->height; y++)
        for (int64_t x = 0; x < canvas->width; x += AT_ONCE) {
            const int64_t left = canvas->width - x, count = left < AT_ONCE ? left : AT_ONCE;
            const float *at[3];
            for (int c = 0; c < 3; c++) at[c] = canvas->plane[c] + y * canvas->stride + x;
            row_to_bins(at[0], at[1], at[2], bins, count);
            uint8_t *to = indices + y * canvas->width + x;
            for (int64_t i = 0; i < count; i++) to[i] = table[bins[i]];
        }
}

/* What changes in some pixels. Which do so is hard to foresee: no branch asks for each. */
INSIDE void some_of_patch(uint8_t *restrict before, const uint8_t *restrict after,
                                 int64_t count, const uint8_t *restrict visible,
                                 uint8_t *restrict to) {
    for (int64_t x = 0; x < count; x++) {
        const uint32_t was = before[x], is = after[x];
        const uint32_t changes = 0u - ((was != is) & (visible[was << 8 | is] != 0));
        to[x] = (uint8_t)(is | ~changes);
        before[x] = (uint8_t)(was ^ ((was ^ is) & changes));
    }
}

#define SOME 8

static void row_of_patch(uint8_t *restrict before, const uint8_t *restrict after, int64_t width,
                         const uint8_t *restrict visible, uint8_t *restrict to) {
    int64_t x = 0;
    for (; x + SOME <= width; x += SOME)
        if (memcmp(before + x, after + x, SOME))
            some_of_patch(before + x, after + x, SOME, visible, to + x);
    some_of_patch(before + x, after + x, width - x, visible, to + x);
}

void patch_of(uint8_t *restrict shown, const uint8_t *restrict indices, int64_t height,
              int64_t width, const uint8_t *restrict visible, uint8_t *restrict patch,
              int64_t box[4]) {
    int64_t left = width, top = height, right = 0, bottom = 0;
    memset(patch, KEPT, (size_t)(height * width));
    for (int64_t y = 0; y < height; y++) {
        uint8_t *before = shown + y * width, *to = patch + y * width;
        const uint8_t *after = indices + y * width;
        if (!memcmp(before, after, (size_t)width)) continue;
        row_of_patch(before, after, width, visible, to);
        int64_t first = 0, last = width - 1;
        while (first < width && to[first] == KEPT) first++;
        while (last >= 0 && to[last] == KEPT) last--;
        if (last < 0) continue;
        left = left < first ? left : first;
        right = right > last ? right : last + 1;
        top = top < y ? top : y;
        bottom = y + 1;
    }
    if (!bottom) left = top = 0, right = bottom = 1;
    box[0] = left, box[1] = top, box[2] = right, box[3] = bottom;
}
