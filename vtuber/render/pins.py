"""Where an item is: its pin, and how the avatar under it has moved, in; corners in the picture out.

Pure. An item is flat. It goes with the skin of the head, or with the clothes, as it finds them in
the warped vertices: it moves as the skin nearest to it does, turns and narrows as the whole of it
does, and is never sheared (a hat that was, would lean to the side when the head looks there). So
it sits on whatever warps the avatar, and on every avatar that has a face.
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float32, Float64, Int64

from vtuber.avatar.avatar import Avatar
from vtuber.core.item import Item
from vtuber.render.place import Affine

_NEAR_W = 0.4  # standard deviation, in W (half a face width), of what counts as near
_CHIN_W = 0.5  # below the eyes: what a jaw moves does not turn the head
# Where a hand is whose avatar has no such landmark: shares of the way from the middle between the
# shoulders to the right one, and W below them.
_HAND_ASIDE, _HAND_BELOW_W = 0.55, 1.15
_MARGIN_PX = 1.0  # around an item, for its smooth edge

Corners = Float32[np.ndarray, "4 4"]  # x, y in the picture in px, u, v (0..1 inside the item)


class Pins:
    """What items of one avatar are fixed to."""

    def __init__(self, avatar: Avatar) -> None:
        marks = avatar.landmarks
        self._w_px = (marks["cheek_left"][0] - marks["cheek_right"][0]) / 2
        eyes_y = (marks["iris_left"][1] + marks["iris_right"][1]) / 2
        body = _vertices(avatar, "body")
        skin = [part for role in ("face", "nose") if len(part := _vertices(avatar, role)) > 2]
        skin = skin or [np.arange(len(avatar.vertices_px))]  # a head without layers of its own
        above = skin[0][avatar.vertices_px[skin[0], 1] < eyes_y + _CHIN_W * self._w_px]
        head = _Carrier(avatar, skin, above if len(above) > 2 else skin[0], self._w_px)
        self._carriers = {
            "head": head,
            "hand": _Carrier(avatar, [body], body, self._w_px) if len(body) > 2 else head,
        }
        crown = np.array(marks["crown"])
        self._points = {"head": crown, "hand": _hand(avatar, self._w_px)}

    def corners(
        self,
        item: Item,
        art_px: tuple[int, int],
        positions_px: Float32[np.ndarray, "v 2"],
        place: Affine,
    ) -> tuple[Corners, float]:
        """Give an item's corners on head or hand, and how many picture px a px of its art is."""
        unit_px = 2 * self._w_px
        own = _turn(item.rotation_deg) * (item.scale * unit_px / max(art_px))
        middle = self._points[item.at] + unit_px * np.array([item.x, -item.y])
        if item.at == "head":  # it stands there; what is in the hand is held by its middle
            middle += own @ (0.0, -art_px[1] / 2)
        moved, turned = self._carriers[item.at].at(middle, positions_px)
        in_picture = place(moved.astype(np.float32)).astype(float)
        return _quad(in_picture, place.matrix.T.astype(float) @ turned @ own, art_px)


class _Carrier:
    """Vertices that carry an item.

    They come in parts of different depth: over the skull a face moves half as far as eyes and
    mouth do, which lie before it; so the nose counts beside it, the nearer the more.
    """

    def __init__(
        self,
        avatar: Avatar,
        parts: list[Int64[np.ndarray, " n"]],
        all_of: Int64[np.ndarray, " n"],
        w_px: float,
    ) -> None:
        rest = avatar.vertices_px.astype(float)
        self._parts = [(part, rest[part]) for part in parts]
        self._all, self._variance = all_of, (_NEAR_W * w_px) ** 2
        self._fit = np.linalg.pinv(rest[all_of] - rest[all_of].mean(axis=0))  # least squares

    def at(
        self, point: Float64[np.ndarray, " 2"], positions_px: Float32[np.ndarray, "v 2"]
    ) -> tuple[Float64[np.ndarray, " 2"], Float64[np.ndarray, "2 2"]]:
        """Give where a point went (canvas px), and what turned it: columns are the new axes."""
        moved = positions_px[self._all].astype(float)
        turned = _without_shear((self._fit @ (moved - moved.mean(axis=0))).T)
        went, shares = [], []
        for part, rest in self._parts:
            away = ((rest - point) ** 2).sum(axis=1) / (2 * self._variance)
            near = np.exp(away.min() - away)
            near /= near.sum()
            went.append(near @ positions_px[part] + turned @ (point - near @ rest))
            shares.append(away.min())
        share = np.exp(min(shares) - np.array(shares))
        return (share / share.sum()) @ np.array(went), turned


def on_canvas(
    item: Item, art_px: tuple[int, int], size_px: tuple[int, int]
) -> tuple[Corners, float]:
    """Give the corners of an item on the canvas, and how many picture px a px of its art is."""
    width, height = size_px
    middle = np.array([width / 2 + item.x * height, height / 2 - item.y * height])
    return _quad(middle, _turn(item.rotation_deg) * (item.scale * height / max(art_px)), art_px)


def _quad(
    middle_px: Float64[np.ndarray, " 2"],
    matrix: Float64[np.ndarray, "2 2"],
    art_px: tuple[int, int],
) -> tuple[Corners, float]:
    """Lay a picture with a margin; `matrix` takes its px to the picture's, about its middle."""
    scales = np.maximum(np.hypot(*matrix), 1e-6)  # of each axis
    half = np.array(art_px) / 2
    reach = half + _MARGIN_PX / scales
    signs = np.array([(-1, -1), (1, -1), (-1, 1), (1, 1)])
    positions = middle_px + (signs * reach) @ matrix.T
    uv = 0.5 + signs * reach / (2 * half)
    return np.concatenate([positions, uv], axis=1).astype(np.float32), float(scales.max())


def _turn(degrees: float) -> Float64[np.ndarray, "2 2"]:
    """Rotate counter-clockwise for the eye, where y points down."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[cos, sin], [-sin, cos]])


def _without_shear(matrix: Float64[np.ndarray, "2 2"]) -> Float64[np.ndarray, "2 2"]:
    """Keep of an affine map how its x axis turned, and how long both axes are."""
    along = matrix[:, 0]
    length = max(float(np.hypot(*along)), 1e-6)
    x, y = along / length
    across = abs(float(np.linalg.det(matrix))) / length
    return np.array([[x * length, -y * across], [y * length, x * across]])


def _vertices(avatar: Avatar, role: str) -> Int64[np.ndarray, " n"]:
    slices = [avatar.layer_slices[i] for i in avatar.where(role)]
    none = np.zeros(0, np.int64)
    return np.concatenate([none, *(np.arange(part.start, part.stop) for part in slices)])


def _hand(avatar: Avatar, w_px: float) -> Float64[np.ndarray, " 2"]:
    marks = avatar.landmarks
    if "hand" in marks:
        return np.array(marks["hand"])
    left, right = np.array(marks["shoulder_left"]), np.array(marks["shoulder_right"])
    point = (left + right) / 2 + _HAND_ASIDE * (right - left) / 2
    point[1] = min(point[1] + _HAND_BELOW_W * w_px, avatar.canvas_px[1] - w_px)
    return np.asarray(point)
