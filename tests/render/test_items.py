"""Items: where they are told, with head or clothes, before or behind, smooth, and forgotten."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.bundles import make_bundle
from tests.render.figures import actor_of, avatar_of, oval, scene_of, still
from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.core.item import Item, ItemPicture
from vtuber.core.look import Look, Outline
from vtuber.core.pose import Pose
from vtuber.core.scene import Placement, WarpField
from vtuber.render.items import PreparedItem
from vtuber.render.pins import Pins
from vtuber.render.place import affine
from vtuber.render.renderer import GlRenderer
from vtuber.warp.rig import Rig

SIZE_PX = (256, 256)
GREEN = np.full((40, 80, 4), (0, 255, 0, 255), np.uint8)
PLAIN = Item("green", 0, "canvas", 0.0, 0.0, 0.25, 0.0, 1.0, is_behind=False)


@pytest.fixture(scope="module")
def avatar(tmp_path_factory: pytest.TempPathFactory) -> Avatar:
    return load(make_bundle(tmp_path_factory.mktemp("bundle")))


@pytest.fixture
def stocked(renderer: GlRenderer, avatar: Avatar) -> GlRenderer:
    """Give the renderer, which holds the avatar and a green item of 80 x 40 px."""
    renderer.load("a", avatar)
    hold(renderer, "green", ItemPicture((GREEN,)))
    return renderer


def hold(renderer: GlRenderer, key: str, picture: ItemPicture) -> None:
    renderer.unload_item(key)
    for _ in renderer.load_item_by_steps(key, renderer.prepare_item(picture)):
        pass


def draw(
    renderer: GlRenderer,
    *items: Item,
    field: WarpField | None = None,
    opacity: float = 1.0,
    look: Look | None = None,
    placement: Placement | None = None,
) -> np.ndarray:
    """Draw the avatar and its items; give premultiplied RGBA."""
    actor = replace(actor_of("a", placement or Placement(), opacity), items=items)
    actor = replace(actor, look=look) if look else actor
    field = field or still(renderer._models["a"].avatar)
    picture = renderer.draw(scene_of(actor, size_px=SIZE_PX), (field,))
    outside = picture.rgba.copy()
    box = picture.alpha_box
    outside[box.top : box.bottom, box.left : box.right] = 0
    assert not outside.any(), "the box does not hold all that was drawn"
    return picture.rgba.astype(int)


def green(rgba: np.ndarray) -> np.ndarray:
    return (rgba[..., 1] > 200) & (rgba[..., 0] < 60) & (rgba[..., 2] < 60)


def middle(mask: np.ndarray) -> tuple[float, float]:
    y, x = np.nonzero(mask)
    return float(x.mean()) + 0.5, float(y.mean()) + 0.5


def test_an_item_on_the_canvas_covers_what_it_says_to_the_pixel(stocked: GlRenderer) -> None:
    x, y = 64 / 256, -32 / 256
    drawn = draw(stocked, replace(PLAIN, x=x, y=y))
    wanted = np.zeros(SIZE_PX, bool)
    wanted[128 + 32 - 16 : 128 + 32 + 16, 128 + 64 - 32 : 128 + 64 + 32] = True
    assert np.array_equal(green(drawn), wanted)
    assert np.array_equal(drawn[~wanted], draw(stocked)[~wanted])


def test_it_is_laid_over_with_its_own_opacity(stocked: GlRenderer) -> None:
    before, half = draw(stocked), draw(stocked, replace(PLAIN, opacity=0.5))
    wanted = before * 0.5 + np.array([0, 127.5, 0, 127.5])
    assert np.abs((half - wanted)[120:136, 100:156]).max() <= 1.01


def test_its_edge_covers_of_a_pixel_what_it_should(stocked: GlRenderer) -> None:
    for shift_px, share in ((0.25, 0.25), (0.5, 0.5), (0.8, 0.8)):
        drawn = draw(stocked, replace(PLAIN, x=(64 + shift_px) / 256), opacity=0.0)
        column = 128 + 64 + 32  # the first that it does not reach, unshifted
        assert drawn[128, column, 3] == pytest.approx(255 * share, abs=3)
        assert drawn[128, 128 + 64 - 32, 3] == pytest.approx(255 * (1 - share), abs=3)


def test_it_turns_counter_clockwise_and_its_edges_stay_smooth(stocked: GlRenderer) -> None:
    drawn = draw(stocked, replace(PLAIN, rotation_deg=30.0), opacity=0.0)
    y, x = np.nonzero(drawn[..., 3] > 250)
    slope = np.polyfit(x, y, 1)[0]
    assert slope < -0.3, "its right end is up"
    assert drawn[..., 3].sum() / 255 == pytest.approx(64 * 32, rel=0.01)
    assert ((drawn[..., 3] > 20) & (drawn[..., 3] < 235)).sum() > 60


def test_behind_it_is_covered_and_before_it_covers(stocked: GlRenderer) -> None:
    alone = draw(stocked)
    opaque = alone[..., 3] == 255
    for at in ("canvas", "head", "hand"):
        item = replace(PLAIN, at=at, y=-0.6 if at == "head" else 0.0, scale=0.6)
        before, behind = (draw(stocked, replace(item, is_behind=b)) for b in (False, True))
        covered = green(before) & opaque
        assert covered.sum() > 200, at
        assert not green(behind)[covered].any(), at
        assert np.abs(behind - alone)[opaque].max() <= 1, at


def moved_by(avatar: Avatar, roles: tuple[str, ...], by: tuple[float, float]) -> WarpField:
    field = still(avatar)
    for layer, part in zip(avatar.layers, avatar.layer_slices, strict=True):
        if layer.role in roles:
            field.positions_px[part] += np.array(by, np.float32)
    return field


@pytest.mark.parametrize(
    ("at", "follows", "stays"), [("head", "face", "body"), ("hand", "body", "face")]
)
def test_an_item_follows_what_it_is_pinned_to_and_nothing_else(
    stocked: GlRenderer, avatar: Avatar, at: str, follows: str, stays: str
) -> None:
    item = replace(PLAIN, at=at, scale=0.4)
    rest = middle(green(draw(stocked, item)))
    px = SIZE_PX[1] / avatar.canvas_px[1]
    went = middle(green(draw(stocked, item, field=moved_by(avatar, (follows,), (20, -10)))))
    assert np.subtract(went, rest) == pytest.approx([20 * px, -10 * px], abs=0.05)
    same = middle(green(draw(stocked, item, field=moved_by(avatar, (stays,), (20, -10)))))
    assert same == pytest.approx(rest, abs=0.01)


def test_an_item_on_the_head_goes_with_placement_and_one_on_the_canvas_stays(
    stocked: GlRenderer,
) -> None:
    there = Placement(x=0.1, y=-0.1, scale=0.8)
    for at, is_same in (("canvas", True), ("head", False), ("hand", False)):
        item = replace(PLAIN, at=at)
        rest, went = draw(stocked, item), draw(stocked, item, placement=there)
        assert (green(rest).sum() == green(went).sum()) == is_same
        assert (middle(green(rest)) == middle(green(went))) == is_same


def head_of(pins: Pins, avatar: Avatar, pose: dict[str, float], y: float = 0.0) -> np.ndarray:
    """Give the middle of an item on the head, and its two axes, in canvas px."""
    place = affine(Placement(), avatar.canvas_px, avatar.canvas_px)
    item = replace(PLAIN, at="head", y=y, scale=0.5)
    corners, _ = pins.corners(item, (100, 100), Rig(avatar).warp(Pose.of(pose)).positions_px, place)
    one, other, third = corners[0, :2], corners[1, :2], corners[2, :2]
    return np.array([corners[:, :2].mean(axis=0), other - one, third - one])


def test_the_head_takes_its_item_along_in_every_turn(avatar: Avatar) -> None:
    pins = Pins(avatar)
    rest = head_of(pins, avatar, {})
    left, right = (head_of(pins, avatar, {"headYaw": yaw}, y=-0.95) for yaw in (25.0, -25.0))
    eyes = head_of(pins, avatar, {}, y=-0.95)
    assert left[0, 0] > eyes[0, 0] + 5 > right[0, 0] + 10, "eyes go far with the yaw"
    crown = head_of(pins, avatar, {"headYaw": 25.0})
    assert 0 <= crown[0, 0] - rest[0, 0] < (left[0, 0] - eyes[0, 0]) / 2, "and the crown less"
    assert np.linalg.norm(left[1]) < np.linalg.norm(eyes[1]), "seen from aside it is narrower"
    rolled = head_of(pins, avatar, {"headRoll": 20.0})
    angle = np.degrees(np.arctan2(rolled[1, 1], rolled[1, 0]))
    assert angle == pytest.approx(20.0, abs=2.0)
    assert rolled[0, 0] > rest[0, 0] + 20
    up = head_of(pins, avatar, {"headPitch": 18.0}, y=-0.95)
    assert up[0, 1] < eyes[0, 1] - 2


@pytest.mark.parametrize("pose", [{"headYaw": 25.0}, {"headYaw": -20.0, "headPitch": 14.0}])
def test_glasses_stay_on_the_eyes_and_no_blink_or_word_shakes_them(
    avatar: Avatar, pose: dict[str, float]
) -> None:
    pins, rig = Pins(avatar), Rig(avatar)
    foot_on_the_eyes = -(avatar.landmarks["iris_left"][1] - avatar.landmarks["crown"][1]) / 96

    def middles(pose: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
        field, parts = rig.warp(Pose.of(pose)), [avatar.layer_slices[i] for i in whites]
        eyes = np.concatenate([field.positions_px[part] for part in parts]).mean(axis=0)
        return eyes, head_of(pins, avatar, pose, y=foot_on_the_eyes - 0.25)[0]

    whites = avatar.where("eye_white")
    (eyes, glasses), (eyes_then, glasses_then) = middles({}), middles(pose)
    way, slip = eyes_then - eyes, eyes_then - eyes - (glasses_then - glasses)
    assert np.hypot(*slip) < 0.35 * np.hypot(*way)
    talking = {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0, "jawOpen": 1.0, "browDownLeft": 1.0}
    assert np.hypot(*(middles(pose | talking)[1] - glasses_then)) / 48 < 0.01


def test_an_item_is_never_sheared_and_never_turned_inside_out(avatar: Avatar) -> None:
    pins = Pins(avatar)
    chance = np.random.default_rng(2)
    for _ in range(40):
        names = ("headYaw", "headPitch", "headRoll", "bodyYaw", "bodyRoll", "bodyPitch")
        pose = dict(zip(names, chance.uniform(-80, 80, 6), strict=True))
        _, across, down = head_of(pins, avatar, pose)
        assert abs(across @ down) < 1e-3 * np.linalg.norm(across) * np.linalg.norm(down)
        assert across[0] * down[1] - across[1] * down[0] > 0
        assert 0.5 < np.linalg.norm(across) / np.linalg.norm(down) < 1.6


@pytest.mark.parametrize("lacks", [{"face"}, {"face", "nose"}, {"face", "nose", "body"}])
def test_an_avatar_without_layers_of_face_or_body_carries_items_all_the_same(
    avatar: Avatar, lacks: set[str]
) -> None:
    layers = [replace(one, clip=None) for one in avatar.layers if one.role not in lacks]
    bare = replace(avatar, layers=tuple(layers))
    for at in ("head", "hand"):
        item = replace(PLAIN, at=at)
        moved = still(bare).positions_px + np.array([8.0, -4.0], np.float32)
        places = [
            Pins(bare).corners(item, (80, 40), field, affine(Placement(), bare.canvas_px, SIZE_PX))
            for field in (still(bare).positions_px, moved)
        ]
        scale = SIZE_PX[1] / bare.canvas_px[1]
        by = (places[1][0] - places[0][0])[:, :2] / scale
        assert by == pytest.approx(np.tile([8.0, -4.0], (4, 1)), abs=0.01)


def test_a_bundle_may_say_where_the_hand_is_and_others_have_one_in_the_picture(
    avatar: Avatar,
) -> None:
    place = affine(Placement(), avatar.canvas_px, avatar.canvas_px)
    item = replace(PLAIN, at="hand")

    def held_at(one: Avatar) -> list[float]:
        corners, _ = Pins(one).corners(item, (10, 10), one.vertices_px, place)
        return corners[:, :2].mean(axis=0).tolist()

    x, y = held_at(avatar)
    assert x < avatar.landmarks["neck_pivot"][0], "the performer's right is on the picture's left"
    assert avatar.landmarks["shoulder_right"][1] < y < avatar.canvas_px[1]
    said = replace(avatar, landmarks={**avatar.landmarks, "hand": (200.0, 300.0)})
    assert held_at(said) == pytest.approx([200.0, 300.0], abs=0.01)
    face = avatar.layers[avatar.where("face")[0]]
    bare = replace(avatar, layers=(replace(face, clip=None),))
    assert np.isfinite(held_at(bare)).all()


def test_a_pinned_item_fades_and_is_outlined_with_its_actor_and_one_on_the_canvas_is_not(
    stocked: GlRenderer,
) -> None:
    on_head, on_canvas = replace(PLAIN, at="head", scale=0.4), replace(PLAIN, x=-0.35)
    faint = draw(stocked, on_head, on_canvas, opacity=0.5)
    whole = draw(stocked, on_head, on_canvas)
    canvas = green(draw(stocked, on_canvas)) & ~green(draw(stocked, on_head))
    head = green(whole) & ~canvas
    assert np.abs(faint[head] - whole[head] / 2).max() <= 1.01
    assert np.array_equal(faint[canvas], whole[canvas])
    gone = draw(stocked, on_head, on_canvas, opacity=0.0)
    assert np.array_equal(green(gone), green(draw(stocked, on_canvas, opacity=0.0)))
    line = Look(outline=Outline(0.02, (255, 0, 255)))
    outlined = draw(stocked, on_head, on_canvas, look=line)
    is_line = (np.abs(outlined - [255, 0, 255, 255]).max(axis=2) < 60).nonzero()
    top = np.nonzero(green(whole) & (np.arange(256)[None, :] > 90))[0].min()
    assert is_line[0].min() < top, "the line goes round the item on the head"
    assert (outlined[canvas] == whole[canvas]).all()


def test_frames_of_an_animation_show_when_they_are_told_in_any_order(stocked: GlRenderer) -> None:
    colours = [(200, 0, 0, 255), (0, 200, 0, 255), (0, 0, 200, 255)]
    frames = tuple(np.full((30, 30, 4), colour, np.uint8) for colour in colours)
    hold(stocked, "gif", ItemPicture(frames, (1, 2, 3)))
    for frame in (0, 1, 2, 1, 0, 2):
        for scale in (0.25, 0.1):
            item = replace(PLAIN, key="gif", frame=frame, scale=scale)
            assert tuple(draw(stocked, item)[128, 128]) == colours[frame]


def test_a_large_still_comes_in_small_steps_and_is_sharp_when_small(renderer: GlRenderer) -> None:
    stripes = np.zeros((2048, 2048, 4), np.uint8)
    stripes[..., 3] = 255
    stripes[::2, :, :3] = 255
    renderer.load("a", avatar_of(oval("o", (64, 64), (40, 40), (9, 90, 200))))
    renderer.unload_item("stripes")
    prepared, steps = PreparedItem.of(ItemPicture((stripes,))), 0
    for _ in renderer.load_item_by_steps("stripes", prepared):
        steps += 1
    assert steps >= 3
    drawn = draw(renderer, replace(PLAIN, key="stripes", scale=0.5))
    assert np.abs(drawn[100:150, 100:150, :3] - 127).max() <= 2, "averaged, not one in eight"


def test_a_forgotten_item_gives_its_textures_back(stocked: GlRenderer) -> None:
    held = stocked._items._held["green"][1]
    draw(stocked, PLAIN)
    assert held._rungs._textures
    stocked.unload_item("green")
    assert not held._rungs._textures
    stocked.unload_item("green")


def test_items_leave_nothing_behind_for_the_next_picture(stocked: GlRenderer) -> None:
    alone = draw(stocked)
    items = [replace(PLAIN, at=at, is_behind=b) for at in ("canvas", "head") for b in (0, 1)]
    first = draw(stocked, *items)
    assert np.array_equal(draw(stocked), alone)
    assert np.array_equal(draw(stocked, *items), first)
