"""Measures the network against the exact rig, and its rivals beside it. Pure: no picture, no file.

Errors are lengths in px of a picture 512 px high, of the vertices that show. A character comes with
what its bundle says (`network`) and, as one whose bundle says nothing, without it
(`network_no_rig`); `guess` is the rig by medians; the rest stands in `references.py`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float32, Int32

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.style import Style
from vtuber.warp.characters import character
from vtuber.warp.folds import folded, triangles_of
from vtuber.warp.guess import guessed
from vtuber.warp.measure import Curve, Curves, Measured
from vtuber.warp.motion import Motion
from vtuber.warp.poses import HUMAN_DEG, Controls, random_controls
from vtuber.warp.references import Blendshapes, LeastSquares, still
from vtuber.warp.trace import Face, measure

METHODS = ("network", "network_no_rig", "guess", "linear", "quadratic", "mls", "still")
_FITTED_ON = 400  # poses, for blendshapes
_HELD_OUT = 1 << 41  # seeds from here on: training looks at those from 1 << 40 on
_APART = 100_000  # seeds between two evaluations
PICTURE_PX = 512

Moved = tuple[Float32[np.ndarray, "v 2"], Float32[np.ndarray, " v"]]  # displacement in W, alpha
Mover = Callable[[Mapping[str, float]], Moved]
Maker = Callable[[Measured, Style | None], Mover]  # None: the bundle says nothing


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One character to be moved."""

    name: str
    measured: Measured
    style: Style | None  # what its bundle says
    triangles: Int32[np.ndarray, "t 3"]
    px: float  # of a W, in a picture 512 px high


def subject_of(name: str, avatar: Avatar) -> Subject:
    px = Face(avatar).w_px * PICTURE_PX / avatar.canvas_px[1]
    return Subject(name, measure(avatar), avatar.style, triangles_of(avatar), px)


def made_up(count: int, stretch: float = 0.0, seed: int = 0) -> list[Subject]:
    """Make characters that no training saw; `stretch` goes beyond its proportions by that share."""
    subjects, first = [], _HELD_OUT + _APART * seed
    for number in range(first, first + count):
        random = np.random.default_rng(number)
        made = character(random)
        scale = 1.0 + stretch * (1.0 if random.random() < 0.5 else -1.0)
        measured, px = stretched(made.measured, scale), made.px / scale
        subjects.append(Subject(f"seed {number}", measured, measured.style, made.triangles, px))
    return subjects


def stretched(measured: Measured, scale: float) -> Measured:
    """Make a character taller (scale above 1) or squatter; the width of its face stays."""

    def tall(curve: Curve | None) -> Curve | None:
        return curve and Curve(curve.u, curve.v * scale)

    old = measured.curves
    curves = Curves(
        lids={
            s: (Curve(a.u, a.v * scale), Curve(b.u, b.v * scale)) for s, (a, b) in old.lids.items()
        },
        closed={side: Curve(c.u, c.v * scale) for side, c in old.closed.items()},
        happy={side: Curve(c.u, c.v * scale) for side, c in old.happy.items()},
        lips=tall(old.lips),
        floor=tall(old.floor),
    )
    parts = tuple(
        dataclasses.replace(part, lower_edge=tall(part.lower_edge)) for part in measured.parts
    )
    return dataclasses.replace(
        measured,
        points=measured.points * (1.0, scale),
        parts=parts,
        marks={name: (u, v * scale) for name, (u, v) in measured.marks.items()},
        bottom=measured.bottom * scale,
        curves=curves,
    )


def movers_of(subject: Subject, network: Maker | None, seed: int, fitted: bool) -> dict[str, Mover]:
    """Make every way to move a character; `fitted` also those that are fitted to it (0.5 s)."""
    exact = Motion(subject.measured)
    silent = guessed(subject.measured)
    movers: dict[str, Mover] = {}
    if network is not None:
        movers["network"] = network(subject.measured, subject.style)
        movers["network_no_rig"] = network(silent, None)
    movers["guess"] = Motion(silent)
    if fitted:
        random = np.random.default_rng([seed, 1])
        poses = [random_controls(random) for _ in range(_FITTED_ON)]
        for name, is_quadratic in (("linear", False), ("quadratic", True)):
            movers[name] = _with_exact_alpha(Blendshapes(exact, poses, is_quadratic), exact)
        movers["mls"] = _with_exact_alpha(LeastSquares(exact), exact)
    movers["still"] = _with_exact_alpha(still, exact)
    return movers


