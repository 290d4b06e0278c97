"""Palettes: a hair colour, a rule of harmony and a cloth; all other colours follow from these.

A palette is a name of `PALETTES`, or three words: hue of the hair in degrees, rule, cloth
("205 triad navy"). Rules are those of the colour wheel, here in OKLCH, where equal steps look
equal. Cloth is curated: free hues gave mud browns and acid yellows.
"""

from __future__ import annotations

from dataclasses import dataclass

from vtuber.design.colour import Colour

# rule: how far from the hair's hue lie the eyes, the tips and the accent, in degrees
HARMONIES: dict[str, tuple[float, float, float]] = {
    "complement": (180.0, 32.0, 180.0),
    "split": (150.0, -30.0, 210.0),
    "triad": (120.0, 40.0, 240.0),
    "square": (90.0, 30.0, 270.0),
    "analogous": (40.0, 55.0, -38.0),
    "mono": (8.0, 12.0, 150.0),
}

# cloth, second cloth, what is worn beneath
CLOTHS: dict[str, tuple[Colour, Colour, Colour]] = {
    "navy": (Colour(0.36, 0.070, 265.0), Colour(0.95, 0.012, 85.0), Colour(0.93, 0.015, 250.0)),
    "white": (Colour(0.965, 0.010, 85.0), Colour(0.40, 0.070, 268.0), Colour(0.62, 0.080, 230.0)),
    "charcoal": (Colour(0.33, 0.015, 280.0), Colour(0.66, 0.045, 288.0), Colour(0.95, 0.008, 85.0)),
    "cream": (Colour(0.935, 0.030, 85.0), Colour(0.52, 0.075, 38.0), Colour(0.76, 0.075, 30.0)),
    "wine": (Colour(0.40, 0.110, 12.0), Colour(0.93, 0.022, 70.0), Colour(0.96, 0.010, 60.0)),
    "forest": (Colour(0.40, 0.060, 160.0), Colour(0.92, 0.035, 95.0), Colour(0.95, 0.020, 100.0)),
    "black": (Colour(0.285, 0.020, 288.0), Colour(0.55, 0.150, 15.0), Colour(0.40, 0.020, 290.0)),
    "rose": (Colour(0.80, 0.080, 5.0), Colour(0.97, 0.012, 40.0), Colour(0.98, 0.008, 60.0)),
    "sky": (Colour(0.80, 0.070, 235.0), Colour(0.97, 0.010, 240.0), Colour(0.98, 0.006, 240.0)),
    "lilac": (Colour(0.76, 0.075, 300.0), Colour(0.96, 0.015, 300.0), Colour(0.98, 0.008, 300.0)),
    "mustard": (Colour(0.77, 0.120, 82.0), Colour(0.36, 0.050, 40.0), Colour(0.96, 0.015, 85.0)),
    "teal": (Colour(0.50, 0.080, 200.0), Colour(0.95, 0.012, 180.0), Colour(0.96, 0.012, 190.0)),
    "brown": (Colour(0.43, 0.055, 50.0), Colour(0.90, 0.035, 80.0), Colour(0.95, 0.020, 80.0)),
    "red": (Colour(0.55, 0.180, 27.0), Colour(0.96, 0.010, 80.0), Colour(0.30, 0.015, 280.0)),
}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one character, before a design's own are laid over them."""

    hair: Colour
    hair_root: Colour
    hair_tip: Colour
    streak: Colour
    eye: Colour
    cloth: Colour
    cloth_second: Colour
    shirt: Colour
    accent: Colour


def vivid(hue_deg: float, lightness: float) -> Colour:
    """Give a strong colour of a hue; no olive: hues between yellow and green part to either side.

    >>> vivid(105.0, 0.7).hue_deg
    95.0
    """
    hue = hue_deg % 360
    if 95.0 < hue < 138.0:
        hue = 95.0 if hue < 116.0 else 138.0
    yellowness = max(0.0, 1 - abs(hue - 95.0) / 35)  # yellow is only yellow when light
    return Colour(lightness + (0.86 - lightness) * yellowness, 0.150, hue)


def deep(hue_deg: float, lightness: float, chroma: float) -> Colour:
    """Give a darker colour of a hue; a dark yellow would be olive: rust takes its place.

    >>> deep(90.0, 0.5, 0.1).hue_deg
    40.0
    """
    hue = hue_deg % 360
    return Colour(lightness, chroma, 40.0 if 55.0 < hue < 120.0 else hue)


def harmonious(hair: Colour, rule: str, cloth: str) -> Palette:
    """Derive a palette from the hair by a rule of `HARMONIES` and a cloth of `CLOTHS`."""
    to_eye, to_tip, to_accent = HARMONIES[rule]
    # hair without colour of its own (black, white, grey) gives the wheel no start: blue does
    base = hair.hue_deg
    eye, accent = vivid(base + to_eye, 0.65), vivid(base + to_accent, 0.73)
    blond = max(0.0, 1 - abs(base - 92.0) / 30) * min(hair.chroma / 0.07, 1.0)
    tip_hue = (base + to_tip) % 360
    if blond and 100.0 < tip_hue < 160.0:  # yellow that fades to green looks ill; to peach, well
        tip_hue = 28.0
    tip = Colour(min(hair.lightness * 0.6 + 0.42, 0.88), max(hair.chroma, 0.09), tip_hue)
    main, second, shirt = CLOTHS[cloth]
    return Palette(
        hair=hair,
        hair_root=Colour(
            # a dark yellow is olive: blond hair stays light at its roots and turns to orange
            hair.lightness * (0.84 + 0.06 * blond),
            hair.chroma * 0.95,
            (base + (12 if base > 180 else -12 - 12 * blond)) % 360,
        ),
        hair_tip=tip,
        streak=_streak(hair, to_tip, accent),
        eye=eye,
        cloth=main,
        cloth_second=second,
        shirt=shirt,
        accent=accent,
    )


