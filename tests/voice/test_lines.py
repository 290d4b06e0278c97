import contextlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.core.errors import UserError
from vtuber.core.speech import SAMPLE_RATE_HZ, Line, Viseme, Word
from vtuber.voice.lines import Chunk, read, spoken
from vtuber.voice.tags import MOST_CHARACTERS

TENTH = SAMPLE_RATE_HZ // 10


def say(phrase):
    """Say a phrase as two tenths of a second, the second one half quiet."""
    yield Chunk(np.full(TENTH, 0.5, np.float32), (Viseme(0.0, "aa"),))
    tail = np.full(TENTH, 0.5, np.float32)
    tail[TENTH // 2 :] = 0.0
    yield Chunk(tail, (Viseme(0.1, "sil", 0.0),), (Word(0.0, 0.15, phrase.text),))


def pieces(text, **more):
    return list(spoken(Line(text, **more), "test", say))


def test_pieces_come_without_gaps_and_the_last_one_says_so():
    found = pieces("[sad] One thing here. [pause 0.5] Two things there.")
    at = 0
    for piece in found:
        assert round(piece.start_s * SAMPLE_RATE_HZ) == at
        at += len(piece.samples)
    assert [p.is_last for p in found] == [False] * (len(found) - 1) + [True]
    assert {p.style for p in found[:-1]} == {"sad"}


def test_times_count_from_the_line_s_first_sample():
    found = pieces("One thing here. Two things there.")
    words = [word for piece in found for word in piece.words]
    second_s = words[1].t_s
    assert second_s == pytest.approx(0.2 + 0.35 - 0.05, abs=1e-3)  # of the pause 50 ms are there
    assert any(v.t_s == pytest.approx(second_s) for p in found for v in p.visemes)


def test_a_long_pause_comes_in_pieces_of_a_second_at_most():
    found = pieces("One. [pause 9.5] Two.")
    assert max(len(piece.samples) for piece in found) == SAMPLE_RATE_HZ
    silent = sum(len(piece.samples) for piece in found if not piece.samples.any())
    assert silent >= round(9.5 * SAMPLE_RATE_HZ)
    at = 0
    for piece in found:
        assert round(piece.start_s * SAMPLE_RATE_HZ) == at
        at += len(piece.samples)


def test_a_faster_line_pauses_shorter():
    slow, fast = (
        sum(len(p.samples) for p in pieces("One two three. Four.", speed=s)) for s in (1, 2)
    )
    assert fast < slow


def test_a_style_changes_speed_pitch_energy_and_face_together():
    reading = read(Line("[happy] Yes"), "test")
    step = reading.steps[0]
    assert step.style == "happy"
    assert step.phrase.speed > 1
    assert step.phrase.pitch > 0
    assert step.phrase.energy > 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "there is nothing to say in ''"),
        ("\U0001f600\U0001f600", "there is nothing to say"),
        ("... !!", "there is nothing to say"),
        ("[pause 1]", "there is nothing to say"),
        ("你好", r"the voice test cannot read Chinese characters \(你好\); --voice espeak"),
        ("[hapy]", r"no tag \[hapy\]; did you mean"),
        ("a" * (MOST_CHARACTERS + 1), "10,001 characters is too long; 10,000 are the most"),
    ],
)
def test_what_cannot_be_said_is_an_error_in_words(text, says):
    with pytest.raises(UserError, match=says):
        pieces(text)


def test_what_is_left_out_is_said_once_and_the_rest_is_spoken():
    found = pieces("Hello 你好 there. And 好 [hapy] you.")
    notes = [piece.note for piece in found if piece.note]
    assert len(notes) == 1
    assert "no tag [hapy]" in notes[0]
    assert "你好 好" in notes[0]
    assert [w.text for p in found for w in p.words] == ["Hello there.", "And", "you."]


def test_nothing_is_louder_than_the_device_can():
    def loud(phrase):
        yield Chunk(np.full(10, 3.0, np.float32))

    assert max(p.samples.max(initial=0) for p in spoken(Line("a"), "test", loud)) == 1.0


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_any_text_is_spoken_or_refused_in_words(text):
    with contextlib.suppress(UserError):
        assert pieces(text)[-1].is_last


def test_a_bleep_is_a_tone_with_closed_lips_between_the_words():
    def say(phrase):
        word = Word(0.0, 0.1, phrase.text)
        yield Chunk(np.full(4800, 0.5, np.float32), (Viseme(0.0, "aa"),), (word,))

    pieces = list(spoken(Line("one [bleep 5] two"), "test", say))
    samples = np.concatenate([piece.samples for piece in pieces])
    words = [word for piece in pieces for word in piece.words]
    assert [word.text for word in words] == ["one", "*****", "two"]
    tone = samples[round(words[1].t_s * 48_000) : round(words[1].end_s * 48_000)]
    assert len(tone) == pytest.approx(0.35 * 48_000, abs=1)
    spectrum = np.abs(np.fft.rfft(tone))
    assert np.argmax(spectrum) / 0.35 == pytest.approx(1000, abs=3)
    assert np.abs(tone[[0, -1]]).max() < 0.01, "no click"
    shut = [v for piece in pieces for v in piece.visemes if v.t_s == words[1].t_s]
    assert [v.viseme for v in shut] == ["PP"]


def test_a_line_of_nothing_but_a_bleep_is_heard():
    pieces = list(spoken(Line("[bleep]"), "test", lambda phrase: iter(())))
    assert sum(len(piece.samples) for piece in pieces) == pytest.approx(0.28 * 48_000, abs=1)


def test_a_bleep_comes_right_behind_the_word_before_it():
    def say(phrase):
        for loud in (0.5, 0.0, 0.5, 0.0, 0.0):
            yield Chunk(np.full(TENTH, loud, np.float32))

    found = np.concatenate([piece.samples for piece in spoken(Line("a [bleep] b"), "test", say)])
    loud = np.abs(found) > 0.3
    assert loud[: 3 * TENTH].sum() == 2 * TENTH, "a pause within the phrase stays"
    tone = np.flatnonzero((np.abs(found) > 0.1) & (np.abs(found) < 0.3))
    assert tone[0] == pytest.approx(3 * TENTH, abs=TENTH / 20)
