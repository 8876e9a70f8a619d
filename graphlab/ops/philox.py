"""Random bits as TensorFlow draws them: Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011)."""

from __future__ import annotations

from typing import Any, Final

_ROUNDS: Final = 10
_MULTIPLIERS: Final = (0xD2511F53, 0xCD9E8D57)
_WEYL: Final = (0x9E3779B9, 0xBB67AE85)
_MASK: Final = 0xFFFFFFFF


def blocks(xp: Any, seed: int, seed2: int, start: Any) -> Any:
    """Returns 128-bit blocks of the stream of a seed pair.

    Args:
        xp: the array namespace.
        seed: the first seed, the key of the cipher.
        seed2: the second seed, the upper half of the counter.
        start: uint64 positions of the blocks, shape `[n]`.

    Returns:
        uint32 words, shape `[n, 4]`.
    """
    u64 = xp.uint64
    low = u64(_MASK)
    shift = u64(32)
    counter = [
        start & low,
        start >> shift,
        xp.full_like(start, seed2 & _MASK),
        xp.full_like(start, (seed2 >> 32) & _MASK),
    ]
    key = [seed & _MASK, (seed >> 32) & _MASK]
    for _ in range(_ROUNDS):
        first = counter[0] * u64(_MULTIPLIERS[0])
        second = counter[2] * u64(_MULTIPLIERS[1])
        counter = [
            (second >> shift) ^ counter[1] ^ u64(key[0]),
            second & low,
            (first >> shift) ^ counter[3] ^ u64(key[1]),
            first & low,
        ]
        key = [(key[0] + _WEYL[0]) & _MASK, (key[1] + _WEYL[1]) & _MASK]
    return xp.stack(counter, axis=-1).astype(xp.uint32)
