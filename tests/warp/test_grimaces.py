"""Puffed cheeks and the tongue, which the rig and the network share."""

from __future__ import annotations

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.core.pose import Pose
from vtuber.core.scene import WarpField
from vtuber.resources import shipped_names
from vtuber.shows.engine import load_avatar
from vtuber.warp.folds import folded, triangles_of
from vtuber.warp.trace import Face, measure
from vtuber.warp.warpers import warper_called

WARPERS = ("rig", "network")


@pytest.fixture(scope="module")
def avatar() -> Avatar:
    return load_avatar("default")


def warped(avatar: Avatar, name: str, **pose: float) -> WarpField:
    return warper_called(name)(avatar).warp(Pose.of(pose))


def rows(avatar: Avatar, role: str) -> slice:
    return avatar.layer_slices[avatar.where(role)[0]]


@pytest.mark.parametrize("name", WARPERS)
def test_the_tongue_hangs_below_the_lips_and_is_seen(avatar: Avatar, name: str):
    out = warped(avatar, name, tongueOut=1.0)
    tongue, lip = (out.positions_px[rows(avatar, role)] for role in ("tongue", "lip_lower"))
    middle = np.abs(lip[:, 0] - tongue[:, 0].mean()) < 10
    assert tongue[:, 1].max() > lip[middle, 1].max() + 15
    assert np.ptp(tongue[:, 0]) < 0.6 * np.ptp(lip[:, 0])
    assert out.alpha[rows(avatar, "tongue")].min() == 1.0
    assert warped(avatar, name).alpha[rows(avatar, "tongue")].max() == 0.0


@pytest.mark.parametrize("name", WARPERS)
def test_the_tongue_of_an_open_mouth_stays_inside(avatar: Avatar, name: str):
    out = warped(avatar, name, tongueOut=1.0, jawOpen=0.8)
    tongue, cavity = (out.positions_px[rows(avatar, r)] for r in ("tongue", "mouth_cavity"))
    assert tongue[:, 1].max() <= cavity[:, 1].max() + 1
    assert np.ptp(cavity[:, 0]) > 0.9 * np.ptp(
        warped(avatar, name, jawOpen=0.8).positions_px[rows(avatar, "mouth_cavity"), 0]
    )


@pytest.mark.parametrize("name", WARPERS)
def test_puffed_cheeks_make_the_face_wider_on_both_sides(avatar: Avatar, name: str):
    face = rows(avatar, "face")
    plain, puffed = (warped(avatar, name, cheekPuff=puff).positions_px[face] for puff in (0.0, 1.0))
    away = puffed[:, 0] - plain[:, 0]
    unit_px = avatar.landmarks["cheek_left"][0] - avatar.landmarks["nose_tip"][0]
    assert away.max() > 0.08 * unit_px
    assert away.min() < -0.08 * unit_px
    assert np.abs(away[np.abs(plain[:, 0] - avatar.landmarks["nose_tip"][0]) < 8]).max() < 8


@pytest.mark.parametrize("name", shipped_names())
def test_no_grimace_folds_an_avatar_that_ships(name: str):
    avatar = load_avatar(name)
    rest, triangles, face = measure(avatar).points, triangles_of(avatar), Face(avatar)
    for pose in (
        {"tongueOut": 1.0, "mouthSmileLeft": 0.8, "mouthSmileRight": 0.8},
        {"cheekPuff": 1.0, "mouthPucker": 0.55},
        {"tongueOut": 0.6, "jawOpen": 0.1, "headYaw": 15.0},
    ):
        out = warped(avatar, "network", **pose)
        folds = folded(rest, face.in_w(out.positions_px), triangles, out.alpha)
        assert folds.sum() == 0, pose
