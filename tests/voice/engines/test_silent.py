import numpy as np
import pytest

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line
from vtuber.voice.engines.silent import Options, Voice


def spoken(text, **more):
    return list(Voice(Options(), VoiceContext()).speak(Line(text, **more)))


def length_s(pieces):
    return sum(len(piece.samples) for piece in pieces) / 48_000


def test_it_moves_the_mouth_to_any_script_and_says_nothing():
    for text in ("Hello Bob", "你好", "こんにちは", "привет"):
        found = spoken(text)
        assert not any(np.any(piece.samples) for piece in found)
        if text != "привет":  # no letters that we know a mouth of
            assert {v.viseme for piece in found for v in piece.visemes} - {"sil"}
        assert [w.text for piece in found for w in piece.words] == text.split()


def test_a_longer_text_takes_longer_and_a_faster_one_shorter():
    assert length_s(spoken("Hello there my friend")) > 2 * length_s(spoken("Hello"))
    assert length_s(spoken("Hello there", speed=2.0)) < 0.6 * length_s(spoken("Hello there"))


def test_a_rate_that_nobody_speaks_at_is_refused():
    with pytest.raises(UserError, match="rate=0: give 1 to 100"):
        Voice(Options(rate=0.0), VoiceContext())
