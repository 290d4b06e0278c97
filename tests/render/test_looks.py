"""Backgrounds, outlines, shadows, tint and brightness."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.render.figures import actor_of, avatar_of, oval, scene_of, still
from vtuber.core.look import AS_DRAWN, Background, Look, Outline, Shadow
from vtuber.render.renderer import GlRenderer

SIDE_PX, RADIUS_PX = 256, 60
Y, X = np.mgrid[0:SIDE_PX, 0:SIDE_PX] + 0.5 - SIDE_PX / 2
FAR_PX = np.hypot(X, Y)


@pytest.fixture
def dot(renderer: GlRenderer) -> GlRenderer:
    """Give the renderer, which holds a disc in the middle of the canvas."""
    disc = oval("dot", (128, 128), (RADIUS_PX, RADIUS_PX), (200, 100, 50))
    renderer.load("dot", avatar_of(disc, canvas_px=(SIDE_PX, SIDE_PX)))
    return renderer


def draw(
    renderer: GlRenderer,
    look: Look = AS_DRAWN,
    background: Background | None = None,
    opacity: float = 1.0,
) -> np.ndarray:
    actor = replace(actor_of("dot", opacity=opacity), look=look)
    scene = replace(scene_of(actor, size_px=(SIDE_PX, SIDE_PX)), background=background)
    picture = renderer.draw(scene, (still(renderer._models["dot"].avatar),))
    box = picture.alpha_box
    outside = picture.rgba.copy()
    outside[box.top : box.bottom, box.left : box.right] = 0
    assert not outside.any(), "the box does not hold all that was drawn"
    return picture.rgba.astype(int)


def test_a_background_shows_wherever_the_actor_does_not(dot: GlRenderer) -> None:
    alone, wall = draw(dot), np.array([10, 90, 160, 255])
    before = draw(dot, background=Background.of((10, 90, 160)))
    assert np.abs(before - (alone + wall * (1 - alone[..., 3:] / 255))).max() <= 1.01
    faint = draw(dot, background=Background.of((10, 90, 160)), opacity=0.5)
    assert np.abs(faint - (alone / 2 + wall * (1 - alone[..., 3:] / 510))).max() <= 2
    assert np.array_equal(draw(dot), alone), "it stayed"


def test_a_picture_covers_the_scene_and_keeps_its_middle(dot: GlRenderer) -> None:
    rgb = np.zeros((100, 400, 3), np.uint8)
    rgb[:, 150:200], rgb[:, 200:250] = (255, 0, 0), (0, 0, 255)
    drawn = draw(dot, background=Background(rgb))
    assert (drawn[..., 3] == 255).all()
    assert drawn[3, 3].tolist() == [255, 0, 0, 255]
    assert drawn[3, 252].tolist() == [0, 0, 255, 255]


def test_every_new_background_is_shown(dot: GlRenderer) -> None:
    for grey in (10, 200, 90):
        assert draw(dot, background=Background.of((grey,) * 3))[0, 0, 0] == grey


def test_tint_multiplies_colours_and_brightness_never_leaves_premultiplied(dot: GlRenderer) -> None:
    plain = draw(dot)
    tinted = draw(dot, Look(tint=(128, 255, 0), brightness=0.5))
    wanted = plain * np.array([128 / 510, 0.5, 0.0, 1.0])
    assert np.abs(tinted - wanted).max() <= 1.01
    bright = draw(dot, Look(brightness=4.0))
    assert (bright[..., :3] <= bright[..., 3:]).all()
    assert np.array_equal(bright[..., 3], plain[..., 3])


@pytest.mark.parametrize("width_px", [3, 8])
def test_an_outline_is_as_wide_as_it_says_on_all_sides(dot: GlRenderer, width_px: int) -> None:
    drawn = draw(dot, Look(outline=Outline(width_px / SIDE_PX, (0, 255, 0))))
    edge_px = FAR_PX - RADIUS_PX - width_px
    line = (FAR_PX > RADIUS_PX + 1) & (edge_px < -1.8)
    assert (np.abs(drawn[line] - [0, 255, 0, 255]) <= (60, 8, 20, 8)).all()
    assert not drawn[edge_px > 2.8].any()
    middle = drawn[np.abs(edge_px) < 0.5][:, 3].mean()
    assert 90 < middle < 190, "half of it at its edge"
    assert np.array_equal(drawn[FAR_PX < RADIUS_PX - 2], draw(dot)[FAR_PX < RADIUS_PX - 2])


def test_a_shadow_falls_where_it_says_and_is_as_dark(dot: GlRenderer) -> None:
    shadow = Shadow(0.1, -0.05, 0.01, (0, 0, 40), 0.6)
    drawn = draw(dot, Look(shadow=shadow))
    from_shadow = np.hypot(X - 25.6, Y - 12.8)
    beside = (FAR_PX > RADIUS_PX + 3) & (from_shadow < RADIUS_PX - 12)
    assert beside.sum() > 200
    assert np.abs(drawn[beside] - np.array([0, 0, 24, 153])).max() <= 2
    assert not drawn[(from_shadow > RADIUS_PX + 14) & (FAR_PX > RADIUS_PX + 3)].any()
    hard, soft = (np.unique(draw(dot, Look(shadow=replace(shadow, blur=b)))[..., 3]).size
                  for b in (0.001, 0.04))  # fmt: skip
    assert soft > hard


def test_a_faint_actor_does_not_show_its_outline_and_shadow_through_itself(dot: GlRenderer) -> None:
    look = Look(outline=Outline(0.02), shadow=Shadow(0.1, -0.1))
    assert np.abs(draw(dot, look, opacity=0.5) - draw(dot, look) / 2).max() <= 1.01


def test_a_look_leaves_nothing_behind_for_the_next_picture(dot: GlRenderer) -> None:
    plain, look = draw(dot), Look(outline=Outline(0.04), shadow=Shadow(0.2, -0.2, 0.05))
    looked = draw(dot, look)
    assert not np.array_equal(looked, plain)
    assert np.array_equal(draw(dot), plain)
    assert np.array_equal(draw(dot, look), looked)
