"""Colours in OKLCH and the rules that derive shade, light and line from a fill.

OKLab and its sRGB matrices: Björn Ottosson, "A perceptual color space for image processing"
(2020). Imports nothing of ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

VIOLET = 285.0
RED = 20.0
BLUE = 235.0
YELLOW = 95.0


@dataclass(frozen=True, slots=True)
class Colour:
    """Lightness 0..1, chroma 0..0.37, hue in degrees."""

    lightness: float
    chroma: float
    hue_deg: float

    def shade(self, amount: float = 1.0) -> Colour:
        """Give the fill in shadow: darker, a little stronger, towards violet."""
        return Colour(
            self.lightness * (1.0 - 0.17 * amount),
            # strong colours stay as strong: a stronger shadow of red glows like neon
            self.chroma
            + max(0.0, 0.008 + 0.12 * self.chroma - 0.25 * max(self.chroma - 0.1, 0.0)) * amount,
            _turned(self.hue_deg, VIOLET, 0.14 * amount),
        )

    def light(self, amount: float = 1.0) -> Colour:
        """Give the fill in light: half way to white, paler, towards yellow."""
        return Colour(
            self.lightness + (1.0 - self.lightness) * 0.5 * amount,
            self.chroma * (1.0 - 0.35 * amount),
            _turned(self.hue_deg, YELLOW, 0.08 * amount),
        )

    def line(self) -> Colour:
        """Give the colour of a contour around this fill: never black."""
        return Colour(
            max(self.lightness * 0.42, 0.22),
            min(self.chroma * 1.1 + 0.02, 0.10),
            _turned(self.hue_deg, VIOLET, 0.25),
        )

    def skin_shade(self) -> Colour:
        """Give skin in shadow: redder, never grey; dark skin less so, or it glows."""
        red = min(max((self.lightness - 0.35) / 0.45, 0.25), 1.0)
        # green on its way to red would be mustard: it goes to blue
        is_green = 100.0 < self.hue_deg < 210.0
        goal = BLUE if is_green else RED
        return Colour(
            self.lightness - 0.085,
            self.chroma + (0.012 if is_green else 0.033 * red),
            _turned(self.hue_deg, goal, 0.25 + 0.25 * red),
        )

    def skin_line(self) -> Colour:
        if 100.0 < self.hue_deg < 330.0:  # nobody's blood is under such skin
            return Colour(self.lightness * 0.5, 0.075, _turned(self.hue_deg, VIOLET, 0.25))
        return Colour(self.lightness * 0.5, 0.075, 28.0)

    def pale_shade(self) -> Colour:
        """Give the shadow of cloth: on pale cloth a tint of lilac, where `shade` is drab."""
        paleness = min(max((self.lightness - 0.65) / 0.25, 0.0), 1.0)
        return self.shade(1.0 - 0.45 * paleness).mixed(Colour(0.86, 0.026, 300.0), 0.8 * paleness)

    def mixed(self, other: Colour, amount: float) -> Colour:
        """Blend towards another colour, the short way round the hues."""
        return Colour(
            self.lightness + (other.lightness - self.lightness) * amount,
            self.chroma + (other.chroma - self.chroma) * amount,
            _turned(self.hue_deg, other.hue_deg, amount),
        )

    def clear_mix(self, other: Colour, amount: float) -> Colour:
        """Blend as `mixed`, but through no mustard: on a way through yellow it pales in between."""
        mixed, between = self.mixed(other, amount), 4 * amount * (1 - amount)
        way = (self.mixed(other, k).hue_deg for k in (0.25, 0.5, 0.75))
        pale = between * max(max(0.0, 1 - abs(hue - 108.0) / 40) for hue in way)
        return Colour(
            mixed.lightness + max(0.92 - mixed.lightness, 0.0) * 0.8 * pale,
            mixed.chroma * (1 - 0.55 * pale),
            mixed.hue_deg,
        )

    def hue_gap(self, other: Colour) -> float:
        """Say how many degrees two hues lie apart; a grey has none."""
        if min(self.chroma, other.chroma) < 0.035:
            return 0.0
        return abs((other.hue_deg - self.hue_deg + 180.0) % 360.0 - 180.0)

    def argb(self, alpha: float = 1.0) -> int:
        """Give 0xAARRGGBB in sRGB; chroma shrinks until the colour exists there."""
        return round(255 * min(max(alpha, 0.0), 1.0)) << 24 | _rgb(self)


@lru_cache(4096)
def _rgb(colour: Colour) -> int:
    low, high = 0.0, 1.0
    rgb = _linear_rgb(colour)
    if not _in_gamut(rgb):
        for _ in range(16):
            middle = (low + high) / 2
            inside = _in_gamut(_linear_rgb(replace(colour, chroma=colour.chroma * middle)))
            low, high = (middle, high) if inside else (low, middle)
        rgb = _linear_rgb(replace(colour, chroma=colour.chroma * low))
    red, green, blue = (round(255 * _encoded(value)) for value in rgb)
    return red << 16 | green << 8 | blue


def parse_colour(text: str) -> Colour:
    """Read "#rrggbb" or "lightness chroma hue". Raises ValueError that says what is meant.

    >>> parse_colour("0.6 0.1 250")
    Colour(lightness=0.6, chroma=0.1, hue_deg=250.0)
    """
    try:
        if text.startswith("#") and len(text) == 7:
            value = int(text[1:], 16)
            return _of_rgb(*((value >> shift & 255) / 255 for shift in (16, 8, 0)))
        lightness, chroma, hue = map(float, text.split())
    except ValueError:
        lightness = chroma = hue = -1.0
    if not (0 <= lightness <= 1 and 0 <= chroma <= 0.4 and 0 <= hue <= 360):
        raise ValueError(
            f'cannot read the colour {text!r}; write "#rrggbb", or lightness (0 to 1), chroma '
            '(0 to 0.4) and hue (0 to 360) as in "0.6 0.1 250"'
        )
    return Colour(lightness, chroma, hue)


def _of_rgb(red: float, green: float, blue: float) -> Colour:
    r, g, b = (
        x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in (red, green, blue)
    )
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Colour(min(lightness, 1.0), math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def _turned(hue: float, goal: float, amount: float) -> float:
    return (hue + ((goal - hue + 180.0) % 360.0 - 180.0) * amount) % 360.0


def _linear_rgb(colour: Colour) -> tuple[float, float, float]:
    a = colour.chroma * math.cos(math.radians(colour.hue_deg))
    b = colour.chroma * math.sin(math.radians(colour.hue_deg))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _in_gamut(rgb: tuple[float, float, float]) -> bool:
    return all(-1e-4 <= value <= 1.0 + 1e-4 for value in rgb)


def _encoded(linear: float) -> float:
    value = min(max(linear, 0.0), 1.0)
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
