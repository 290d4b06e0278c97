"""What a design says about how it moves: within the format's bounds, and not the same for all."""

import pytest

from vtuber.avatar.style import BOUNDS, Style
from vtuber.design import catalogue
from vtuber.design.genome import Body, Design, Eyes, Face
from vtuber.design.manner import _BY_PART, manner


def extremes() -> list[Design]:
    bodies = [
        Body(proportions=proportions, presentation=share, age=age, build=1 - share)
        for proportions in ("standard", "chibi")
        for share in (0.0, 1.0)
        for age in (0.0, 1.0)
    ]
    faces = [Face(shape=shape, nose="sharp") for shape in _BY_PART["face_shape"]]
    return [Design(body=body, face=face) for body in bodies for face in faces]


@pytest.mark.parametrize("part", _BY_PART)
def test_every_style_of_the_table_is_one_and_names_knobs(part: str) -> None:
    assert set(_BY_PART[part]) <= set(catalogue.styles(part))
    assert {knob for factors in _BY_PART[part].values() for knob in factors} <= set(BOUNDS)


def test_whatever_the_design_its_knobs_lie_within_the_bounds_of_the_format() -> None:
    for design in extremes():
        for knob, value in manner(design).items():
            low, high = BOUNDS[knob]
            assert low <= value <= high, (design, knob)


def test_a_chibi_has_flatter_face_and_smaller_gaze_and_an_old_man_calmer_brows() -> None:
    chibi = Style(**manner(Design(body=Body(proportions="chibi"))))
    old = Style(**manner(Design(body=Body(presentation=0.0, age=1.0))))
    assert chibi.face_radius > Style().face_radius
    assert chibi.gaze < Style().gaze
    assert old.brow < 0.9 < 1.1 < Style(**manner(Design(eyes=Eyes(brows="dots")))).brow


def test_what_is_as_the_median_is_not_said() -> None:
    assert "smile" not in manner(Design())
    assert "smile" in manner(Design(face=Face(mouth="neutral")))
