"""The mouth and the jaw.

Art: the lips are lines on the closed mouth; cavity, teeth and tongue are drawn at the size of a
well-opened mouth that hangs from that line. The rig folds them up to the line at rest, where they
show nothing, and lets them down as the mouth opens; the lower lip follows the cavity's lower edge,
and the chin goes down with it, else a wide mouth would cross the jaw.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from vtuber.warp.controls import smoothstep
from vtuber.warp.measure import Curve, Fields, Measured, field, rise

LIPS = ("lip_upper", "lip_lower")
INSIDE = ("mouth_cavity", "tongue", "teeth")


class Mouth:
    def __init__(self, measured: Measured) -> None:
        self._m = m = measured
        left, right = m.marks["mouth_left"], m.marks["mouth_right"]
        self.centre = (left[0] + right[0]) / 2
        self.half = max((left[0] - right[0]) / 2, 0.03)
        middle = (m.marks["mouth_top"][1] + m.marks["mouth_bottom"][1]) / 2
        level = (left[1] + right[1]) / 2
        across = np.linspace(-1, 1, 9)
        drawn = Curve(self.centre + across * self.half, middle + (level - middle) * across**2)
        self.line = m.curves.lips or drawn
        self.floor = m.curves.floor or Curve(drawn.u, drawn.v + 0.2 * (1 - across**2))

    def fields(self) -> Fields:
        m = self._m
        t = (m.u - self.centre) / self.half  # -1 right corner .. 1 left corner
        corner = np.clip(t, -1.3, 1.3) ** 2
        # a smile turns up late: a parabola lifted at its ends is a V
        late = 0.35 * corner + 0.65 * np.clip(np.abs(t), 0.0, 1.2) ** 3.5
        window = np.maximum(1 - corner, 0.0)
        all_of_it, smile = m.of(*LIPS, *INSIDE), m.style.smile
        left, right = (np.where(side, corner, 0.0) for side in (t > 0, t < 0))
        up_left, up_right = (np.where(side, late, 0.0) for side in (t > 0, t < 0))
        return {
            **self._opening_fields(t),
            **self._skin_fields(),
            "mouth_width": field(all_of_it, m.u - self.centre, 0.0),
            "mouth_smile_left": field(all_of_it, 0.030 * smile * left, -0.060 * smile * up_left),
            "mouth_smile_right": field(
                all_of_it, -0.030 * smile * right, -0.060 * smile * up_right
            ),
            "mouth_smile_dip": field(all_of_it, 0.0, 0.016 * smile * window**0.6),
            "mouth_frown_left": field(all_of_it, 0.0, 0.085 * left - 0.01 * window),
            "mouth_frown_right": field(all_of_it, 0.0, 0.085 * right - 0.01 * window),
            "mouth_flat": field(all_of_it, 0.0, 0.032 * corner),
            "mouth_x": field(all_of_it, 0.12, -0.018 * t),
        }

    def _opening_fields(self, t: np.ndarray) -> Fields:
        """Fields of the opening, for which the art's own depth is the measure."""
        m = self._m
        line = self.line(m.u)
        depth = np.maximum(self.floor(m.u) - line, 0.0)
        # past the ends of the cavity there is no opening, whatever the curves extrapolate
        depth = depth * ((m.u > self.floor.u[0]) & (m.u < self.floor.u[-1]))
        hang = m.v - line
        down = np.clip(hang / np.maximum(depth, 1e-3), 0.0, 1.0)
        window = np.maximum(1 - t**2, 0.0)
        cavity, lower = m.of("mouth_cavity"), m.of("lip_lower")
        top = m.of("lip_upper") | cavity | m.of("teeth")
        lift = np.where(cavity, 1 - down, 1.0)
        # not `down`, which jumps from column to column where the opening ends
        low = np.clip(np.where(lower, depth, hang) / max(depth.max(initial=0.0), 1e-3), 0.0, 1.0)
        low *= 1 - 0.8 * np.clip(t, -1.0, 1.0) ** 2  # or a narrow mouth turns over at its corners
        cat = 0.045 * np.sin(np.pi * np.minimum(np.abs(t), 1.0))  # two bows that meet in the middle
        deep = np.minimum(cat, 0.25 * depth)  # where there is no more room, both lips take them
        drop = np.where(cavity, down, 1.0)
        return {
            "fold": field(cavity | m.of("tongue"), 0.0, -hang),
            "fold_teeth": field(m.of("teeth"), 0.0, -hang),
            "open_lip": field(lower, 0.0, depth),
            "lip_up": field(top, 0.0, -0.035 * window * lift),
            "lip_down": field(cavity | lower | m.of("tongue"), 0.0, 0.03 * window * drop),
            "tongue_out": field(
                m.of("tongue"), 0.0, -0.05
            ),  # it fills the mouth: the art ends there
            # a drawn smile becomes an O: its ends sink, its middle rises, its floor widens
            "mouth_round": field(
                top | lower | m.of("tongue"),
                0.26 * (m.u - self.centre) * np.where(top & ~cavity, 0.0, low),
                0.045 * np.clip(t, -1.3, 1.3) ** 2
                - np.where(top, 0.055 * window**0.75 * lift, 0.0),
            ),
            "mouth_cat": field(
                top | lower,
                0.0,
                np.where(lower, cat - deep, cat) - np.where(cavity, deep * down, 0.0),
            ),
            "mouth_cat_lower": field(lower | cavity, 0.0, deep * drop),
            "mouth_cat_corners": field(top | lower, 0.0, -0.025 * np.clip(t, -1.3, 1.3) ** 2),
        }

    def _skin_fields(self) -> Fields:
        """Fields of the face itself: the chin that drops, the cheeks that swell."""
        m = self._m
        face = m.of("face", "hair_shadow", "blush", "shade")
        mouth, chin = self.line(np.array(self.centre)), m.marks["chin"][1]
        # linear below the mouth, so that the jaw's line keeps its curve; eased in above it
        below = np.maximum(m.v - (mouth - 0.12), 0.0) / max(chin - mouth + 0.12, 0.1)
        jaw = np.clip(below**1.5, 0.0, 1.15)
        swell = np.exp(-(((np.abs(m.u) - 0.75) / 0.35) ** 2) - ((m.v - 0.60) / 0.32) ** 2)
        return {
            "jaw": field(face, 0.0, m.style.chin_drop * jaw * rise(np.abs(m.u), 1.25, 0.75)),
            "jaw_x": field(face, 0.03 * jaw, 0.0),
            "cheek_puff": field(face, 0.06 * np.sign(m.u) * swell, 0.0),
        }

    def coefficients(self, c: Mapping[str, float]) -> dict[str, float]:
        """Say how much of each field a set of controls asks for."""
        opening, style = self.opening(c), self._m.style
        let_down, gain = opening * style.mouth_open, style.mouth_width
        smile = (c["mouth_smile_left"] + c["mouth_smile_right"]) / 2
        width = (
            (1.0 + 0.28 * gain * c["mouth_wide"])
            * (1.0 - 0.52 * gain * c["mouth_narrow"])
            * (1.0 - 0.12 * gain * c["mouth_press"])
            * (1.0 - 0.22 * gain * self._roundness(c))
            * (1.0 + 0.08 * gain * opening)
        )
        return {
            "fold": 1.0 - let_down,
            # an O shows no teeth: they draw back
            "fold_teeth": max(1.0 - min(1.4 * opening, 1.0), 0.9 * self._roundness(c)),
            "open_lip": let_down,
            "lip_up": c["lip_up"] + 0.3 * opening,
            "lip_down": c["lip_down"],
            "tongue_out": c["tongue_out"],
            "jaw": min(opening, 1.1),
            "jaw_x": c["mouth_x"],
            "cheek_puff": c["cheek_puff"],
            "mouth_width": width - 1.0,
            "mouth_smile_left": c["mouth_smile_left"],
            "mouth_smile_right": c["mouth_smile_right"],
            "mouth_smile_dip": smile,
            "mouth_frown_left": c["mouth_frown_left"],
            "mouth_frown_right": c["mouth_frown_right"],
            "mouth_flat": min(
                c["mouth_press"] + 0.8 * c["mouth_narrow"] * max(1 - 4 * opening, 0), 1
            ),
            "mouth_round": self._roundness(c),
            "mouth_x": c["mouth_x"],
            "mouth_cat": c["mouth_cat"],
            "mouth_cat_corners": c["mouth_cat"],
            "mouth_cat_lower": c["mouth_cat"] * max(1.0 - 2.0 * opening, 0.0),
        }

    def opening(self, c: Mapping[str, float]) -> float:
        """Give how far the art is let down: 0 closed, 1 as drawn."""
        return c["mouth_open"] * (1.0 + 0.12 * c["mouth_round"]) * (1.0 - 0.3 * c["mouth_press"])

    def _roundness(self, c: Mapping[str, float]) -> float:
        """Give how much of an O the opening is: 0..1."""
        asked = min(c["mouth_round"] + 0.7 * c["mouth_narrow"], 1.0)
        return asked * min(self.opening(c) / 0.25, 1.0)

    def alphas(self, c: Mapping[str, float]) -> dict[str, float]:
        """Give the alpha of the mouth's roles: the inside shows as soon as there is an opening."""
        opening = self.opening(c)
        shown = smoothstep(opening, 0.01, 0.07)
        # in a slit, teeth and tongue would be stripes
        return {
            "mouth_cavity": shown,
            "teeth": smoothstep(opening, 0.08, 0.22)
            * (1.0 - smoothstep(self._roundness(c), 0.7, 1.0)),
            "tongue": smoothstep(opening, 0.16, 0.36),
        }
