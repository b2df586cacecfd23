/* Dots: dots.py and outlined of blend.py, operation by operation.

   The dots of a series are laid a band of rows after the other, so that the band's densities stay in
   the cache: sums are whole numbers, so that it does not matter in which order the dots come. */

#include "exact.h"

#include <stdlib.h>
#include <string.h>

#define ROWS 32 /* of a band */

/* Where a dot's picture begins, and which of the pictures it is. */
typedef struct {
    int64_t left, top, phase;
} Place;

/* Whether a dot can be seen; then also where. */
INSIDE int place_of(const double *at, const double corner[2], int64_t height, int64_t width,
                    const Sprite *sprite, Place *place) {
    const int64_t phases = sprite->phases, half = sprite->size / 2;
    const double x = at[0] - corner[0], y = at[1] - corner[1];
    if (!(x > (double)-half && x < (double)(width + half))) return 0;
    if (!(y > (double)-half && y < (double)(height + half))) return 0;
    const int64_t px = (int64_t)floor(x * (double)phases);
    const int64_t py = (int64_t)floor(y * (double)phases);
    place->left = (int64_t)floor((double)px / (double)phases) - half;
    place->top = (int64_t)floor((double)py / (double)phases) - half;
    place->phase = (py - (place->top + half) * phases) * phases + px - (place->left + half) * phases;
    return 1;
}

/* Add a picture that lies wholly inside. */
INSIDE void add_whole(int64_t *restrict density, int64_t width, const int64_t *restrict picture,
                      int64_t size, int64_t pitch) {
    for (int64_t j = 0; j < size; j++, picture += pitch, density += width)
        for (int64_t i = 0; i < pitch; i++)
            density[i] = (int64_t)((uint64_t)density[i] + (uint64_t)picture[i]);
}

/* Add a picture to rows and columns from 0 on; what is outside of them is cut. */
INSIDE void add_picture(int64_t *density, int64_t height, int64_t width, const Place *place,
                        const Sprite *sprite) {
    const int64_t size = sprite->size, pitch = sprite->pitch, left = place->left, top = place->top;
    const int64_t *picture = sprite->pictures + place->phase * size * pitch;
    if (left >= 0 && top >= 0 && left + pitch <= width && top + size <= height) {
        int64_t *first = density + top * width + left;
        /* Loops of a fixed length are rolled out: these are the classic film's. */
        if (pitch == 2 * BLOCK) add_whole(first, width, picture, size, 2 * BLOCK);
        else if (pitch == 4 * BLOCK) add_whole(first, width, picture, size, 4 * BLOCK);
        else add_whole(first, width, picture, size, pitch);
        return;
    }
    const int64_t from = left < 0 ? -left : 0, to = left + size > width ? width - left : size;
    for (int64_t j = top < 0 ? -top : 0; j < size && top + j < height; j++) {
        int64_t *row = density + (top + j) * width + left;
        for (int64_t i = from; i < to; i++)
            row[i] = (int64_t)((uint64_t)row[i] + (uint64_t)picture[j * pitch + i]);
    }
}

WIDE void add_dots(int64_t *density, int64_t height, int64_t width, const double *at,
                   const double corner[2], int64_t n_dots, const Sprite *sprite) {
    Place place;
    for (int64_t d = 0; d < n_dots; d++)
        if (place_of(at + 2 * d, corner, height, width, sprite, &place))
            add_picture(density, height, width, &place, sprite);
}

/* The dots that are seen, sorted by the bands in which they begin; ends[b] is that of band b. */
static void sort_by_band(const Canvas *canvas, const Series *series, int64_t bands, Place *sorted,
                         int64_t *ends) {
    const int64_t height = canvas->height, width = canvas->width;
    Place place;
    memset(ends, 0, (size_t)(bands + 1) * sizeof(int64_t));
    for (int write = 0; write < 2; write++) {
        for (int64_t d = 0; d < series->count; d++) {
            const double *at = series->at + 2 * d;
            if (!place_of(at, series->corner, height, width, series->sprite, &place)) continue;
            const int64_t band = place.top > 0 ? place.top / ROWS : 0;
            if (write) sorted[ends[band]++] = place;
            else ends[band + 1]++; /* where the band after it begins */
        }
        for (int64_t b = 0; !write && b < bands; b++) ends[b + 1] += ends[b];
    }
}

WIDE int lay_series(const Canvas *canvas, const Series *series, int shift, const float colour[3],
                    const Through *through) {
    const int64_t height = canvas->height, width = canvas->width, size = series->sprite->size;
    const int64_t bands = (height + size) / ROWS + 1, rows = ROWS + size;
    int64_t *density = calloc((size_t)(rows * width + 1), sizeof(int64_t));
    int64_t *ends = malloc((size_t)(bands + 1) * sizeof(int64_t));
    Place *sorted = malloc((size_t)(series->count + 1) * sizeof(Place));
    const int room = density && ends && sorted;
    if (room) sort_by_band(canvas, series, bands, sorted, ends);
    for (int64_t band = 0, d = 0; room && band * ROWS < height; band++) {
        const int64_t first = band * ROWS, left = height - first;
        for (; d < ends[band]; d++) {
            Place place = sorted[d];
            place.top -= first;
            add_picture(density, left < rows ? left : rows, width, &place, series->sprite);
        }
        Canvas part = *canvas;
        part.height = left < ROWS ? left : ROWS;
        for (int c = 0; c < 3; c++) part.plane[c] += first * canvas->stride;
        lay_outlined(&part, density, shift, colour, through);
        /* What the band's dots left to the rows below it stays. */
        memmove(density, density + ROWS * width, (size_t)(size * width) * sizeof(int64_t));
        memset(density + size * width, 0, (size_t)(ROWS * width) * sizeof(int64_t));
    }
    free(density), free(ends), free(sorted);
    return room;
}
