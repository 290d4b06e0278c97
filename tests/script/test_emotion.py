"""The feeling of a line: explainable, never in the way of a direction."""

import pytest

from vtuber.script import statements as records
from vtuber.script.catalogue import Catalogue, Role
from vtuber.script.deeds import Manner
from vtuber.script.emotion import EMOJI, feeling
from vtuber.voice.styles import STYLES


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("I love this so much!", "happy"),
        ("That is terrible news.", "sad"),
        ("I hate you, you idiot!", "angry"),
        ("Wow, you did that?!", "surprised"),
        ("Hahaha, stop it", "laughing"),
        ("Oh no, a spider!", "scared"),
        ("I am not happy about this.", "sad"),
        ("今天很开心😀", "happy"),
        ("The meeting is at ten.", ""),
        ("Let's go to the shop.", ""),
    ],
)
def test_a_line_feels_like_its_words(text, style):
    felt = feeling(text)
    assert (felt.style if felt else "") == style


def test_every_feeling_says_why_and_is_a_style_of_the_voice():
    felt = feeling("I hate you!")
    assert felt is not None
    assert "hate" in felt.why
    assert set(EMOJI) <= set(STYLES)


def test_a_direction_is_never_overridden():
    catalogue = Catalogue(
        {"Mika": Role("Miro", ("joy",))}, {}, {"happy": "joy", "sad": ""}, feeling
    )
    plain = records.Say(who="Mika", parts=("I love this!",))
    assert catalogue.manner(plain).style == "happy"
    told = plain.model_copy(update={"directions": (records.Direction(word="sad"),)})
    assert catalogue.manner(told).style == "sad"
    fast = plain.model_copy(update={"directions": (records.Direction(word="fast"),)})
    assert catalogue.manner(fast) == Manner(speed=1.25)
