"""Cells are split where that leaves less to blend, and the picture stays what it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.render.figures import actor_of, oval, scene_of
from vtuber import resources
from vtuber.avatar.avatar import Layer, Mesh
from vtuber.avatar.bundle import load
from vtuber.avatar.mesh import grid_mesh
from vtuber.core.pose import Pose
from vtuber.render import shape as shape_module
from vtuber.render.renderer import GlRenderer
from vtuber.render.solid import solid
from vtuber.render.split import split
from vtuber.warp.rig import Rig


def corner(falls: bool) -> Layer:
    """Make one cell, opaque in its upper left half or in the mirror image of that."""
    y, x = np.mgrid[0:64, 0:64]
    rgba = np.full((64, 64, 4), 255, np.uint8)
    x = x if falls else 63 - x
    rgba[..., 3] = 255 * (x + y < 52)
    layer = oval("o", (32, 32), (20, 20), (9, 9, 9))
    return replace(layer, rgba=rgba, offset_px=(0, 0), mesh=cell())


def cell(other: bool = False) -> Mesh:
    points = np.array([(0, 0), (64, 0), (0, 64), (64, 64)], np.float32)
    pairs = [(0, 2, 3), (0, 3, 1)] if other else [(0, 2, 1), (1, 2, 3)]
    return Mesh(points, np.array(pairs, np.int32))


@pytest.mark.parametrize("falls", [True, False])
@pytest.mark.parametrize("other", [True, False])
def test_a_cell_is_split_along_the_border_of_its_art(falls: bool, other: bool) -> None:
    found = split(replace(corner(falls), mesh=cell(other))).mesh.triangles
    corners = {0, 1, 2} if falls else {0, 1, 3}
    assert [set(triangle) for triangle in found.tolist()] == [corners]


def test_no_triangle_that_shows_something_is_dropped() -> None:
    layer = corner(falls=True)
    layer.rgba[61, 58, 3] = 1  # between the places that are looked at first
    assert len(split(layer).mesh.triangles) == 2


def test_triangles_that_are_no_cells_stay_as_they_are() -> None:
    layer = corner(falls=True)
    for triangles in (layer.mesh.triangles[:1], np.array([(0, 2, 1), (0, 1, 2)], np.int32)):
        mesh = replace(layer.mesh, triangles=triangles)
        assert np.array_equal(split(replace(layer, mesh=mesh)).mesh.triangles, triangles)


def test_of_round_art_more_is_opaque_and_less_is_left() -> None:
    layer = oval("o", (150, 150), (140, 140), (9, 9, 9))
    layer = replace(layer, mesh=grid_mesh(layer.rgba[..., 3], layer.offset_px, (8, 8)))
    found = split(layer)
    assert solid(found).sum() > solid(layer).sum()
    assert len(found.mesh.triangles) < len(layer.mesh.triangles)
    assert np.array_equal(found.mesh.vertices_px, layer.mesh.vertices_px)


def test_an_avatar_that_moves_looks_the_same(
    renderer: GlRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    avatar = load(resources.avatar_path("default"))
    field = Rig(avatar).warp(Pose.of({"headYaw": 18.0, "headPitch": 8.0, "jawOpen": 0.5}))
    scene = scene_of(actor_of(hidden=avatar.not_worn()), size_px=(512, 640))
    pictures = []
    for splits in (split, lambda layer: layer):
        monkeypatch.setattr(shape_module, "split", splits)
        renderer.load("a", avatar)
        pictures.append(renderer.draw(scene, (field,)).rgba.astype(float))
    error = np.mean((pictures[0] - pictures[1]) ** 2)
    assert 0 < error < 255**2 / 10**5.2, "58 dB at 720p; 0 is: nothing was split"
