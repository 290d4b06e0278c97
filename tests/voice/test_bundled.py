"""The bundled voice itself. Opening it imports torch and coqui-tts: once for all tests here."""

from __future__ import annotations

import importlib.util
import itertools

import numpy as np
import pytest

from vtuber.voice.bundled import evaluate, voice, weights
from vtuber.voice.bundled.nets import HOP, SAMPLE_RATE_HZ
from vtuber.voice.bundled.normalise import Unspeakable

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("TTS") is None or importlib.util.find_spec("torch") is None,
    reason="the bundled voice speaks through coqui-tts and torch, of vtuber[voice]",
)
TEXT = "Hello there, chat! It costs $5."


@pytest.fixture(scope="module")
def opened() -> voice.Bundled:
    made = voice.Bundled()
    made.open()
    return made


@pytest.fixture(scope="module")
def pieces(opened) -> list[voice.Piece]:
    return list(opened.speak(TEXT))


def sound(pieces) -> np.ndarray:
    return np.concatenate([piece.samples for piece in pieces])


def pitches_hz(samples: np.ndarray) -> np.ndarray:
    """Measure the pitch of voiced frames; those that hum at the frame rate do not count."""
    from vtuber.voice.bundled.corpus import PITCH_HZ, pitch_of

    found = pitch_of((samples * 32767).astype(np.int16), len(samples) // HOP)
    hz = found[found != 0] * PITCH_HZ[1] + PITCH_HZ[0]
    return hz[hz > 130.0]


def test_it_says_a_text_audibly_and_without_clipping(pieces):
    said = sound(pieces)
    assert said.dtype == np.float32
    assert 1.5 < len(said) / SAMPLE_RATE_HZ < 4.0
    assert 0.3 < np.abs(said).max() <= 1.0
    assert -24.0 < evaluate.loudness(said) < -16.0
    assert abs(said.mean()) < 0.01


def test_pieces_follow_each_other_without_a_gap(pieces):
    ends = itertools.accumulate(len(piece.samples) for piece in pieces)
    starts_s = [0.0, *(end / SAMPLE_RATE_HZ for end in ends)]
    assert [piece.start_s for piece in pieces] == pytest.approx(starts_s[:-1])
    assert [piece.is_last for piece in pieces] == [False] * (len(pieces) - 1) + [True]


def test_the_first_piece_is_short_so_that_it_is_early(pieces):
    assert len(pieces[0].samples) <= voice.FIRST_FRAMES * HOP


def test_where_pieces_meet_nothing_is_heard(opened, pieces):
    whole = sound(opened.speak(TEXT, piece_frames=10_000))
    difference = np.abs(whole - sound(pieces)).max()
    assert difference < 1e-4  # 12 frames of context are exact; with none it is 0.1


def test_the_times_of_sounds_and_words_fit_the_sound(pieces):
    phones = [phone for piece in pieces for phone in piece.phones]
    for one, other in itertools.pairwise(phones):
        assert one.begin_s < one.end_s == pytest.approx(other.begin_s)
    assert phones[0].begin_s <= voice.OPENING_FRAMES * HOP / SAMPLE_RATE_HZ
    assert phones[-1].end_s == pytest.approx(len(sound(pieces)) / SAMPLE_RATE_HZ)
    words = [word for piece in pieces for word in piece.words]
    assert [word.text for word in words] == ["Hello", "there", "chat", "It", "costs", "$5"]
    assert all(word.t_s < word.end_s for word in words)


def test_pauses_are_silent_and_speech_is_not(pieces):
    said = sound(pieces)

    def level(begin_s: float, end_s: float) -> float:
        part = said[round(begin_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)]
        return float(np.sqrt(np.mean(part**2)))

    phones = [phone for piece in pieces for phone in piece.phones]
    quiet = [level(p.begin_s + 0.07, p.end_s) for p in phones[:-1] if p.sound == "sil"]
    vowels = [level(p.begin_s, p.end_s) for p in phones if p.sound in ("oʊ", "æ", "aɪ")]
    assert max(quiet) < 0.01 < 0.04 < min(vowels)


def test_speed_changes_how_long_it_takes(opened, pieces):
    plain = len(sound(pieces))
    assert len(sound(opened.speak(TEXT, speed=2.0))) == pytest.approx(plain / 2, rel=0.12)
    assert len(sound(opened.speak(TEXT, speed=0.5))) == pytest.approx(plain * 2, rel=0.12)


def test_pitch_moves_the_way_that_is_asked(opened, pieces):
    low, plain, high = (
        np.median(pitches_hz(sound(opened.speak(TEXT, pitch=pitch)))) for pitch in (-5.0, 0.0, 5.0)
    )
    assert low * 1.06 < plain < high / 1.12  # a semitone down at least, and two up


def test_energy_makes_it_louder_or_softer_and_never_clips(opened, pieces):
    plain = evaluate.loudness(sound(pieces))
    soft = evaluate.loudness(sound(opened.speak(TEXT, energy=0.6)))
    loud = sound(opened.speak(TEXT, energy=2.5))
    assert soft < plain - 3.0
    assert evaluate.loudness(loud) > plain + 3.0
    assert np.abs(loud).max() <= 1.0


def test_without_lilt_it_is_a_monotone(opened, pieces):
    def spread(samples: np.ndarray) -> float:
        found = pitches_hz(samples)
        return float(np.percentile(found, 80) - np.percentile(found, 20))

    assert spread(sound(opened.speak(TEXT, lilt=0.0))) < 0.7 * spread(sound(pieces))


@pytest.mark.parametrize("text", ["Hi!", "A", "?!a", "😂", "x" * 300, "Oh, oh, oh."])
def test_short_and_strange_texts_are_said(opened, text):
    assert len(sound(opened.speak(text))) > 0.1 * SAMPLE_RATE_HZ


def test_the_same_text_sounds_the_same_again(opened, pieces):
    np.testing.assert_array_equal(sound(opened.speak(TEXT)), sound(pieces))


def test_what_cannot_be_said_is_refused_before_anything_is_heard(opened):
    with pytest.raises(Unspeakable, match="Japanese"):
        next(opened.speak("こんにちは"))


def test_coquis_own_synthesis_speaks_with_the_same_files(opened, tmp_path):
    from TTS.api import TTS

    files = weights.as_coqui(weights.SHIPPED, tmp_path)
    said = np.asarray(TTS(**files, progress_bar=False).tts("Hi!"))
    assert np.abs(said).max() > 0.2
    assert len(said) > 0.2 * SAMPLE_RATE_HZ


def test_sentences_are_understood(opened):
    pytest.importorskip("pocketsphinx", reason="sentences are recognised by pocketsphinx")
    texts = evaluate.held_out(30)
    # Six of the thirty that the benchmark says: each is told from all others.
    found = evaluate.identified(texts, [evaluate.spoken(opened, text) for text in texts[:6]])
    assert found >= 5
