"""Colours and sizes that opaque sinks share."""

import pytest

from vtuber.core.errors import UserError
from vtuber.output._opaque import even_size, parse_colour


def test_colours_are_read_with_and_without_the_hash() -> None:
    assert parse_colour("#23262e") == parse_colour("23262E") == (0x23, 0x26, 0x2E)


def test_colours_have_the_names_that_the_shows_background_knows() -> None:
    assert parse_colour("Lime") == (0, 255, 0)


@pytest.mark.parametrize("text", ["", "grene", "#fff", "#00ff00aa", "#gg0000"])
def test_what_is_no_colour_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UserError, match=r"background: .* is no colour; .* such as #20c060"):
        parse_colour(text)


def test_a_picture_too_small_for_video_is_refused() -> None:
    with pytest.raises(UserError, match="too small"):
        even_size((1, 720))
