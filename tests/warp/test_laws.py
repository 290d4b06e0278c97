"""What holds for any pose."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.avatar.test_mesh import area_px
from tests.bundles import make_bundle, manifest_text
from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.core.pose import BASE, Pose
from vtuber.warp.rig import Rig

SHIPPED = Path(__file__).parents[2] / "avatars"
WITHIN_HUMAN_RANGE = {
    "headYaw": (-45, 45), "headPitch": (-30, 30), "headRoll": (-35, 35), "headX": (-15, 15),
    "headY": (-10, 10), "headZ": (-20, 20), "bodyYaw": (-20, 20), "bodyPitch": (-15, 15),
    "bodyRoll": (-15, 15),
}  # fmt: skip


def poses(names: tuple[str, ...], limits: dict[str, tuple[float, float]]) -> st.SearchStrategy:
    def value(name: str) -> st.SearchStrategy[float]:
        i = BASE.index[name]
        low, high = limits.get(name, (float(BASE.low[i]), float(BASE.high[i])))
        return st.sampled_from((low, high)) | st.floats(low, high)

    return st.fixed_dictionaries({}, optional={name: value(name) for name in names})


@settings(max_examples=150, deadline=None)
@given(pose=poses(BASE.names, {}))
def test_any_pose_gives_finite_positions_and_alpha_within_range(
    rig: Rig, pose: dict[str, float]
) -> None:
    field = rig.warp(Pose.of(pose))
    assert np.isfinite(field.positions_px).all()
    assert (field.alpha >= 0).all()
    assert (field.alpha <= 1).all()
    assert np.abs(field.positions_px).max() < 4000  # a canvas of 256 x 320


def least_area(avatar: Avatar, rig: Rig, pose: Pose, roles: tuple[str, ...]) -> float:
    """Give the smallest share of its area that a triangle keeps; below 0 it is folded over."""
    positions = rig.warp(pose).positions_px.astype(np.float64)
    least = np.inf
    for role in roles:
        for i in avatar.where(role):
            part, triangles = avatar.layer_slices[i], avatar.layers[i].mesh.triangles
            rest = area_px(avatar.vertices_px[part].astype(np.float64), triangles)
            least = min(least, float((area_px(positions[part], triangles) / rest).min()))
    return least


HEAD_AND_JAW = (*WITHIN_HUMAN_RANGE, "jawOpen", "cheekPuff", "jawLeft", "jawRight", "breath")
STIFF = ("face", "front_hair", "side_hair", "back_hair", "neck", "body", "iris", "nose")


@settings(max_examples=150, deadline=None)
@given(pose=poses(HEAD_AND_JAW, WITHIN_HUMAN_RANGE))
def test_no_triangle_of_the_face_folds_within_human_range(
    avatar: Avatar, rig: Rig, pose: dict[str, float]
) -> None:
    assert least_area(avatar, rig, Pose.of(pose), ("face", "nose", "neck", "body")) > 0.1


@pytest.mark.parametrize("path", sorted(p.parent for p in SHIPPED.glob("*/avatar.toml")))
def test_no_triangle_of_an_avatar_that_ships_folds_within_human_range(path: Path) -> None:
    avatar = load(path)
    rig, random = Rig(avatar), np.random.default_rng(3)
    for _ in range(60):
        pose = {n: random.choice([*WITHIN_HUMAN_RANGE[n], 0]) for n in WITHIN_HUMAN_RANGE}
        assert least_area(avatar, rig, Pose.of(pose), STIFF) > 0.1, pose


@pytest.mark.parametrize("path", sorted(p.parent for p in SHIPPED.glob("*/avatar.toml")))
def test_rest_is_exactly_the_art_of_every_avatar_that_ships(path: Path) -> None:
    avatar = load(path)
    field = Rig(avatar).warp(Pose.rest())
    shown = field.alpha > 0
    np.testing.assert_array_equal(field.positions_px[shown], avatar.vertices_px[shown])


@settings(max_examples=40, deadline=None)
@given(pose=poses(BASE.names, WITHIN_HUMAN_RANGE), small=st.floats(-1e-3, 1e-3))
def test_a_small_change_of_the_pose_is_a_small_change_of_the_picture(
    avatar: Avatar, rig: Rig, pose: dict[str, float], small: float
) -> None:
    a, b = Pose.of(pose), Pose.of({**pose, "eyeBlinkLeft": 0.86, "jawOpen": 0.02})
    c = Pose.of({**pose, "eyeBlinkLeft": 0.86 + small, "jawOpen": 0.02 + small})
    one, other = rig.warp(b), rig.warp(c)
    assert np.abs(one.positions_px - other.positions_px).max() < 0.5
    assert np.abs(one.alpha - other.alpha).max() < 0.05
    assert rig.warp(a).order.shape == (len(avatar.layers),)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.sampled_from((0.05, 0.5, 1.0)))
def test_landmarks_anywhere_and_depths_at_their_bounds_still_give_finite_positions(
    avatar: Avatar, seed: int, share: float
) -> None:
    random = np.random.default_rng(seed)
    marks = {
        name: tuple(random.uniform(-8192, 8192, 2)) if random.random() < share else point
        for name, point in avatar.landmarks.items()
    }
    x, half = random.uniform(-8000, 8000), random.choice([4.0, 50.0, 4000.0])
    marks |= {"cheek_left": (x + half, 0.0), "cheek_right": (x - half, 0.0)}
    layers = tuple(
        dataclasses.replace(layer, depth=float(random.choice([-4, layer.depth, 4])))
        for layer in avatar.layers
    )
    rig = Rig(dataclasses.replace(avatar, landmarks=marks, layers=layers))
    pose = Pose(BASE, random.uniform(BASE.low, BASE.high).astype(np.float32))
    assert np.isfinite(rig.warp(pose).positions_px).all()


def test_a_bundle_of_a_face_alone_can_be_warped(tmp_path: Path, avatar: Avatar) -> None:
    folder = make_bundle(tmp_path)
    head, *layers = manifest_text().split("[expressions")[0].split("[[layers]]")
    face = next(layer for layer in layers if 'role = "face"' in layer)
    (folder / "avatar.toml").write_text(f"{head}[[layers]]{face}")
    rig = Rig(load(folder))
    field = rig.warp(Pose.of({"headYaw": 20.0, "jawOpen": 1.0, "eyeBlinkLeft": 1.0}))
    assert np.isfinite(field.positions_px).all()


@pytest.mark.parametrize("shape", ["jawOpen", "mouthFunnel", "mouthPucker", "mouthStretchLeft"])
def test_an_opened_mouth_is_nowhere_frayed(shape: str) -> None:
    avatar = load(SHIPPED / "default")
    rig = Rig(avatar)
    for jaw in (0.3, 0.6, 1.0):
        pose = Pose.of({"jawOpen": jaw, shape: 1.0})
        assert least_area(avatar, rig, pose, ("mouth_cavity", "lip_upper")) > 0.0
