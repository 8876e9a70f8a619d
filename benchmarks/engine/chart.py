"""Draws curves over the size of the graph as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 320, 60, 30, 150, 40
_COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#e08214")


def chart(title: str, sizes: Sequence[int], curves: dict[str, list[float]]) -> str:
    """Returns curves of microseconds a node over the number of nodes, both axes logarithmic, as an SVG document."""
    values = [v for curve in curves.values() for v in curve]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    span = math.log10(sizes[-1] / sizes[0])

    def x(size: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * math.log10(size / sizes[0]) / span

    def y(value: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (high - math.log10(value)) / (high - low)

    parts = [f'<text x="{_LEFT}" y="18" font-weight="bold">{escape(title)}</text>']
    for size in sizes:
        parts.append(f'<text x="{x(size):.1f}" y="{_HEIGHT - 18}" text-anchor="middle">{size:,}</text>')
    for power in range(low, high + 1):
        height = y(10**power)
        parts.append(f'<path d="M{_LEFT} {height:.1f}H{_WIDTH - _RIGHT}" stroke="#ccc"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{height + 4:.1f}" text-anchor="end">{10.0**power:g} µs</text>')
    below = _HEIGHT + 0.0
    for (name, curve), colour in zip(sorted(curves.items(), key=lambda item: item[1][-1]), _COLOURS, strict=False):
        line = "L".join(f"{x(size):.1f} {y(value):.1f}" for size, value in zip(sizes, curve, strict=True))
        parts.append(f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        below = min(y(curve[-1]) + 4, below - 14)
        parts.append(f'<text x="{_WIDTH - _RIGHT + 8}" y="{below:.1f}" fill="{colour}">{escape(name)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>\n'
    )
