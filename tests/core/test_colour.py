import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core.colour import NAMES, format_colour, is_colour, parse_colour
from vtuber.core.errors import UserError


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_colour_that_is_written_out_is_read_as_itself(colour):
    assert parse_colour(format_colour(colour)) == colour
    assert parse_colour(format_colour(colour).removeprefix("#").upper()) == colour


@pytest.mark.parametrize("text", ["", "#", "#fff", "#20c06", "redd", "#20c060ff", "1.5"])
def test_what_is_no_colour_is_refused_with_examples(text):
    with pytest.raises(UserError, match=r"is no colour; .* such as #20c060, or a name such as"):
        parse_colour(text)


def test_what_begins_like_a_colour_is_meant_as_one():
    assert all(map(is_colour, [*NAMES, "#12", "20c060"]))
    assert not any(map(is_colour, ["room.png", "redd", "fade.mp4"]))
