from typing import get_args

import pytest

from vtuber.core.speech import VisemeName
from vtuber.voice.bundled.phonemes import CONSONANTS, VOWELS
from vtuber.voice.phonemes import VISEME_OF, Phone, shapes, visemes


def names(*phones):
    return [(round(v.t_s, 3), v.viseme) for v in visemes(phones)]


@pytest.mark.parametrize("sound", [s for s in (*CONSONANTS, *VOWELS) if s not in ("h", "ʔ")])
def test_every_sound_of_english_has_a_shape(sound):
    assert shapes(sound)


def test_all_visemes_but_silence_are_used():
    assert set(VISEME_OF.values()) == set(get_args(VisemeName)) - {"sil"}


@pytest.mark.parametrize("sound", ["p", "b", "m"])
def test_lips_meet_on_p_b_and_m(sound):
    assert shapes(sound) == (("PP", 1.0),)


def test_a_diphthong_is_two_shapes_in_its_time():
    assert names(Phone("aʊ", 0.0, 0.2)) == [(0.0, "aa"), (0.1, "ou"), (0.2, "sil")]


def test_h_takes_the_shape_of_the_vowel_behind_it():
    assert names(Phone("h", 0.0, 0.1), Phone("oʊ", 0.1, 0.3))[0] == (0.0, "oh")


def test_a_gap_and_a_pause_shut_the_mouth():
    assert names(Phone("a", 0.0, 0.1), Phone("a", 0.3, 0.4)) == [
        (0.0, "aa"), (0.1, "sil"), (0.3, "aa"), (0.4, "sil"),
    ]  # fmt: skip
    assert names(Phone("a", 0.0, 0.1), Phone("sil", 0.1, 0.3))[-1] == (0.1, "sil")


def test_kana_and_hangul_are_read_by_their_names():
    assert shapes("か") == (("kk", 1.0), ("aa", 1.0))
    assert shapes("무")[-1] == ("ou", 1.0)
    assert shapes("猫")


def test_the_times_of_visemes_never_go_back():
    found = names(*(Phone(s, i * 0.1, (i + 1) * 0.1) for i, s in enumerate("haʔmhhp")))
    assert found == sorted(found, key=lambda v: v[0])