def _with_exact_alpha(move: Callable[[Mapping[str, float]], np.ndarray], exact: Motion) -> Mover:
    return lambda controls: (move(controls), exact(controls)[1])


class Tally:
    """The errors of one method, over characters and poses."""

    def __init__(self) -> None:
        self._px: list[np.ndarray] = []
        self._roles: dict[str, list[float]] = {}
        self._alpha: list[float] = []
        self.folds = 0

    def add(self, px: np.ndarray, roles: np.ndarray, alpha_error: float, folds: int) -> None:
        self._px.append(px.astype(np.float32))
        self._alpha.append(alpha_error)
        self.folds += folds
        for role in np.unique(roles):
            self._roles.setdefault(str(role), []).append(float(px[roles == role].mean()))

    def take(self, other: Tally) -> None:
        """Take over what another one counted."""
        self._px += other._px
        self._alpha += other._alpha
        self.folds += other.folds
        for role, means in other._roles.items():
            self._roles.setdefault(role, []).extend(means)

    def numbers(self) -> dict[str, float]:
        px = np.concatenate(self._px).astype(np.float64)
        return {
            "mean": float(px.mean()),
            "rms": float(np.sqrt((px**2).mean())),
            "p99": float(np.quantile(px, 0.99)),
        }

    def by_role(self) -> dict[str, float]:
        return {role: float(np.mean(means)) for role, means in sorted(self._roles.items())}

    def alpha_error(self) -> float:
        return float(np.mean(self._alpha))


def judge(
    subjects: Iterable[Subject],
    network: Maker | None,
    poses: int,
    seed: int = 0,
    turned: float = 1.0,
    fitted: bool = True,
    told: Callable[[str], None] = lambda name: None,
) -> dict[str, Tally]:
    """Move every character by every method into the same random poses; `told` hears whom."""
    tallies: dict[str, Tally] = {}
    for i, subject in enumerate(subjects):
        told(subject.name)
        exact, at = Motion(subject.measured), subject.measured.points
        movers = movers_of(subject, network, seed + i, fitted)
        roles = subject.measured.per_vertex(np.array([p.role for p in subject.measured.parts]))
        random = np.random.default_rng([seed + i, 2])
        for controls in (random_controls(random, turned) for _ in range(poses)):
            displacement, alpha = exact(controls)
            shown = alpha > 0
            for name, move in movers.items():
                moved, opacity = move(controls)
                px = np.hypot(*(moved - displacement)[shown].T) * subject.px
                folds = folded(at, at + moved, subject.triangles, opacity)
                tallies.setdefault(name, Tally()).add(
                    px, roles[shown], float(np.abs(opacity - alpha).mean()), int(folds.sum())
                )
    return tallies


def report(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    """Give the numbers of some tallies as they stand in JSON."""
    known = [name for name in METHODS if name in tallies]
    return {
        "vertex_px_512": {name: tallies[name].numbers() for name in known},
        "by_role_px_512": {name: tallies[name].by_role() for name in known},
        "alpha_error": {name: tallies[name].alpha_error() for name in known[:3]},
        "folds": {name: tallies[name].folds for name in known[:3]},
    }


def without_turns(controls: Controls) -> Controls:
    """Give the expression alone: head and body as at rest."""
    return {n: 0.0 if n in HUMAN_DEG or n.startswith("head") else v for n, v in controls.items()}


def merged(sets: Sequence[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Put the tallies of several sets of characters together."""
    out: dict[str, Tally] = {}
    for tallies in sets:
        for name, tally in tallies.items():
            out.setdefault(name, Tally()).take(tally)
    return out
