"""How the bundled voice is made: speech to learn from, trainings that go on, measures."""

from __future__ import annotations

import ctypes.util
import dataclasses
import importlib.util
import itertools
import random

import numpy as np
import pytest

from vtuber.core.errors import UserError
from vtuber.voice.bundled import (
    corpus,
    evaluate,
    pulses,
    sentences,
    train,
    train_acoustic,
    train_spelling,
    train_vocoder,
    voice,
    weights,
)
from vtuber.voice.bundled.nets import BINS, FEATURES, HOP, MELS, SAMPLE_RATE_HZ
from vtuber.voice.bundled.phonemes import ENDS, SILENCE, VOCABULARY, VOWELS
from vtuber.voice.bundled.teacher import Manner, Teacher

needs_teacher = pytest.mark.skipif(
    ctypes.util.find_library("espeak-ng") is None,
    reason="the bundled voice learns from the library espeak-ng",
)
needs_coqui = pytest.mark.skipif(
    importlib.util.find_spec("TTS") is None or importlib.util.find_spec("torch") is None,
    reason="the bundled voice is trained through coqui-tts and torch, of vtuber[voice]",
)
WORDS = ("apple", "bridge", "castle", "garden", "window", "yellow", "shining", "thought")


def ignore(*_: object) -> None:
    """Take a report of a training."""


@pytest.fixture(scope="module")
def teacher() -> Teacher:
    return Teacher()


@pytest.fixture(scope="module")
def said() -> corpus.Corpus:
    from vtuber.voice.coqui_import import prepare

    prepare()
    return corpus.Corpus.made(3, 12, ignore)


# -- what is learned from --------------------------------------------------------------------------


def test_sentences_depend_on_the_seed_alone():
    made = [[sentences.sentence(random.Random(seed)) for _ in range(3)] for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]


def test_sentences_end_with_marks_that_the_voice_knows():
    chance = random.Random(0)
    for _ in range(300):
        text = sentences.sentence(chance)
        clauses = sentences.clauses(text)
        assert "".join(clauses).replace(" ", "") == text.replace(" ", "")
        assert all(clause[-1] in ENDS for clause in clauses)


def test_no_training_sees_what_is_measured_on():
    trained = {text for text, _ in itertools.islice(corpus.drawn(0), 4000)}
    held_out = evaluate.held_out(30)
    assert len(set(held_out)) == 30
    assert not trained & set(held_out)


@needs_teacher
def test_the_teacher_says_when_each_sound_begins(teacher):
    spoken = teacher.speak("The cat sat.")
    assert [sound.ipa for sound in spoken.sounds] == ["ð", "ə", "k", "æ", "t", "s", "æ", "t"]
    assert list(spoken.begins) == sorted(spoken.begins)
    assert spoken.begins[-1] < spoken.end <= len(spoken.samples)
    stressed = [sound.ipa for sound in spoken.sounds if sound.stress]
    assert stressed == ["æ", "æ"]


