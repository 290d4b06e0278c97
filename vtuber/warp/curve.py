"""Draws a training's curve: `curve.csv` in, a picture out. Errors are px of 512, on a log scale."""

from __future__ import annotations

import csv
from math import log10
from pathlib import Path

_SIZE_PX = (960, 540)
_EDGE_PX = (70, 80, 40, 60)  # left, top, right, bottom
_LINES = {  # column: name, colour
    "mean": ("mean, [rig] given", (30, 110, 200)),
    "p99": ("p99, [rig] given", (150, 190, 235)),
    "mean_no_rig": ("mean, without [rig]", (220, 110, 30)),
    "p99_no_rig": ("p99, without [rig]", (245, 195, 150)),
}
_TICKS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


def draw(source: Path, goal: Path) -> None:
    """Draw the held-out errors of a training over its steps."""
    from PIL import Image, ImageDraw, ImageFont

    with source.open(encoding="utf-8") as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    image = Image.new("RGB", _SIZE_PX, "white")
    canvas, font = ImageDraw.Draw(image), ImageFont.load_default(16)
    left, top = _EDGE_PX[:2]
    right, bottom = (size - edge for size, edge in zip(_SIZE_PX, _EDGE_PX[2:], strict=True))
    values = [row[name] for row in rows for name in _LINES]
    low, high = log10(min(values) * 0.9), log10(max(values) * 1.1)
    last = max(row["step"] for row in rows)

    def at(step: float, px: float) -> tuple[float, float]:
        up = (log10(px) - low) / (high - low)
        return left + (right - left) * step / last, bottom - (bottom - top) * up

    for tick in _TICKS:
        if low <= log10(tick) <= high:
            y = at(0, tick)[1]
            canvas.line([(left, y), (right, y)], (225, 225, 225))
            canvas.text((left - 10, y), f"{tick:g}", (90, 90, 90), font, anchor="rm")
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = left + (right - left) * share
        canvas.text((x, bottom + 8), f"{share * last:,.0f}", (90, 90, 90), font, anchor="ma")
    canvas.text(
        ((left + right) / 2, bottom + 32), "steps; error in px of 512 on held-out characters",
        (90, 90, 90), font, anchor="ma",
    )  # fmt: skip
    for number, (name, (called, colour)) in enumerate(_LINES.items()):
        canvas.line([at(row["step"], row[name]) for row in rows], colour, 3)
        x, y = left + 220 * (number // 2), 24 + 24 * (number % 2)  # beside the lines, not over them
        canvas.line([(x, y), (x + 30, y)], colour, 4)
        canvas.text((x + 40, y), called, (40, 40, 40), font, anchor="lm")
    image.save(goal)
