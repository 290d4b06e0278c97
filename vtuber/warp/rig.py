"""The exact rig: an avatar once, then poses in and warp fields out, with NumPy alone."""

from __future__ import annotations

from vtuber.avatar.avatar import Avatar
from vtuber.warp.measure import Measured
from vtuber.warp.motion import Motion
from vtuber.warp.trace import measure
from vtuber.warp.warper import AvatarWarper


class Rig(AvatarWarper):
    """Warps one avatar, as it measures or as it is told that it measures."""

    def __init__(self, avatar: Avatar, measured: Measured | None = None) -> None:
        super().__init__(avatar, Motion(measured or measure(avatar)))
