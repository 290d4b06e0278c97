"""Textures at the size they are shown: sharp, the same in whatever order, and there in time."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.metrics import psnr_db
from tests.render.figures import actor_of, avatar_of, oval, scene_of, still
from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.core.pose import Pose
from vtuber.core.scene import Placement
from vtuber.render.context import open_context
from vtuber.render.renderer import GlRenderer
from vtuber.render.rungs import LADDER, PER_OCTAVE, TEXELS, Ladder, Rungs, rung
from vtuber.resources import avatar_path
from vtuber.warp.rig import Rig


@pytest.fixture(scope="module")
def default() -> Avatar:
    return load(avatar_path("default"))


@given(st.floats(1e-3, 50.0))
def test_a_pixel_has_a_little_more_than_a_texel(scale: float) -> None:
    chosen = rung(scale)
    texels = 2.0 ** (chosen / PER_OCTAVE) / scale
    most = TEXELS * 2 ** (1 / PER_OCTAVE)
    assert texels <= most * 1.0001 or chosen == LADDER[-1]  # the smallest texture is small enough
    assert texels >= TEXELS * 0.9999 or chosen in (0, -1)  # none is larger than the art
    assert texels >= 1.0999 or chosen == 0


def test_a_larger_avatar_never_gets_a_smaller_texture() -> None:
    chosen = [rung(scale) for scale in np.geomspace(0.01, 4, 500)]
    assert chosen == sorted(chosen)
    assert set(chosen) == set(LADDER)


def test_a_rung_averages_the_page_and_is_made_once() -> None:
    page = np.zeros((64, 64, 4), np.uint8)
    page[::2] = 200
    with open_context() as context:
        rungs = Rungs(context, Ladder(page))
        texture = rungs.at(-PER_OCTAVE)
        assert texture.size == (32, 32)
        assert set(texture.read()) == {100}
        assert rungs.at(-PER_OCTAVE) is texture
        rungs.release()


@pytest.mark.parametrize("size", [(64, 64), (97, 61), (1, 300)])
def test_the_order_in_which_rungs_are_made_changes_no_texel(size: tuple[int, int]) -> None:
    page = np.random.default_rng(3).integers(0, 256, (*size, 4)).astype(np.uint8)
    down, up = Ladder(page).complete(), Ladder(page)
    for one in reversed(LADDER):
        assert np.array_equal(up[one], down[one])


def test_a_prepared_avatar_makes_no_texture_on_the_beat_and_looks_the_same(
    renderer: GlRenderer,
) -> None:
    layers = [oval(f"o{i}", (64, 64), (60 - 9 * i, 50), (40 * i, 90, 200)) for i in range(5)]
    avatar = avatar_of(*layers)
    renderer.load("whole", avatar)
    renderer.unload("stepped")
    for _ in renderer.load_by_steps("stepped", renderer.prepare(avatar)):
        pass
    (page,) = renderer._models["stepped"].pages
    made = dict(page._textures)
    assert set(made) == set(LADDER)
    for zoom in np.geomspace(0.05, 3.0, 40):
        stepped, whole = (
            renderer.draw(scene_of(actor_of(key, Placement(scale=zoom))), (still(avatar),))
            for key in ("stepped", "whole")
        )
        assert np.array_equal(stepped.rgba, whole.rgba)
    assert page._textures == made


def test_an_avatar_is_uploaded_in_small_steps(renderer: GlRenderer, default: Avatar) -> None:
    prepared, key = renderer.prepare(default), "by steps"
    steps, sizes = renderer.load_by_steps(key, prepared), [0]
    pages = None
    for _ in steps:
        pages = renderer._models[key].pages
        sizes.append(sum(len(texture.read()) for p in pages for texture in p._textures.values()))
    assert max(np.diff(sizes)) < 10_000_000, "5 ms of the beat"
    assert sizes[-1] > 40_000_000
    renderer.unload(key)


@pytest.mark.parametrize(
    ("size_px", "zoom", "least_db"),
    [
        ((1280, 720), 1.0, 42.8),
        ((1280, 720), 1.2, 42.0),
        ((1280, 720), 1.3, 41.5),
        ((1920, 1080), 1.0, 43.0),
        ((640, 360), 1.0, 37.5),
    ],
)
def test_pictures_are_as_sharp_as_supersampled_ones(
    renderer: GlRenderer, default: Avatar, size_px: tuple[int, int], zoom: float, least_db: float
) -> None:
    renderer.load("a", default)
    pose = Pose.of({"headYaw": 17.0, "headPitch": -6.0, "jawOpen": 0.4})
    actor = actor_of(placement=Placement(scale=zoom), hidden=default.not_worn())
    scene = scene_of(actor, size_px=size_px)
    large = replace(scene, size_px=(4 * size_px[0], 4 * size_px[1]))
    field = Rig(default).warp(pose)
    wanted = cv2.resize(renderer.draw(large, (field,)).rgba, size_px, interpolation=cv2.INTER_AREA)
    picture = renderer.draw(scene, (field,))
    box = picture.alpha_box
    part = np.s_[box.top : box.bottom, box.left : box.right]
    assert psnr_db(wanted[part], picture.rgba[part]) >= least_db


def test_what_is_on_the_card_is_not_kept_beside_it(renderer: GlRenderer) -> None:
    prepared = renderer.prepare(avatar_of(oval("a", (64, 64), (50, 50), (9, 90, 200))))
    pixels = [weakref.ref(ladder[one]) for ladder in prepared.ladders for one in LADDER]
    for _ in renderer.load_by_steps("kept nowhere", prepared):
        pass
    assert sum(one() is not None for one in pixels) <= len(LADDER) // PER_OCTAVE + 1
    del prepared
    gc.collect()
    assert not any(one() is not None for one in pixels)
    renderer.unload("kept nowhere")
