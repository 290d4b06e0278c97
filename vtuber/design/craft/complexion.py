"""What keeps a face readable on its skin: inks far enough from it, light on dark skin. Pure.

On skin below half lightness a darker line is lost at the size of a stream's corner: there the
light side carries the form (bridge of the nose, lower lip), as paint on a dark ground does.
"""

from __future__ import annotations

from vtuber.design.colour import Colour
from vtuber.design.look import Look

APART = 0.24  # OKLCH lightness at least between a brow and the skin


def darkness(look: Look) -> float:
    """Say how much a skin needs its light side: 0 from bronze up, 1 from umber down."""
    return min(max((0.70 - look.skin.lightness) / 0.18, 0.0), 1.0)


def glow(look: Look, amount: float = 1.0) -> Colour:
    """Give the skin in light: warm on dark skin, where half way to white would be chalk."""
    skin, dark = look.skin, darkness(look)
    lit = Colour(skin.lightness + 0.17 * amount, skin.chroma * 1.15, skin.hue_deg + 6.0)
    return skin.light(1.5 * amount).mixed(lit, dark)


def mouth_ink(look: Look) -> Colour:
    """Give the line of the mouth: darker than any skin, wine on skin without red blood."""
    line, skin = look.skin_pen, look.skin
    lightness = line.lightness + (min(0.36, skin.lightness * 0.42) - line.lightness) * 0.7
    is_cool = 100.0 < skin.hue_deg < 330.0
    # mixed by hue, green on its way to red would pass through mustard
    hue = 350.0 if is_cool else line.mixed(Colour(0.0, 0.0, 15.0), 0.7).hue_deg
    return Colour(lightness - 0.04 * darkness(look), 0.092, hue)


def lip(look: Look) -> Colour:
    """Give the lower lip: rosier, on dark skin a step lighter, on fair skin one darker."""
    skin, dark = look.skin, darkness(look)
    return Colour(skin.lightness - 0.11 + 0.215 * dark, skin.chroma + 0.048, 24.0)


def brow_ink(look: Look) -> Colour:
    """Give the colour of brows: the hair's, dark enough for the skin; pale hair on dark skin pale.

    At least `APART` lies between a brow and the skin, on either side.
    """
    root, skin = look.hair_root, look.skin.lightness
    if root.lightness > skin + 0.12 and darkness(look) > 0.0:
        lightness = max(root.lightness * 0.92, skin + APART)
        return Colour(min(lightness, 0.90), min(root.chroma, 0.09), root.hue_deg)
    lightness = min(max(root.lightness * 0.56, 0.20), skin * 0.62, max(skin - APART - 0.03, 0.13))
    # a dark yellow is olive: blond brows are brown
    yellow = max(1.0 - abs(root.hue_deg - 90.0) / 45.0, 0.0)
    brown = root.hue_deg - 45.0 * yellow
    return Colour(lightness, min(root.chroma * 0.9 + 0.02, 0.10), brown)