def _streak(hair: Colour, to_tip: float, accent: Colour) -> Colour:
    """Give the dye of single locks: beyond the tips on the wheel, and apart in lightness."""
    if hair.chroma < 0.035:  # any colour goes with grey
        return accent
    on = max(-64.0, min(1.9 * to_tip, 64.0))
    way = [(hair.hue_deg + k * on) % 360 for k in (0.5, 1.0)]
    if any(84.0 < hue < 156.0 for hue in way):  # through mustard: the other way round
        on = -on
    hue = (hair.hue_deg + on) % 360
    is_pale = hair.lightness > 0.70
    lightness = hair.lightness - 0.10 if is_pale else min(hair.lightness + 0.22, 0.82)
    return Colour(lightness, 0.15 if is_pale else max(hair.chroma, 0.12), hue)


# hair, rule, cloth
PALETTES: dict[str, tuple[Colour, str, str]] = {
    "lagoon": (Colour(0.60, 0.115, 258.0), "split", "white"),
    "sunset": (Colour(0.68, 0.150, 42.0), "split", "wine"),
    "sakura": (Colour(0.80, 0.095, 2.0), "triad", "white"),
    "midnight": (Colour(0.34, 0.060, 275.0), "complement", "lilac"),
    "forest": (Colour(0.52, 0.085, 150.0), "square", "cream"),
    "mint": (Colour(0.83, 0.085, 168.0), "triad", "white"),
    "lavender": (Colour(0.74, 0.095, 300.0), "analogous", "navy"),
    "ember": (Colour(0.55, 0.175, 28.0), "complement", "black"),
    "snow": (Colour(0.93, 0.014, 260.0), "mono", "sky"),
    "ink": (Colour(0.29, 0.022, 285.0), "complement", "wine"),
    "honey": (Colour(0.82, 0.105, 82.0), "complement", "navy"),
    "copper": (Colour(0.60, 0.120, 50.0), "triad", "forest"),
    "ocean": (Colour(0.52, 0.095, 230.0), "analogous", "navy"),
    "coral": (Colour(0.74, 0.130, 28.0), "triad", "teal"),
    "storm": (Colour(0.62, 0.028, 265.0), "split", "charcoal"),
    "moss": (Colour(0.64, 0.095, 134.0), "split", "cream"),
    "bubblegum": (Colour(0.76, 0.140, 350.0), "square", "sky"),
    "silver": (Colour(0.82, 0.012, 275.0), "complement", "navy"),
    "chestnut": (Colour(0.42, 0.070, 45.0), "square", "cream"),
    "mocha": (Colour(0.36, 0.045, 50.0), "mono", "teal"),
    "blonde": (Colour(0.88, 0.075, 88.0), "complement", "white"),
    "plum": (Colour(0.42, 0.110, 325.0), "triad", "charcoal"),
    "lemon": (Colour(0.90, 0.105, 100.0), "square", "teal"),
    "berry": (Colour(0.50, 0.150, 355.0), "split", "rose"),
}

SKINS: dict[str, Colour] = {
    "porcelain": Colour(0.962, 0.018, 45.0),
    "fair": Colour(0.945, 0.034, 62.0),
    "light": Colour(0.915, 0.046, 58.0),
    "beige": Colour(0.875, 0.056, 62.0),
    "tan": Colour(0.815, 0.070, 60.0),
    "olive": Colour(0.800, 0.070, 67.0),
    "bronze": Colour(0.715, 0.080, 56.0),
    "brown": Colour(0.615, 0.076, 52.0),
    "umber": Colour(0.525, 0.074, 47.0),
    "ebony": Colour(0.445, 0.064, 42.0),
    "lilac": Colour(0.840, 0.055, 305.0),
    "mint": Colour(0.870, 0.060, 160.0),
    "azure": Colour(0.800, 0.070, 235.0),
    "ash": Colour(0.860, 0.020, 300.0),
    "rust": Colour(0.640, 0.125, 32.0),
}


def parse_palette(text: str) -> Palette:
    """Read a palette: a name, or "HUE RULE CLOTH". Raises ValueError that says what is wrong.

    >>> parse_palette("205 triad navy").hair.hue_deg
    205.0
    """
    if text in PALETTES:
        return harmonious(*PALETTES[text])
    words = text.split()
    if len(words) != 3:
        raise ValueError(
            f"no palette called {text!r}; choose one of: {', '.join(PALETTES)}; or write a hue of "
            'the hair in degrees, a rule and a cloth, as in "205 triad navy"'
        )
    hue, rule, cloth = words
    try:
        hue_deg = float(hue)
    except ValueError:
        hue_deg = -1.0
    if not 0.0 <= hue_deg <= 360.0:
        raise ValueError(f"the hue {hue!r} is a number from 0 to 360")
    if rule not in HARMONIES:
        raise ValueError(f"no rule called {rule!r}; choose one of: {', '.join(HARMONIES)}")
    if cloth not in CLOTHS:
        raise ValueError(f"no cloth called {cloth!r}; choose one of: {', '.join(CLOTHS)}")
    # yellow is only yellow when light, blue only strong when dark
    lightness = 0.64 + 0.16 * max(0.0, 1 - abs((hue_deg - 100 + 180) % 360 - 180) / 90)
    return harmonious(Colour(lightness, 0.115, hue_deg), rule, cloth)
