"""How good the bundled voice is: is it understood, how near is it to its teacher, what does it cost.

Needs pocketsphinx for the first, the library espeak-ng for the second. Everything is measured on
sentences that no training sees: another seed, and not among those of the first.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32

from vtuber.voice.bundled.nets import HOP, MELS, SAMPLE_RATE_HZ
from vtuber.voice.bundled.sentences import plain, sentence
from vtuber.voice.bundled.teacher import Teacher
from vtuber.voice.bundled.voice import Bundled

_HELD_OUT_SEED = 1 << 40
_RECOGNISER_HZ = 16_000
_COEFFICIENTS = 13
_FLOOR = 1e-4  # of mel amplitudes: 80 dB below full scale
# A quiet room: -54 dBFS. In digital silence pocketsphinx misses 4 of 30 of espeak-ng's own, too.
_ROOM_NOISE = 0.002


def held_out(count: int, training_seed: int = 0, trained: int = 4000) -> list[str]:
    """Make sentences of real words that no training with that seed has seen."""
    seen, chance = set(), random.Random(training_seed)
    for _ in range(trained):
        seen.add(sentence(chance))
    chance, found = random.Random(_HELD_OUT_SEED), list[str]()
    while len(found) < count:
        made = plain(chance)
        if made not in seen and made not in found:
            found.append(made)
    return found


def spoken(voice: Bundled, text: str) -> Float32[np.ndarray, " n"]:
    """Say a text as one array."""
    return np.concatenate([piece.samples for piece in voice.speak(text)])


def taught(teacher: Teacher, text: str) -> Float32[np.ndarray, " n"]:
    """Have the teacher say a text, with the pauses of the training."""
    from vtuber.voice.bundled.corpus import said

    return said(teacher, text)[0].astype(np.float32) / 32768.0


# -- is it understood ------------------------------------------------------------------------------


def identified(texts: Sequence[str], sounds: Sequence[Float32[np.ndarray, " n"]]) -> int:
    """Count the sentences that pocketsphinx tells from all others, by their sound alone."""
    from pocketsphinx import Decoder
    from scipy.signal import resample_poly

    plain_texts = [" ".join(re.findall(r"[a-z']+", text.lower())) for text in texts]
    decoder = Decoder(loglevel="FATAL", samprate=_RECOGNISER_HZ)
    unknown = {
        word for text in plain_texts for word in text.split() if not decoder.lookup_word(word)
    }
    assert not unknown, f"pocketsphinx does not know {sorted(unknown)}"
    grammar = "#JSGF V1.0; grammar g; public <s> = " + " | ".join(plain_texts) + ";"
    decoder.add_jsgf_string("sentences", grammar)
    decoder.activate_search("sentences")
    right, chance = 0, np.random.default_rng(0)
    for text, sound in zip(plain_texts, sounds, strict=True):
        heard = resample_poly(sound, _RECOGNISER_HZ, SAMPLE_RATE_HZ)
        heard = np.pad(heard, _RECOGNISER_HZ // 5)
        heard = heard + chance.normal(0.0, _ROOM_NOISE, len(heard))
        decoder.start_utt()
        decoder.process_raw((np.clip(heard, -1, 1) * 32767).astype("<i2").tobytes(), full_utt=True)
        decoder.end_utt()
        guess = decoder.hyp()
        right += guess is not None and guess.hypstr == text
    return right


# -- how near is it to its teacher -----------------------------------------------------------------


def mel_cepstral_distance(
    one: Float32[np.ndarray, " n"], other: Float32[np.ndarray, " m"]
) -> float:
    """Give the mel-cepstral distance in dB: 13 coefficients without the first, aligned by DTW.

    10 / ln 10 * sqrt(2 * sum (c - c')^2), Kubichek 1993; the mean over the path.
    """
    from scipy.spatial.distance import cdist

    distances = cdist(cepstra(one), cepstra(other))
    return float(10.0 / np.log(10.0) * np.sqrt(2.0) * _mean_on_path(distances))


def cepstra(sound: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, "t 13"]:
    """Give the mel cepstra of what is not the silence before and after."""
    from scipy.fft import dct

    loud = np.flatnonzero(np.abs(sound) > 0.01)
    sound = sound[loud[0] : loud[-1] + 1]
    window = 1024
    places = np.arange(0, max(len(sound) - window, 1), HOP)
    frames = np.pad(sound, (0, window))[places[:, None] + np.arange(window)] * np.hanning(window)
    bands = np.abs(np.fft.rfft(frames)) @ _mel_filters(window).T
    logs = np.log(np.maximum(bands, _FLOOR))
    return dct(logs, axis=1)[:, 1 : _COEFFICIENTS + 1].astype(np.float32) / (2.0 * MELS)


def _mel_filters(window: int) -> Float32[np.ndarray, "m f"]:
    """Make triangles that are equally wide in mel (2595 log10(1 + f / 700)), 0 to 8 kHz."""
    edges_mel = np.linspace(0.0, 2595.0 * np.log10(1.0 + 8000.0 / 700.0), MELS + 2)
    edges = 700.0 * (10.0 ** (edges_mel / 2595.0) - 1.0)
    at = np.fft.rfftfreq(window, 1.0 / SAMPLE_RATE_HZ)
    rising = (at - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - at) / (edges[2:] - edges[1:-1])[:, None]
    filters = np.maximum(np.minimum(rising, falling), 0.0)
    return (filters / np.maximum(filters.sum(1, keepdims=True), 1e-9)).astype(np.float32)


def _mean_on_path(distances: np.ndarray) -> float:
    """Give the mean distance along the cheapest path (dynamic time warping)."""
    rows, columns = distances.shape
    cost = np.full((rows + 1, columns + 1), np.inf)
    steps = np.zeros((rows + 1, columns + 1), int)
    cost[0, 0] = 0.0
    for row in range(rows):
        for column in range(columns):
            before = ((row, column), (row, column + 1), (row + 1, column))
            best = min(before, key=lambda place: cost[place])
            cost[row + 1, column + 1] = cost[best] + distances[row, column]
            steps[row + 1, column + 1] = steps[best] + 1
    return float(cost[-1, -1] / steps[-1, -1])


# -- what does it cost -----------------------------------------------------------------------------


def cost(voice: Bundled, texts: Sequence[str]) -> tuple[float, list[float]]:
    """Give CPU seconds per second of speech, and the CPU seconds to each text's first piece."""
    spent, made, firsts = 0.0, 0.0, []
    for text in texts:
        began = time.process_time()
        pieces = voice.speak(text)
        first = next(pieces)
        firsts.append(time.process_time() - began)
        made += len(first.samples) + sum(len(piece.samples) for piece in pieces)
        spent += time.process_time() - began
    return spent / (made / SAMPLE_RATE_HZ), firsts
