"""What a filter does, as figures and as a picture."""

import dataclasses
import html
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import PoseInput
from vtuber.shows.faces.plot import CURVES, Plot, _sentence, quality

TIMES_S = np.arange(300) / 30
TURN = 20 * np.clip(TIMES_S - 6, 0, 1)  # rest for six seconds, then a turn


def column(values: np.ndarray) -> np.ndarray:
    return np.asarray(values, float)[:, None]


def test_trembling_is_told_from_turning() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, 300)
    found = quality(TIMES_S, column(TURN + noise), column(TURN + noise / 4), 3.0)
    assert found.noise == pytest.approx(0.1, rel=0.2)
    assert found.calmed == pytest.approx(found.noise / 4, rel=0.05)


@pytest.mark.parametrize("late_s", [0.0, 0.05, 0.2])
def test_the_delay_of_a_filter_is_measured(late_s: float) -> None:
    late = np.interp(TIMES_S - late_s, TIMES_S, TURN)
    assert quality(TIMES_S, column(TURN), column(late), 3.0).late_s == pytest.approx(
        late_s, abs=0.01
    )


@given(st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_no_clip_is_too_short_too_still_or_too_empty(count: int, lost: int, moves: bool) -> None:
    values = column(np.arange(count) * float(moves))
    values[:lost] = np.nan
    found = quality(np.arange(count) / 30, values, values, 1.0)
    for figure in dataclasses.astuple(found):
        assert np.isnan(figure) or figure >= 0


def test_a_picture_shows_every_group(tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    plot = Plot(path)
    for n, yaw in enumerate(TURN[:120]):
        face = Face(n * 33_333_333, n, True, PoseInput.of({"headYaw": yaw, "jawOpen": 0.2}))
        face = Face.lost(n * 33_333_333, n) if n == 50 else face
        plot.add_measured(face)
        plot.add_filtered(face)
    assert set(plot.save()) == set(CURVES)
    with Image.open(path) as picture:
        assert picture.width == 1200
        assert len(np.unique(np.asarray(picture))) > 20


def test_each_curve_is_drawn_pale_as_measured_and_strong_as_filtered(tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    plot = Plot(path)
    for n, yaw in enumerate(TURN[:120]):
        for add, shift in ((plot.add_measured, 0.0), (plot.add_filtered, 5.0)):
            pose = PoseInput.of({"headYaw": yaw + shift, "jawOpen": 0.2})
            add(Face(n * 33_333_333, n, True, pose))
    found = plot.save()
    svg = html.unescape(path.read_text())
    pale, strong = (svg.count(style) for style in ("stroke-opacity: 0.35", "stroke-width: 1.4"))
    curves = sum(len(each) for _, each in CURVES.values())
    assert (pale, strong) == (curves, 2 * curves)  # the strong ones in a legend as well
    assert f"head: {_sentence(found['head'], 'degrees')}" in svg


@pytest.mark.parametrize("name", ["out", "out.txt", "out.PNGG"])
def test_another_kind_of_file_is_refused_before_anything_is_tracked(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(UserError, match=r"name a \.png"):
        Plot(tmp_path / name)


def test_without_a_face_there_is_nothing_to_plot(tmp_path: Path) -> None:
    plot = Plot(tmp_path / "out.png")
    for n in range(3):
        plot.add_measured(Face.lost(n, n))
        plot.add_filtered(Face.lost(n, n))
    with pytest.raises(UserError, match="there is no face"):
        plot.save()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    plot = Plot(tmp_path / "none" / "out.png")
    for n in range(3):
        face = Face(n * 33_333_333, n, True, PoseInput.of({"headYaw": 1.0}))
        plot.add_measured(face)
        plot.add_filtered(face)
    with pytest.raises(UserError, match="cannot write"):
        plot.save()
