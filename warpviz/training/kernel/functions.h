/* Functions of vectors, in one precision and for one set of instructions: train.c includes this
   after it has defined REAL, INT, V, I and the constants of the precision. Nothing but + − × ÷,
   comparisons and bits, in a fixed order and never contracted, so that every processor gives the
   same digits. Within a few units of the last place. */

#define SIXTH ((REAL)1.0 / (REAL)6.0)
#define ROUNDER ((REAL)1.5 * ((INT)1 << FRACTION)) /* added and taken away, it rounds to whole */

INLINE V NAME(all)(REAL value) { return (V){0} + value; }
INLINE I NAME(bits)(V v) { return (I)v; }
INLINE V NAME(choose)(I test, V then, V otherwise) {
    return (V)((test & (I)then) | (~test & (I)otherwise));
}
INLINE V NAME(larger)(V a, V b) { return NAME(choose)((a > b) | (a != a), a, b); }
INLINE V NAME(smaller)(V a, V b) { return NAME(choose)((a < b) | (a != a), a, b); }
INLINE V NAME(absolute)(V a) { return (V)((I)a & ~SIGN_BIT); }
INLINE V NAME(signed_as)(V size, V like) { return (V)((I)size | ((I)like & SIGN_BIT)); }

INLINE V NAME(root)(V a) {
    for (int k = 0; k < LANES; k++) a[k] = SQRT(a[k]);
    return a;
}

/* No more than `most`, no less than `least`; NaN stays. */
INLINE V NAME(at_most)(V a, REAL most) { return NAME(choose)(a > most, NAME(all)(most), a); }
INLINE V NAME(at_least)(V a, REAL least) { return NAME(choose)(a < least, NAME(all)(least), a); }

/* e^x = 2^n (1 + q): x = n ln 2 + r, and q = e^r − 1 by its series, |r| ≤ ln 2 / 2. Returns 2^n. */
INLINE V NAME(split)(V x, V *q) {
    static const REAL over[] = {1, 1, 0.5, SIXTH, SIXTH / 4, SIXTH / 20, SIXTH / 120, SIXTH / 840,
                                SIXTH / 6720, SIXTH / 60480, SIXTH / 604800, SIXTH / 6652800,
                                SIXTH / 79833600, SIXTH / 1037836800}; /* 1/k! */
    const V shifted = x * (REAL)1.4426950408889634 + ROUNDER, n = shifted - ROUNDER;
    const V r = (x - n * LN2_HIGH) - n * LN2_LOW;
    V sum = NAME(all)(over[SERIES]);
    for (int k = SERIES - 1; k > 1; k--) sum = sum * r + over[k];
    *q = r + r * r * sum;
    return (V)(((U)shifted << FRACTION) + (U)NAME(all)(1));
}

INLINE V NAME(exp)(V x) {
    V q;
    const V power = NAME(split)(NAME(at_least)(NAME(at_most)(x, EXP_MOST), -EXP_MOST), &q);
    const V e = power + power * q;
    const V high = NAME(choose)(x > EXP_MOST, NAME(all)((REAL)INFINITY), e);
    return NAME(choose)(x < -EXP_MOST, NAME(all)(0), high);
}

/* The same for x from −EXP_MOST to 0. */
INLINE V NAME(fallen)(V x) {
    V q;
    const V power = NAME(split)(NAME(at_least)(x, -EXP_MOST), &q);
    return power + power * q;
}

INLINE V NAME(expm1)(V x) {
    V q;
    const V power = NAME(split)(NAME(at_least)(NAME(at_most)(x, EXP_MOST), -EXP_MOST), &q);
    const V e = power * q + (power - (REAL)1.0);
    return NAME(choose)(x > EXP_MOST, NAME(all)((REAL)INFINITY), e);
}

INLINE V NAME(tanh)(V x) {
    /* Beyond 20 it is 1 in every precision. */
    V q;
    const V size = NAME(at_most)(NAME(absolute)(x), 20);
    const V power = NAME(split)(size + size, &q);
    const V e = power * q + (power - (REAL)1.0);
    return NAME(signed_as)(e / (e + (REAL)2.0), x);
}

INLINE V NAME(sigmoid)(V x) {
    const V e = NAME(fallen)(-NAME(absolute)(x));
    return NAME(choose)(x < 0, e, NAME(all)(1)) / ((REAL)1.0 + e);
}

/* ln a = e ln 2 + 2 artanh(s), s = (m − 1)/(m + 1), a = 2^e m with m between √½ and √2. */
INLINE V NAME(log)(V a) {
    const I small = a < SMALLEST;
    const V scaled = NAME(choose)(small, a * BIG, a);
    const U raw = (U)scaled, one = (U)NAME(all)(1);
    V m = (V)((raw & (((UINT)1 << FRACTION) - 1)) | one);
    V e = (V)((raw >> FRACTION) + (U)NAME(all)(ROUNDER)) - (ROUNDER + (REAL)BIAS);
    const I above = m > (REAL)1.4142135623730951;
    m = NAME(choose)(above, m * (REAL)0.5, m);
    e = NAME(choose)(above, e + (REAL)1.0, e) - NAME(choose)(small, NAME(all)(BIG_LOG2), NAME(all)(0));
    const V s = (m - (REAL)1.0) / (m + (REAL)1.0), square = s * s;
    V sum = NAME(all)(0);
    for (int k = ARTANH; k > 1; k -= 2) sum = (sum + (REAL)(1.0 / k)) * square;
    const V found = e * LN2_HIGH + (e * LN2_LOW + (s + s * sum) * (REAL)2.0);
    const V there = NAME(choose)(a == (REAL)INFINITY, a, found);
    const V above_0 = NAME(choose)(a == 0, NAME(all)(-(REAL)INFINITY), there);
    return NAME(choose)((a < 0) | (a != a), NAME(all)((REAL)NAN), above_0);
}

INLINE V NAME(log1p)(V x) {
    /* What 1 + x loses by rounding is given back by the quotient. */
    const V y = x + (REAL)1.0, rest = y - (REAL)1.0;
    const I none = rest == 0;
    const V found = NAME(log)(y) * (x / NAME(choose)(none, NAME(all)(1), rest));
    const V told = NAME(choose)(none, x, found);
    return NAME(choose)(x == (REAL)INFINITY, x, NAME(choose)(y == 0, NAME(log)(y), told));
}

INLINE V NAME(softplus)(V x) {
    return NAME(larger)(x, NAME(all)(0)) + NAME(log1p)(NAME(fallen)(-NAME(absolute)(x)));
}
