"""Bakes the network for one character: measures and weights in; basis and depths out. NumPy alone.

Nothing is kept on the disk: an avatar bakes in about the time in which a file of its basis (1 MB)
would be found, read and checked against the pictures that it was made from, and far faster than
those pictures are decoded (0.3 s).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int64

from vtuber.avatar.style import BOUNDS, Style
from vtuber.warp.features import Table, describe
from vtuber.warp.measure import Measured
from vtuber.warp.net import BODY_GAINS, Net
from vtuber.warp.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The basis of one region: what each coefficient does to each of its vertices, in W."""

    region: str
    side: str
    rows: Int64[np.ndarray, " n"]  # of the avatar's vertices, ascending
    basis: Float32[np.ndarray, "k n2"]  # u and v of every vertex, one after the other


@dataclass(frozen=True, slots=True, eq=False)
class Baked:
    """All that the network has to say of one character at rest."""

    blocks: tuple[Block, ...]
    depth: Float32[np.ndarray, "v 2"]  # W towards the viewer; share of the head's turn
    style: Style  # the knobs of the turn as the network takes them to be; the rest are medians

    @property
    def bytes(self) -> int:
        return sum(block.basis.nbytes for block in self.blocks) + self.depth.nbytes


def bake(measured: Measured, style: Style | None, weights: Weights) -> Baked:
    """Bake what was measured of a character; `style` is what its `[rig]` says, None: nothing."""
    net = Net(weights, np)
    told = describe(measured, style)
    seen = {side: net.seen(looks) for side, looks in told.looks.items()}
    blocks = tuple(_block(net, table, seen[table.side]) for table in told.regions)
    depth = net.depth(told.depths, told.depths.local, told.depths.layers, seen[""])
    gains = zip(BODY_GAINS, net.body(seen[""]).tolist(), strict=True)
    said = {name: float(np.clip(value, *BOUNDS[name])) for name, value in gains}
    if style is not None:  # what a bundle says is not guessed: 0.29 px became 0.12 (four shipped)
        said = {name: getattr(style, name) for name in BODY_GAINS}
    return Baked(blocks, depth, dataclasses.replace(Style(), **said))


def _block(net: Net, table: Table, seen: Float32[np.ndarray, " s"]) -> Block:
    basis = net.basis(table, table.local, seen)  # (n, k, 2)
    if table.side == "right":
        basis[..., 0] *= -1.0
    order = np.argsort(table.rows)
    basis = basis[order].transpose(1, 0, 2).reshape(basis.shape[1], -1)
    return Block(table.region, table.side, table.rows[order], np.ascontiguousarray(basis))
