"""The turn of `turn.py` for many poses at once, with gradients: what training needs of it.

The same formulas over torch's tensors; `tests/warp/test_turns.py` holds one to the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from vtuber.warp.turn import BODY_RADIUS, EYE_POINT, Turn, Turner

Tensor = Any


class Turns:
    """Turns one character by many poses: arrays of (poses, vertices)."""

    def __init__(self, turner: Turner, like: Tensor) -> None:
        def tensor(values: object) -> Tensor:
            return like.new_tensor(np.asarray(values, np.float32))

        self._tensor = tensor
        self._u, self._v = tensor(turner.u), tensor(turner.v)
        self._height, self._breath = tensor(turner.height), tensor(turner.breath)
        self._is_ring = tensor(turner.narrowing == 1.0)
        self._dome = tensor(np.sqrt(BODY_RADIUS**2 - np.clip(turner.u, -2, 2) ** 2) - BODY_RADIUS)
        self._pivot, self._hip, self._centre_v = turner.pivot, turner.hip, turner.centre_v

    def __call__(self, local: Tensor, depth: Tensor, body: Tensor, turns: Sequence[Turn]) -> Tensor:
        """Turn vertices that were moved by `local` (p, v, 2), in W; gives the same shape.

        `depth` is (v, 2): depth in W and the head's share; `body` narrowing and chest depth.
        """
        names = ("yaw", "pitch", "roll", "body_yaw", "body_pitch", "body_roll", "breath", "lean",
                 "rise", "zoom")  # fmt: skip
        t = {n: self._tensor([[getattr(turn, n)] for turn in turns]) for n in names}
        z, head = depth[:, 0], depth[:, 1]
        du, dv = self._head(local[..., 0], local[..., 1], z, head, body[0], t)
        du, dv = self._rotated(du, dv, self._pivot, head * t["roll"])
        chest = (body[1] + self._dome) * (1 - head)
        du = du + self._u * (1 - head) * (t["body_yaw"].cos() - 1) + chest * t["body_yaw"].sin()
        lift = 0.022 * t["breath"] * self._breath + 0.25 * t["body_pitch"] * self._height
        dv = dv - lift - t["rise"]
        du = du + self._height * t["lean"]
        du, dv = self._rotated(du, dv, (0.0, self._hip), 0.6 * t["body_roll"])
        zoom = t["zoom"] - 1
        du, dv = du + (self._u + du) * zoom, dv + (self._v + dv - self._hip) * zoom
        return _pairs(du, dv)

    def _head(
        self, du: Tensor, dv: Tensor, still_z: Tensor, head: Tensor, narrowing: Tensor, t: Any
    ) -> tuple[Tensor, Tensor]:
        yaw, pitch = t["yaw"], t["pitch"]
        u, v = self._u + du, self._v + dv - self._centre_v
        narrow = narrowing + self._is_ring * (1 - narrowing)
        turned_u = u * narrow * (yaw.cos() - 1) + still_z * yaw.sin()
        z = still_z * yaw.cos() - u * 0.5 * yaw.sin()
        turned_v = v * narrowing * (pitch.cos() - 1) - z * pitch.sin()
        z = z * pitch.cos() + v * 0.5 * pitch.sin()
        nearer = (z - still_z) / (EYE_POINT - z).clip(1.0)
        du = du + head * (turned_u + (u + turned_u) * nearer)
        dv = dv + head * (turned_v + (v + turned_v) * nearer)
        return du, dv

    def _rotated(
        self, du: Tensor, dv: Tensor, pivot: tuple[float, float], angle: Tensor
    ) -> tuple[Tensor, Tensor]:
        x, y = self._u + du - pivot[0], self._v + dv - pivot[1]
        cosine, sine = angle.cos() - 1, angle.sin()
        return du + x * cosine - y * sine, dv + x * sine + y * cosine


def _pairs(du: Tensor, dv: Tensor) -> Tensor:
    import torch

    return torch.stack([du, dv], -1)
