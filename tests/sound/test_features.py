import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sound.voices import silence, vowel
from vtuber.core.speech import SAMPLE_RATE_HZ
from vtuber.sound.features import COEFFICIENTS, CONTEXT, Ear, Gate, Norm, in_context

SPOKEN = np.concatenate([silence(0.2), vowel("aa", 0.3), silence(0.1), vowel("ih", 0.2)])


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=40))
def test_pieces_of_any_length_give_what_the_whole_gives(lengths):
    whole, levels = Ear().hear(SPOKEN)
    ear, found, heard = Ear(), [], []
    ends = np.cumsum(lengths)
    ends = [*ends[ends < len(SPOKEN)].tolist(), len(SPOKEN)]
    for begin, end in zip([0, *ends], ends, strict=False):
        some, loud = ear.hear(SPOKEN[begin:end])
        found.append(some)
        heard.append(loud)
    assert np.allclose(np.concatenate(found), whole, atol=1e-4)
    assert np.allclose(np.concatenate(heard), levels, atol=1e-4)


def test_there_are_a_hundred_frames_a_second():
    found, levels_db = Ear().hear(np.zeros(SAMPLE_RATE_HZ, np.float32))
    assert found.shape == (100, COEFFICIENTS)
    assert levels_db.max() < -90


@pytest.mark.parametrize("amplitude", [1.0, 0.1])
def test_a_level_is_that_of_the_sound(amplitude):
    tone = amplitude * np.sin(np.arange(SAMPLE_RATE_HZ) * 2 * np.pi * 1000 / SAMPLE_RATE_HZ)
    _, levels_db = Ear().hear(tone.astype(np.float32))
    assert levels_db[10:].mean() == pytest.approx(20 * np.log10(amplitude) - 3.01, abs=0.1)


def test_what_is_too_high_for_speech_is_not_heard():
    tone = np.sin(np.arange(SAMPLE_RATE_HZ) * 2 * np.pi * 12_000 / SAMPLE_RATE_HZ)
    _, levels_db = Ear().hear(tone.astype(np.float32))
    assert levels_db[10:].max() < -45


def test_another_loudness_or_microphone_is_taken_off_in_a_second():
    coloured = np.convolve(SPOKEN, [0.6, 0.25, 0.1])[: len(SPOKEN)].astype(np.float32)
    results = []
    for samples in (SPOKEN, coloured * 0.3):
        norm, gate, ear = Norm(np.zeros(COEFFICIENTS)), Gate(), Ear()
        for _ in range(6):
            found, levels = ear.hear(samples)
            rows = norm(found, gate(levels))
        results.append(rows[25:45])  # in the first vowel
    before = np.abs(Ear().hear(SPOKEN)[0][25:45] - Ear().hear(coloured * 0.3)[0][25:45]).mean()
    assert np.abs(results[0] - results[1]).mean() < 0.35 * before


def test_a_gate_opens_for_speech_and_learns_the_room():
    gate = Gate()
    assert not gate(np.full(300, -55.0, np.float32))[100:].any()  # a fan
    assert gate(np.full(100, -30.0, np.float32)).all()
    assert not gate(np.full(300, -52.0, np.float32))[50:].any()
    louder = gate(np.full(900, -42.0, np.float32))  # another fan
    assert louder[:50].all()
    assert not louder[600:].any()


def test_a_context_is_the_frame_and_those_before_it():
    rows = np.arange(20, dtype=np.float32).reshape(10, 2)
    laid = in_context(rows)
    assert laid.shape == (10 - CONTEXT + 1, 2 * CONTEXT)
    assert laid[0].tolist() == list(range(10))
