"""Where a swing moves vertices: weights once, then joint angles in and offsets out.

A strand is bent, not stretched: its direction at every point is that of the joints around it, and
a vertex is moved by the sum of these directions from the root on. That sum is linear in sine and
cosine of the joints' angles, so all of it is one small product a layer. No angle: no offset.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.strands import JOINTS, Piece, Strands


@dataclass(frozen=True, slots=True, eq=False)
class _Bound:
    """One layer on its strands; its columns are joints, strand by strand."""

    part: slice  # of the avatar's vertices
    joints: slice
    bend: Float32[np.ndarray, "v j"]  # W of strand that goes with each joint
    beside: Float32[np.ndarray, "v j"] | None  # W beside the strand, which turn with the joint


class Sway:
    """The swinging vertices of one avatar."""

    def __init__(self, avatar: Avatar) -> None:
        found = avatar.strands
        self._across = _per_joint([strand.across for strand in found.strands])
        self._along = _per_joint([strand.along for strand in found.strands])
        self._layers = tuple(_bind(avatar, found, piece) for piece in found.pieces)

    def add(self, local: Float32[np.ndarray, "v 2"], joints: Float32[np.ndarray, "n 2"]) -> None:
        """Add the offsets of a swing to those of the face, in W, in place.

        `joints`: per joint its angle in radians, + to the picture's right for what hangs, and by
        what share the strand is shorter there (it swings towards the viewer).
        """
        sine, fall = np.sin(joints[:, :1]), np.cos(joints[:, :1]) - 1.0
        ahead = self._across * sine + self._along * (fall - joints[:, 1:])
        beside = self._across * fall - self._along * sine
        for bound in self._layers:
            offset = bound.bend @ ahead[bound.joints]
            if bound.beside is not None:
                offset += bound.beside @ beside[bound.joints]
            local[bound.part] += offset


def _per_joint(vectors: list[tuple[float, float]]) -> Float32[np.ndarray, "n 2"]:
    return np.repeat(np.array(vectors, np.float32).reshape(-1, 2), JOINTS, axis=0)


def _bind(avatar: Avatar, found: Strands, piece: Piece) -> _Bound:
    part = avatar.layer_slices[piece.layer]
    at = found.in_w(avatar.vertices_px[part])
    own = found.strands[piece.first : piece.first + piece.count]
    joints = slice(piece.first * JOINTS, (piece.first + piece.count) * JOINTS)
    if own[0].spring.stands:
        away = at - own[0].root
        s, c = away @ np.array(own[0].along), away @ np.array(own[0].across)
        bend = own[0].length * _bends(s / own[0].length)
        beside = c[:, None] * _hats(s / own[0].length)
        return _Bound(part, joints, bend.astype(np.float32), beside.astype(np.float32))
    t = (at[:, 1] - piece.root_v) / own[0].length
    shares = _columns(at[:, 0], np.array([strand.root[0] for strand in own]))
    used = np.flatnonzero(shares.any(axis=0))  # a lock hangs on few of its group's columns
    first, last = piece.first + int(used[0]), piece.first + int(used[-1]) + 1
    joints = slice(first * JOINTS, last * JOINTS)
    shares = shares[:, used[0] : used[-1] + 1, None]
    bend = (shares * own[0].length * _bends(t)[:, None, :]).reshape(len(at), -1)
    return _Bound(part, joints, bend.astype(np.float32), None)


def _columns(u: np.ndarray, columns: np.ndarray) -> Float64[np.ndarray, "v c"]:
    """Share each vertex out between the two columns beside it."""
    if len(columns) == 1:
        return np.ones((len(u), 1))
    place = np.interp(u, columns, np.arange(len(columns)))
    return np.asarray(np.maximum(1 - np.abs(place[:, None] - np.arange(len(columns))), 0.0))


def _hats(t: np.ndarray) -> Float64[np.ndarray, "v j"]:
    """Share each place on a strand out between the joints around it; the root takes the rest."""
    place = np.clip(t, 0.0, 1.0) * JOINTS
    return np.asarray(np.maximum(1 - np.abs(place[:, None] - np.arange(1, JOINTS + 1)), 0.0))


def _bends(t: np.ndarray) -> Float64[np.ndarray, "v j"]:
    """Integrate the shares of `_hats` from the root to each place; past the tip it goes straight.

    >>> _bends(np.array([0.0, 1.0])).sum(axis=1).tolist()
    [0.0, 0.875]
    """
    place = np.clip(t, 0.0, 1.0) * JOINTS
    x = np.clip(place[:, None] - np.arange(JOINTS), 0.0, 2.0)  # from where the joint begins
    area = np.where(x < 1, x**2 / 2, 1 - (2 - x) ** 2 / 2)
    area[:, -1] += np.maximum(t - 1.0, 0.0) * JOINTS
    return np.asarray(area / JOINTS)
