/* The compiled kernels: plain loops that know nothing of Python. Each gives the same integers as the
   numpy code that stands beside it. Arguments are checked by kernels.c. */

#ifndef WARPVIZ_KERNELS_H
#define WARPVIZ_KERNELS_H

#include <stdint.h>

/* Loops that are compiled twice where that can be, also for processors with AVX2: the same
   operations in the same order, so the same numbers. Older clangs give such functions a name that
   other files do not find. */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* Parts of such loops, which must be compiled with them. */
#ifdef __GNUC__
#define INSIDE static inline __attribute__((always_inline))
#else
#define INSIDE static inline
#endif

#define LARGEST 1e15 /* of a coordinate, in pixels: it fits into whole numbers with its phases */

/* (3, height, width) floats 0 … 255, changed in place; rows are `stride` floats apart. */
typedef struct {
    float *plane[3];
    int64_t height, width, stride;
} Canvas;

/* How much shines through a density of 0, 1, …, last in units of 1/4096. */
typedef struct {
    const float *table;
    int64_t last;
} Through;

/* A line's kernel: (phases, pitch) rows that sum to 1, of which `taps` are more than padding, the
   product of the largest two, and how its samples stand. */
typedef struct {
    const double *table;
    int64_t taps, pitch;
    double most, phases, width, spacing, spare, density;
} Kernel;

#define BLOCK 4 /* numbers that are added at once */

/* A marker at every phase: (phases², size, pitch) densities, the pitch whole blocks. */
typedef struct {
    const int64_t *pictures;
    int64_t size, pitch, phases;
} Sprite;

/* (height, width) 0 … 1, how much of a pixel letters cover. */
typedef struct {
    const float *cover;
    int64_t height, width;
} Mask;

/* A camera: rows of `turn` are the screen's right, up and towards the viewer; what it turns about,
   the radius of the cloud, its own distance and the nearest depth that counts, both in radii. */
typedef struct {
    double turn[9], pivot[3], radius, distance, nearest;
} Sight;

/* (count, 3) points to (count, 2) places and (count,) nearness. */
void see(const double *points, int64_t count, const Sight *sight, double *flat, double *nearness);

/* Of (count, 3) points that go straight from start to end, at t: the largest square of a distance
   from the pivot; and how far from the middle any is seen, across and up. */
double farthest(const double *start, const double *end, int64_t count, double t,
                const double pivot[3]);
void widest(const double *start, const double *end, int64_t count, double t, const Sight *sight,
            const double middle[2], double most[2]);

/* The least and largest x, the least and largest y of points that `which` names, or of all where it
   is NULL; 0 where one is no number. */
int bounds_of(const double *points, const int64_t *which, int64_t count, double bounds[4]);

/* A sheet as it is seen: (V, 3) points, (V, 2) pixels, (V,) nearness; (T, 3) triangles and their
   cells (T,); (cells, 3) colours; weights by steps of depth, the pivot's in the middle. */
typedef struct {
    const double *points, *flat, *nearness, *colours, *weights;
    const int64_t *triangles, *owners;
    int64_t n_triangles, n_cells, n_weights;
} Cloth;

/* The light on a plane seen from above; how bright cells are at least, how much more, and of that
   at most; a layer's density; steps of depth in a radius; where light comes from; its absence. */
typedef struct {
    double above, dark, light, most, layer, depths, way[3], colour[3];
} Shade;

/* Fill (T, 5) values; 0 where areas are too large for it, and nothing is filled. */
int shade_cells(const Cloth *cloth, const Shade *shade, double *values);
int lay_cells(const Canvas *canvas, const double *flat, const double corner[2],
              const int64_t *edges, int64_t n_edges, const double *values,
              const Through *through);
void add_lines(int64_t *density, int64_t height, int64_t width, const double *flat,
               const double corner[2], const int64_t *pairs, const double *ink, int64_t n_lines,
               const Kernel *kernel);
/* (count, 2) dots that look alike. */
typedef struct {
    const double *at;
    double corner[2];
    int64_t count;
    const Sprite *sprite;
} Series;

void add_dots(int64_t *density, int64_t height, int64_t width, const double *at,
              const double corner[2], int64_t n_dots, const Sprite *sprite);
void lay_ink(const Canvas *canvas, const int64_t *density, const float colour[3], float opacity,
             const Through *through);
void lay_inks(const Canvas *canvas, const int64_t *densities, const float *colours,
              int64_t n_inks, const Through *through);
/* Of every pixel the filling's density in the bits from `shift` on, that of all below. */
void lay_outlined(const Canvas *canvas, const int64_t *both, int shift, const float colour[3],
                  const Through *through);
/* The densities of dots, of which each has both, are summed and laid; 0 without memory. */
int lay_series(const Canvas *canvas, const Series *series, int shift, const float colour[3],
               const Through *through);

/* What lies outside of the canvas is cut. A bar is x0, y0, x1, y1, anywhere between the pixels. */
void put_mask(const Canvas *canvas, const Mask *mask, int64_t left, int64_t top,
              const float colour[3], float opacity);
void put_bar(const Canvas *canvas, const double box[4], const float colour[3]);

void to_bytes(const Canvas *canvas, uint8_t *pixels);
void to_indices(const uint8_t *pixels, int64_t count, const uint8_t *table, uint8_t *indices);
/* The same from a canvas. */
void canvas_to_indices(const Canvas *canvas, const uint8_t *table, uint8_t *indices);
/* Count pixels (height, width, 3), whose steps in bytes are given, by their bins, and sum up their
   colours: (262144, 4) numbers. */
void pool_pixels(const uint8_t *pixels, const int64_t shape[2], const int64_t steps[3],
                 uint64_t *sums);
void patch_of(uint8_t *shown, const uint8_t *indices, int64_t height, int64_t width,
              const uint8_t *visible, uint8_t *patch, int64_t box[4]);
/* A picture's codes in sub-blocks, for `free`; returns how many bytes, 0 without memory. */
int64_t compress(const uint8_t *pixels, int64_t height, int64_t width, int64_t stride,
                 uint8_t **blocks);

#endif
