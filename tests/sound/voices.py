"""A voice of our own for tests: pulses through resonances, as vowels are."""

import numpy as np

from vtuber.core.speech import SAMPLE_RATE_HZ

# Peterson and Barney (1952), men: the first three formants in Hz
FORMANTS = {
    "aa": (730, 1090, 2440),
    "ih": (270, 2290, 3010),
    "ou": (300, 870, 2240),
    "E": (530, 1840, 2480),
    "oh": (570, 840, 2410),
}


def vowel(name, seconds, pitch_hz=120.0, level=0.2):
    """Say a vowel, with a little of the hoarseness and sway that voices have."""
    dice = np.random.default_rng(3)
    count = round(seconds * SAMPLE_RATE_HZ)
    t = np.arange(count) / SAMPLE_RATE_HZ
    phase = np.cumsum(pitch_hz * (1 + 0.03 * np.sin(2 * np.pi * 4 * t))) / SAMPLE_RATE_HZ
    pulses = np.diff(np.floor(phase), prepend=0.0) + 0.005 * dice.standard_normal(count)
    spectrum = np.fft.rfft(pulses, count + SAMPLE_RATE_HZ // 10)
    hz = np.fft.rfftfreq(count + SAMPLE_RATE_HZ // 10, 1 / SAMPLE_RATE_HZ)
    s = 2j * np.pi * hz
    for formant_hz, width_hz in zip((*FORMANTS[name], 3500), (80, 100, 150, 200), strict=True):
        pole = 2 * np.pi * complex(-width_hz / 2, formant_hz)
        spectrum *= abs(pole) ** 2 / ((s - pole) * (s - pole.conjugate()))
    spectrum /= 1 + (hz / 150) ** 1.0  # of the glottis, less what lips radiate
    sound = np.fft.irfft(spectrum)[:count]
    soft = np.minimum(1.0, np.minimum(t, t[::-1]) / 0.02)
    return (level * soft * sound / np.abs(sound).max()).astype(np.float32)


def silence(seconds):
    dice = np.random.default_rng(4)
    return (1e-4 * dice.standard_normal(round(seconds * SAMPLE_RATE_HZ))).astype(np.float32)
