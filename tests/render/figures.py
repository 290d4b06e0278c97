"""Small avatars made of smooth ovals, their fields and scenes."""

from __future__ import annotations

import numpy as np

from vtuber.avatar.avatar import Avatar, Layer
from vtuber.avatar.mesh import grid_mesh
from vtuber.core.pose import Pose
from vtuber.core.scene import Actor, Placement, Scene, WarpField


def oval(
    name: str,
    centre_px: tuple[float, float],
    radii_px: tuple[float, float],
    colour: tuple[int, int, int],
    opacity: float = 1.0,
    **more: object,
) -> Layer:
    """Make a layer that holds one smooth oval, with room around it."""
    left, top = (int(c - r) - 6 for c, r in zip(centre_px, radii_px, strict=True))
    width, height = (int(2 * r) + 12 for r in radii_px)
    y, x = np.mgrid[0:height, 0:width] + 0.5
    reach = np.hypot(
        (x + left - centre_px[0]) / radii_px[0], (y + top - centre_px[1]) / radii_px[1]
    )
    rgba = np.empty((height, width, 4), np.uint8)
    rgba[..., :3] = colour
    cover = np.clip((1 - reach) * min(radii_px) / 2 + 0.5, 0, 1)  # an edge of two pixels
    rgba[..., 3] = np.round(cover * opacity * 255)
    mesh = grid_mesh(rgba[..., 3], (left, top), (5, 4))
    return Layer(name, "face", "", rgba, (left, top), mesh, **more)  # type: ignore[arg-type]


def avatar_of(*layers: Layer, canvas_px: tuple[int, int] = (128, 128)) -> Avatar:
    return Avatar("test", "the tests", "CC0-1.0", canvas_px, {}, layers)


def still(avatar: Avatar) -> WarpField:
    """Give the field that leaves everything where it is."""
    layers = len(avatar.layers)
    return WarpField(
        avatar.vertices_px.copy(),
        np.ones(len(avatar.vertices_px), np.float32),
        np.arange(layers, dtype=np.int32),
        np.ones(layers, bool),
    )


def moved(avatar: Avatar, moves: dict[str, np.ndarray]) -> WarpField:
    """Move each layer by an affine map (2, 3) of canvas px."""
    field = still(avatar)
    for layer, part in zip(avatar.layers, avatar.layer_slices, strict=True):
        move = moves[layer.name]
        field.positions_px[part] = avatar.vertices_px[part] @ move[:, :2].T + move[:, 2]
    return field


def scene_of(*actors: Actor, size_px: tuple[int, int] = (128, 128), sequence: int = 0) -> Scene:
    return Scene(0, 7, sequence, size_px, actors)


def actor_of(
    key: str = "a",
    placement: Placement = Placement(),  # noqa: B008 - frozen
    opacity: float = 1.0,
    hidden: frozenset[str] = frozenset(),
) -> Actor:
    return Actor("p", key, Pose.rest(), placement, opacity, hidden)
