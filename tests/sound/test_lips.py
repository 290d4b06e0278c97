import itertools
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.sound.voices import FORMANTS, silence, vowel
from vtuber.sound.lips import VOWELS, WEIGHTS, Lips, visemes_of

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("VTUBER_TEST_DATA", ROOT.parent / "shared" / "data")) / "speech"


def test_the_weights_are_small():
    assert WEIGHTS.stat().st_size < 40_000


def test_silence_and_noise_leave_the_mouth_shut():
    is_open, _ = Lips().hear(silence(2.0))
    assert is_open.max() < 0.5
    dice = np.random.default_rng(1)
    fan = np.cumsum(dice.standard_normal(96_000)).astype(np.float32)
    fan = 0.01 * (fan - np.convolve(fan, np.full(480, 1 / 480), "same")) / 10
    is_open, _ = Lips().hear(fan.astype(np.float32))
    assert (is_open[100:] > 0.5).mean() < 0.05


def test_a_vowel_opens_it_and_its_end_shuts_it():
    lips = Lips()
    is_open, _ = lips.hear(np.concatenate([silence(0.5), vowel("aa", 0.5), silence(0.5)]))
    assert is_open[:48].max() < 0.5
    assert (is_open[56:96] > 0.5).mean() > 0.9
    assert is_open[108:].max() < 0.5


@pytest.mark.parametrize("pitch_hz", [110.0, 190.0])
def test_vowels_are_told_apart(pitch_hz):
    lips, right = Lips(), {}
    for _ in range(2):  # the second time, it knows the voice
        for name in FORMANTS:
            _, shares = lips.hear(np.concatenate([vowel(name, 0.3, pitch_hz), silence(0.1)]))
            right[name] = (shares[8:28].argmax(1) == VOWELS.index(name)).mean()
    assert right["aa"] > 0.8
    assert right["ih"] > 0.8
    assert np.mean(list(right.values())) > 0.6


def test_pieces_of_any_length_give_what_the_whole_gives():
    spoken = np.concatenate([silence(0.3), vowel("oh", 0.4)])
    whole, _ = Lips().hear(spoken)
    lips = Lips()
    parts = [lips.hear(part)[0] for part in np.array_split(spoken, 37)]
    assert np.allclose(np.concatenate(parts), whole, atol=1e-4)


def test_visemes_begin_where_the_sound_does():
    spoken = np.concatenate([silence(0.4), vowel("aa", 0.4), silence(0.4), vowel("ih", 0.4)])
    found = visemes_of(spoken)
    assert found[0].viseme == "sil"
    first = next(v for v in found if v.viseme != "sil")
    assert first.t_s == pytest.approx(0.4, abs=0.04)
    second = next(v for v in found if v.t_s > 1.1 and v.viseme != "sil")
    assert second.t_s == pytest.approx(1.2, abs=0.04)
    shut = [v.t_s for v in found if v.viseme == "sil" and v.t_s > 0.5]
    assert min(abs(t_s - 0.8) for t_s in shut) < 0.05
    assert all(a.viseme != b.viseme for a, b in itertools.pairwise(found))


def test_silence_has_one_viseme():
    assert [v.viseme for v in visemes_of(silence(1.0))] == ["sil"]
    assert [v.viseme for v in visemes_of(np.zeros(0, np.float32))] == ["sil"]


def test_real_speech_is_read_as_it_is_said(monkeypatch):
    if not REAL.is_dir():
        pytest.skip(f"no real speech in {REAL}")
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    from lips_corpus import read_speech
    from voice_microphone import scores

    vowels, is_open = scores([[speech] for speech in read_speech(REAL)])
    assert is_open > 0.85
    assert vowels > 0.5  # of five
