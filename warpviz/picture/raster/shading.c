/* What cells of cloth are laid down by: shading.py, operation by operation. */

#include "exact.h"

#include <stdlib.h>

#define LARGE 1e100 /* an area whose square may be beyond a double */
#define SUMS 5      /* of a cell: its area in three directions, its nearness, its triangles */

/* Sums over the triangles of each cell; 0 where an area is too large. */
static int sum_up(const Cloth *cloth, double *sums) {
    double most = 0.0;
    for (int64_t i = 0; i < cloth->n_triangles; i++) {
        const int64_t *corners = cloth->triangles + 3 * i;
        const double *a = cloth->points + 3 * corners[0], *b = cloth->points + 3 * corners[1];
        const double *c = cloth->points + 3 * corners[2];
        double *sum = sums + SUMS * cloth->owners[i], u[3], v[3];
        for (int axis = 0; axis < 3; axis++) u[axis] = b[axis] - a[axis], v[axis] = c[axis] - a[axis];
        sum[0] += u[1] * v[2] - u[2] * v[1];
        sum[1] += u[2] * v[0] - u[0] * v[2];
        sum[2] += u[0] * v[1] - u[1] * v[0];
        sum[3] += cloth->nearness[corners[1]];
        sum[4] += 1.0;
    }
    for (int64_t cell = 0; cell < cloth->n_cells; cell++)
        for (int axis = 0; axis < 3; axis++)
            most = larger(most, fabs(sums[SUMS * cell + axis]));
    return most <= LARGE;
}

/* A cell's weight, and its colour times that, instead of its sums. */
static void shade_cell(const Cloth *cloth, const Shade *shade, const double *colour, double *sum) {
    const double *way = shade->way;
    const double size = sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
    const double lit = fabs(way[0] * sum[0] + way[1] * sum[1] + way[2] * sum[2]);
    const double ratio = (size > 0.0 ? lit / size : shade->above) / shade->above;
    const double light = shade->dark + shade->light * smaller(ratio, shade->most);
    const double rest = larger(1.0 - light, 0.0), deepest = (double)(cloth->n_weights / 2);
    const double step = rounded(sum[3] / sum[4] * shade->depths);
    const double inside = smaller(larger(step, -deepest), deepest);
    const double weight = cloth->weights[(int64_t)inside + cloth->n_weights / 2];
    sum[0] = weight;
    for (int c = 0; c < 3; c++) {
        const double level = colour[c] * light + shade->colour[c] * rest;
        sum[1 + c] = rounded(smaller(larger(level, 0.0), 255.0));
    }
}

int shade_cells(const Cloth *cloth, const Shade *shade, double *values) {
    double *sums = calloc((size_t)cloth->n_cells * SUMS + 1, sizeof(double));
    if (!sums) return 0; /* Who asked goes another way. */
    const int fine = sum_up(cloth, sums);
    for (int64_t cell = 0; fine && cell < cloth->n_cells; cell++)
        if (sums[SUMS * cell + 4] > 0.0)
            shade_cell(cloth, shade, cloth->colours + 3 * cell, sums + SUMS * cell);
    for (int64_t i = 0; fine && i < cloth->n_triangles; i++, values += 5) {
        const int64_t *corners = cloth->triangles + 3 * i;
        const double *a = cloth->flat + 2 * corners[0], *b = cloth->flat + 2 * corners[1];
        const double *c = cloth->flat + 2 * corners[2], *sum = sums + SUMS * cloth->owners[i];
        const double u[2] = {b[0] - a[0], b[1] - a[1]}, v[2] = {c[0] - a[0], c[1] - a[1]};
        const double turns = u[0] * v[1] - u[1] * v[0];
        const double sign = (double)(turns > 0.0) - (double)(turns < 0.0);
        values[0] = shade->layer * sign;
        values[1] = sum[0] * sign;
        for (int channel = 0; channel < 3; channel++)
            values[2 + channel] = sum[1 + channel] * values[1];
    }
    free(sums);
    return fine;
}

int bounds_of(const double *points, const int64_t *which, int64_t count, double bounds[4]) {
    double sum = 0.0; /* no number where one of them is none */
    for (int64_t i = 0; i < count; i++) {
        const double *at = points + 2 * (which ? which[i] : i);
        for (int axis = 0; axis < 2; axis++) {
            const double place = at[axis];
            sum += place - place;
            bounds[2 * axis] = i && bounds[2 * axis] < place ? bounds[2 * axis] : place;
            bounds[2 * axis + 1] = i && bounds[2 * axis + 1] > place ? bounds[2 * axis + 1] : place;
        }
    }
    return count > 0 && sum == 0.0;
}
