"""What the renderer draws equals an independent compositor, and obeys the scene."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.metrics import psnr_db
from tests.render.figures import actor_of, avatar_of, moved, oval, scene_of, still
from tests.render.reference import composite
from vtuber.avatar.avatar import Avatar
from vtuber.core.picture import Picture
from vtuber.core.scene import Placement
from vtuber.image.alpha import alpha_box
from vtuber.render.renderer import GlRenderer

STILL = np.array([[1.0, 0, 0], [0, 1, 0]])
# Whole steps of 8 bits: one for rounding the art, one for each layer above it.
STEPS = 3


def turned(degrees: float, scale: float, about: tuple[float, float]) -> np.ndarray:
    angle = np.radians(degrees)
    matrix = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.column_stack([matrix, np.array(about) - matrix @ np.array(about)])


@pytest.fixture(scope="module")
def eye() -> Avatar:
    """Give a face with a clipped iris, a light on it, and one layer of each blend mode."""
    return avatar_of(
        oval("face", (64, 64), (52, 48), (240, 205, 190)),
        oval("white", (56, 60), (26, 16), (250, 250, 255), 0.9),
        oval("iris", (64, 56), (14, 20), (40, 90, 200), clip=1),
        oval("light", (58, 50), (5, 6), (255, 255, 255), 0.8, clip=1),
        oval("shade", (90, 96), (30, 24), (150, 120, 170), 0.7, blend="multiply"),
        oval("shine", (40, 30), (24, 14), (90, 120, 60), 0.8, blend="screen"),
        oval("glow", (100, 40), (26, 22), (80, 60, 20), 0.6, blend="add"),
        oval("tone", (40, 96), (34, 26), (200, 90, 60), 0.8, blend="overlay"),
    )


def draw(renderer: GlRenderer, avatar: Avatar, field: object = None, **actor: object) -> Picture:
    renderer.load("a", avatar)
    scene = scene_of(actor_of(**actor))  # type: ignore[arg-type]
    return renderer.draw(scene, (field or still(avatar),))  # type: ignore[arg-type]


def worst_step(picture: Picture, wanted: np.ndarray) -> float:
    return float(np.abs(picture.rgba / 1.0 - wanted * 255).max())


def test_at_rest_the_picture_is_the_composited_art(renderer: GlRenderer, eye: Avatar) -> None:
    rest = dict.fromkeys((layer.name for layer in eye.layers), STILL)
    assert worst_step(draw(renderer, eye), composite(eye, (128, 128), rest)) <= STEPS


def test_warped_layers_and_clips_equal_the_reference(renderer: GlRenderer, eye: Avatar) -> None:
    moves = {
        layer.name: turned(6 * i - 12, 1 - 0.03 * i, (60 + i, 64 - i))
        for i, layer in enumerate(eye.layers)
    }
    picture = draw(renderer, eye, moved(eye, moves))
    wanted = composite(eye, (128, 128), moves)
    assert psnr_db(picture.rgba, np.round(wanted * 255).astype(np.uint8)) >= 45.0
    assert worst_step(picture, wanted) <= 12  # edges, where 8-bit texture weights show


@pytest.mark.parametrize("name", ["iris", "white"])
def test_vertex_alpha_fades_a_layer_and_what_it_clips(
    renderer: GlRenderer, eye: Avatar, name: str
) -> None:
    field = still(eye)
    index = [layer.name for layer in eye.layers].index(name)
    field.alpha[eye.layer_slices[index]] = 0.4
    rest = dict.fromkeys((layer.name for layer in eye.layers), STILL)
    wanted = composite(eye, (128, 128), rest, {name: 0.4})
    assert worst_step(draw(renderer, eye, field), wanted) <= STEPS


def test_layers_are_drawn_in_the_order_of_the_field(renderer: GlRenderer, eye: Avatar) -> None:
    order = [0, 4, 1, 3, 2, 7, 6, 5]
    field = replace(still(eye), order=np.array(order, np.int32))
    rest = dict.fromkeys((layer.name for layer in eye.layers), STILL)
    wanted = composite(eye, (128, 128), rest, order=order)
    assert worst_step(draw(renderer, eye, field), wanted) <= STEPS


def test_more_than_four_clips_do_not_mix(renderer: GlRenderer) -> None:
    layers = []
    for i in range(6):
        centre = (30 + 30 * (i % 3), 40 + 40 * (i // 3))
        layers.append(oval(f"hole{i}", centre, (9, 9), (255, 255, 255)))
        layers.append(oval(f"ink{i}", (64, 64), (58, 58), (40 * i, 0, 0), 0.5, clip=2 * i))
    avatar = avatar_of(*layers)
    rest = dict.fromkeys((layer.name for layer in layers), STILL)
    assert worst_step(draw(renderer, avatar), composite(avatar, (128, 128), rest)) <= STEPS


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 2, 1, 3), (3, 0, 2, 1), (2, 0, 1, 3)])
def test_an_opaque_clip_cuts_alike_wherever_other_opaque_layers_stand(
    renderer: GlRenderer, order: tuple[int, ...]
) -> None:
    avatar = avatar_of(
        oval("face", (50, 60), (40, 50), (250, 220, 200)),
        oval("shadow", (70, 60), (50, 30), (90, 0, 60), 0.5, clip=0),
        oval("sleeve", (90, 80), (30, 40), (0, 90, 200)),  # partly beside the face
        oval("room", (64, 64), (60, 60), (30, 30, 30)),
    )
    field = replace(still(avatar), order=np.array(order, np.int32))
    rest = dict.fromkeys((layer.name for layer in avatar.layers), STILL)
    wanted = composite(avatar, (128, 128), rest, order=list(order))
    assert worst_step(draw(renderer, avatar, field), wanted) <= STEPS


@pytest.mark.parametrize("how", ["hidden by name", "not visible", "without alpha"])
def test_a_layer_that_is_hidden_is_not_drawn(renderer: GlRenderer, eye: Avatar, how: str) -> None:
    field, hidden = still(eye), frozenset[str]()
    if how == "hidden by name":
        hidden = frozenset({"shade"})
    elif how == "not visible":
        field.visible[4] = False
    else:
        field.alpha[eye.layer_slices[4]] = 0.0
    rest = dict.fromkeys((layer.name for layer in eye.layers), STILL)
    wanted = composite(eye, (128, 128), rest, {"shade": 0.0})
    assert worst_step(draw(renderer, eye, field, hidden=hidden), wanted) <= STEPS


def test_what_is_hidden_and_the_order_may_change_from_picture_to_picture(
    renderer: GlRenderer, eye: Avatar
) -> None:
    rest = dict.fromkeys((layer.name for layer in eye.layers), STILL)
    renderer.load("a", eye)
    order = [4, 0, 3, 1, 2, 6, 5, 7]
    other_order = replace(still(eye), order=np.array(order, np.int32))
    for _ in range(2):
        plain = renderer.draw(scene_of(actor_of()), (still(eye),))
        assert worst_step(plain, composite(eye, (128, 128), rest)) <= STEPS
        hidden = actor_of(hidden=frozenset({"shade"}))
        without = renderer.draw(scene_of(hidden), (still(eye),))
        assert worst_step(without, composite(eye, (128, 128), rest, {"shade": 0.0})) <= STEPS
        mixed = renderer.draw(scene_of(actor_of()), (other_order,))
        assert worst_step(mixed, composite(eye, (128, 128), rest, order=order)) <= STEPS


@pytest.mark.parametrize("blend", ["normal", "multiply", "screen", "add", "overlay"])
def test_layers_of_one_blend_mode_mix_with_each_other_too(renderer: GlRenderer, blend: str) -> None:
    avatar = avatar_of(
        oval("ground", (64, 64), (50, 40), (120, 90, 160), 0.9),
        oval("one", (50, 60), (40, 40), (200, 80, 30), 0.7, blend=blend),
        oval("two", (80, 70), (40, 40), (60, 160, 220), 0.6, blend=blend),
    )
    rest = dict.fromkeys((layer.name for layer in avatar.layers), STILL)
    assert worst_step(draw(renderer, avatar), composite(avatar, (128, 128), rest)) <= STEPS


def test_a_faint_actor_does_not_show_its_layers_through_each_other(
    renderer: GlRenderer, eye: Avatar
) -> None:
    whole = draw(renderer, eye).rgba.astype(float)
    faint = draw(renderer, eye, opacity=0.5).rgba.astype(float)
    assert np.abs(faint - whole / 2).max() <= 1.0
    assert not draw(renderer, eye, opacity=0.0).rgba.any()


def test_later_actors_stand_in_front_and_mix_only_with_themselves(
    renderer: GlRenderer, eye: Avatar
) -> None:
    renderer.load("back", avatar_of(oval("dot", (64, 64), (60, 60), (0, 200, 0))))
    renderer.load("front", eye)
    fields = (still(renderer._models["back"].avatar), still(eye))
    scene = scene_of(actor_of("back"), actor_of("front"))
    both = renderer.draw(scene, fields).rgba.astype(float)
    back, front = (
        renderer.draw(scene_of(actor), (field,)).rgba.astype(float)
        for actor, field in zip(scene.actors, fields, strict=True)
    )
    assert np.abs(both - (front + back * (1 - front[..., 3:] / 255))).max() <= 1.5


def test_pictures_are_premultiplied_and_the_box_holds_all_alpha(
    renderer: GlRenderer, eye: Avatar
) -> None:
    picture = draw(renderer, eye, placement=Placement(0.2, -0.1, 1.3, 25.0))
    assert (picture.rgba[..., :3] <= picture.rgba[..., 3:]).all()
    true, box = alpha_box(picture.rgba), picture.alpha_box
    assert box.left <= true.left
    assert box.top <= true.top
    assert box.right >= true.right
    assert box.bottom >= true.bottom
    small = draw(renderer, eye, placement=Placement(scale=0.6))
    true, box = alpha_box(small.rgba), small.alpha_box
    assert box.right - box.left <= true.right - true.left + 6, "the box is much too large"


def test_placement_moves_right_and_up_and_turns_counter_clockwise(renderer: GlRenderer) -> None:
    avatar = avatar_of(oval("dot", (96, 64), (8, 8), (255, 0, 0)))

    def middle(placement: Placement) -> list[float]:
        box = alpha_box(draw(renderer, avatar, placement=placement).rgba)
        return [(box.left + box.right) / 2, (box.top + box.bottom) / 2]

    assert middle(Placement()) == pytest.approx([96, 64], abs=0.5)
    assert middle(Placement(x=-0.25, y=0.25)) == pytest.approx([64, 32], abs=0.5)
    assert middle(Placement(scale=0.5)) == pytest.approx([80, 96], abs=0.5)
    assert middle(Placement(rotation_deg=90)) == pytest.approx([64, 32], abs=1)


def test_the_canvas_fits_into_any_picture_and_stands_in_the_middle_of_its_lower_edge(
    renderer: GlRenderer,
) -> None:
    avatar = avatar_of(oval("all", (64, 64), (64, 64), (255, 255, 255)))
    renderer.load("a", avatar)
    for width, height in ((320, 180), (90, 160), (101, 77)):
        picture = renderer.draw(scene_of(actor_of(), size_px=(width, height)), (still(avatar),))
        assert picture.size_px == (width, height)
        box = alpha_box(picture.rgba)
        assert box.top == pytest.approx(height - min(width, height), abs=1)
        assert box.bottom == height
        assert abs(box.left + box.right - width) <= 1


def test_a_picture_that_is_held_never_changes_and_memory_returns_when_it_is_let_go(
    renderer: GlRenderer, eye: Avatar
) -> None:
    held = draw(renderer, eye)
    part, copy = held.rgba[40:80, 30:60], held.rgba.copy()
    address = held.rgba.ctypes.data
    others = [draw(renderer, eye, placement=Placement(0.01 * i)) for i in range(5)]
    assert (held.rgba == copy).all()
    assert len({picture.rgba.ctypes.data for picture in (held, *others)}) == 6
    del held, others
    drawn = [draw(renderer, eye, placement=Placement(0.3)) for _ in range(5)]
    assert address not in {picture.rgba.ctypes.data for picture in drawn}, "a slice still holds it"
    assert (part == copy[40:80, 30:60]).all()
    del part
    drawn += [draw(renderer, eye, placement=Placement(-0.3)) for _ in range(2)]
    assert address in {picture.rgba.ctypes.data for picture in drawn}


def test_a_picture_in_used_memory_is_clean_outside_its_box(
    renderer: GlRenderer, eye: Avatar
) -> None:
    fresh = draw(renderer, eye, placement=Placement(scale=0.3)).rgba.copy()
    for _ in range(3):
        draw(renderer, eye, placement=Placement(scale=1.5))
        assert (draw(renderer, eye, placement=Placement(scale=0.3)).rgba == fresh).all()


def test_a_scene_without_actors_is_an_empty_picture(renderer: GlRenderer, eye: Avatar) -> None:
    draw(renderer, eye)
    picture = renderer.draw(scene_of(sequence=9), ())
    assert not picture.rgba.any()
    assert picture.alpha_box.is_empty
    assert (picture.sequence, picture.captured_ns) == (9, 7)


def test_an_avatar_that_stands_outside_the_picture_is_nothing(
    renderer: GlRenderer, eye: Avatar
) -> None:
    picture = draw(renderer, eye, placement=Placement(x=3.0))
    assert not picture.rgba.any()
    assert picture.alpha_box.is_empty


def test_an_unloaded_avatar_can_be_loaded_again(renderer: GlRenderer, eye: Avatar) -> None:
    before = draw(renderer, eye).rgba.copy()
    renderer.unload("a")
    renderer.unload("a")
    assert (draw(renderer, eye).rgba == before).all()


def test_two_renderers_in_one_thread_do_not_disturb_each_other(
    renderer: GlRenderer, eye: Avatar
) -> None:
    before = draw(renderer, eye).rgba.copy()
    other = GlRenderer(renderer._clock)
    draw(other, avatar_of(oval("dot", (64, 64), (30, 30), (255, 0, 0))))
    assert (renderer.draw(scene_of(actor_of()), (still(eye),)).rgba == before).all()
    assert (draw(other, eye).rgba == before).all()
    other.close()
    other.close()
    assert (renderer.draw(scene_of(actor_of()), (still(eye),)).rgba == before).all()
