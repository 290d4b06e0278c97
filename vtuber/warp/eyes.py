"""Eyes: blink, happy arc, wide, squint, gaze, small irises, and brows.

A closing eye never squashes to a sliver: the upper lid travels to the line that the closed art
shows, and the open art cross-fades into it as they meet. The iris keeps its
shape; the eye white, which clips it, closes over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Int64

from vtuber.warp.controls import smoothstep
from vtuber.warp.lids import Lid, Ride, Way, half_closed
from vtuber.warp.measure import Curve, Fields, Measured, field

CREASE_SHARE = 0.75  # of the lid's way: the fold above it opens into the lid's skin
MET = 0.88  # of the way: here the lids have met, and only the change of art is left


@dataclass(frozen=True, slots=True, eq=False)
class Lashes:
    """The upper lashes of one eye, and the ways of their lid."""

    rows: Int64[np.ndarray, " n"]  # of the avatar's vertices
    is_crease: Bool[np.ndarray, " n"]
    ride: Ride
    closed: Way
    happy: Way
    half: Way


class Eye:
    """One eye and its brow. `side` is the character's own."""

    def __init__(self, measured: Measured, side: str) -> None:
        self.side = side
        self._m = measured
        self._set_lids()
        self.light_is_clipped = all(
            measured.parts[i].is_clipped for i in measured.where("eye_light", side)
        )

    def _set_lids(self) -> None:
        """Find the curves of the lids: as the pictures show them, else from the landmarks."""
        marks, curves, side = self._m.marks, self._m.curves, self.side
        corners = sorted((marks[f"eye_{side}_inner"], marks[f"eye_{side}_outer"]))
        top, bottom = marks[f"eye_{side}_top"][1], marks[f"eye_{side}_bottom"][1]
        u = np.linspace(corners[0][0], corners[1][0], 9)
        level = np.linspace(corners[0][1], corners[1][1], 9)
        arch = 1 - np.linspace(-1, 1, 9) ** 2
        drawn = (
            Curve(u, level + (top - level) * arch),
            Curve(u, level + (bottom - level) * arch),
        )
        self.upper, self.lower = curves.lids.get(side, drawn)
        self.width = max(corners[1][0] - corners[0][0], 0.05)
        self.height = max(bottom - top, 0.05)
        low = Curve(u, self.upper(u) + 0.82 * (self.lower(u) - self.upper(u)))
        high = Curve(u, self.upper(u) + 0.45 * (self.lower(u) - self.upper(u)))
        self.closed = curves.closed.get(side, low)
        self.happy = curves.happy.get(side, high)
        self.half = half_closed(self.upper, self.closed)

    @cached_property
    def lashes(self) -> Lashes:
        """Give the vertices of the upper lashes on their lid, and where it goes."""
        m, outwards = self._m, -1.0 if self.side == "right" else 1.0
        lid, layers = Lid(self.upper, self.lower, outwards), m.where("lash_upper", self.side)
        rows = np.flatnonzero(m.of("lash_upper", side=self.side))
        counts = [m.parts[i].count for i in layers]
        return Lashes(
            rows,
            np.repeat(np.array([self.is_crease(i) for i in layers], bool), counts),
            Ride(lid, m.points[rows]),
            *(lid.way(goal) for goal in (self.closed, self.happy, self.half)),
        )

    def fields(self) -> Fields:
        return {**self._lid_fields(), **self._iris_fields(), **self._brow_fields()}

    def _lid_fields(self) -> Fields:
        m, side = self._m, self.side
        upper, lower = self.upper(m.u), self.lower(m.u)
        gap = np.maximum(lower - upper, 1e-3)
        bulge = gap / self._widest()
        down = np.clip((m.v - upper) / gap, 0.0, 1.0)  # 0 at the upper lid, 1 at the lower
        lash = m.of("lash_upper", side=side)
        down[lash] = 0.0
        down[m.of("lash_lower", side=side)] = 1.0
        lids = lash | m.of("eye_white", "lash_lower", side=side)
        return {
            f"wide_{side}": field(lids, 0.0, -m.style.eye_wide * self.height * bulge * (1 - down)),
            f"squint_{side}": field(
                lids,
                0.0,
                m.style.eye_squint
                * self.height
                * bulge
                * np.where(down < 0.5, 0.14, -0.20)
                * _ends(down),
            ),
            # the closed art starts where the upper lid is, and arrives with it
            f"lid_closed_{side}": field(
                m.of("lid_closed", side=side), 0.0, upper - self.closed(m.u)
            ),
            f"lid_happy_{side}": field(m.of("lid_happy", side=side), 0.0, upper - self.happy(m.u)),
            **self._closing_fields(down, upper, lower),
        }

    def _widest(self) -> float:
        """Give the height of the eye's opening, in W, where it is highest."""
        u = np.linspace(self.upper.u[0], self.upper.u[-1], 33)
        return max(float((self.lower(u) - self.upper(u)).max()), 0.02)

    def _closing_fields(self, down: np.ndarray, upper: np.ndarray, lower: np.ndarray) -> Fields:
        """Fields of the lids' way to the closed line (by way of an arch) and to the happy arc."""
        m, side = self._m, self.side
        white, low = m.of("eye_white", side=side), m.of("lash_lower", side=side)
        inside = m.of("eye_light", "iris", "eye_heart", "eye_star", side=side)
        close, happy = (
            # what is left of the white is under the lashes, and does not turn over
            field(white, 0.0, 0.92 * (line - m.v))
            + field(inside, 0.0, 0.12 * (line - upper))  # the eye rolls a little as it closes
            + field(low, 0.0, line - lower + 0.5 * (lower - m.v))
            for line in (self.closed(m.u), self.happy(m.u))
        )
        bend = self.half(m.u) - (upper + self.closed(m.u)) / 2
        # the lid's arch may cross the lower lid near the corners; the white must not turn over
        gap = np.maximum(lower - upper, 0.0)
        arch = field(white, 0.0, np.minimum(bend, 0.24 * gap) * (1 - down))
        arch += field(m.of("lid_closed", side=side), 0.0, bend)  # it arrives with the lid
        squash = 1.0 - m.style.lash_keep
        lashes = self.lashes
        for way, fields, keep in (
            (lashes.closed, close, 1.0 - squash),
            (lashes.happy, happy, 1.0 - squash * 5 / 6),
            (lashes.half, arch, 1.0 - squash / 6),
        ):
            fields[lashes.rows] = np.where(
                lashes.is_crease[:, None],
                CREASE_SHARE * lashes.ride.follow(way),
                lashes.ride.offsets(way, keep),
            )
        arch[lashes.rows] -= close[lashes.rows] / 2
        return {f"close_{side}": close, f"happy_{side}": happy, f"arch_{side}": arch}

    def is_crease(self, layer: int) -> bool:
        """Say whether a layer of lashes stands off the lid: the fold above it."""
        edge = self._m.parts[layer].lower_edge
        if edge is None:
            return False
        return float(np.median(self.upper(edge.u) - edge(edge.u))) > 0.03

    def _iris_fields(self) -> Fields:
        m, side = self._m, self.side
        iris = m.of("iris", "eye_heart", "eye_star", side=side)
        light = m.of("eye_light", side=side)
        share = iris + 0.5 * light  # a highlight stays with the lamp, not with the eye
        either = iris | light
        centre = m.marks[f"iris_{side}"]
        return {
            f"gaze_x_{side}": field(either, m.style.gaze * self.width * share, 0.0),
            f"gaze_y_{side}": field(either, 0.0, -m.style.gaze * self.height * share),
            f"small_{side}": field(
                either, -(m.u - centre[0]) * 0.40 * share, -(m.v - centre[1]) * 0.40 * share
            ),
        }

    def _brow_fields(self) -> Fields:
        m, side = self._m, self.side
        brow = m.of("brow", side=side)
        inner, outer = (m.marks[f"brow_{side}_{end}"][0] for end in ("inner", "outer"))
        along = np.clip((m.u - inner) / (outer - inner or 1.0), -0.1, 1.1)  # 0 inner, 1 outer
        inwards = -1.0 if outer > inner else 1.0
        arch = 4 * along * (1 - along)
        shapes = {
            f"brow_raise_{side}": field(brow, 0.0, -0.15 - 0.06 * arch),
            f"brow_lower_{side}": field(brow, 0.02 * inwards, 0.10),
            f"brow_troubled_{side}": field(brow, 0.03 * inwards, -0.14 + 0.24 * along),
            f"brow_angry_{side}": field(brow, 0.06 * inwards, 0.16 - 0.23 * along),
            f"brow_serious_{side}": field(brow, 0.03 * inwards, 0.07 + 0.05 * arch - 0.03 * along),
        }
        return {name: np.float32(m.style.brow) * shape for name, shape in shapes.items()}

    def coefficients(self, c: Mapping[str, float]) -> dict[str, float]:
        """Say how much of each field a set of controls asks for."""
        side = self.side
        blink, happy = (min(share / MET, 1.0) for share in self._lids(c))
        is_open = max(1.0 - blink - happy, 0.0)
        down, up = max(-c["gaze_y"], 0.0), max(c["gaze_y"], 0.0)
        # the upper lid follows the gaze, else a lowered eye stares
        close = blink + 0.20 * down * is_open
        squint = c[f"eye_squint_{side}"] * is_open
        small = c[f"iris_small_{side}"] + 0.15 * c[f"eye_wide_{side}"]
        return {
            f"close_{side}": close,
            # less of it where other lids come in its way, or the white turns over
            f"arch_{side}": 4.0 * close * max(1.0 - close - happy, 0.0) * (1.0 - 0.7 * squint),
            f"happy_{side}": happy,
            f"wide_{side}": (c[f"eye_wide_{side}"] + 0.25 * up) * is_open,
            f"squint_{side}": squint,
            f"lid_closed_{side}": is_open,
            f"lid_happy_{side}": is_open,
            f"gaze_x_{side}": c["gaze_x"],
            f"gaze_y_{side}": c["gaze_y"],
            f"small_{side}": small,
            **{
                f"brow_{way}_{side}": c[f"brow_{way}_{side}"]
                for way in ("raise", "lower", "troubled", "angry", "serious")
            },
        }

    def _lids(self, c: Mapping[str, float]) -> tuple[float, float]:
        """Share the closing of the eye: the happy arc has the right of way over a blink."""
        blink, happy = c[f"eye_close_{self.side}"], c[f"eye_happy_{self.side}"]
        return blink * (1.0 - happy), happy

    def alphas(self, c: Mapping[str, float]) -> dict[str, float]:
        """Give the alpha of this eye's roles."""
        blink, happy = self._lids(c)
        lid = blink + happy
        # first the closed line appears, then the sliver of eye goes, last the lashes: no hole
        shut = smoothstep(lid, MET - 0.06, MET - 0.01)
        ball = 1.0 - smoothstep(lid, MET - 0.05, MET)
        lashes = 1.0 - smoothstep(lid, MET - 0.01, MET + 0.04)
        heart, star = c["heartEyes"], c["starEyes"]
        plain = 1.0 - max(heart, star) if self._has_symbols() else 1.0
        light = 1.0 if self.light_is_clipped else 1.0 - smoothstep(lid, 0.30, 0.62)
        return {
            "eye_white": ball,
            "iris": ball * plain,
            "eye_light": ball * plain * light,
            "eye_heart": ball * heart,
            "eye_star": ball * star,
            "lash_lower": lashes,
            "lash_upper": lashes,
            "lid_closed": shut * blink / max(lid, 1e-6),
            "lid_happy": shut * happy / max(lid, 1e-6),
        }

    def _has_symbols(self) -> bool:
        where = self._m.where
        return bool(where("eye_heart", self.side) or where("eye_star", self.side))


def _ends(down: np.ndarray) -> np.ndarray:
    """Count the lids themselves in full and what lies between them little."""
    return np.asarray(np.abs(2 * down - 1))
