"""Baking: what moves is in one block, what a bundle says stands, and it costs little."""

import dataclasses

import numpy as np
import pytest

from vtuber.avatar.avatar import Avatar
from vtuber.avatar.style import BOUNDS, Style
from vtuber.warp.bake import Baked, bake
from vtuber.warp.characters import character
from vtuber.warp.features import KINDS
from vtuber.warp.laws import LAWS, MOVED_AT_REST
from vtuber.warp.measure import Measured
from vtuber.warp.trace import measure
from vtuber.warp.weights import shipped


@pytest.fixture(scope="module")
def measured() -> Measured:
    return character(np.random.default_rng(11), density=0.5).measured


@pytest.fixture(scope="module")
def baked(measured: Measured) -> Baked:
    return bake(measured, measured.style, shipped())


def without(measured: Measured, *roles: str) -> Measured:
    """Give the same character without some of its parts."""
    left = [i for i, part in enumerate(measured.parts) if part.role not in roles]
    points = np.concatenate([measured.points[measured.slices[i]] for i in left])
    return dataclasses.replace(
        measured, points=points, parts=tuple(measured.parts[i] for i in left)
    )


def test_a_vertex_of_eyes_brows_mouth_or_skin_is_in_one_block_and_no_other_is(
    measured: Measured, baked: Baked
) -> None:
    for block in baked.blocks:
        own = measured.of(*KINDS[block.region], side=block.side or None)
        np.testing.assert_array_equal(block.rows, np.flatnonzero(own))
        assert block.basis.shape == (len(LAWS[block.region]), 2 * len(block.rows))
        assert block.basis.flags["C_CONTIGUOUS"]
        assert block.basis.dtype == np.float32


def test_what_shows_at_rest_is_moved_by_no_coefficient_that_is_not_0_at_rest(
    measured: Measured, baked: Baked
) -> None:
    hidden = measured.of("lid_closed", "lid_happy", "mouth_cavity", "tongue", "teeth")
    for block in baked.blocks:
        moved_at_rest = [law in MOVED_AT_REST for law in LAWS[block.region]]
        shows = np.repeat(~hidden[block.rows], 2)
        assert not block.basis[moved_at_rest][:, shows].any()


def test_the_same_character_bakes_to_the_same_numbers(measured: Measured, baked: Baked) -> None:
    again = bake(measured, measured.style, shipped())
    np.testing.assert_array_equal(again.depth, baked.depth)
    for one, other in zip(again.blocks, baked.blocks, strict=True):
        np.testing.assert_array_equal(one.basis, other.basis)


def test_what_rig_says_of_the_turn_stands_and_what_it_does_not_say_is_read_off_the_looks(
    measured: Measured, baked: Baked
) -> None:
    odd = dataclasses.replace(Style(), narrowing=0.91, body_depth=0.33)
    told = bake(measured, odd, shipped()).style
    assert (told.narrowing, told.body_depth) == (0.91, 0.33)
    silent = bake(measured, None, shipped()).style
    for knob in ("narrowing", "body_depth"):
        low, high = BOUNDS[knob]
        assert low <= getattr(silent, knob) <= high
        assert getattr(silent, knob) != getattr(Style(), knob)


@pytest.mark.parametrize("gone", ["eye", "mouth", "brow"])
def test_a_character_without_a_region_bakes_as_the_rest_of_it_does(
    measured: Measured, gone: str
) -> None:
    less = without(measured, *KINDS[gone])
    made = bake(less, None, shipped())
    assert gone not in {block.region for block in made.blocks}
    assert made.depth.shape == (len(less.points), 2)
    assert np.isfinite(made.depth).all()


def test_depth_is_within_the_head_and_its_share_of_the_turn_is_a_share(baked: Baked) -> None:
    z, share = baked.depth.T
    assert (np.abs(z) < 2.5).all()  # W
    assert ((share >= 0) & (share <= 1)).all()


def test_twice_the_vertices_take_twice_the_memory_and_a_megabyte_holds_an_avatar(
    avatar: Avatar,
) -> None:
    random = np.random.default_rng(3)
    sizes = []
    for density in (0.4, 0.8):
        made = character(random, density).measured
        sizes.append(bake(made, None, shipped()).bytes / len(made.points))
    assert sizes[1] == pytest.approx(sizes[0], rel=0.6)  # bytes a vertex; each has its own layers
    assert bake(measure(avatar), avatar.style, shipped()).bytes < 1 << 20
