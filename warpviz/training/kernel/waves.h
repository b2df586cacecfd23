/* Sine and cosine of doubles, for one set of instructions; see functions.h. π/2 comes in three
   parts, of which the first two have 33 bits, so that whole multiples up to 2²⁰ are exact
   (fdlibm, e_rem_pio2.c). Beyond, the library's own. */

#define FARTHEST 823549.0

INLINE V NAME(wave)(V x, int quarter) {
    const V shifted = x * 0.63661977236758134308 + ROUNDER, n = shifted - ROUNDER;
    const V r = ((x - n * 1.57079632673412561417) - n * 6.07710050630396597660e-11) -
                n * 2.02226624879595063154e-21;
    const V square = r * r;
    V odd = NAME(all)(0), even = NAME(all)(0);
    for (int k = 15; k > 1; k -= 2) odd = (odd + 1.0) * square * (-1.0 / (k * (k - 1)));
    for (int k = 16; k > 0; k -= 2) even = (even + 1.0) * square * (-1.0 / (k * (k - 1)));
    const U turn = (U)shifted + (UINT)quarter;
    const I across = (turn & 1) == 1, down = (turn & 2) == 2;
    V found = NAME(choose)(across, even + 1.0, r + r * odd);
    found = (V)((I)found ^ (down & SIGN_BIT));
    for (int k = 0; k < LANES; k++)
        if (!(x[k] < FARTHEST && x[k] > -FARTHEST)) found[k] = quarter ? cos(x[k]) : sin(x[k]);
    return found;
}
