"""The way of a lid: an arch half way down, lashes that keep their weight, a crease that lags."""

from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.core.pose import Pose
from vtuber.warp.characters import character
from vtuber.warp.eyes import Eye
from vtuber.warp.folds import folded
from vtuber.warp.lids import Lid, Ride, half_closed
from vtuber.warp.measure import Curve
from vtuber.warp.rig import Rig

U = np.linspace(-1.0, 1.0, 41)
OPEN = Curve(U, -np.sqrt(np.maximum(1.0 - U**4, 0.0)))  # boxy, with steep ends
CLOSED = Curve(U, 0.3 * (1.0 - U**2))
FLAT = Curve(U, np.zeros_like(U))


@pytest.fixture(scope="module")
def shipped() -> tuple[Avatar, Rig]:
    avatar = load(Path(__file__).parents[2] / "avatars" / "default")
    return avatar, Rig(avatar)


def test_a_half_closed_lid_is_one_even_arch_from_corner_to_corner() -> None:
    half = half_closed(OPEN, CLOSED)
    bend = np.diff(half(half.u), 2)
    assert (bend > 0).all()  # v is down: an arch, with no corner anywhere
    assert bend.max() < 1.01 * bend.min()
    assert half(np.array(0.0)) == pytest.approx((OPEN(0.0) + CLOSED(0.0)) / 2)


def test_a_lash_keeps_its_distance_from_a_lid_that_was_steep_and_turns_with_it() -> None:
    on_lid, beside = np.array([[-0.9, -0.59]]), np.array([[-1.0, -0.61]])
    lid = Lid(OPEN, FLAT, 1.0)
    inner, outer = (p + Ride(lid, p).offsets(lid.way(CLOSED), 1.0) for p in (on_lid, beside))
    across = (outer - inner)[0]
    assert np.linalg.norm(across) == pytest.approx(0.102, rel=0.1)
    assert across[1] < 0.8 * -0.102  # what pointed sideways points up


def test_where_the_lid_goes_its_lash_goes_and_keep_thins_it() -> None:
    edge = np.array([[0.0, -1.2]])
    lid = Lid(OPEN, FLAT, 1.0)
    ride, way = Ride(lid, edge), lid.way(CLOSED)
    np.testing.assert_allclose((edge + ride.offsets(way, 1.0))[0], [0.0, 0.1], atol=0.03)
    np.testing.assert_allclose((edge + ride.offsets(way, 0.5))[0], [0.0, 0.2], atol=0.03)


def test_a_crease_follows_by_its_share_and_does_not_turn() -> None:
    above = np.array([[0.0, -1.3]])
    lid = Lid(OPEN, FLAT, 1.0)
    way = 0.75 * Ride(lid, above).follow(lid.way(CLOSED))
    np.testing.assert_allclose(way[0], [0.0, 0.75 * 1.3], atol=0.03)


def test_lashes_of_most_made_up_characters_never_fold() -> None:
    folding = []
    for seed in range(24):
        made = character(np.random.default_rng(seed))
        m, eye = made.measured, Eye(made.measured, "right")
        part_of = m.per_vertex(np.arange(len(m.parts)))
        triangles = made.triangles[
            np.isin(part_of[made.triangles[:, 0]], m.where("lash_upper", "right"))
        ]
        fields = eye.fields()
        for close, happy in ((0.5, 0.0), (0.9, 0.0), (1.0, 0.0), (0.0, 1.0)):
            moved = close * fields["close_right"] + happy * fields["happy_right"]
            moved += 4.0 * close * max(1.0 - close - happy, 0.0) * fields["arch_right"]
            folds = folded(m.points, m.points + moved, triangles, np.ones(len(m.u), np.float32))
            folding += [seed] * bool(folds.any())
    assert len(set(folding)) <= 1


def thickness_px(avatar: Avatar, rig: Rig, **pose: float) -> float:
    """Give the height of the moved left upper lash over the middle of the eye."""
    layer = next(i for i, one in enumerate(avatar.layers) if one.name == "lash_upper_left")
    part = avatar.layer_slices[layer]
    rest = avatar.vertices_px[part]
    middle = np.abs(rest[:, 0] - avatar.landmarks["iris_left"][0]) < 6.0
    moved = rig.warp(Pose.of(pose)).positions_px[part][middle]
    return float(np.ptp(moved[:, 1]))


def test_the_lash_of_the_avatar_that_ships_is_as_heavy_half_closed_as_open(
    shipped: tuple[Avatar, Rig],
) -> None:
    avatar, rig = shipped
    rest = thickness_px(avatar, rig)
    for blink in (0.25, 0.5):
        assert 0.8 < thickness_px(avatar, rig, eyeBlinkLeft=blink) / rest < 1.15


def test_the_fold_of_the_lid_stays_above_the_lash_and_lags(shipped: tuple[Avatar, Rig]) -> None:
    avatar, rig = shipped
    part = {layer.name: avatar.layer_slices[i] for i, layer in enumerate(avatar.layers)}
    moved = rig.warp(Pose.of({"eyeBlinkLeft": 0.8})).positions_px - avatar.vertices_px
    near = np.abs(avatar.vertices_px[:, 0] - avatar.landmarks["iris_left"][0]) < 8.0
    lash, fold = (
        moved[part[name], 1][near[part[name]]].mean()
        for name in ("lash_upper_left", "eye_crease_left")
    )
    assert 0.5 * lash < fold < 0.9 * lash


def test_the_eye_passes_through_the_arch_and_not_through_the_mean(
    shipped: tuple[Avatar, Rig],
) -> None:
    avatar, rig = shipped
    part = avatar.layer_slices[avatar.where("eye_white", "left")[0]]
    rest = avatar.vertices_px[part]
    half, closed = (
        rig.warp(Pose.of({"eyeBlinkLeft": 0.88 / 1.04 * way})).positions_px[part]
        for way in (0.5, 1.0)
    )
    below_mean = (half - (rest + closed) / 2)[:, 1]
    inner, outer = (avatar.landmarks[f"eye_left_{end}"] for end in ("inner", "outer"))
    upper = rest[:, 1] < inner[1] - 12
    across = (rest[:, 0] - inner[0]) / (outer[0] - inner[0])
    middle = upper & (np.abs(across - 0.5) < 0.1)
    sides = upper & (np.abs(across - 0.5) > 0.38)
    assert np.abs(below_mean[middle]).max() < 2.0
    assert below_mean[sides].max() > 5.0
