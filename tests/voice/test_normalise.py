from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core.errors import UserError
from vtuber.voice.bundled.normalise import Unspeakable, normalise
from vtuber.voice.bundled.phonemes import ENDS

pytest.importorskip("num2words", reason="numbers are worded by num2words, of vtuber[voice]")


def read(text: str) -> str:
    return " ".join(" ".join(token.words) + token.mark for token in normalise(text))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1,234 points", "one thousand two hundred and thirty four points"),
        ("0.5 or .25", "zero point five or zero point two five"),
        ("2nd of 3", "second of three"),
        ("-5 and +3", "minus five and plus three"),
        ("5-7 people", "five to seven people"),
        ("agent 007", "agent zero zero seven"),
        ("12345678901234567", "one two three four five six seven eight nine zero one two three "
                              "four five six seven"),
        ("#1", "number one"),
        ("3/4 and 7/10", "three quarters and seven out of ten"),
        ("555-1234", "five five five one two three four"),
        ("v2.0.1", "two point zero point one"),
        ("World War II", "world war two"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_what_they_are(written, words):
    assert read(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2026-11-21", "november twenty first twenty twenty six"),
        ("3/4/2025", "march fourth twenty twenty five"),
        ("31/12/1999", "december thirty first nineteen ninety nine"),
        ("May 3rd, 1905", "may third nineteen oh five"),
        ("21 November", "november twenty first"),
        ("the 1990s and 80s", "the nineteen nineties and eighties"),
        ("10:30am", "ten thirty A M"),
        ("7:05", "seven oh five"),
        ("21:45", "twenty one forty five"),
        ("7:00", "seven o'clock"),
        ("9pm", "nine P M"),
    ],
)
def test_dates_and_times_are_read_as_people_say_them(written, words):
    assert read(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("$5.20", "five dollars and twenty cents"),
        ("$1", "one dollar"),
        ("£1.5M", "one point five million pounds"),
        ("10€", "ten euros"),
        ("50 USD", "fifty dollars"),
        ("20°C", "twenty degrees celsius"),
        ("5 km/h", "five kilometres an hour"),
        ("1 kg", "one kilogram"),
        ("60fps at 1080p", "sixty frames per second at ten eighty P"),
        ("100k followers", "one hundred thousand followers"),
        ("45%", "forty five percent"),
    ],
)
def test_money_and_units_follow_their_number(written, words):
    assert read(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Dr. Smith vs. Mrs. Jones", "doctor smith versus missus jones"),
        ("St. Mary, Elm St.", "saint mary, elm street"),
        ("brb, gg!", "be right back, good game!"),
        ("NASA, the FBI and OBS", "nasa, the F B I and O B S"),
        ("PCs and a fps npc", "P C's and a F P S N P C"),
        ("PS5 camelCase", "P S five camel case"),
        ("sooooo coooool noooo", "so cool no"),
        ("@bob_99 #vtuber", "bob ninety nine hashtag vtuber"),
        ("https://www.twitch.tv/foo", "twitch dot T V slash foo"),
        ("R&B, 2 + 2 = 4", "R and B, two plus two equals four"),
        ("hmmm shhh", "hmm shush"),
    ],
)
def test_short_forms_are_read_out(written, words):
    assert read(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("😂😂😂😂 nice", "laughing, laughing, nice"),
        ("❤️ and 👍🏽", "heart, and thumbs up,"),
        (":) <3", "smiling, heart,"),
        ("🦊", "fox,"),
        ("🇯🇵", "japan,"),
    ],
)
def test_emoji_are_named_and_a_row_of_them_is_cut_short(written, words):
    pytest.importorskip("emoji", reason="emoji are named by emoji, of vtuber[voice]")
    assert read(written) == words


def test_letters_come_down_to_plain_ones():
    assert read("Café, naïve Straße, ﬁne ｆｕｌｌ") == "cafe, naive strasse, fine full"


def test_capitals_of_a_whole_text_are_no_abbreviations():
    assert read("HELLO EVERYONE, US TOO") == "hello everyone, us too"


@pytest.mark.parametrize(
    ("written", "mark"), [("What?!", "!"), ("Well...", "."), ("No;", ","), ("Hm\nso", ".")]
)
def test_every_mark_becomes_one_that_the_voice_has(written, mark):
    assert normalise(written)[0].mark == mark


def test_each_piece_keeps_what_was_written():
    assert [token.text for token in normalise("It's $5.20 today!")] == ["It's", "$5.20", "today"]


@pytest.mark.parametrize(
    ("written", "name"), [("日本語です", "Japanese"), ("Привет", "Cyrillic"), ("你好", "Chinese")]
)
def test_a_text_in_another_script_is_refused_in_a_sentence(written, name):
    with pytest.raises(Unspeakable, match=f"not {name}"):
        normalise(written)


def test_a_foreign_word_within_english_is_named():
    assert read("Hi 田中, welcome") == "hi some chinese, welcome"


@pytest.mark.parametrize("written", ["", "   ", "...", "?!", "\u200b"])
def test_nothing_to_say_is_said(written):
    with pytest.raises(Unspeakable, match="nothing to read out"):
        normalise(written)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        tokens = normalise(text)
    except UserError:
        return
    assert any(token.words for token in tokens)
    for token in tokens:
        assert token.mark in ("", *ENDS)
        for word in token.words:
            assert word.strip("'")
            assert all(c.isascii() and (c.isalpha() or c == "'") for c in word)
