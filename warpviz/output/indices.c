/* Canvas to pixels to palette indices to what changed: blend.py, lookup.py and changes.py. */

#include "../kernels.h"

#include <string.h>

/* Bytes may lie anywhere, so a compiler is told where they don't: `restrict`. */

static void row_to_bytes(const float *restrict row, uint8_t *restrict to, int64_t width) {
    for (int64_t x = 0; x < width; x++) {
        float level = row[x] + 0.5f;
        level = level > 0.0f ? level : 0.0f;
        level = level < 255.0f ? level : 255.0f;
        to[x] = (uint8_t)(int)level;
    }
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

void patch_of(uint8_t *restrict shown, const uint8_t *restrict indices, int64_t height,
              int64_t width, const uint8_t *restrict visible, uint8_t *restrict patch,
              int64_t box[4]) {
    int64_t left = width, top = height, right = 0, bottom = 0;
    memset(patch, 255, (size_t)(height * width));
    for (int64_t y = 0; y < height; y++) {
        uint8_t *before = shown + y * width, *to = patch + y * width;
        const uint8_t *after = indices + y * width;
        if (!memcmp(before, after, (size_t)width)) continue;
        int64_t first = width, last = -1;
        for (int64_t x = 0; x < width; x++)
            if (before[x] != after[x] && visible[before[x] << 8 | after[x]]) {
                to[x] = before[x] = after[x];
                first = first < x ? first : x;
                last = x;
            }
        if (last < 0) continue;
        left = left < first ? left : first;
        right = right > last ? right : last + 1;
        top = top < y ? top : y;
        bottom = y + 1;
    }
    if (!bottom) left = top = 0, right = bottom = 1;
    box[0] = left, box[1] = top, box[2] = right, box[3] = bottom;
}
