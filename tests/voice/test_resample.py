import numpy as np
import pytest

from vtuber.voice.resample import Resampler, resampled


def tone(rate_hz, seconds=0.5, hz=440.0):
    return np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz).astype(np.float32)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_tone_stays_the_tone_and_keeps_its_time(rate_hz):
    made = resampled(tone(rate_hz), rate_hz)
    assert len(made) == 24_000
    middle = slice(2_000, -2_000)
    assert np.abs(made[middle] - tone(48_000)[middle]).max() < 0.01


def test_pieces_have_no_seam():
    whole = tone(22_050)
    resampler = Resampler(22_050)
    parts = [resampler.push(whole[i : i + 1_111]) for i in range(0, len(whole), 1_111)]
    assert np.array_equal(np.concatenate([*parts, resampler.end()]), resampled(whole, 22_050))


def test_nothing_is_nothing():
    assert len(resampled(np.zeros(0, np.float32), 22_050)) == 0
