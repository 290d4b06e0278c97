"""Opaque triangles and rims: what they are, and that pictures look as if there were none."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tests.metrics import psnr_db
from tests.render.figures import actor_of, avatar_of, oval, scene_of, still
from tests.render.reference_mesh import supersampled
from vtuber.avatar.avatar import Avatar, Layer
from vtuber.avatar.bundle import load
from vtuber.avatar.mesh import grid_mesh
from vtuber.core.picture import Picture
from vtuber.core.pose import Pose
from vtuber.core.scene import Placement
from vtuber.render.renderer import GlRenderer
from vtuber.render.rim import rim
from vtuber.render.shape import shape
from vtuber.render.solid import solid
from vtuber.render.targets import _SLICES
from vtuber.resources import avatar_path
from vtuber.warp.rig import Rig


@pytest.fixture(scope="module")
def back_to_front(renderer: GlRenderer) -> Iterator[GlRenderer]:
    other = GlRenderer(renderer._clock, opaque_first=False)
    yield other
    other.close()


def board(side_px: int = 96, **more: object) -> Layer:
    """Make an opaque square whose picture ends where it ends."""
    rgba = np.full((side_px, side_px, 4), 255, np.uint8)
    rgba[..., :2] = np.linspace(40, 220, side_px).astype(np.uint8)[:, None]
    at = (128 - side_px) / 2
    mesh = grid_mesh(rgba[..., 3], (at, at), (4, 4))
    return Layer("board", "face", "", rgba, (at, at), mesh, **more)  # type: ignore[arg-type]


def test_a_triangle_is_opaque_when_all_around_it_is() -> None:
    layer = board()
    assert solid(layer).all()
    layer.rgba[60, 60, 3] = 254
    points = layer.mesh.vertices_px - np.array(layer.offset_px)
    touched = ~solid(layer)
    assert 0 < touched.sum() < len(touched) / 3
    centre = points[layer.mesh.triangles[touched]].mean(1)
    assert np.hypot(*(centre - 60).T).max() < 30


@pytest.mark.parametrize("more", [{"blend": "multiply"}, {"clip": 0}])
def test_what_is_blended_or_clipped_is_never_opaque(more: dict[str, object]) -> None:
    assert not solid(board(**more)).any()


def test_a_rim_is_where_a_mesh_ends_before_its_art() -> None:
    found = rim(board())
    assert len(found.vertices) == len(found.edges) == 16
    assert not len(rim(oval("o", (64, 64), (40, 30), (1, 2, 3))).vertices)


def test_the_ramp_of_a_rim_is_a_pixel_wide_and_reads_the_art_where_it_stands() -> None:
    avatar = avatar_of(board())
    found = shape(avatar)
    placed = avatar.vertices_px * np.float32(0.25)
    at, texel_px = np.empty((len(found.layer_of), 2), np.float32), avatar.vertices_px
    found.spread(placed, at)
    alpha = np.empty(len(at), np.float32)
    found.spread_alpha(np.ones(len(placed), np.float32), alpha)
    inner, outer = np.split(at[found.count :], 2)
    assert np.allclose(np.hypot(*(outer - inner).T), 1.0, atol=1e-5)
    assert set(np.split(alpha[found.count :], 2)[1]) == {0.0}
    assert (abs(outer - 16) >= abs(inner - 16) - 1e-6).all(), "it leads inwards"
    assert np.allclose(found.texels(texel_px, 0.25) * 0.25, at, atol=1e-4)


@pytest.mark.parametrize("placement", [Placement(scale=0.7, rotation_deg=9), Placement(0.003)])
def test_cut_art_has_a_smooth_edge(renderer: GlRenderer, placement: Placement) -> None:
    avatar = avatar_of(board())
    renderer.load("a", avatar)
    picture = renderer.draw(scene_of(actor_of(placement=placement)), (still(avatar),))
    assert psnr_db(*_against_reference(avatar, picture, placement)) >= 42.0  # 27 without rims


def test_a_cut_that_lies_on_the_border_of_the_picture_does_not_fade(renderer: GlRenderer) -> None:
    avatar = avatar_of(board(128))
    renderer.load("a", avatar)
    picture = renderer.draw(scene_of(actor_of()), (still(avatar),))
    assert (picture.rgba[..., 3] == 255).all()


@pytest.mark.parametrize("zoom", [0.3, 0.8, 1.0, 1.7])
@pytest.mark.parametrize("yaw", [0.0, 24.0])
def test_opaque_first_is_back_to_front_to_the_bit(
    renderer: GlRenderer, back_to_front: GlRenderer, zoom: float, yaw: float
) -> None:
    avatar = load(avatar_path("default"))
    pose = Pose.of({"headYaw": yaw, "eyeBlinkLeft": 0.6, "jawOpen": 0.5, "blush": 0.5})
    actor = actor_of(placement=Placement(scale=zoom), hidden=avatar.not_worn())
    scene, field = scene_of(actor, size_px=(480, 540)), (Rig(avatar).warp(pose),)
    one, other = renderer, back_to_front
    for each in (one, other):
        each.load("a", avatar)
    assert np.array_equal(one.draw(scene, field).rgba, other.draw(scene, field).rgba)
    assert one._models["a"]._list.solids or zoom < 0.5  # type: ignore[union-attr]
    assert not other._models["a"]._list.solids  # type: ignore[union-attr]


def test_several_actors_and_all_blend_modes_are_the_same_in_either_order(
    renderer: GlRenderer, back_to_front: GlRenderer
) -> None:
    modes = ("normal", "multiply", "screen", "add", "overlay")
    layers = [board()]
    for i, mode in enumerate(modes):
        layers.append(oval(mode, (30 + 17 * i, 64), (20, 50), (200, 40 * i, 90), 0.7, blend=mode))
        layers.append(oval(f"on {mode}", (64, 30 + 17 * i), (50, 8), (9, 90, 40 * i)))
    avatar = avatar_of(*layers)
    actors = (actor_of(), actor_of(placement=Placement(0.2, 0.1, 0.8, 30)), actor_of(opacity=0.5))
    pictures = []
    for each in (renderer, back_to_front):
        each.load("a", avatar)
        pictures.append(each.draw(scene_of(*actors), (still(avatar),) * 3).rgba)
    assert np.array_equal(*pictures)


def test_the_depth_of_earlier_pictures_does_not_matter(renderer: GlRenderer) -> None:
    """Each actor has a slice of depth of its own, and after the last one all begins anew."""
    avatar = avatar_of(board(), oval("dot", (64, 64), (20, 20), (9, 90, 200)))
    alone = GlRenderer(renderer._clock)
    alone.load("a", avatar)
    field, wanted = (still(avatar),), {}
    for round_ in range(3):
        for x in (0.0, 0.3, -0.2):
            scene = scene_of(actor_of(placement=Placement(x)))
            drawn = alone.draw(scene, field).rgba
            assert np.array_equal(drawn, wanted.setdefault(x, drawn))
        assert alone._targets is not None
        alone._targets._slice = (_SLICES - 1, 0, 0)[round_]
    alone.close()


def _against_reference(
    avatar: Avatar, picture: Picture, placement: Placement
) -> tuple[np.ndarray, np.ndarray]:
    box = picture.alpha_box
    wanted = supersampled(avatar, still(avatar), picture.size_px, box, placement, factor=8)
    part = np.s_[box.top : box.bottom, box.left : box.right]
    return np.round(wanted * 255).astype(np.uint8), picture.rgba[part]
