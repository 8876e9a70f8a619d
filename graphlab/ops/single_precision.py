"""Logarithm, sine and cosine of float32 to the last bit as the GNU C library computes them, which TensorFlow draws with.

The library rounds polynomials in double precision, so it differs from the correctly rounded value now and then.
Tables and coefficients: Arm Optimized Routines (Szabolcs Nagy, Wilco Dijkstra), `logf` and `sincosf`.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

_LOG_OFFSET: Final = 0x3F330000
_LOG_INVERSE: Final = np.array(
    [
        float.fromhex(x)
        for x in [
            "0x1.661ec79f8f3bep+0",
            "0x1.571ed4aaf883dp+0",
            "0x1.49539f0f010bp+0",
            "0x1.3c995b0b80385p+0",
            "0x1.30d190c8864a5p+0",
            "0x1.25e227b0b8eap+0",
            "0x1.1bb4a4a1a343fp+0",
            "0x1.12358f08ae5bap+0",
            "0x1.0953f419900a7p+0",
            "0x1p+0",
            "0x1.e608cfd9a47acp-1",
            "0x1.ca4b31f026aap-1",
            "0x1.b2036576afce6p-1",
            "0x1.9c2d163a1aa2dp-1",
            "0x1.886e6037841edp-1",
            "0x1.767dcf5534862p-1",
        ]
    ]
)
_LOG_CENTER: Final = np.array(
    [
        float.fromhex(x)
        for x in [
            "-0x1.57bf7808caadep-2",
            "-0x1.2bef0a7c06ddbp-2",
            "-0x1.01eae7f513a67p-2",
            "-0x1.b31d8a68224e9p-3",
            "-0x1.6574f0ac07758p-3",
            "-0x1.1aa2bc79c81p-3",
            "-0x1.a4e76ce8c0e5ep-4",
            "-0x1.1973c5a611cccp-4",
            "-0x1.252f438e10c1ep-5",
            "0x0p+0",
            "0x1.aa5aa5df25984p-5",
            "0x1.c5e53aa362eb4p-4",
            "0x1.526e57720db08p-3",
            "0x1.bc2860d22477p-3",
            "0x1.1058bc8a07ee1p-2",
            "0x1.4043057b6ee09p-2",
        ]
    ]
)
_LN2: Final = float.fromhex("0x1.62e42fefa39efp-1")
_LOG_POLYNOMIAL: Final = tuple(
    float.fromhex(x) for x in ["-0x1.00ea348b88334p-2", "0x1.5575b0be00b6ap-2", "-0x1.ffffef20a4123p-2"]
)
_HALF_PI: Final = float.fromhex("0x1.921fb54442d18p+0")
_QUARTERS_SCALED: Final = float.fromhex("0x1.45f306dc9c883p+23")  # 2 / pi * 2^24
_COSINE: Final = tuple(
    float.fromhex(x)
    for x in [
        "0x1p+0",
        "-0x1.ffffffd0c621cp-2",
        "0x1.55553e1068f19p-5",
        "-0x1.6c087e89a359dp-10",
        "0x1.99343027bf8c3p-16",
    ]
)
_SINE: Final = tuple(
    float.fromhex(x) for x in ["-0x1.555545995a603p-3", "0x1.1107605230bc4p-7", "-0x1.994eb3774cf24p-13"]
)
_SMALL: Final = 0.75  # below it no quarter turn is taken away


def log(xp: Any, x: Any) -> Any:
    """Returns the natural logarithm of positive normal float32 numbers."""
    bits = x.view(np.int32)
    shifted = bits - np.int32(_LOG_OFFSET)
    row = (shifted >> np.int32(19)) & np.int32(15)
    exponent = (shifted >> np.int32(23)).astype(np.float64)
    mantissa = (bits - (shifted & np.int32(-0x800000))).view(np.float32).astype(np.float64)
    r = mantissa * xp.asarray(_LOG_INVERSE)[row] - 1.0
    base = xp.asarray(_LOG_CENTER)[row] + exponent * _LN2
    square = r * r
    inner = _LOG_POLYNOMIAL[0] * square + (_LOG_POLYNOMIAL[1] * r + _LOG_POLYNOMIAL[2])
    return (inner * square + (base + r)).astype(np.float32)


def sine_and_cosine(xp: Any, x: Any) -> tuple[Any, Any]:
    """Returns sine and cosine of float32 angles in [0, 120)."""
    angle = x.astype(np.float64)
    scaled = (angle * _QUARTERS_SCALED).astype(np.int32)
    turns = xp.where(x < np.float32(_SMALL), np.int32(0), (scaled + np.int32(0x800000)) >> np.int32(24))
    rest = angle - turns.astype(np.float64) * _HALF_PI
    # The sine of the rest changes its sign with the quadrant, the cosine with the half turn.
    signed = xp.where(((turns & 3) == 1) | ((turns & 3) == 2), -rest, rest)
    square = rest * rest
    cube, fourth = square * signed, square * square
    sine = (signed + cube * _SINE[0]) + cube * square * (_SINE[1] + square * _SINE[2])
    cosine = (
        (_COSINE[0] + square * _COSINE[1]) + fourth * _COSINE[2] + fourth * square * (_COSINE[3] + square * _COSINE[4])
    )
    cosine = xp.where((turns & 2) != 0, -cosine, cosine)
    is_odd = (turns & 1) != 0
    return xp.where(is_odd, cosine, sine).astype(np.float32), xp.where(is_odd, sine, cosine).astype(np.float32)
