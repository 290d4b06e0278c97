import json
import wave

import numpy as np
import pytest

from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Viseme
from vtuber.voice.engines.wav import Options, Voice


def write(path, seconds=0.5, rate_hz=16_000, channels=1):
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    tone = np.round(np.sin(2 * np.pi * 440 * t) * 16_000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.repeat(tone, channels).tobytes())


def voice(path, **more):
    made = Voice(Options(path=str(path)), VoiceContext(**more))
    made.open()
    return made


def samples(voice, text):
    return np.concatenate([piece.samples for piece in voice.speak(Line(text))])


@pytest.mark.parametrize("channels", [1, 2])
def test_a_line_names_a_file_which_is_played_at_48_khz_and_in_mono(tmp_path, channels):
    write(tmp_path / "Hello there.wav", channels=channels)
    for text in ("hello there", "Hello There.WAV"):
        found = samples(voice(tmp_path), text)
        assert len(found) == 24_000
        expected = np.sin(2 * np.pi * 440 * np.arange(24_000) / 48_000) * 16_000 / 32_768
        assert np.abs(found - expected)[1_000:-1_000].max() < 0.01


def test_8_bits_have_their_zero_in_the_middle(tmp_path):
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(16_000)
        file.writeframes(bytes([128] * 4_000 + [192] * 4_000))
    found = samples(voice(tmp_path), "a")
    assert np.abs(found[1_000:11_000]).max() < 1e-3
    assert np.allclose(found[13_000:23_000], 0.5, atol=1e-3)


def lips(samples):
    return (Viseme(0.0, "aa", 0.5),) if len(samples) == 24_000 else ()


def test_the_mouth_is_read_off_the_sound_or_off_the_file_beside_it(tmp_path):
    write(tmp_path / "a.wav")
    first = next(iter(voice(tmp_path, lips=lips).speak(Line("a"))))
    assert first.visemes == (Viseme(0.0, "aa", 0.5),)
    table = {"visemes": [{"t_s": 0.1, "viseme": "PP", "weight": 1.0}], "words": []}
    (tmp_path / "a.json").write_text(json.dumps(table))
    first = next(iter(voice(tmp_path, lips=lips).speak(Line("a"))))
    assert first.visemes == (Viseme(0.1, "PP", 1.0),)


def viseme(**other):
    return {"visemes": [{"t_s": 0.1, "viseme": "PP", "weight": 1.0, **other}]}


@pytest.mark.parametrize(
    "table",
    [
        viseme(viseme="XX"),
        viseme(viseme=[]),
        viseme(t_s="soon"),
        viseme(t_s=None),
        viseme(t_s=float("nan")),
        viseme(weight=float("inf")),
        viseme(weight=10**400),
        {"visemes": [], "words": [{"t_s": 0.0, "end_s": "late", "text": "a"}]},
    ],
)
def test_a_faulty_file_beside_a_sound_is_said_before_it_is_heard(tmp_path, table):
    write(tmp_path / "a.wav")
    (tmp_path / "a.json").write_text(json.dumps(table))
    with pytest.raises(UserError, match=r"a\.json holds no visemes"):
        samples(voice(tmp_path), "a")


def test_one_file_is_what_every_line_plays(tmp_path):
    write(tmp_path / "a.wav")
    assert len(samples(voice(tmp_path / "a.wav"), "whatever")) == 24_000


def test_what_is_missing_or_broken_is_said(tmp_path):
    with pytest.raises(UserError, match="no folder or sound at"):
        voice(tmp_path / "no")
    write(tmp_path / "hello.wav")
    with pytest.raises(UserError, match=r"no sound called 'helo' in .*; did you mean hello"):
        samples(voice(tmp_path), "helo")
    with pytest.raises(UserError, match=r"no sound called '\.\./hello\.wav'"):
        samples(voice(tmp_path), "../hello.wav")
    (tmp_path / "bad.wav").write_bytes(b"RIFF nothing")
    with pytest.raises(UserError, match="cannot read the sound"):
        samples(voice(tmp_path), "bad")
    (tmp_path / "hello.json").write_text("[]")
    with pytest.raises(UserError, match="holds no visemes"):
        samples(voice(tmp_path), "hello")
