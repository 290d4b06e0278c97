"""Real models of Coqui's own classes with random weights: they speak noise, by the whole path."""

import importlib.util

import numpy as np
import pytest

from tests.voice import coqui_builds
from vtuber.core.errors import UserError
from vtuber.core.ports import VoiceContext
from vtuber.core.speech import Line, Viseme
from vtuber.voice.engines.coqui import Options, Voice

needs_coqui = pytest.mark.skipif(
    importlib.util.find_spec("TTS") is None, reason="needs coqui-tts: pip install 'vtuber[voice]'"
)


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def fast_pitch(models):
    model, vocoder = coqui_builds.fast_pitch(models / "f"), coqui_builds.hifigan(models / "h")
    return opened(model=str(model), vocoder=str(vocoder))


@pytest.fixture(scope="module")
def vits(models):
    return opened(model=str(coqui_builds.vits(models / "v")))


@pytest.fixture(scope="module")
def glow_tts(models):
    model, vocoder = coqui_builds.glow_tts(models / "g"), coqui_builds.hifigan(models / "h")
    return opened(model=str(model), vocoder=str(vocoder))


def opened(**options):
    voice = Voice(Options(**options), VoiceContext(lips=lips))
    voice.open()
    return voice


def lips(samples):
    return (Viseme(0.0, "aa", 0.25),)


def spoken(voice, text, **more):
    found = list(voice.speak(Line(text, **more)))
    return np.concatenate([piece.samples for piece in found]), found


@needs_coqui
@pytest.mark.parametrize("name", ["fast_pitch", "vits", "glow_tts"])
def test_a_model_tells_what_it_says_when(name, request):
    voice = request.getfixturevalue(name)
    samples, found = spoken(voice, "papa is up, mom")
    words = [word for piece in found for word in piece.words]
    assert [word.text for word in words] == ["papa", "is", "up,", "mom"]
    assert words[-1].end_s <= len(samples) / 48_000 + 1e-4
    times = [v.t_s for piece in found for v in piece.visemes]
    assert times == sorted(times)
    assert times[-1] == pytest.approx(len(samples) / 48_000, abs=0.02)
    assert sum(v.viseme == "PP" for piece in found for v in piece.visemes) == 5


@needs_coqui
@pytest.mark.parametrize("name", ["fast_pitch", "vits"])
def test_pieces_are_what_one_piece_would_be(name, request, monkeypatch):
    from vtuber.voice import coqui_model

    voice = request.getfixturevalue(name)
    text = "a text that is long enough for several pieces of sound"
    in_pieces, found = spoken(voice, text)
    assert sum(len(piece.samples) > 0 for piece in found) >= 3
    monkeypatch.setattr(coqui_model, "FIRST", 100_000)
    at_once, _ = spoken(voice, text)
    assert len(in_pieces) == len(at_once)
    assert np.abs(in_pieces - at_once).max() < 1e-3


@needs_coqui
def test_a_text_shorter_than_its_convolutions_is_spoken_and_no_longer_for_it(fast_pitch):
    short, _ = spoken(fast_pitch, "Hi!")
    longer, _ = spoken(fast_pitch, "Hi! Hi there, you")
    assert 0.05 < len(short) / 48_000 < 0.5 * len(longer) / 48_000


@needs_coqui
def test_speed_and_energy_are_heard_and_pitch_changes_it(fast_pitch):
    plain, _ = spoken(fast_pitch, "something to say")
    fast, _ = spoken(fast_pitch, "something to say", speed=1.6)
    assert len(fast) < 0.8 * len(plain)
    loud, _ = spoken(fast_pitch, "something to say", style="angry")
    assert np.square(loud).mean() > 1.2 * np.square(plain).mean()
    smug, _ = spoken(fast_pitch, "[speed 0.9] something to say")
    low, _ = spoken(fast_pitch, "[calm] something to say")  # as fast, half a semitone lower
    assert len(low) == len(smug)
    assert not np.allclose(low / 0.9, smug, atol=1e-4)


@needs_coqui
def test_the_same_words_sound_the_same(vits):
    first, _ = spoken(vits, "say it again")
    assert np.array_equal(first, spoken(vits, "say it again")[0])


@needs_coqui
def test_letters_that_a_model_lacks_are_said(fast_pitch):
    with pytest.raises(UserError, match="cannot read Chinese characters"):
        spoken(fast_pitch, "你好")
    _, found = spoken(fast_pitch, "hi 你好")
    assert "cannot read Chinese characters (你好)" in found[0].note


@needs_coqui
def test_a_model_s_speakers_sound_different_and_the_first_one_is_meant(models):
    path = str(coqui_builds.two_speakers(models / "two"))
    first, ann, bob = (
        spoken(opened(model=path, speaker=name), "it is me")[0] for name in ("", "ann", "bob")
    )
    assert np.array_equal(first, ann)
    assert len(bob) != len(ann) or not np.allclose(ann, bob)
    with pytest.raises(UserError, match="no speaker called 'bop'; did you mean bob"):
        opened(model=path, speaker="bop")


@needs_coqui
def test_a_speaker_that_a_model_lacks_is_refused(models):
    with pytest.raises(UserError, match="no speaker called 'bob'; it has: one only"):
        opened(model=str(coqui_builds.vits(models / "v")), speaker="bob")


@needs_coqui
def test_a_broken_model_is_said_in_a_sentence(models):
    with pytest.raises(UserError, match="cannot be loaded: RuntimeError") as caught:
        opened(model=str(coqui_builds.broken(models / "b")))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("config", "says"),
    [
        (None, "no config.json beside"),
        ("{", "cannot be read"),
        ("[1]", "it names no model"),
        ('{"model": "vits"', "cannot be read"),
    ],
)
def test_a_broken_config_is_refused_before_coqui_is_imported(tmp_path, config, says):
    (tmp_path / "model.pth").write_bytes(b"")
    if config is not None:
        (tmp_path / "config.json").write_text(config)
    with pytest.raises(UserError, match=says):
        opened(model=str(tmp_path / "model.pth"))


def test_what_cannot_be_is_refused_at_once(tmp_path):
    with pytest.raises(UserError, match=r"no model at .*; check the path"):
        opened(model=str(tmp_path / "no.pth"))
    with pytest.raises(UserError, match="brings its own config"):
        Voice(Options(vocoder="x.pth"), VoiceContext())
    with pytest.raises(UserError, match="threads=0"):
        Voice(Options(threads=0), VoiceContext())


@needs_coqui
def test_a_model_that_is_not_here_is_said_with_the_command_that_brings_it(tmp_path, monkeypatch):
    monkeypatch.setenv("TTS_HOME", str(tmp_path))
    with pytest.raises(UserError, match="vtuber voice download tts_models/en/ljspeech/vits"):
        opened()
    with pytest.raises(UserError, match=r"no model called .*; did you mean tts_models/en/ljspeech"):
        opened(model="tts_models/en/ljspeech/vit")
