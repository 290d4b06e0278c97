"""The pure parts: atlas, draw list, placement and pool."""

from __future__ import annotations

import gc
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.figures import avatar_of, oval
from vtuber.core.picture import Box, union
from vtuber.core.scene import Placement
from vtuber.image.alpha import premultiplied
from vtuber.render.atlas import pack
from vtuber.render.drawlist import draw_list
from vtuber.render.place import NOTHING, affine, box_around, intersection
from vtuber.render.pool import PicturePool
from vtuber.render.shape import shape

boxes = st.tuples(*[st.integers(0, 20)] * 4).map(lambda e: Box(*e))
whole = st.tuples(*[st.integers(0, 20)] * 2, *[st.integers(1, 20)] * 2).map(
    lambda e: Box(e[0], e[1], e[0] + e[2], e[1] + e[3])
)


def ovals(count: int, radius_px: float = 20) -> tuple:
    return tuple(
        oval(f"o{i}", (60 + i, 60), (radius_px + i, radius_px), (10 * i, 99, 0), 0.5)
        for i in range(count)
    )


@pytest.mark.parametrize("limit_px", [4096, 128])
def test_every_layer_reads_its_own_art_in_the_atlas(limit_px: int) -> None:
    avatar = avatar_of(*ovals(9))
    atlas = pack(avatar, limit_px)
    assert (len(atlas.pages) > 1) == (limit_px == 128)
    for i, (layer, part) in enumerate(zip(avatar.layers, avatar.layer_slices, strict=True)):
        page = atlas.pages[atlas.page_of[i]]
        assert max(page.shape[:2]) <= limit_px
        texel = atlas.uv[part] * page.shape[1::-1]
        art = avatar.uv[part] * layer.rgba.shape[1::-1]
        shift = texel - art
        assert np.ptp(shift, axis=0).max() < 1e-3, "the art is stretched"
        low, high = np.ceil(art.min(0)).astype(int), np.floor(art.max(0)).astype(int)
        dx, dy = np.round(shift[0]).astype(int)
        there = page[low[1] + dy : high[1] + dy, low[0] + dx : high[0] + dx]
        assert (there == premultiplied(layer.rgba[low[1] : high[1], low[0] : high[0]])).all()


def test_art_that_touches_the_border_is_repeated_outwards() -> None:
    layer = oval("o", (60, 60), (20, 20), (255, 255, 255))
    layer.rgba[:] = 255
    atlas = pack(avatar_of(layer), 4096)
    left, top = np.floor(atlas.uv.min(0) * atlas.pages[0].shape[1::-1]).astype(int)
    assert (atlas.pages[0][top - 4, left - 4] == 255).all()


def test_neighbours_of_one_state_are_one_call() -> None:
    avatar = avatar_of(
        *ovals(3), oval("m", (60, 60), (9, 9), (1, 1, 1), blend="multiply"), *ovals(2)
    )
    order = np.arange(6, dtype=np.int32)
    faint = np.zeros(6, bool)
    drawn = draw_list(avatar, shape(avatar), (0,) * 6, order, np.ones(6, bool), faint)
    assert [run.blend for run in drawn.runs] == ["normal", "multiply", "normal"]
    assert not drawn.solids
    total = sum(layer.mesh.triangles.size for layer in avatar.layers)
    assert sum(run.count for run in drawn.runs) == len(drawn.indices) == total


def test_what_is_opaque_is_drawn_first_and_nearer_the_later_it_stands() -> None:
    avatar = avatar_of(*(oval(f"o{i}", (60, 60), (50, 50), (9, 9, 9)) for i in range(3)))
    firm = np.array([True, False, True])
    order = np.array([2, 0, 1], np.int32)
    found = shape(avatar)
    drawn = draw_list(avatar, found, (0,) * 3, order, np.ones(3, bool), firm)
    front, back = found.layers[0].solid, found.layers[2].solid
    assert len(back)
    assert drawn.indices[: len(front) + len(back)].tolist() == [*front, *back]
    assert sum(run.count for run in drawn.solids) == len(front) + len(back)
    rest = sum(found.layers[i].rest.size for i in (0, 2)) + found.layers[1].whole.size
    assert sum(run.count for run in drawn.runs) == rest
    assert drawn.depths[2] > drawn.depths[0] > drawn.depths[1]


@pytest.mark.parametrize("between", [False, True])
def test_of_an_opaque_clip_only_its_edge_is_drawn_again_unless_something_solid_stands_between(
    between: bool,
) -> None:
    face, patch = (oval(name, (60, 60), (50, 50), (9, 9, 9)) for name in ("face", "patch"))
    shadow = oval("shadow", (60, 40), (50, 30), (1, 1, 1), 0.5, clip=0)
    avatar = avatar_of(face, *([patch, shadow] if between else [shadow, patch]))
    found, yes = shape(avatar), np.ones(3, bool)
    drawn = draw_list(avatar, found, (0,) * 3, np.arange(3, dtype=np.int32), yes, yes)
    (clip,) = drawn.clips
    whole, rest = (len(part) for part in (found.layers[0].whole, found.layers[0].rest))
    assert clip.run.count == (whole if between else rest) < whole + between
    if between:
        assert clip.solid is None
    else:
        assert clip.solid is not None
        assert drawn.depths[0] < clip.solid < drawn.depths[0] + 2 / 4, "before what lies behind it"


def test_what_is_clipped_by_a_hidden_layer_is_hidden() -> None:
    avatar = avatar_of(*ovals(1), oval("iris", (60, 60), (9, 9), (1, 1, 1), clip=0))
    drawn = draw_list(
        avatar,
        shape(avatar),
        (0, 0),
        np.arange(2, dtype=np.int32),
        np.array([False, True]),
        np.ones(2, bool),
    )
    assert not drawn.runs
    assert not drawn.clips


