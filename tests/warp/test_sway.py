"""What swings bends from its root; rest stays the art, and no strand is stretched."""

import dataclasses

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.strands import JOINTS
from vtuber.core.pose import Pose
from vtuber.warp.rig import Rig
from vtuber.warp.sway import Sway, _bends, _hats


def joints_of(avatar, swing, shorter=0.0):
    """Give every joint one angle."""
    return np.full((len(avatar.strands.strands) * JOINTS, 2), (swing, shorter), np.float32)


def offsets(avatar, joints):
    local = np.zeros_like(avatar.vertices_px)
    Sway(avatar).add(local, joints)
    return local


def test_still_joints_leave_the_art_as_it_is(avatar: Avatar, rig: Rig) -> None:
    field = rig.warp(Pose.rest(), joints_of(avatar, 0.0))
    np.testing.assert_array_equal(field.positions_px, rig.warp(Pose.rest()).positions_px)


def test_hair_swings_more_towards_its_tips_and_not_at_all_on_the_skull(avatar: Avatar) -> None:
    moved = offsets(avatar, joints_of(avatar, 0.3))
    part = avatar.layer_slices[avatar.where("back_hair")[0]]
    v = avatar.strands.in_w(avatar.vertices_px[part])[:, 1]
    right = moved[part, 0][v.argsort()]
    assert (right[np.sort(v) <= -0.7] == 0).all()
    assert right[-1] > 0.4
    assert (np.diff(right) > -1e-6).all()


def test_nothing_but_hair_moves_where_no_layer_names_a_group(avatar: Avatar) -> None:
    moved = offsets(avatar, joints_of(avatar, 0.3)).any(axis=1)
    for role in ("face", "body", "neck", "ear", "brow", "nose"):
        for i in avatar.where(role):
            assert not moved[avatar.layer_slices[i]].any(), role


def test_a_strand_bends_without_a_kink() -> None:
    t = np.linspace(-0.1, 1.2, 2601)
    middle = (t[1:] + t[:-1]) / 2
    np.testing.assert_allclose(np.diff(_bends(t), axis=0) / np.diff(t)[:, None],
                               _hats(middle) * (middle > 0)[:, None], atol=0.002)  # fmt: skip


@pytest.mark.parametrize("bow", [0.15, 0.5, -0.6])
def test_a_strand_keeps_its_length(avatar: Avatar, bow: float) -> None:
    line = dataclasses.replace(
        avatar.layers[avatar.where("back_hair")[0]],
        mesh=dataclasses.replace(
            avatar.layers[0].mesh,
            vertices_px=np.stack(
                [np.full(200, 128.0), np.linspace(60, 206, 200)], axis=1
            ).astype(np.float32),
            triangles=np.array([[0, 1, 2]], np.int32),
        ),
    )  # fmt: skip
    hair = dataclasses.replace(avatar, layers=(line,))
    bend = np.linspace(bow / 4, bow, JOINTS)  # ever more towards the tip
    joints = np.zeros((len(hair.strands.strands) * JOINTS, 2), np.float32)
    joints[:, 0] = np.tile(bend, len(hair.strands.strands))
    at = hair.strands.in_w(hair.vertices_px) + offsets(hair, joints)

    def length(points):
        return np.hypot(*np.diff(points, axis=0).T).sum()

    assert abs(at[-1, 0]) > 0.1
    assert length(at) == pytest.approx(length(hair.strands.in_w(hair.vertices_px)), rel=0.01)


def test_layers_of_one_group_move_alike_wherever_they_overlap(avatar: Avatar) -> None:
    fringe = avatar.layers[avatar.where("front_hair")[0]]
    mesh = dataclasses.replace(fringe.mesh, vertices_px=fringe.mesh.vertices_px[::2])
    shadow = dataclasses.replace(fringe, name="shadow", role="hair_shadow", mesh=mesh)
    both = dataclasses.replace(avatar, layers=(*avatar.layers, shadow))
    count = len(both.strands.strands)
    tilts = np.repeat(0.2 * np.sin(np.arange(count) / 2), JOINTS)[:, None]
    joints = np.hstack([tilts, np.zeros_like(tilts)]).astype(np.float32)
    moved = offsets(both, joints)
    one = moved[both.layer_slices[both.where("front_hair")[0]]]
    other = moved[both.layer_slices[-1]]
    assert np.abs(one).max() > 0.03
    np.testing.assert_array_equal(one[::2], other)


def test_what_stands_turns_about_its_root(avatar: Avatar) -> None:
    hair = avatar.layers[avatar.where("front_hair")[0]]
    sprig = dataclasses.replace(
        hair, name="ahoge", group="ahoge",
        mesh=dataclasses.replace(
            hair.mesh,
            vertices_px=np.array([[128, 60], [124, 40], [132, 40], [128, 20]], np.float32),
            triangles=np.array([[0, 1, 2], [1, 2, 3]], np.int32),
        ),
    )  # fmt: skip
    grown = dataclasses.replace(avatar, layers=(*avatar.layers, sprig))
    ahoge = grown.strands.strands[-1]
    assert ahoge.along == pytest.approx((0.0, -1.0), abs=1e-6)
    moved = offsets(grown, joints_of(grown, -0.4))[grown.layer_slices[-1]]
    np.testing.assert_array_equal(moved[0], 0.0)
    assert moved[3, 0] > moved[1:3, 0].max() > 0.0  # against what hangs: the tip goes right
    assert moved[2, 1] > 0 > moved[1, 1] - moved[2, 1]  # its right side sinks, the left rises
