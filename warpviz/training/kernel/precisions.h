/* Both precisions for one set of instructions, doubles first: waves of floats go by them. */

#define PRECISION double
#define REAL double
#define INT int64_t
#define UINT uint64_t
#define FRACTION 52
#define BIAS 1023
#define SIGN_BIT INT64_MIN
#define SQRT sqrt
#define EXP_MOST 708.0
#define SERIES 13
#define ARTANH 23
#define LN2_HIGH 6.93147180369123816490e-01
#define LN2_LOW 1.90821492927058770002e-10
#define SMALLEST 2.2250738585072014e-308
#define BIG 18014398509481984.0
#define BIG_LOG2 54
#include "typed.h"

#define PRECISION float
#define REAL float
#define INT int32_t
#define UINT uint32_t
#define FRACTION 23
#define BIAS 127
#define SIGN_BIT INT32_MIN
#define SQRT sqrtf
#define EXP_MOST 87.0f
#define SERIES 7
#define ARTANH 9
#define LN2_HIGH 6.9313812256e-01f
#define LN2_LOW 9.0580006145e-06f
#define SMALLEST 1.17549435e-38f
#define BIG 33554432.0f
#define BIG_LOG2 25
#include "typed.h"