@given(one=whole, other=whole)
def test_unions_hold_both_and_intersections_lie_in_both(one: Box, other: Box) -> None:
    joined, shared = union(one, other), intersection(one, other)
    for box in (one, other):
        assert joined.left <= box.left
        assert joined.bottom >= box.bottom
        if not shared.is_empty:
            assert shared.left >= box.left
            assert shared.right <= box.right
    assert union(one, NOTHING) == one == union(NOTHING, one)
    assert intersection(one, NOTHING).is_empty


def test_a_box_is_cut_to_the_picture() -> None:
    points = np.array([[-5.0, 2.5], [40.0, 9.2]], np.float32)
    assert box_around(points, (32, 16)) == Box(0, 2, 32, 10)
    assert box_around(points + 100, (32, 16)).is_empty


def test_a_vertex_that_is_not_finite_is_refused() -> None:
    with pytest.raises(AssertionError, match="not finite"):
        box_around(np.array([[0.0, np.nan]], np.float32), (8, 8))


CANVAS_PX, SIZE_PX, FACE_PX = (100, 200), (160, 90), (55.0, 80.0)


def placed(point: tuple[float, float], placement: Placement, size_px=SIZE_PX) -> np.ndarray:  # type: ignore[no-untyped-def]
    return affine(placement, CANVAS_PX, size_px, FACE_PX)(np.array([point], np.float32))[0]


@given(
    degrees=st.floats(-360, 360), scale=st.floats(0.1, 8), x=st.floats(-2, 2), y=st.floats(-2, 2)
)
def test_placement_keeps_shape_and_shifts_by_picture_heights(
    degrees: float, scale: float, x: float, y: float
) -> None:
    here = affine(Placement(0, 0, scale, degrees), CANVAS_PX, SIZE_PX, FACE_PX)
    place = affine(Placement(x, y, scale, degrees), CANVAS_PX, SIZE_PX, FACE_PX)
    points = np.array([[50, 100], [51, 100], [50, 101]], np.float32)
    corners = place(points)
    assert corners - here(points) == pytest.approx(np.array([[90 * x, -90 * y]] * 3), abs=1e-2)
    across, down = corners[1] - corners[0], corners[2] - corners[0]
    assert np.hypot(*across) == pytest.approx(0.45 * scale, abs=1e-3)
    assert across[0] * down[1] - across[1] * down[0] > 0, "it is mirrored"


@pytest.mark.parametrize("size_px", [(160, 90), (90, 160), (50, 400), (77, 77)])
def test_the_whole_canvas_fits_into_any_picture_and_stands_on_its_lower_edge(
    size_px: tuple[int, int],
) -> None:
    (left, top), (right, bottom) = (placed(p, Placement(), size_px) for p in ((0, 0), CANVAS_PX))
    assert bottom == pytest.approx(size_px[1])
    assert left + right == pytest.approx(size_px[0])
    assert min(left, top) >= -1e-3
    assert min(left, top) <= 1e-3, "it could be larger"


@given(st.floats(0.1, 1.0))
def test_what_shrinks_stays_on_the_lower_edge(scale: float) -> None:
    foot = placed((50, 200), Placement(scale=scale))
    assert foot == pytest.approx([80, 90], abs=1e-3)


@given(st.floats(1.0, 10.0))
def test_what_grows_grows_about_the_face(scale: float) -> None:
    face = placed(FACE_PX, Placement(scale=scale))
    assert face == pytest.approx(placed(FACE_PX, Placement()), abs=1e-3)


def test_nothing_jumps_where_shrinking_becomes_growing() -> None:
    for point in ((0.0, 0.0), (100.0, 200.0), FACE_PX):
        below, above = (placed(point, Placement(scale=1 + by)) for by in (-1e-4, 1e-4))
        assert np.abs(below - above).max() < 0.1


@given(st.floats(0.1, 8), st.floats(-360, 360))
def test_it_turns_about_the_middle_of_its_canvas(scale: float, degrees: float) -> None:
    turned = placed((50, 100), Placement(scale=scale, rotation_deg=degrees))
    assert turned == pytest.approx(placed((50, 100), Placement(scale=scale)), abs=1e-2)


def test_the_pool_gives_memory_again_only_when_nobody_holds_any_part_of_it() -> None:
    pool = PicturePool((8, 6))
    one = pool.lend(slice(0, 6))
    one[:] = 7
    address, corner = one.ctypes.data, one[2:3, ::2]
    del one
    gc.collect()
    assert pool.lend(slice(0, 6)).ctypes.data != address
    del corner
    seen = [pool.lend(slice(2, 4)) for _ in range(2)]
    again = next(array for array in seen if array.ctypes.data == address)
    assert not again[:2].any()
    assert not again[4:].any()


def test_the_pool_keeps_few_free_buffers_whatever_was_lent_at_once() -> None:
    pool = PicturePool((256, 256))
    one = 256 * 256 * 4
    tracemalloc.start()
    try:
        held = [pool.lend(slice(0, 0)) for _ in range(40)]
        assert tracemalloc.get_traced_memory()[0] >= 40 * one
        held.clear()
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < 5 * one
    finally:
        tracemalloc.stop()


def test_a_closed_pool_keeps_nothing_and_pictures_that_are_held_stay() -> None:
    pool = PicturePool((256, 256))
    one = 256 * 256 * 4
    tracemalloc.start()
    try:
        free, held = pool.lend(slice(0, 0)), pool.lend(slice(0, 256))
        held[:] = 9
        del free
        pool.close()
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < 1.5 * one
        assert (held == 9).all()
        del held
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < 0.5 * one
    finally:
        tracemalloc.stop()
