"""A design made concrete: every length in W and every colour that the parts draw with.

The standard head and body are those of `STANDARD`: hair, hats and clothes are drawn for them, and
`on_head` and `on_body` move the points to where this character's are.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from vtuber.design import catalogue
from vtuber.design.colour import Colour
from vtuber.design.curves import Points
from vtuber.design.genome import Design
from vtuber.design.palette import SKINS, parse_palette

CHIN, CROWN, NECK, SHOULDER = 1.055, -1.445, 0.29, 1.32  # of the standard head and body, W
NEAR_BLACK = Colour(0.20, 0.03, 290.0)
SEPIA = Colour(0.36, 0.07, 50.0)


@dataclass(frozen=True, slots=True)
class Look:
    """One character as the parts see it. Lengths in W (half a face width), v down from the eyes."""

    design: Design

    skin: Colour
    hair_root: Colour
    hair: Colour
    hair_tip: Colour
    streak: Colour
    eye_left: Colour
    eye_right: Colour
    cloth: Colour
    cloth_second: Colour
    shirt: Colour
    accent: Colour

    chin: float  # eye line to chin
    jaw: float  # half width of the face 0.24 above the chin
    skull: float  # crown of the skull to chin
    eye_width: float
    eye_height: float
    eye_out: float  # centre line to the middle of an eye
    mouth_width: float
    brow_weight: float
    neck: float  # half width
    shoulder: float  # half width
    trunk: float  # heights below the chin, 1 = standard
    line: float  # weight of a silhouette line

    @property
    def mouth(self) -> float:
        """The closed mouth line, at the centre."""
        return self.chin * 0.705

    @property
    def nose(self) -> float:
        return self.chin * 0.43

    @property
    def crown(self) -> float:
        return self.chin - self.skull

    @property
    def skin_pen(self) -> Colour:
        """The line on skin."""
        return self._styled(self.skin.skin_line())

    def pen(self, fill: Colour) -> Colour:
        """Give the colour of a contour around a fill."""
        return self._styled(fill.line())

    def _styled(self, line: Colour) -> Colour:
        match self.design.pen.line:
            case "dark":
                return line.mixed(NEAR_BLACK, 0.75)
            case "sepia":
                return line.mixed(SEPIA, 0.75)
            case "pale":
                return line.light(0.45)
            case _:
                return line

    def rng(self, part: str) -> np.random.Generator:
        """Give the chance of one part: another lock more does not change the rest."""
        return np.random.default_rng([self.design.seed, crc32(part.encode())])

    def on_head(self, points: Points) -> Points:
        """Move points drawn for the standard head to this one."""
        u, v = points[:, 0], points[:, 1]
        above = v * (self.crown / CROWN)
        face = v * (self.chin / CHIN)
        below = self.chin + (v - CHIN) * self.trunk
        return np.column_stack([u, np.where(v < 0, above, np.where(v < CHIN, face, below))])

    def on_body(self, points: Points) -> Points:
        """Move points drawn for the standard body to this one: neck, shoulders and height."""
        u, v = points[:, 0], points[:, 1]
        near = np.clip((2.3 - v) / 0.6, 0.0, 1.0)  # 1 at the neck, 0 from the chest on
        wide = self.shoulder / SHOULDER
        inner = wide + (self.neck / NECK - wide) * near
        out = np.abs(u)
        beyond = np.maximum(out - NECK, 0.0)
        # from the neck's side to the shoulder the two widths meet; past it all moves along
        span = (self.shoulder - inner * NECK) / (SHOULDER - NECK)
        moved = np.minimum(out, NECK) * inner + np.minimum(beyond, SHOULDER - NECK) * span
        moved = moved + np.maximum(out - SHOULDER, 0.0) * wide
        return np.column_stack([np.sign(u) * moved, self.chin + (v - CHIN) * self.trunk])


def see(design: Design) -> Look:
    """Work out a design's lengths and colours.

    Five numbers carry sex and age: eye height, jaw, neck, shoulder, brow weight.
    """
    body, palette = design.body, parse_palette(design.palette)
    man, old, broad = 1.0 - body.presentation, body.age, body.build - 0.4
    chibi = body.proportions == "chibi"
    longer = catalogue.style("face_shape", design.face.shape).SHAPE.length
    chin = 1.055 + 0.055 * man + 0.07 * (old - 0.35) - 0.085 * chibi + longer
    tall = 1.0 + 0.10 * chibi
    size = design.eyes.size
    colours = {
        "skin": SKINS[design.face.skin],
        "eye_left": palette.eye,
        "eye_right": palette.eye,
        **{
            name: getattr(palette, name)
            for name in ("hair_root", "hair", "hair_tip", "streak", "cloth", "cloth_second",
                         "shirt", "accent")
        },
    }  # fmt: skip
    shine = design.hair.gradient
    plain = palette.hair.light(0.12)
    colours["hair_tip"] = plain.mixed(palette.hair_tip, shine) if shine else plain
    colours |= {name: c for name in colours if (c := design.colour(name)) is not None}
    return Look(
        design=design,
        **colours,
        chin=chin,
        jaw=0.478 + 0.075 * man + 0.03 * broad + 0.03 * chibi,
        skull=1.445 + chin + 0.05 * man,
        eye_width=(0.555 - 0.055 * man - 0.02 * (old - 0.35)) * size * tall**0.6,
        eye_height=(0.525 - 0.155 * man - 0.10 * (old - 0.35)) * size * tall,
        eye_out=0.455 - 0.015 * man + 0.010 * chibi,
        mouth_width=0.365 + 0.035 * man,
        brow_weight=0.050 + 0.022 * man,
        neck=(0.285 + 0.135 * man + 0.10 * broad) * (0.86 if chibi else 1.0),
        shoulder=(1.29 + 0.30 * man + 0.30 * broad) * (0.72 if chibi else 1.0),
        trunk=0.66 if chibi else 1.0,
        line=0.020 * design.pen.weight,
    )
