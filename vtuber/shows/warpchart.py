"""Draws an evaluation of the warping network: its numbers in, a picture of bars out.

Left, how far each method is from the exact rig; right, the network role by role beside the guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log10
from pathlib import Path
from typing import Any

from vtuber.warp.evaluate import METHODS

_SIZE_PX = (1280, 760)
_NAMES = {
    "network": "network, [rig] given",
    "network_no_rig": "network, without [rig]",
    "guess": "guess: the rig by medians",
    "linear": "blendshapes fitted to each",
    "quadratic": "... and products of turns",
    "mls": "moving least squares",
    "still": "no motion",
}
_COLOURS = {"network": (30, 110, 200), "network_no_rig": (220, 110, 30), "guess": (120, 120, 130)}
_OTHER, _PALE, _INK, _GRID = (150, 150, 160), 0.55, (50, 50, 60), (228, 228, 232)
_TICKS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)


Row = tuple[str, list[tuple[float, tuple[int, ...]]]]  # name; lengths and colours of its bars


def draw_chart(numbers: Mapping[str, Any], path: Path) -> None:
    """Draw what `warpeval.evaluate` gave into a PNG."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", _SIZE_PX, "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(16)
    errors = numbers["vertex_px_512"]
    methods = [name for name in METHODS if name in errors]
    left: list[Row] = [
        (_NAMES[name], [(errors[name]["mean"], _colour(name)), (errors[name]["p99"], _pale(name))])
        for name in methods
    ]
    roles = numbers["by_role_px_512"]
    ours = [name for name in methods if name in _COLOURS]
    right: list[Row] = [
        (role, [(roles[name].get(role, 0.0), _colour(name)) for name in ours])
        for role in roles[ours[0]]
    ]
    said = "error in px of 512, log scale: mean, and pale the 99th of 100"
    _bars(pen, font, (20, 20, 620, 740), "all characters, all controls", said, left)
    said = f"mean error by role: {', '.join(name.replace('_', ' ') for name in ours)}"
    _bars(pen, font, (660, 20, 1260, 740), "by role", said, right)
    image.save(path)


def _colour(name: str) -> tuple[int, int, int]:
    return _COLOURS.get(name, _OTHER)


def _pale(name: str) -> tuple[int, ...]:
    return tuple(round(c + (255 - c) * _PALE) for c in _colour(name))


def _bars(
    pen: Any,
    font: Any,
    box: tuple[int, int, int, int],
    title: str,
    said: str,
    rows: list[Row],
) -> None:
    """Draw rows of bars side by side on one logarithmic axis."""
    left, top, right, bottom = box
    right -= 50  # for the figures
    axis, first, last = left + 200, top + 60, bottom - 40
    values = [value for _, bars in rows for value, _ in bars if value > 0]
    low, high = log10(max(min(values) * 0.7, 0.02)), log10(max(values) * 1.1)

    def x(value: float) -> float:
        return axis + (right - axis) * max(log10(max(value, 1e-9)) - low, 0.0) / (high - low)

    pen.text((left, top), title, _INK, font)
    pen.text((left, top + 24), said, (120, 120, 130), font)
    for tick in _TICKS:
        if low <= log10(tick) <= high:
            pen.line([(x(tick), first), (x(tick), last)], _GRID)
            pen.text((x(tick), last + 8), f"{tick:g}", (120, 120, 130), font, anchor="ma")
    height = (last - first) / len(rows)
    for i, (name, bars) in enumerate(rows):
        y = first + i * height
        small = font.font_variant(size=min(16, max(round(height * 0.8), 9)))
        pen.text((axis - 10, y + height / 2), name, _INK, small, anchor="rm")
        each = height * 0.8 / len(bars)
        for k, (value, colour) in enumerate(bars):
            begin = y + height * 0.1 + k * each
            pen.rectangle([(axis, begin), (x(value), begin + each - 1)], colour)
            if height > 40:
                pen.text((x(value) + 6, begin + each / 2), f"{value:.2f}", _INK, small, anchor="lm")
