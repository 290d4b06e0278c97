import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.voice.clauses import LONGEST, PAUSES_S, clauses


def texts(text):
    return [clause.text for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hello there, my friends. How are you?", ["Hello there,", "my friends.", "How are you?"]),
        ("Well, yes.", ["Well, yes."]),  # too short for a clause of its own
        ("It is 3.5, not 1,000.", ["It is 3.5, not 1,000."]),
        ("At 10:30 Dr. J. R. Smith came.", ["At 10:30 Dr. J. R. Smith came."]),
        ("Cats, dogs etc. are here. So am I.", ["Cats, dogs etc. are here.", "So am I."]),
        ("See www.example.com/a.b now", ["See www.example.com/a.b now"]),
        ('He said "no!" Then he left.', ['He said "no!"', "Then he left."]),
        ("Wait... what?!", ["Wait...", "what?!"]),
        ("你好！我是猫。", ["你好！", "我是猫。"]),
        ("first line\nsecond line", ["first line", "second line"]),
        ("one little thing - another", ["one little thing -", "another"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_a_text_is_split_where_a_speaker_pauses(text, parts):
    assert texts(text) == parts


def test_a_full_stop_pauses_longer_than_a_comma():
    comma, stop, _ = clauses("This is a thing, and that is another. End")
    assert comma.pause_s == PAUSES_S[","] < PAUSES_S["."] == stop.pause_s


def test_what_has_no_marks_is_cut_between_words_or_anywhere():
    assert max(map(len, texts("word " * 200))) <= LONGEST
    assert set(" ".join(texts("word " * 200)).split()) == {"word"}
    assert list(map(len, texts("x" * 400))) == [LONGEST, LONGEST, 400 - 2 * LONGEST]


@given(st.text())
def test_no_character_is_lost_but_blanks(text):
    assert "".join("".join(texts(text)).split()) == "".join(text.split())
