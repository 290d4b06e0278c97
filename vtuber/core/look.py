"""How an actor and what stands behind it look, beyond the avatar itself. Values only.

Lengths are fractions of the picture's height, so that a scene looks alike in every picture size.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import UInt8

from vtuber.core.colour import Colour

WIDEST_OUTLINE, SOFTEST_SHADOW = 0.05, 0.1  # its width, its blur
BRIGHTEST = 4.0


@dataclass(frozen=True, slots=True)
class Outline:
    """A line around the silhouette."""

    width: float = 0.006  # up to WIDEST_OUTLINE
    colour: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Shadow:
    """The silhouette once more, soft, behind the actor."""

    x: float = 0.012  # + = right in the picture
    y: float = -0.012  # + = up
    blur: float = 0.01  # standard deviation, up to SOFTEST_SHADOW
    colour: Colour = (0, 0, 0)
    opacity: float = 0.5


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that is done to a finished actor. The neutral one does nothing."""

    tint: Colour = (255, 255, 255)  # multiplies the colours
    brightness: float = 1.0  # times all of them; 0 is black
    outline: Outline | None = None
    shadow: Shadow | None = None


AS_DRAWN = Look()
TRANSPARENT = "transparent"  # the background that is none


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """What stands behind all actors: a picture that covers the scene, cut where it is too long.

    Another picture is another value: nobody writes into `rgb`.
    """

    rgb: UInt8[np.ndarray, "h w 3"]  # sRGB, top row first

    @staticmethod
    def of(colour: Colour) -> Background:
        return Background(np.array([[colour]], np.uint8))


@dataclass(frozen=True, slots=True)
class SetTint:
    """Multiply the avatar's colours by one, as coloured light does; `off` is as drawn."""

    colour: Colour | None
    over_s: float = field(default=0.3, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class SetBrightness:
    """Make the avatar darker (below 1) or brighter (above): 0 to 4, 1 is as drawn."""

    factor: float
    over_s: float = field(default=0.3, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class SetOutline:
    """Draw a line around the avatar, its width in picture heights; or none (`off`)."""

    colour: Colour | None
    width: float | None = None  # up to 0.05; None: as it was, at first 0.006
    over_s: float = field(default=0.3, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class SetShadow:
    """Lay the avatar's soft shadow behind it (on), or take it away (off)."""

    on: bool | None = None
    over_s: float = field(default=0.3, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class LookPlain:
    """Show the avatar as it is drawn: no tint, no outline, no shadow."""

    over_s: float = field(default=0.3, kw_only=True)
    performer: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class SetBackground:
    """Put something behind everybody: `transparent`, a colour, or a picture's or video's path."""

    what: str
    over_s: float = field(default=0.3, kw_only=True)


LookCommand = SetTint | SetBrightness | SetOutline | SetShadow | LookPlain