@needs_teacher
def test_the_teacher_speaks_faster_and_higher_when_asked(teacher):
    plain = teacher.speak("We are the children of the moon.")
    fast = teacher.speak("We are the children of the moon.", Manner(rate_wpm=300))
    high = teacher.speak("We are the children of the moon.", Manner(pitch=95))

    def height(spoken) -> float:
        found = corpus.pitch_of(spoken.samples, len(spoken.samples) // HOP)
        return float(np.median(found[found != 0]))

    assert len(fast.samples) < 0.75 * len(plain.samples)
    assert height(high) > height(plain) + 1.0


@needs_teacher
@needs_coqui
def test_utterances_are_whole(said):
    for one in said.utterances:
        assert len(one.tokens) == len(one.frames)
        assert one.frames.min() >= 1
        assert one.frames.sum() == one.mel.shape[1] == len(one.pitch) == len(one.samples) // HOP
        assert VOCABULARY[one.tokens[0]] == SILENCE
        assert VOCABULARY[one.tokens[-1]] in ENDS
        assert -4.0 <= one.mel.min() < one.mel.max() <= 4.0
        assert not one.samples[-3 * HOP :].any()  # the pause


@needs_teacher
@needs_coqui
def test_vowels_have_a_pitch_and_pauses_have_none(said):
    voiced = []
    for one in said.utterances:
        ends = np.cumsum(one.frames)
        assert not one.pitch[-3:].any()
        voiced += [
            one.pitch[end - frames : end].astype(bool).mean()
            for token, frames, end in zip(one.tokens, one.frames, ends, strict=True)
            if VOCABULARY[token] in _STRESSED and frames > 4
        ]
    assert np.mean(voiced) > 0.8


_STRESSED = frozenset(
    letter for sound, letter in corpus.LETTERS.items() if sound.ipa in VOWELS and sound.stress == 1
)


@needs_teacher
@needs_coqui
def test_a_corpus_is_read_as_it_was_kept(said, tmp_path):
    said.save(tmp_path / "corpus.npz")
    read = corpus.Corpus.load(tmp_path / "corpus.npz")
    for one, other in zip(said.utterances, read.utterances, strict=True):
        np.testing.assert_array_equal(one.tokens, other.tokens)
        np.testing.assert_array_equal(one.samples, other.samples)
        np.testing.assert_allclose(one.mel, other.mel, atol=4e-3)
        assert (one.text, one.plain) == (other.text, other.plain)


def test_pitch_is_measured_to_a_hertz():
    at = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    for hz in (120.0, 217.3, 333.3):
        wave = sum(np.sin(2 * np.pi * hz * k * at) / k for k in range(1, 20))
        found = corpus.pitch_of((8000 * wave).astype(np.int16), 60)[5:-5]
        mean, spread = corpus.PITCH_HZ
        assert found * spread + mean == pytest.approx(hz, abs=1.0)


def test_the_first_pulses_lie_a_period_apart_where_it_is_voiced_and_nowhere_else():
    voiced = np.repeat([1.0, 0.0], 10).astype(np.float32)
    bins = pulses.source(np.full(20, 220.5), voiced, np.random.default_rng(0))
    assert bins.shape == (BINS, 20)
    silent = pulses.source(np.full(20, 220.5), 0 * voiced, np.random.default_rng(0))
    train_of = (bins - silent).T.ravel()  # the same noise
    assert np.flatnonzero(train_of).max() < 10 * BINS + 1
    centres = [place for place in range(12, 300) if train_of[place] > 1.4]
    period = SAMPLE_RATE_HZ / 220.5 / (HOP / BINS)  # 12.5 bins
    assert len(centres) == pytest.approx(288 / period, abs=3)


# -- trainings -------------------------------------------------------------------------------------


def _train(part: str, said: corpus.Corpus, pairs, steps: int, folder) -> dict[str, np.ndarray]:
    from vtuber.voice.bundled.progress import arrays

    folder.mkdir(exist_ok=True)
    if part == "spelling":
        wanted = train_spelling.Arguments(steps=4, batch=4, width=8, every=1)
        return train_spelling.train(pairs, wanted, folder, ignore, stop_at=steps)
    if part == "acoustic":
        wanted = train_acoustic.Arguments(steps=4, batch=2, every=1)
        return arrays(train_acoustic.train(said, wanted, folder, ignore, stop_at=steps))
    wanted = train_vocoder.Arguments(steps=4, batch=2, segment=8, last=1, every=1)
    model = train_vocoder.train(said, lambda: said, wanted, folder, ignore, stop_at=steps)
    return arrays(model)


@needs_teacher
@needs_coqui
@pytest.mark.parametrize("part", ["spelling", "acoustic", "vocoder"])
def test_a_training_that_was_interrupted_gives_the_same(part, said, teacher, tmp_path):
    pairs = train_spelling.pronounced(teacher, WORDS)
    at_once = _train(part, said, pairs, 4, tmp_path / "whole")
    _train(part, said, pairs, 2, tmp_path / "parts")
    in_parts = _train(part, said, pairs, 4, tmp_path / "parts")
    assert at_once.keys() == in_parts.keys()
    for name, array in at_once.items():
        np.testing.assert_array_equal(array, in_parts[name], err_msg=name)


@needs_teacher
@needs_coqui
def test_what_a_training_leaves_is_a_voice(tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("\n".join(sentences.THINGS[:60]), encoding="utf-8")
    arguments = train.Arguments(
        utterances=8,
        acoustic=train_acoustic.Arguments(steps=1, batch=2),
        vocoder=train_vocoder.Arguments(steps=1, batch=2, last=1),
        spelling=train_spelling.Arguments(steps=1, batch=8),
    )
    about = train.train(arguments, words, tmp_path, ignore, common=words)
    assert about["spelling"]["words"] > 0
    spoken = voice.Bundled(tmp_path)
    spoken.open()
    assert sum(len(piece.samples) for piece in spoken.speak("Hi!")) > 1000
    with pytest.raises(UserError, match="another seed or share"):
        train.train(dataclasses.replace(arguments, seed=1), words, tmp_path, ignore, common=words)
    _, kept = weights.load(tmp_path / "acoustic.safetensors")
    assert kept["arguments"]["seed"] == 0
    assert kept["teacher"] == "en-us+f3"


@needs_coqui
def test_the_vocoder_begins_with_bins_where_they_belong_in_time():
    from vtuber.voice.coqui_import import prepare

    prepare()
    import torch

    from vtuber.voice.bundled.nets import vocoder_config, vocoder_model

    model = vocoder_model(vocoder_config())
    given = torch.zeros(1, FEATURES, 6)
    given[0, MELS:, 2] = torch.arange(1.0, BINS + 1)

    def linear(layer, seen):
        return layer(seen) - layer.bias[None, :, None]

    with torch.no_grad():
        signal = linear(model.ups[1], linear(model.ups[0], linear(model.conv_pre, given)))[0, 0]
    np.testing.assert_allclose(signal[2 * BINS : 3 * BINS], np.arange(1, BINS + 1), rtol=1e-4)
    assert abs(signal[: 2 * BINS]).max() < 1e-4


@needs_coqui
def test_the_vocoder_cannot_hum_at_the_rate_of_frames():
    from vtuber.voice.coqui_import import prepare

    prepare()
    import torch

    from vtuber.voice.bundled.nets import keep_smooth, vocoder_config, vocoder_model

    torch.manual_seed(0)
    model = vocoder_model(vocoder_config()).eval()
    with torch.no_grad():
        for layer in (model.conv_pre, *model.ups):
            layer.weight = layer.weight + 0.1 * torch.randn_like(layer.weight)  # a wild training
    seen = []
    model.ups[1].register_forward_hook(lambda *call: seen.append(call[-1]))
    steady = torch.randn(1, FEATURES, 1).repeat(1, 1, 40)
    steady[:, MELS:] = 0.0
    for tamed in (False, True):
        if tamed:
            keep_smooth(model)
        with torch.no_grad():
            model(steady)
    # Within a frame, what is left goes round 8 times: 689 Hz and above.
    wild, tame = (made[0, :, 15 * BINS : 25 * BINS].reshape(32, -1, 4) for made in seen)
    assert float(wild.std(1).max()) > 0.1
    assert float(tame.std(1).max()) < 1e-4


@needs_coqui
def test_a_channel_that_died_out_leaves_no_weights_that_are_not_numbers():
    from vtuber.voice.coqui_import import prepare

    prepare()
    import torch

    from vtuber.voice.bundled.nets import keep_lengths, vocoder_config, vocoder_model

    torch.manual_seed(0)
    model = vocoder_model(vocoder_config()).eval()
    with torch.no_grad():
        weight = model.ups[0].weight.clone()
        weight[40] *= 1e-9
        model.ups[0].weight = weight
    given = torch.randn(1, FEATURES, 8)
    with torch.no_grad():
        before = model(given)
        keep_lengths(model)
        torch.testing.assert_close(model(given), before)
        torch.testing.assert_close(model.half().float()(given), before, atol=0.01, rtol=0.1)


# -- measures --------------------------------------------------------------------------------------


def test_loudness_is_that_of_the_standard():
    at = np.arange(3 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    tone = np.sin(2 * np.pi * 997.0 * at).astype(np.float32)
    assert evaluate.loudness(tone) == pytest.approx(-3.01, abs=0.1)  # BS.1770-4, annex 1
    assert evaluate.loudness(0.1 * tone) == pytest.approx(-23.01, abs=0.1)


def test_a_sound_has_no_distance_to_itself_and_little_to_a_slower_one():
    chance = np.random.default_rng(0)
    shape = np.repeat(chance.normal(size=(12, 1)), 4096)
    sound = (0.1 * chance.normal(size=shape.size) * (1 + np.tanh(shape))).astype(np.float32)
    other = (0.1 * np.cumsum(chance.normal(size=shape.size)) / 50).astype(np.float32)
    assert evaluate.mel_cepstral_distance(sound, sound) == pytest.approx(0.0, abs=1e-6)
    assert evaluate.mel_cepstral_distance(sound, sound[2000:]) < 1.0
    assert evaluate.mel_cepstral_distance(sound, other) > 2.0


def test_wrong_phonemes_are_counted_as_edits():
    assert train_spelling.distance("kitten", "sitting") == 3
    assert train_spelling.distance("", "abc") == 3
