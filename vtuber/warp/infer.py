"""The network at work: an avatar once, then poses in and warp fields out, with NumPy alone.

A frame is one small MLP, one product with the basis, and the turn of `turn.py`: 0.3 ms for 4,300
vertices. Torch is not imported.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
from jaxtyping import Float32

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.style import Style
from vtuber.core.pose import BASE, Pose
from vtuber.core.scene import WarpField
from vtuber.warp.alphas import Alphas
from vtuber.warp.bake import Baked, Block, bake, inputs_of
from vtuber.warp.band import Band
from vtuber.warp.controls import Fold
from vtuber.warp.laws import Laws, picked
from vtuber.warp.measure import Measured
from vtuber.warp.net import Net
from vtuber.warp.sway import Sway
from vtuber.warp.trace import Face, measure
from vtuber.warp.turn import Turn, Turner
from vtuber.warp.weights import Weights, shipped

# OpenBLAS wakes a second thread for a product of over 9,216 numbers, and lets it spin: 8 ms of CPU
# time a frame instead of 0.1. Slices below that are multiplied in this thread.
_MOST_NUMBERS = 8192


class Learned:
    """Moves what was measured of one character, as `Motion` does, by the network.

    `style` is what its bundle says, None: nothing.
    """

    def __init__(
        self, measured: Measured, style: Style | None, weights: Weights, baked: Baked | None = None
    ) -> None:
        self.baked = baked or bake(measured, style, weights)
        measured = dataclasses.replace(measured, style=self.baked.style)
        self._count = len(measured.u)
        self._net = Net(weights, np)
        self._laws = Laws(measured)
        band = Band(measured)
        self.alphas = Alphas(measured, self._laws.eyes, self._laws.mouth, band)
        self.turner = Turner(measured, band.members, self.baked.depth)
        self._products = tuple(_Product(block) for block in self.baked.blocks)

    def __call__(
        self, controls: Mapping[str, float]
    ) -> tuple[Float32[np.ndarray, "v 2"], Float32[np.ndarray, " v"]]:
        """Give each vertex its whole displacement in W, and its alpha (0..1), without any sway."""
        turn = Turn.of(controls)
        alpha = self.alphas.of_vertices(self.alphas.of_layers(controls), turn)
        return self.turner(self.local(controls), turn), alpha

    def local(self, controls: Mapping[str, float]) -> Float32[np.ndarray, "v 2"]:
        """Add up what each region does, in W, before the head turns."""
        laws = self._laws(controls)
        local = np.zeros((self._count, 2), np.float32)
        for product in self._products:
            product.add(self._net, laws, controls, local)
        return local


class Network:
    """Warps one avatar by the network (the port `Warper`).

    `weights` are those that ship unless others are given; `baked` takes the place of both, where
    somebody has corrected what the network says.
    """

    def __init__(
        self, avatar: Avatar, weights: Weights | None = None, baked: Baked | None = None
    ) -> None:
        self.avatar = avatar
        self._learned = Learned(measure(avatar), avatar.style, weights or shipped(), baked)
        self._w_px = np.float32(Face(avatar).w_px)
        self._order = np.arange(len(avatar.layers), dtype=np.int32)
        self._fold = Fold(BASE)
        self._sway = Sway(avatar)

    @property
    def baked(self) -> Baked:
        return self._learned.baked

    def warp(self, pose: Pose, sway: Float32[np.ndarray, "n 2"] | None = None) -> WarpField:
        """Move the avatar's vertices as a pose asks.

        `sway` is what physics says of the strands' joints; they swing before the head turns.
        """
        if pose.space is not self._fold.space:
            self._fold = Fold(pose.space)
        controls = self._fold(pose)
        local = self._learned.local(controls)
        if sway is not None:
            self._sway.add(local, sway)
        turn = Turn.of(controls)
        layer_alpha = self._learned.alphas.of_layers(controls)
        return WarpField(
            positions_px=self.avatar.vertices_px + self._learned.turner(local, turn) * self._w_px,
            alpha=self._learned.alphas.of_vertices(layer_alpha, turn),
            order=self._order,
            visible=layer_alpha > 0.0,
        )


class _Product:
    """One block's coefficients times its basis, slice by slice."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._laws, self._controls = inputs_of(block)
        count, numbers = block.basis.shape
        width = max(_MOST_NUMBERS // count, 1)
        slices = -(-numbers // width)
        padded = np.zeros((count, slices * width), np.float32)
        padded[:, :numbers] = block.basis
        self._slices = np.ascontiguousarray(
            padded.reshape(count, slices, width).transpose(1, 0, 2)
        )  # (slices, k, width)

    def add(self, net, laws, controls, local) -> None:  # type: ignore[no-untyped-def]
        """Put the block's offsets into `local` (W)."""
        block = self._block
        coefficients = net.coefficients(
            block.region,
            np.array([picked(self._laws, block.side, laws)], np.float32),
            np.array([picked(self._controls, block.side, controls)], np.float32),
        )[0]
        if coefficients.any():
            offsets = np.matmul(coefficients, self._slices).reshape(-1)
            local[block.rows] = offsets[: 2 * len(block.rows)].reshape(-1, 2)
