"""The network at work: an avatar once, then poses in and warp fields out, with NumPy alone.

A frame is a product with the basis of each region, and the turn of `turn.py`.
Torch is not imported.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from operator import itemgetter

import numpy as np
from jaxtyping import Float32

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.roles import ROLES
from vtuber.avatar.style import Style
from vtuber.warp.alphas import Alphas
from vtuber.warp.bake import Baked, Block, bake
from vtuber.warp.band import Band
from vtuber.warp.corrected import corrected
from vtuber.warp.guess import guessed
from vtuber.warp.laws import LAWS, Laws, named
from vtuber.warp.measure import Measured
from vtuber.warp.trace import measure
from vtuber.warp.turn import Turner
from vtuber.warp.warper import AvatarWarper, Moving
from vtuber.warp.weights import Weights, shipped

# OpenBLAS wakes a second thread for a product of over 9,216 numbers, and lets it spin: 8 ms of CPU
# time a frame instead of 0.1. Slices below that are multiplied in this thread.
_MOST_NUMBERS = 8192


class LearnedMotion(Moving):
    """Moves what was measured of one character, as `Motion` does, by the network.

    `style` is what its bundle says, None: nothing. `baked` takes the place of what the network
    says, where somebody has corrected it.
    """

    def __init__(
        self, measured: Measured, style: Style | None, weights: Weights, baked: Baked | None = None
    ) -> None:
        self.measured = measured
        self.baked = baked or bake(measured, style, weights)
        self.laws = Laws(measured)
        band = Band(measured)
        self.alphas = Alphas(measured, self.laws.eyes, self.laws.mouth, band)
        told = dataclasses.replace(measured, style=self.baked.style)
        self.turner = Turner(told, band.members, self.baked.depth)
        self._products = tuple(map(_Product, self.baked.blocks))
        self._count = len(measured.u)

    def local(self, controls: Mapping[str, float]) -> Float32[np.ndarray, "v 2"]:
        """Add up the basis by its coefficients, in W, before the head turns."""
        laws = self.laws(controls)
        local = np.zeros((self._count, 2), np.float32)
        for product in self._products:
            product.put(laws, local)
        return local


class Network(AvatarWarper):
    """Warps one avatar by the network; `weights` are else those that ship."""

    def __init__(
        self, avatar: Avatar, weights: Weights | None = None, baked: Baked | None = None
    ) -> None:
        weights, measured = weights or shipped(), told(avatar)
        if baked is None and avatar.fit is not None:
            plain = bake(measured, avatar.style, weights)
            baked = corrected(plain, measured, avatar.fit)
        super().__init__(avatar, LearnedMotion(measured, avatar.style, weights, baked))


def told(avatar: Avatar) -> Measured:
    """Measure an avatar; layers of which its bundle says nothing take the medians of designs."""
    measured = measure(avatar)
    if avatar.style is not None:
        return measured
    parts = tuple(
        median if (part.depth, part.turn) == (ROLES[part.role].depth, ROLES[part.role].turn)
        else part
        for part, median in zip(measured.parts, guessed(measured).parts, strict=True)
    )  # fmt: skip
    return dataclasses.replace(measured, parts=parts)


class _Product:
    """One block's coefficients times its basis, slice by slice."""

    def __init__(self, block: Block) -> None:
        self._rows, self._laws = block.rows, _picker(LAWS[block.region], block.side)
        count, numbers = block.basis.shape
        width = 2 * (_MOST_NUMBERS // count // 2)  # u and v stay together
        slices = -(-numbers // width)
        padded = np.zeros((count, slices * width), np.float32)
        padded[:, :numbers] = block.basis
        self._slices = np.ascontiguousarray(
            padded.reshape(count, slices, width).transpose(1, 0, 2)
        )  # (slices, k, width)

    def put(self, laws: Mapping[str, float], local: Float32[np.ndarray, "v 2"]) -> None:
        """Put the block's offsets into `local` (W)."""
        coefficients = self._laws(laws)
        if coefficients.any():
            offsets = np.matmul(coefficients, self._slices).reshape(-1, 2)
            local[self._rows] = offsets[: len(self._rows)]


def _picker(
    names: tuple[str, ...], side: str
) -> Callable[[Mapping[str, float]], Float32[np.ndarray, " n"]]:
    """Give what takes these values as one side sees them."""
    keys, signs = named(names, side)
    take, sign = itemgetter(*keys), np.array(signs, np.float32)
    return lambda values: np.array(take(values), np.float32) * sign
