"""Golden pictures, 256 px, of the test bundle; drawn by llvmpipe."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.bundles import make_bundle
from tests.render.figures import actor_of, scene_of, still
from vtuber.avatar.avatar import Avatar
from vtuber.avatar.bundle import load
from vtuber.core.picture import Picture
from vtuber.core.scene import Placement, WarpField
from vtuber.render.renderer import GlRenderer

Check = Callable[[str, Picture], None]


@pytest.fixture(scope="module")
def avatar(tmp_path_factory: pytest.TempPathFactory) -> Avatar:
    return load(make_bundle(tmp_path_factory.mktemp("bundle")))


def bent(avatar: Avatar) -> WarpField:
    """Bend everything by two waves, and the irises further than the eyes."""
    field, x, y = still(avatar), *avatar.vertices_px.T
    field.positions_px[:, 0] += 9 * np.sin(y / 40)
    field.positions_px[:, 1] += 6 * np.sin(x / 30)
    for layer, part in zip(avatar.layers, avatar.layer_slices, strict=True):
        if layer.role == "iris":
            field.positions_px[part] += (9, -6)
    return field


def test_the_test_bundle_at_rest(renderer: GlRenderer, avatar: Avatar, check_golden: Check) -> None:
    renderer.load("a", avatar)
    picture = renderer.draw(scene_of(actor_of(), size_px=(256, 256)), (still(avatar),))
    check_golden("render_rest", picture)


def test_the_test_bundle_bent_with_irises_cut_by_the_eyes(
    renderer: GlRenderer, avatar: Avatar, check_golden: Check
) -> None:
    renderer.load("a", avatar)
    open_eyed = frozenset(
        layer.name for layer in avatar.layers if layer.role.startswith(("lid", "lash"))
    )
    actor = actor_of(placement=Placement(0.05, -0.1, 1.4, 8.0), hidden=open_eyed)
    picture = renderer.draw(scene_of(actor, size_px=(256, 256)), (bent(avatar),))
    check_golden("render_bent", picture)


def test_two_faint_actors_of_one_avatar(
    renderer: GlRenderer, avatar: Avatar, check_golden: Check
) -> None:
    renderer.load("a", avatar)
    left = actor_of(placement=Placement(-0.25, 0.0, 0.8), opacity=0.6)
    right = actor_of(placement=Placement(0.2, 0.0, 0.9, -10.0), opacity=0.8)
    scene = scene_of(left, right, size_px=(256, 192))
    check_golden("render_two", renderer.draw(scene, (still(avatar), bent(avatar))))
