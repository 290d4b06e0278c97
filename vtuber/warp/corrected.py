"""Puts into a baked basis what drawings taught (`fit.json`): baked in, baked out. NumPy alone.

A lesson wants the vertices of a region moved otherwise in its pose. The basis is changed as
little as brings that about: by the pseudo-inverse of the lessons' coefficients. Coefficients that
are not 0 at rest are left out, so rest stays as exact as it was.

A lesson's field is one of the places where the vertices are in its pose, before the head turns: so
the lashes of an open eye, which a drawing of a closed one does not show, go with the closed line on
which they lie by then. By places at rest they were thrown about, and an eye half shut was crooked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, Float64

from vtuber.avatar.fit import TERMS, Fit
from vtuber.core.pose import BASE, Pose
from vtuber.warp.alphas import Alphas
from vtuber.warp.bake import Baked, Block
from vtuber.warp.band import Band
from vtuber.warp.controls import Fold
from vtuber.warp.laws import LAWS, MOVED_AT_REST, Laws, named
from vtuber.warp.measure import Measured
from vtuber.warp.turn import Turn

_LEAST = 0.05  # a region whose coefficients are smaller has nothing to do with a lesson
# what may have one gain only: a lip comes down with the mouth that it closes
_AS_ONE = {"fold": "open_lip", "arch": "close"}
_AT_WORK = 0.03  # from here on a motion may have a gain
# of what it moves on the whole, that a motion must move of what shows: by a drawing of closed eyes
# one lid had closed 15 % less and the other 17 % more, which showed when they were half closed
_SEEN = 0.3


def corrected(baked: Baked, measured: Measured, fit: Fit) -> Baked:
    """Change a character's basis and depths by what drawings taught."""
    laws = Laws(measured)
    alphas = Alphas(measured, laws.eyes, laws.mouth, Band(measured))
    poses = [Fold(BASE)(Pose.of(lesson.pose)) for lesson in fit.lessons]
    blocks = []
    for block in baked.blocks:
        name, reactions, wanted = name_of(block), [], []
        for lesson, controls in zip(fit.lessons, poses, strict=True):
            alpha = alphas.of_vertices(alphas.of_layers(controls), Turn.of(controls))
            reaction = Reaction(block, laws, controls, alpha > 0)
            if name in lesson.fields and reaction.is_any:
                gains = [lesson.gains[name].get(motion, 0.0) for motion in reaction.motions]
                field = offsets(lesson.fields[name], reaction.shapes(measured.points))
                moved = field.reshape(-1) + gains @ reaction.does
                reactions.append(reaction.coefficients)
                wanted.append(moved)
        if wanted:
            change = np.linalg.pinv(np.stack(reactions), rcond=0.02) @ np.stack(wanted)
            changed = np.asarray(block.basis + change, np.float32)
            block = dataclasses.replace(block, basis=changed)
        blocks.append(block)
    depth = baked.depth.copy()
    for role, numbers in fit.depth.items():
        own = measured.of(role)
        depth[own, 0] += (bowls(measured.points[own]) @ numbers).astype(np.float32)
    return dataclasses.replace(baked, blocks=tuple(blocks), depth=depth)


def name_of(block: Block) -> str:
    """Name a block as a lesson does: `eye_left`, `mouth`."""
    return f"{block.region}_{block.side}" if block.side else block.region


class Reaction:
    """What a block does in a pose, in which some vertices show."""

    def __init__(
        self,
        block: Block,
        laws: Laws,
        controls: Mapping[str, float],
        shown: Bool[np.ndarray, " v"],
    ) -> None:
        names, self._rows = LAWS[block.region], block.rows
        own = shown[block.rows]
        self._seen = own if own.any() else ~own
        full, still = (
            _picked(names, block.side, laws(each))
            for each in (controls, dict.fromkeys(controls, 0.0))
        )
        # those that are 0 at rest: by these the basis may be changed
        self.coefficients: Float64[np.ndarray, " k"] = full.copy()
        self.coefficients[[i for i, name in enumerate(names) if name in MOVED_AT_REST]] = 0.0
        self._moved = (full @ block.basis).reshape(-1, 2)
        self.is_any = float(np.linalg.norm(self.coefficients)) > _LEAST
        away = full - still
        does: dict[str, np.ndarray] = {}
        for i in np.flatnonzero(np.abs(away) > _AT_WORK):
            name = names[i].removeprefix("~").removesuffix("_SIDE")
            name = _AS_ONE.get(name, name)
            does[name] = does.get(name, 0.0) + away[i] * block.basis[i]
        does = {name: moved for name, moved in does.items() if self._is_seen(moved)}
        self.motions = tuple(does)
        self.does: Float64[np.ndarray, "m n2"] = np.reshape(
            [*does.values()], (len(does), block.basis.shape[1])
        )

    def _is_seen(self, moved: Float64[np.ndarray, " n2"]) -> bool:
        """Say whether a motion moves what shows, else a drawing knows nothing of it."""
        square = (moved.reshape(-1, 2) ** 2).sum(axis=1)
        return bool(square[self._seen].mean() > _SEEN**2 * square.mean())

    def shapes(self, points: Float64[np.ndarray, "v 2"]) -> Float64[np.ndarray, "n t"]:
        """Give the terms of a cubic of the place in the pose, -1 to 1 in the box of what shows."""
        places = points[self._rows] + self._moved
        box = places[self._seen]
        low, high = box.min(axis=0), box.max(axis=0)
        u, v = np.clip(2 * (places - low) / np.maximum(high - low, 1e-6) - 1, -1, 1).T
        terms = [u**i * v**j for i in range(4) for j in range(4 - i)]
        assert len(terms) == TERMS
        return np.stack(terms, axis=1)


def _picked(
    names: tuple[str, ...], side: str, values: Mapping[str, float]
) -> Float64[np.ndarray, " n"]:
    spelt, signs = named(names, side)
    return np.array([sign * values[name] for name, sign in zip(spelt, signs, strict=True)])


def bowls(points: Float64[np.ndarray, "n 2"]) -> Float64[np.ndarray, "n 3"]:
    """Give the terms of a depth: a constant, and how far round the head a point lies."""
    u, v = np.clip(points, -2.0, 2.0).T
    return np.stack([np.ones_like(u), u**2, v**2], axis=1)


def offsets(field: tuple[float, ...], shapes: Float64[np.ndarray, "n t"]) -> np.ndarray:
    """Give what a lesson's field moves each vertex by: (n, 2), W."""
    return np.asarray(shapes @ np.reshape(field, (2, TERMS)).T)
