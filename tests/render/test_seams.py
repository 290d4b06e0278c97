"""A solid layer stays solid however it is bent: no gap between triangles, where cells meet."""

import dataclasses

import cv2
import numpy as np
import pytest

from vtuber.avatar.bundle import load
from vtuber.core.pose import BASE, Pose
from vtuber.core.scene import Actor, Scene
from vtuber.resources import avatar_path, shipped_names
from vtuber.warp.rig import Rig

POSES = [
    {"headYaw": 25.0}, {"headYaw": -25.0, "headRoll": 8.0}, {"headPitch": 18.0},
    {"headPitch": -16.0, "headYaw": 12.0}, {"headRoll": 15.0, "headYaw": 10.0},
]  # fmt: skip
ROLES = ("back_hair", "body", "face", "front_hair")


def solid(layer):
    """Cover the whole mesh of a layer, so that every gap is one between its triangles."""
    rgba = layer.rgba.copy()
    rgba[..., 3] = 255
    return dataclasses.replace(layer, rgba=rgba, clip=None)


@pytest.mark.parametrize("name", shipped_names())
def test_large_layers_show_no_seam_in_any_turn(renderer, name):
    avatar = load(avatar_path(name))
    size = (576, 720)
    for role in ROLES:
        layers = [avatar.layers[i] for i in avatar.where(role)][:1]
        alone = dataclasses.replace(avatar, layers=tuple(map(solid, layers)))
        renderer.load(role, alone)
        rig = Rig(alone)
        for values in POSES:
            pose = Pose.of(values, BASE)
            actor = Actor(role, role, pose)
            rgba = renderer.draw(Scene(0, 0, 0, size, (actor,)), (rig.warp(pose),)).rgba
            covered = (rgba[..., 3] > 127).astype(np.uint8)
            # a gap of a pixel is closed by a dilation; what that fills inside is a seam
            closed = cv2.morphologyEx(covered, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
            inside = cv2.erode(closed, np.ones((7, 7), np.uint8)) > 0
            gaps = (inside & (rgba[..., 3] < 128))[4:-4, 4:-4]  # the picture's edge cuts layers
            assert not gaps.any(), (role, values)
        renderer.unload(role)
