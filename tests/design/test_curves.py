"""Curves: they pass through their points, keep their width and never leave finite numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vtuber.design import curves

POINTS = st.lists(
    st.tuples(st.floats(-2, 2), st.floats(-2, 2)), min_size=3, max_size=8, unique=True
)


@given(POINTS)
def test_a_spline_passes_through_its_points(points: list[tuple[float, float]]) -> None:
    drawn = curves.spline(points, 10)
    assert np.isfinite(drawn).all()
    assert np.allclose(drawn[::10], points, atol=1e-6)


def test_a_closed_spline_has_no_seam() -> None:
    circle = [(np.cos(a), np.sin(a)) for a in np.linspace(0, 2 * np.pi, 9)[:-1]]
    drawn = curves.closed_spline(circle)
    steps = np.linalg.norm(np.diff(np.vstack([drawn, drawn[:1]]), axis=0), axis=1)
    assert steps.max() < 1.3 * steps.min()
    assert np.abs(np.linalg.norm(drawn, axis=1) - 1).max() < 0.01


def test_a_ribbon_is_as_wide_as_it_was_asked() -> None:
    line = np.column_stack([np.linspace(0, 1, 20), np.zeros(20)])
    strip = curves.ribbon(line, np.full(20, 0.1))
    assert np.allclose(sorted({round(float(v), 6) for v in strip[:, 1]}), [-0.1, 0.1])


def test_a_pen_line_is_thin_at_both_ends_and_full_between() -> None:
    profile = curves.taper(np.linspace(0, 1, 101), 0.6, 0.6)
    assert profile[0] == profile[-1] == 0
    assert profile.max() == 1
    assert profile[50] == 1


def test_a_cut_gives_the_asked_part_of_the_length() -> None:
    line = np.column_stack([np.linspace(0, 4, 50), np.zeros(50)])
    part = curves.cut(line, 0.25, 0.5)
    assert np.allclose(part[[0, -1], 0], [1.0, 2.0])


def test_mirror_images_meet_on_the_centre_line() -> None:
    half = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0)]
    whole = curves.symmetric(half)
    assert np.allclose(whole.mean(axis=0), 0.0)
