import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core.speech import Line
from vtuber.voice.styles import STYLES
from vtuber.voice.tags import passages


def read(text, **more):
    return passages(Line(text, **more))


def test_a_tag_holds_until_the_next_of_its_kind():
    found, faults = read("[happy] One. [speed 1.5] Two. [sad] Three. [speed] Four.")
    assert [(p.text, p.style, p.speed) for p in found] == [
        ("One.", "happy", 1.0),
        ("Two.", "happy", 1.5),
        ("Three.", "sad", 1.5),
        ("Four.", "sad", 1.0),
    ]
    assert not faults


def test_a_line_s_own_style_and_speed_are_where_it_begins():
    found, _ = read("One. [speed 2] Two. [neutral] Three.", style="sad", speed=0.9)
    assert [(p.style, p.speed) for p in found] == [("sad", 0.9), ("sad", 1.8), ("neutral", 1.8)]


def test_pauses_add_up_and_come_before_what_follows():
    found, _ = read("One [pause 0.3][pause 0.2] two [pause 1]")
    assert [(p.text, p.pause_s) for p in found] == [("One", 0.0), ("two", 0.5), ("", 1.0)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[hapy] Yes", "no tag [hapy]; did you mean [happy]?"),
        ("[xylophone] Yes", "no tag [xylophone]; there is: [neutral], [happy]"),
        ("[pause] Yes", "in [pause]: give 0 to 10 seconds"),
        ("[pause 300] Yes", "in [pause 300]: a pause is 10 seconds at most"),
        ("[pause -1] Yes", "give 0 to 10 seconds"),
        ("[speed nan] Yes", "in [speed nan]: give 0.5 to 2"),
        ("[happy very] Yes", "no tag [happy very]"),
    ],
)
def test_a_wrong_tag_is_said_so_and_not_spoken(text, says):
    found, faults = read(text)
    assert [p.text for p in found] == ["Yes"]
    assert (found[0].style, found[0].speed) == ("", 1.0)
    assert len(faults) == 1
    assert says in faults[0]


@pytest.mark.parametrize(
    "text", ["[ pause\u2003= 0.3 ]", "[pause:0.3]", "[pause  0.3]", "[pause = : 0.3\n]"]
)
def test_blanks_in_a_tag_are_no_matter(text):
    assert read(text)[0][0].pause_s == 0.3


def test_a_tag_that_never_ends_costs_no_more_than_its_length():
    read("[a" + " " * 9_000 + "[" + " " * 9_000 + "[" + "a" * 9_000)  # it took minutes


def test_a_pause_that_is_too_long_is_as_long_as_one_may_be():
    found, faults = read("One [pause 12] two [pause inf] three")
    assert [p.pause_s for p in found] == [0.0, 10.0, 10.0]
    assert len(faults) == 2


def test_the_pauses_of_a_line_have_an_end():
    found, faults = read("One " + "[pause 10] two " * 900)
    assert sum(p.pause_s for p in found) == 60.0
    assert faults == ("the pauses of a line are 60 seconds at most; what is over is left out",)


@pytest.mark.parametrize("text", ["it is [1] and [2]", "[...]", "a [] b", "[[", "]["])
def test_what_is_no_word_in_brackets_is_text(text):
    found, faults = read(text)
    assert [p.text for p in found] == [text]
    assert not faults


def test_every_style_is_a_tag():
    assert not read("".join(f"[{name}] a " for name in STYLES))[1]


@given(st.text())
def test_any_text_is_taken_apart(text):
    found, _ = read(text)
    assert all(0.5 <= p.speed <= 2.0 and p.pause_s >= 0 for p in found)
