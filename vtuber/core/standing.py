"""How a performer stands just now: what a control panel shows on its buttons. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """One performer, what their avatar has, and what of it is on."""

    performer: str
    avatar: str  # the name that it has in its own file
    expressions: Mapping[str, bool]  # name: it shows
    outfits: Mapping[str, bool]  # name: it is worn; the first is worn at the start
    toggles: Mapping[str, bool]
    items: Mapping[str, bool]  # at hand: it is shown
    is_hidden: bool
    is_mirrored: bool
    is_seen: bool = False  # a face moves the avatar
    pose: Mapping[str, float] | None = None  # of the last beat: degrees, cm, else 0..1
    measured: Mapping[str, float] | None = None  # of it, on the face, before any range
