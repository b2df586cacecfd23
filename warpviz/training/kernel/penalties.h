/* What is added to the loss, as penalties.py has it; see train.c. */

/* Adds a penalty's slope, and returns its value: the norm of all parameters. */
static double NAME(norm)(const REAL *parameters, int64_t count, double factor, REAL *gradient) {
    double square = 0.0;
    for (int64_t k = 0; k < count; k++) square += (double)parameters[k] * (double)parameters[k];
    const double norm = sqrt(square);
    if (gradient && norm > 0.0)
        for (int64_t k = 0; k < count; k++)
            gradient[k] += (REAL)(factor / norm * (double)parameters[k]);
    return factor * norm;
}

/* The same of one weight's unevenness, k ‖K‖² / t² − 1; see penalties.py. `scratch` has room
   for k² numbers. */
static double NAME(unevenness)(const REAL *weight, int64_t n_out, int64_t n_in, double factor,
                               REAL *gradient, double *scratch) {
    const int64_t wide = n_out <= n_in, k = wide ? n_out : n_in, other = wide ? n_in : n_out;
    const int64_t down = wide ? n_in + 1 : 1, along = wide ? 1 : n_in + 1;
    double *gram = scratch, trace = 0.0, square = 0.0;
    for (int64_t i = 0; i < k; i++)
        for (int64_t j = 0; j <= i; j++) {
            double sum = 0.0;
            for (int64_t m = 0; m < other; m++)
                sum += (double)weight[i * down + m * along] * (double)weight[j * down + m * along];
            gram[i * k + j] = gram[j * k + i] = sum;
        }
    for (int64_t i = 0; i < k; i++) trace += gram[i * k + i];
    for (int64_t i = 0; i < k * k; i++) square += gram[i] * gram[i];
    if (!(trace > 1e-30)) trace = 1e-30; /* its third power is no zero either */
    const double times = factor * 4.0 * (double)k / (trace * trace), less = square / trace;
    for (int64_t i = 0; gradient && i < k; i++)
        for (int64_t m = 0; m < other; m++) {
            double sum = 0.0;
            for (int64_t j = 0; j < k; j++)
                sum += gram[i * k + j] * (double)weight[j * down + m * along];
            gradient[i * down + m * along] +=
                (REAL)(times * (sum - (double)weight[i * down + m * along] * less));
        }
    return factor * ((double)k * square / (trace * trace) - 1.0);
}
