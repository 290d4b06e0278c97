"""Items: pictures of the user's own, moving or not, pinned to an actor; and what places them.

Values only. A part of the avatar itself is no item: that is shown and taken off by its toggle.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from jaxtyping import UInt8

Pin = Literal["head", "hand", "canvas"]  # what an item is fixed to


@dataclass(frozen=True, slots=True, eq=False)
class ItemPicture:
    """The frames of an item, all of one size."""

    frames: tuple[UInt8[np.ndarray, "h w 4"], ...]  # premultiplied sRGB, top row first
    ends_ns: tuple[int, ...] = (0,)  # when each frame ends, since the first began
    plays: int = 0  # how often it is played before it stays at its last frame; 0: for ever

    @property
    def size_px(self) -> tuple[int, int]:
        """Give its width and height."""
        return self.frames[0].shape[1], self.frames[0].shape[0]

    def frame_at(self, since_ns: int) -> int:
        """Give the number of the frame that shows so long after the beginning.

        >>> dot = np.zeros((1, 1, 4), np.uint8)
        >>> blinking = ItemPicture((dot, dot), (100, 250), plays=2)
        >>> [blinking.frame_at(at) for at in (0, 99, 100, 249, 250, 349, 350, 5000)]
        [0, 0, 1, 1, 0, 0, 1, 1]
        """
        whole_ns = self.ends_ns[-1]
        if len(self.frames) == 1 or whole_ns <= 0:
            return 0
        if self.plays and since_ns >= self.plays * whole_ns:
            return len(self.frames) - 1
        return bisect_right(self.ends_ns, max(since_ns, 0) % whole_ns)


@dataclass(frozen=True, slots=True)
class Item:
    """One item at one moment: what of it shows, and where."""

    key: str  # of the picture that the renderer holds
    frame: int
    at: Pin
    x: float  # from the pin, + = right; in widths of the face, on the canvas in picture heights
    y: float  # + = up
    scale: float  # 1: its longer side is such a unit
    rotation_deg: float  # + = counter-clockwise
    opacity: float
    is_behind: bool


@dataclass(frozen=True, slots=True)
class ShowItem:
    """Show an item: a picture of the user's own, moving or not, pinned to somebody.

    `file` is a path, or a name in the folder of items; without one a known item shows again, and a
    new one is looked for by its name. `at` None: where it was, a new one in the hand.
    """

    name: str
    file: str = ""
    at: Pin | None = field(default=None, kw_only=True)
    over_s: float = field(default=0.2, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class HideItem:
    """Hide an item; it is kept, and may show again."""

    name: str
    over_s: float = field(default=0.2, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class DropItem:
    """Let an item go, softly; its picture is forgotten."""

    name: str
    over_s: float = field(default=0.2, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class MoveItem:
    """Shift an item by, or `to`, a distance from its pin (x + = right, y + = up).

    In widths of the face for head and hand, so that it fits the next avatar too; on the canvas in
    picture heights from the middle.
    """

    name: str
    x: float
    y: float = 0.0
    to: bool = field(default=False, kw_only=True)
    over_s: float | None = field(default=None, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class ZoomItem:
    """Multiply an item's size, or set it: at 1 its longer side is the unit that `MoveItem` has."""

    name: str
    factor: float
    to: bool = field(default=False, kw_only=True)
    over_s: float | None = field(default=None, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class RotateItem:
    """Turn an item by, or `to`, degrees, + = counter-clockwise."""

    name: str
    degrees: float
    to: bool = field(default=False, kw_only=True)
    over_s: float | None = field(default=None, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class PutItemBehind:
    """Put an item behind its performer (on), or before."""

    name: str
    on: bool | None = None
    performer: str = field(default="", kw_only=True)


ItemCommand = ShowItem | HideItem | DropItem | MoveItem | ZoomItem | RotateItem | PutItemBehind
