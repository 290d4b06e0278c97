"""The formulas of blending: laws that they obey, and that OpenGL computes them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.figures import actor_of, avatar_of, scene_of, still
from tests.render.reference import blend
from vtuber.avatar.avatar import Layer
from vtuber.avatar.mesh import grid_mesh
from vtuber.image.alpha import premultiplied
from vtuber.render.renderer import GlRenderer

MODES = ("normal", "multiply", "screen", "add", "overlay")
share = st.floats(0.0, 1.0)
pixels = st.tuples(share, share, share, share).map(
    lambda p: np.array([[p[0] * p[3], p[1] * p[3], p[2] * p[3], p[3]]])
)
modes = st.sampled_from(MODES)


@given(below=pixels, source=pixels, mode=modes)
def test_what_is_blended_stays_premultiplied(
    below: np.ndarray, source: np.ndarray, mode: str
) -> None:
    mixed = blend(below, source, mode)
    assert (mixed >= -1e-12).all()
    assert (mixed <= 1 + 1e-12).all()
    assert (mixed[:, :3] <= mixed[:, 3:] + 1e-9).all()


@given(pixel=pixels, mode=modes)
def test_nothing_changes_nothing_and_shows_all(pixel: np.ndarray, mode: str) -> None:
    nothing = np.zeros((1, 4))
    assert blend(pixel, nothing, mode) == pytest.approx(pixel, abs=1e-9)
    assert blend(nothing, pixel, mode) == pytest.approx(pixel, abs=1e-9)


@given(below=pixels, source=pixels)
def test_alpha_is_the_same_in_all_modes_but_add(below: np.ndarray, source: np.ndarray) -> None:
    union = below[:, 3] + source[:, 3] - below[:, 3] * source[:, 3]
    for mode in ("normal", "multiply", "screen", "overlay"):
        assert blend(below, source, mode)[:, 3] == pytest.approx(union, abs=1e-9)
    assert blend(below, source, "add")[:, 3] == np.minimum(below[:, 3] + source[:, 3], 1)


@given(below=pixels, source=pixels)
def test_multiply_screen_and_add_do_not_care_which_lies_below(
    below: np.ndarray, source: np.ndarray
) -> None:
    for mode in ("multiply", "screen", "add"):
        there, back = blend(below, source, mode), blend(source, below, mode)
        assert there == pytest.approx(back, abs=1e-9)


@given(low=pixels, middle=pixels, high=pixels)
def test_normal_layers_may_be_joined_first(
    low: np.ndarray, middle: np.ndarray, high: np.ndarray
) -> None:
    one = blend(blend(low, middle, "normal"), high, "normal")
    other = blend(low, blend(middle, high, "normal"), "normal")
    assert one == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize(
    ("mode", "wanted"),
    [("normal", 0.6), ("multiply", 0.12), ("screen", 0.68), ("add", 0.8), ("overlay", 0.24)],
)
def test_opaque_colours_mix_as_the_recommendation_says(mode: str, wanted: float) -> None:
    below, source = np.array([[0.2, 0.2, 0.2, 1.0]]), np.array([[0.6, 0.6, 0.6, 1.0]])
    assert blend(below, source, mode)[0, :3] == pytest.approx([wanted] * 3)


@pytest.mark.parametrize("mode", MODES)
def test_opengl_blends_thousands_of_colours_as_the_formula_says(
    renderer: GlRenderer, mode: str
) -> None:
    """Two layers of noise, pixel on pixel: every pair of colours is another one."""
    random = np.random.default_rng(5)
    arts = []
    for _ in range(2):
        rgba = random.integers(0, 256, (128, 128, 4)).astype(np.uint8)
        rgba[:32, :, 3], rgba[32:48, :, 3] = 255, 0
        arts.append(rgba)
    arts[1] = np.ascontiguousarray(arts[1].transpose(1, 0, 2))
    layers = [
        Layer(f"{i}", "face", "", art, (0, 0), grid_mesh(art[..., 3], (0, 0), (3, 3)), blend=each)
        for i, (art, each) in enumerate(zip(arts, ("normal", mode), strict=True))
    ]
    avatar = avatar_of(*layers)
    renderer.load("noise", avatar)
    drawn = renderer.draw(scene_of(actor_of("noise")), (still(avatar),)).rgba
    renderer.unload("noise")
    below, source = (premultiplied(art) / 255 for art in arts)
    error = np.abs(drawn - 255 * blend(below, source, mode))
    assert error.max() <= 1.01, f"{error.max():.2f} steps of 8 bits"
