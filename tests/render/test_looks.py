"""Backgrounds, outlines, shadows, tint and brightness."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.render.figures import actor_of, avatar_of, oval, scene_of, still
from vtuber.core.look import AS_DRAWN, Background, Look, Outline, Shadow
from vtuber.core.pose import Pose
from vtuber.core.scene import Actor, Fading, Placement
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
    fading: Fading = (),
) -> np.ndarray:
    actor = replace(actor_of("dot", opacity=opacity), look=look)
    scene = scene_of(actor, size_px=(SIDE_PX, SIDE_PX))
    scene = replace(scene, background=background, fading=fading)
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


def test_a_background_that_goes_shows_through_the_one_that_comes(dot: GlRenderer) -> None:
    wall, room = Background.of((200, 100, 0)), Background.of((0, 100, 200))
    for below, above, share, wanted in (
        (wall, room, 0.25, (150, 100, 50, 255)),
        (wall, None, 0.75, (50, 25, 0, 64)),
        (None, wall, 0.5, (100, 50, 0, 128)),
        (wall, wall, 0.3, (200, 100, 0, 255)),
    ):
        assert tuple(draw(dot, background=above, fading=((below, share),))[0, 0]) == wanted
    both = draw(dot, background=room, fading=((None, 0.5), (wall, 0.5)))
    assert tuple(both[0, 0]) == (50, 75, 100, 192)
    assert tuple(draw(dot, background=room)[0, 0]) == (0, 100, 200, 255)
    assert tuple(draw(dot)[0, 0]) == (0, 0, 0, 0)


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


LOOK = Look((255, 200, 255), outline=Outline(0.02), shadow=Shadow(0.1, -0.1))
WALL = Background.of((10, 90, 160))


@pytest.mark.parametrize("background", [None, WALL])
@pytest.mark.parametrize("look", [AS_DRAWN, LOOK])
def test_an_actor_that_only_fades_is_drawn_once_and_looks_alike(
    dot: GlRenderer, look: Look, background: Background | None
) -> None:
    live = replace(actor_of("dot"), look=look)
    fading = replace(live, is_still=True)
    for opacity in (1.0, 0.7, 0.3):
        wanted = shown(dot, replace(live, opacity=opacity), background)
        kept = shown(dot, replace(fading, opacity=opacity), background)
        assert np.abs(kept - wanted).max() <= 2
    dot.load("dot", avatar_of(oval("other", (50, 50), (9, 9), (1, 2, 3))))
    assert np.array_equal(shown(dot, replace(fading, opacity=0.3), background), kept)
    another = shown(dot, replace(fading, opacity=0.3, pose=Pose.rest()), background)
    assert not np.array_equal(another, kept)


def shown(
    renderer: GlRenderer,
    actor: Actor,
    background: Background | None,
    camera: Placement = Placement(),  # noqa: B008 - frozen
) -> np.ndarray:
    scene = scene_of(actor, size_px=(SIDE_PX, SIDE_PX))
    scene = replace(scene, background=background, camera=camera)
    return renderer.draw(scene, (still(renderer._models["dot"].avatar),)).rgba.astype(int)


def test_who_only_fades_goes_with_the_camera(dot: GlRenderer) -> None:
    moving = actor_of("dot", opacity=0.5)
    fading = replace(moving, is_still=True)
    near, far, away = Placement(scale=1.5), Placement(), Placement(x=3.0)
    for camera in (far, near, near, away, away, far):
        wanted, kept = (shown(dot, actor, None, camera) for actor in (moving, fading))
        assert np.abs(kept - wanted).max() <= 1


def test_a_layer_that_comes_or_goes_is_as_faint_as_it_says(renderer: GlRenderer) -> None:
    below = oval("below", (128, 128), (60, 60), (200, 100, 50))
    above = oval("above", (128, 128), (40, 40), (0, 0, 255))
    avatar = avatar_of(below, above, canvas_px=(SIDE_PX, SIDE_PX))
    renderer.load("dot", avatar)
    whole = shown(renderer, actor_of("dot"), None)
    bare = shown(renderer, actor_of("dot", hidden=frozenset(["above"])), None)
    half = shown(renderer, replace(actor_of("dot"), faint_layers={"above": 0.5}), None)
    assert np.abs(half - (whole + bare) / 2).max() <= 1.5
    assert np.array_equal(shown(renderer, actor_of("dot"), None), whole), "it stayed faint"


def test_a_wide_outline_of_hair_tips_reaches_as_far_on_all_sides(renderer: GlRenderer) -> None:
    """Compared with the exact distance: taps that part would make combs of it."""
    tips = [oval(f"tip{y}", (128, y), (70, 3), (200, 100, 50)) for y in (90, 128, 150)]
    avatar = avatar_of(*tips, canvas_px=(SIDE_PX, SIDE_PX))
    renderer.load("dot", avatar)
    size_px, width_px = (3 * SIDE_PX, 3 * SIDE_PX), 0.04 * 3 * SIDE_PX
    plain, lined = (
        renderer.draw(scene_of(actor, size_px=size_px), (still(avatar),)).rgba[..., 3]
        for actor in (
            actor_of("dot"),
            replace(actor_of("dot"), look=Look(outline=Outline(0.04))),
        )
    )
    far_px = [
        cv2.distanceTransform((plain < alpha).astype(np.uint8), cv2.DIST_L2, 5)
        for alpha in (255, 1)  # from where it is opaque, and from where it begins
    ]
    assert lined[far_px[0] < width_px - 3].min() > 230
    assert lined[far_px[1] > width_px + 3].max() < 30


@pytest.mark.parametrize("width", [0.02, 0.05])
def test_the_outline_around_a_hair_tip_is_round_and_no_comb(
    renderer: GlRenderer, width: float
) -> None:
    """Down every column before the tip, the line comes once and goes once."""
    tip = oval("tip", (128, 128.4), (70, 1), (200, 100, 50))
    avatar = avatar_of(tip, canvas_px=(SIDE_PX, SIDE_PX))
    renderer.load("dot", avatar)
    actor = replace(actor_of("dot"), look=Look(outline=Outline(width)))
    scene = scene_of(actor, size_px=(3 * SIDE_PX, 3 * SIDE_PX))
    before = renderer.draw(scene, (still(avatar),)).rgba[:, : 3 * (128 - 70), 3].astype(int)
    for column in before.T:
        highest = int(column.argmax())
        down = np.concatenate([-np.diff(column[: highest + 1]), np.diff(column[highest:])])
        assert down.max() <= 8
