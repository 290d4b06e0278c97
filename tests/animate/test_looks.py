"""Tint, brightness, outline and shadow: where commands send them, softly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.animate.show import Show
from vtuber.animate.looks import Looks
from vtuber.animate.performer import Behaviour
from vtuber.core.errors import UserError
from vtuber.core.look import (
    AS_DRAWN,
    BRIGHTEST,
    WIDEST_OUTLINE,
    Look,
    LookPlain,
    Outline,
    SetBrightness,
    SetOutline,
    SetShadow,
    SetTint,
    Shadow,
)

SECOND = 10**9
HOME = Look((255, 200, 100), 0.5, Outline(0.01, (9, 8, 7)), Shadow(0.1, -0.2, 0.03, (1, 2, 3), 0.6))


def test_it_begins_as_its_settings_say_and_neutral_does_nothing():
    assert Looks(HOME).at(0) == HOME
    assert Looks().at(0) == AS_DRAWN


def test_a_tint_comes_over_its_time_and_goes_again():
    looks = Looks()
    looks.obey(SetTint((255, 55, 155), over_s=2.0), 0)
    assert looks.at(SECOND).tint == (255, 155, 205)
    assert looks.at(2 * SECOND) == Look(tint=(255, 55, 155))
    looks.obey(SetTint(None, over_s=0.0), 2 * SECOND)
    assert looks.at(2 * SECOND) == AS_DRAWN


def test_each_part_has_a_time_of_its_own():
    looks = Looks()
    looks.obey(SetBrightness(0.0, over_s=4.0), 0)
    looks.obey(SetTint((55, 255, 255), over_s=2.0), 0)
    assert looks.at(SECOND).tint == (155, 255, 255)
    assert looks.at(2 * SECOND).brightness == pytest.approx(0.5)
    looks.obey(SetShadow(True, over_s=0.0), 2 * SECOND)
    assert looks.at(2 * SECOND).brightness == pytest.approx(0.5)


def test_an_outline_grows_in_its_own_colour_and_goes_in_the_colour_that_it_had():
    looks = Looks()
    looks.obey(SetOutline((200, 0, 0), 0.02, over_s=1.0), 0)
    assert looks.at(SECOND // 2).outline == Outline(pytest.approx(0.01), (200, 0, 0))
    looks.obey(SetOutline((0, 100, 0), over_s=1.0), SECOND)
    assert looks.at(SECOND * 3 // 2).outline == Outline(0.02, (100, 50, 0))  # as wide as it was
    looks.obey(SetOutline(None, over_s=1.0), 2 * SECOND)
    assert looks.at(SECOND * 5 // 2).outline == Outline(pytest.approx(0.01), (0, 100, 0))
    assert looks.at(3 * SECOND) == AS_DRAWN
    looks.obey(SetOutline((1, 1, 1), over_s=0.0), 3 * SECOND)
    assert looks.at(3 * SECOND).outline == Outline(0.02, (1, 1, 1))


def test_a_shadow_switches_over_and_is_that_of_the_settings():
    looks = Looks(HOME)
    looks.obey(SetShadow(over_s=1.0), 0)
    assert looks.at(SECOND // 2).shadow == Shadow(0.1, -0.2, 0.03, (1, 2, 3), pytest.approx(0.3))
    assert looks.at(SECOND).shadow is None
    looks.obey(SetShadow(over_s=0.0), SECOND)
    assert looks.at(SECOND) == HOME
    looks.obey(SetShadow(True), SECOND)
    assert looks.at(2 * SECOND) == HOME


def test_plain_is_as_drawn_whatever_was_set():
    looks = Looks(HOME)
    looks.obey(LookPlain(over_s=1.0), 0)
    assert looks.at(SECOND // 2).brightness == pytest.approx(0.75)
    assert looks.at(SECOND) == AS_DRAWN
    looks.obey(SetShadow(over_s=0.0), SECOND)  # was off: it comes
    assert looks.at(SECOND).shadow == HOME.shadow


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (SetBrightness(-0.1), "brightness -0.1: give 0 to 4"),
        (SetBrightness(BRIGHTEST + 1), "give 0 to 4"),
        (
            SetOutline((0, 0, 0), WIDEST_OUTLINE * 2),
            "an outline 0.1 wide: give 0 to 0.05 picture heights",
        ),
        (SetOutline(None, -1.0), "give 0 to 0.05"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(wrong, says):
    looks = Looks(HOME)
    with pytest.raises(UserError, match=says):
        looks.obey(wrong, 0)
    assert looks.at(SECOND) == HOME


OVER = st.floats(0, 2)
COLOURS = st.none() | st.tuples(*[st.integers(0, 255)] * 3)


@given(
    st.lists(
        st.builds(SetTint, COLOURS, over_s=OVER)
        | st.builds(SetBrightness, st.floats(0, BRIGHTEST), over_s=OVER)
        | st.builds(SetOutline, COLOURS, st.none() | st.floats(0, WIDEST_OUTLINE), over_s=OVER)
        | st.builds(SetShadow, st.none() | st.booleans(), over_s=OVER)
        | st.builds(LookPlain, over_s=OVER),
        max_size=8,
    )
)
def test_nothing_that_is_asked_leaves_the_range_and_plain_always_ends_it(sent):
    looks = Looks()
    for beat, command in enumerate(sent):
        looks.obey(command, beat * SECOND // 2)
        look = looks.at(beat * SECOND // 2 + SECOND // 4)
        assert all(0 <= c <= 255 for c in look.tint)
        assert 0 <= look.brightness <= BRIGHTEST
        assert look.outline is None or 0 < look.outline.width <= WIDEST_OUTLINE
        assert look.shadow is None or 0 < look.shadow.opacity <= 1
    looks.obey(LookPlain(), len(sent) * SECOND)
    assert looks.at((len(sent) + 1) * SECOND) == AS_DRAWN


def test_an_actor_wears_the_look_of_the_settings_and_of_commands(avatar):
    show = Show(avatar, look=HOME)
    assert show.play(0.1).look == HOME
    show.obey(SetBrightness(2.0))
    assert show.play(0.5).look.brightness == 2.0
    show.performer.configure(Behaviour(look=Look(tint=(255, 0, 0))))
    assert show.play(0.1).look.tint != (255, 0, 0)  # softly
    assert show.play(0.5).look == Look(tint=(255, 0, 0))
