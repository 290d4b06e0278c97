"""Colour rules: sRGB of known colours, and shade, light and line that keep their promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.design.colour import Colour
from vtuber.design.palette import HARMONIES, parse_palette

COLOURS = st.builds(
    Colour,
    st.floats(0.05, 0.98),
    st.floats(0.0, 0.30),
    st.floats(0.0, 359.9),
)


def test_white_black_and_red_are_what_srgb_says() -> None:
    assert Colour(1.0, 0.0, 0.0).argb() == 0xFFFFFFFF
    assert Colour(0.0, 0.0, 0.0).argb() == 0xFF000000
    # sRGB red in OKLCH: L 0.628, C 0.2577, h 29.23
    red = Colour(0.62796, 0.25768, 29.234).argb(0.5)
    assert red >> 24 == 128
    assert red >> 16 & 255 >= 254
    assert (red >> 8 & 255) <= 2
    assert (red & 255) <= 2


@given(COLOURS)
def test_shade_is_darker_and_light_is_lighter(colour: Colour) -> None:
    assert colour.shade().lightness < colour.lightness < colour.light().lightness


def test_a_colour_outside_srgb_gives_up_strength_and_not_hue() -> None:
    inside, outside = (Colour(0.6, chroma, 29.0).argb() for chroma in (0.20, 0.60))
    channels = [[argb >> shift & 255 for shift in (16, 8, 0)] for argb in (inside, outside)]
    for red, green, blue in channels:
        assert red > green >= blue - 8
    assert channels[1][0] > channels[0][0]


@given(COLOURS, st.floats(0.0, 1.0))
def test_alpha_is_the_top_byte_and_nothing_else_changes(colour: Colour, alpha: float) -> None:
    assert colour.argb(alpha) & 0xFFFFFF == colour.argb() & 0xFFFFFF
    assert colour.argb(alpha) >> 24 == round(255 * alpha)


def is_mustard(colour: Colour) -> bool:
    return 85.0 < colour.hue_deg < 130.0 and colour.lightness < 0.68 and colour.chroma > 0.06


@pytest.mark.parametrize("hue_deg", range(0, 360, 30))
def test_a_clear_mix_of_two_clear_colours_is_neither_grey_nor_mustard(hue_deg: float) -> None:
    for other_deg in range(0, 360, 15):
        ends = Colour(0.62, 0.13, hue_deg), Colour(0.70, 0.12, other_deg)
        between = [ends[0].clear_mix(ends[1], k / 10) for k in range(11)]
        assert between[0] == ends[0]
        assert between[-1].argb() == ends[1].argb()
        assert min(colour.chroma for colour in between) > 0.05
        if not any(75.0 < end.hue_deg < 140.0 for end in ends):
            assert not any(is_mustard(colour) for colour in between)


@pytest.mark.parametrize("rule", HARMONIES)
def test_streaks_stand_near_the_hair_on_the_wheel_and_apart_in_lightness(rule: str) -> None:
    for hue_deg in range(0, 360, 5):
        palette = parse_palette(f"{hue_deg} {rule} navy")
        assert palette.hair.hue_gap(palette.streak) < 66.0
        assert abs(palette.hair.lightness - palette.streak.lightness) >= 0.08
        if not is_mustard(palette.hair) and rule != "mono":
            assert not is_mustard(palette.streak)
