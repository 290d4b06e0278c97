"""Characters for training: never two alike, and every avatar that ships lies well inside."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tests.avatar.test_mesh import area_px
from vtuber.avatar.bundle import load
from vtuber.avatar.roles import LANDMARKS, ROLES
from vtuber.avatar.style import BOUNDS, KNOBS
from vtuber.warp.characters import Character, character
from vtuber.warp.features import Described, describe
from vtuber.warp.motion import Motion
from vtuber.warp.patch import oval, patch
from vtuber.warp.poses import random_controls
from vtuber.warp.proportions import Proportions
from vtuber.warp.trace import measure

SHIPPED = sorted(p.parent for p in (Path(__file__).parents[2] / "avatars").glob("*/avatar.toml"))


@pytest.fixture(scope="module")
def many() -> list[Character]:
    random = np.random.default_rng(3)
    return [character(random, density=0.4) for _ in range(150)]


@pytest.fixture(scope="module")
def described(many: list[Character]) -> list[Described]:
    return [describe(c.measured, c.measured.style) for c in many]


def test_the_same_seed_makes_the_same_character_and_another_another() -> None:
    one, same, other = (character(np.random.default_rng(seed)) for seed in (7, 7, 8))
    np.testing.assert_array_equal(one.measured.points, same.measured.points)
    assert one.measured.style == same.measured.style
    assert one.measured.points.shape != other.measured.points.shape


def test_every_role_is_there_now_and_missing_now_but_the_face(many: list[Character]) -> None:
    counts = Counter(role for c in many for role in {part.role for part in c.measured.parts})
    assert set(counts) == set(ROLES)
    assert counts["face"] == len(many)
    for role in ("ear", "blush", "front_hair", "side_hair", "glasses", "headwear", "tears", "item"):
        assert counts[role] < len(many)


def test_every_landmark_and_knob_is_drawn_within_what_a_bundle_may_say(
    many: list[Character],
) -> None:
    for made in many:
        assert set(made.measured.marks) == set(LANDMARKS)
        for knob in KNOBS:
            low, high = BOUNDS[knob]
            assert low <= getattr(made.measured.style, knob) <= high


@pytest.mark.parametrize("knob", KNOBS)
def test_looks_say_a_good_part_of_how_a_character_moves_but_not_all(knob: str) -> None:
    drawn = [Proportions(np.random.default_rng(seed)) for seed in range(600)]
    values = np.array([getattr(proportions.style(), knob) for proportions in drawn])
    looks = np.array([[*proportions.place.values(), 1.0] for proportions in drawn])
    fitted = looks @ np.linalg.lstsq(looks[:400], values[:400], rcond=None)[0]
    agreement = np.corrcoef(fitted[400:], values[400:])[0, 1]
    assert 0.5 < agreement < 0.98


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_an_avatar_that_ships_lies_well_inside(path: Path, described: list[Described]) -> None:
    avatar = load(path)
    own = describe(measure(avatar), avatar.style)
    for side, seen in own.looks.items():
        looks = np.stack([one.looks[side] for one in described])
        room = 0.5 * looks.std(axis=0) + 1e-5
        assert ((seen >= looks.min(0) - room) & (seen <= looks.max(0) + room)).all()
    regions = [t for one in described for t in one.regions]
    for name, rows, taught in (
        ("layers", own.depths.layers, [one.depths.layers for one in described]),
        ("depths", own.depths.local, [one.depths.local for one in described]),
        *((t.region, t.local, [o.local for o in regions if o.region == t.region])
          for t in own.regions),
    ):  # fmt: skip
        low, high = np.quantile(np.concatenate(taught), [0.0005, 0.9995], axis=0)
        room = 0.05 * (high - low) + 1e-3
        inside = (rows >= low - room) & (rows <= high + room)
        assert inside.mean() > 0.99, name


def test_usual_characters_look_and_move_as_the_avatars_that_ship_do() -> None:
    random = np.random.default_rng(21)
    usual = [character(random, 0.3, is_usual=True).measured for _ in range(60)]
    for what in (
        lambda m: [x for mark in LANDMARKS for x in m.marks[mark]],
        lambda m: [getattr(m.style, knob) for knob in KNOBS],
    ):
        made = np.array([what(m) for m in usual])
        spread = np.maximum(made.std(axis=0), 0.02)
        for path in SHIPPED:
            off = np.abs(np.array(what(measure(load(path)))) - made.mean(axis=0)) / spread
            assert (off < 3.5).mean() > 0.9, path.name


def test_any_character_can_be_moved(many: list[Character]) -> None:
    random = np.random.default_rng(1)
    for made in many[:40]:
        moved, alpha = Motion(made.measured)(random_controls(random, turned=1.3))
        assert np.isfinite(moved).all()
        assert np.abs(moved).max() < 8.0  # W
        assert ((alpha >= 0) & (alpha <= 1)).all()


def test_meshes_are_whole(many: list[Character]) -> None:
    for made in many[:40]:
        assert (np.abs(area_px(made.measured.points, made.triangles)) > 1e-9).all()
        assert len(np.unique(made.triangles)) == len(made.measured.points)
        assert 60 < made.px < 130


def test_a_patch_covers_its_shape_and_leaves_the_corners_out() -> None:
    box = (-1.0, -1.0, 1.0, 1.0)
    made = patch(box, (10, 10), oval(box))
    assert made is not None
    area = np.abs(area_px(made.points, made.triangles)).sum()
    assert np.pi < area < 4.0
    assert not (np.abs(made.points).sum(axis=1) > 1.95).any()
    assert patch(box, (10, 10), lambda u, v: (u > 5) & (v > 5)) is None
