"""What Stage.advance decides and Stage.draw draws. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float32, Int32

from vtuber.core.item import Item
from vtuber.core.look import AS_DRAWN, Background, Look
from vtuber.core.pose import Pose


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an avatar stands. The neutral one fits its canvas into the picture, on the lower edge.

    Below the scale 1 it stays on that edge; above, it grows about its face.
    """

    x: float = 0.0  # shift in picture heights, + = right in the picture
    y: float = 0.0  # + = up
    scale: float = 1.0
    rotation_deg: float = 0.0  # + = counter-clockwise in the picture


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """One performer with one avatar at one moment."""

    name: str  # the performer
    avatar: str  # key of the avatar that the warper and the renderer hold
    pose: Pose
    placement: Placement = Placement()
    opacity: float = 1.0
    hidden_layers: frozenset[str] = frozenset()  # toggled off, or of another outfit
    # per joint of the avatar's strands: swing in radians, and by what share it looks shorter
    sway: Float32[np.ndarray, "n 2"] | None = None
    look: Look = AS_DRAWN
    faint_layers: Mapping[str, float] = field(default_factory=dict)  # that come or go: how opaque
    is_still: bool = False  # it changes in opacity only, to its end: its picture may be kept
    items: tuple[Item, ...] = ()  # the last one nearest


# Backgrounds that others come over, the first at the bottom; and how far the next one has, 0..1.
Fading = tuple[tuple[Background | None, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything that the picture of one beat depends on."""

    now_ns: int
    captured_ns: int
    sequence: int
    size_px: tuple[int, int]  # width, height
    actors: tuple[Actor, ...]
    background: Background | None = None  # None is transparent
    fading: Fading = ()  # what stood there before, while it is still seen
    camera: Placement = Placement()  # of all actors together, about the middle of the picture


@dataclass(frozen=True, slots=True, eq=False)
class WarpField:
    """Where each vertex of an avatar goes, how opaque it is, and the order of its layers."""

    positions_px: Float32[np.ndarray, "v 2"]  # canvas px, y down
    alpha: Float32[np.ndarray, " v"]  # 0..1, multiplies the layer's own alpha
    order: Int32[np.ndarray, " l"]  # indexes of layers, back to front
    visible: Bool[np.ndarray, " l"]  # layers that would show nothing are False
