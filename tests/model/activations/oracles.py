"""The definitions of the activations, in as many digits as one likes."""

import mpmath as mp  # type: ignore[import-untyped]

mp.mp.dps = 40
A = mp.sqrt(2 / mp.pi)
SCALE, ALPHA = mp.mpf("1.0507009873554804934"), mp.mpf("1.6732632423543772848")  # arXiv:1706.02515

ORACLES = {
    "identity": lambda z: z,
    "relu": lambda z: max(z, mp.mpf(0)),
    "leaky_relu": lambda z: z if z > 0 else mp.mpf(0.01) * z,
    "leaky_relu:0.2": lambda z: z if z > 0 else mp.mpf(0.2) * z,
    "tanh": mp.tanh,
    "sigmoid": lambda z: 1 / (1 + mp.exp(-z)),
    "gelu": lambda z: z * mp.erfc(-z / mp.sqrt(2)) / 2,
    # (1 + tanh u)/2, without what 40 digits lose far left
    "gelu_tanh": lambda z: z / (1 + mp.exp(-2 * A * (z + mp.mpf("0.044715") * z**3))),
    "sin": mp.sin,
    "silu": lambda z: z / (1 + mp.exp(-z)),
    "elu": lambda z: z if z > 0 else mp.expm1(z),
    "elu:0.5": lambda z: z if z > 0 else mp.mpf(0.5) * mp.expm1(z),
    "softplus": lambda z: mp.log1p(mp.exp(z)),
    "softplus:2": lambda z: mp.log1p(mp.exp(2 * z)) / 2,
    "prelu": lambda z: z if z > 0 else z / 4,
    "prelu:-0.5": lambda z: z if z > 0 else -z / 2,
    "mish": lambda z: z * mp.tanh(mp.log1p(mp.exp(z))),
    "celu": lambda z: z if z > 0 else mp.expm1(z),
    "celu:2": lambda z: z if z > 0 else 2 * mp.expm1(z / 2),
    "selu": lambda z: SCALE * (z if z > 0 else ALPHA * mp.expm1(z)),
    "logsigmoid": lambda z: -mp.log1p(mp.exp(-z)),
    "softsign": lambda z: z / (1 + abs(z)),
    "erf": mp.erf,
    "relu6": lambda z: min(max(z, 0), 6),
    "hardtanh": lambda z: min(max(z, -1), 1),
    "hardtanh:-2:0.5": lambda z: min(max(z, -2), mp.mpf(0.5)),
    "hardsigmoid": lambda z: min(max((z + 3) / 6, 0), 1),
    "hardsigmoid:0.2": lambda z: min(max(mp.mpf(0.2) * z + mp.mpf(0.5), 0), 1),
    "hardswish": lambda z: z * min(max(z + 3, 0), 6) / 6,
    "softshrink": lambda z: mp.sign(z) * max(abs(z) - mp.mpf(0.5), 0),
    "softshrink:1": lambda z: mp.sign(z) * max(abs(z) - 1, 0),
    "hardshrink": lambda z: z if abs(z) > 0.5 else mp.mpf(0),
    "hardshrink:1": lambda z: z if abs(z) > 1 else mp.mpf(0),
    "tanhshrink": lambda z: z - mp.tanh(z),
    "threshold": lambda z: z if z > 1 else mp.mpf(0),
    "threshold:-0.5:2": lambda z: z if z > -0.5 else mp.mpf(2),
    "step": lambda z: mp.mpf(1 if z > 0 else 0),
    "abs": abs,
    "square": lambda z: z * z,
}
"""By name; the derivatives come from mpmath's own differentiation."""
