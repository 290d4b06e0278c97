import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from vtuber.voice.scripts import clean, has_words, reader_of, scripts_in, scripts_of, split_by


def test_what_has_no_sound_is_left_out():
    assert clean("a\x00b\x1b[31m\u200d\ufeffc \ud800 d\ufe0f") == "a b [31mc d"
    assert clean("Z\u0335\u0321alg\u0348o") == "Zalgo"
    assert clean("\U0001d4d7\U0001d4ee\U0001d4f5\U0001d4f5\U0001d4f8") == "Hello"


@given(st.text())
def test_clean_text_has_no_control_characters_and_can_be_encoded(text):
    made = clean(text)
    assert made.encode() or not made
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in made)


def test_foreign_letters_are_taken_out_and_named():
    assert split_by("Hi 你好 Bob, привет!", {"LATIN"}) == ("Hi Bob, !", "你好 привет")
    assert scripts_in("你好 привет") == "Chinese characters and Cyrillic"
    assert split_by("caf\u00e9 na\u00efve 3\u20ac \U0001f600", {"LATIN"})[1] == ""


def test_languages_are_read_in_their_scripts():
    assert scripts_of("en-us") == {"LATIN"}
    assert "CJK" in scripts_of("zh_CN")
    assert {"HIRAGANA", "CJK"} <= scripts_of("ja")


def test_a_voice_is_named_that_reads_a_text():
    assert reader_of("你好") == "espeak:voice=cmn"
    assert reader_of("你好 привет") == ""
    assert reader_of("\u1780") == ""  # Khmer


def test_emoji_are_no_words():
    assert not has_words("\U0001f600 ... !!")
    assert has_words("7")
