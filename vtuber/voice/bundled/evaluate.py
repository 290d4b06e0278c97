"""How good the bundled voice is: is it understood, is it like its teacher, what does it cost.

Needs pocketsphinx for the first, the library espeak-ng for the second. Everything is measured on
sentences that no training sees: another seed, and not among those of the first.
"""

from __future__ import annotations

import itertools
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from vtuber.voice.bundled.corpus import PITCH_HZ, drawn, pitch_of, said
from vtuber.voice.bundled.nets import HOP, MELS, SAMPLE_RATE_HZ
from vtuber.voice.bundled.sentences import plain
from vtuber.voice.bundled.teacher import Teacher
from vtuber.voice.bundled.voice import Bundled

_HELD_OUT_SEED = 1 << 40
_RECOGNISER_HZ = 16_000
_COEFFICIENTS = 13
_HUM_HZ = 130.0
_FLOOR = 1e-4  # of mel amplitudes: 80 dB below full scale
# A quiet room: -54 dBFS. In digital silence pocketsphinx misses 4 of 30 of espeak-ng's own, too.
_ROOM_NOISE = 0.002


def held_out(count: int, training_seed: int = 0, trained: int = 4000) -> list[str]:
    """Make sentences of real words that no training with that seed has seen."""
    seen = {text for text, _ in itertools.islice(drawn(training_seed), trained)}
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
    return said(teacher, text)[0].astype(np.float32) / 32768.0


# -- is it understood ------------------------------------------------------------------------------


def identified(texts: Sequence[str], sounds: Sequence[Float32[np.ndarray, " n"]]) -> int:
    """Count the sounds, of the first of `texts`, that pocketsphinx tells from all others."""
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
    for text, sound in zip(plain_texts, sounds, strict=False):
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


def loud(sound: Float32[np.ndarray, " n"]) -> tuple[int, int]:
    """Give where a sound begins and ends, without the silence before and after, in samples."""
    found = np.flatnonzero(np.abs(sound) > 0.01)
    return int(found[0]), int(found[-1]) + 1


def cepstra(
    sound: Float32[np.ndarray, " n"], hop: int = HOP, window: int = 1024
) -> Float32[np.ndarray, "t 13"]:
    """Give the mel cepstra of what is `loud`."""
    from scipy.fft import dct

    sound = sound[slice(*loud(sound))]
    places = np.arange(0, max(len(sound) - window, 1), hop)
    frames = np.pad(sound, (0, window))[places[:, None] + np.arange(window)] * np.hanning(window)
    bands = np.abs(np.fft.rfft(frames)) @ _mel_filters(window).T
    logs = np.log(np.maximum(bands, _FLOOR))
    made: np.ndarray = dct(logs, axis=1)[:, 1 : _COEFFICIENTS + 1] / (2.0 * MELS)
    return made.astype(np.float32)


def _mel_filters(window: int) -> Float32[np.ndarray, "m f"]:
    """Make triangles that are equally wide in mel (2595 log10(1 + f / 700)), 0 to 8 kHz."""
    edges_mel = np.linspace(0.0, 2595.0 * np.log10(1.0 + 8000.0 / 700.0), MELS + 2)
    edges = 700.0 * (10.0 ** (edges_mel / 2595.0) - 1.0)
    at = np.fft.rfftfreq(window, 1.0 / SAMPLE_RATE_HZ)
    rising = (at - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - at) / (edges[2:] - edges[1:-1])[:, None]
    filters = np.maximum(np.minimum(rising, falling), 0.0)
    whole: np.ndarray = filters / np.maximum(filters.sum(1, keepdims=True), 1e-9)
    return whole.astype(np.float32)


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


# -- how does it read ------------------------------------------------------------------------------


def reading_error(teacher: Teacher, count: int = 200) -> float:
    """Give the share of wrong phonemes in held-out sentences, stress ignored."""
    from vtuber.voice.bundled.phonemes import SOUND_OF
    from vtuber.voice.bundled.read import shipped
    from vtuber.voice.bundled.sentences import clauses
    from vtuber.voice.bundled.train_spelling import distance

    wrong = total = 0
    for text in held_out(count):
        read = [letter for clause in shipped().read(text) for letter in clause.tokens]
        ours = [SOUND_OF[letter].ipa for letter in read if letter in SOUND_OF]
        theirs = [s.ipa for clause in clauses(text) for s in teacher.speak(clause).sounds]
        wrong += distance(ours, theirs)
        total += len(theirs)
    return wrong / total


# -- is anything wrong with the sound --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Soundness:
    """What an ear would mind."""

    loudness_lufs: float
    peak: float
    joins_db: float  # of the difference to the sound made in one piece, where it is worst
    hum: float  # share of voiced frames with a pitch below 130 Hz, which nobody asked for
    flatness: float  # spectral flatness of voiced frames: 0 is a tone, 1 is noise
    flatness_taught: float


def soundness(voice: Bundled, texts: Sequence[str]) -> Soundness:
    """Measure sentences, joined."""
    teacher = Teacher()
    ours = np.concatenate([spoken(voice, text) for text in texts])
    theirs = np.concatenate([taught(teacher, text) for text in texts])
    return Soundness(
        loudness_lufs=loudness(ours),
        peak=float(np.abs(ours).max()),
        joins_db=max(_join_error(voice, text) for text in texts[:4]),
        hum=_hum(ours),
        flatness=_flatness(ours),
        flatness_taught=_flatness(theirs),
    )


def loudness(sound: Float32[np.ndarray, " n"]) -> float:
    """Give the integrated loudness in LUFS, after ITU-R BS.1770-4: K-weighted, gated."""
    from scipy.signal import lfilter, resample_poly

    at_48k = resample_poly(sound, 320, 147)
    # The standard's two filters, at its own rate of 48 kHz.
    shelf = ([1.53512485958697, -2.69169618940638, 1.19839281085285],
             [1.0, -1.69065929318241, 0.73248077421585])  # fmt: skip
    high_pass = ([1.0, -2.0, 1.0], [1.0, -1.99004745483398, 0.99007225036621])
    weighted = lfilter(*high_pass, lfilter(*shelf, at_48k))
    size, step = 19_200, 4_800  # blocks of 0.4 s, each 0.1 s after the last
    power = np.array(
        [np.mean(weighted[at : at + size] ** 2) for at in range(0, len(weighted) - size, step)]
    )
    power = power[_lufs(power) > -70.0]
    gated = power[_lufs(power) > _lufs(power.mean()) - 10.0]
    return float(_lufs(gated.mean()))


def _lufs(power: np.ndarray | float) -> np.ndarray:
    return np.asarray(-0.691 + 10.0 * np.log10(np.maximum(power, 1e-12)))


def _join_error(voice: Bundled, text: str) -> float:
    """Compare sound made in pieces with the same made at once."""
    pieces = spoken(voice, text)
    whole = np.concatenate([piece.samples for piece in voice.speak(text, piece_frames=100_000)])
    window = 64  # samples: 3 ms
    apart = np.convolve((pieces - whole) ** 2, np.ones(window) / window)
    return float(10.0 * np.log10(max(apart.max(), 1e-20) / np.mean(whole**2)))


def _hum(sound: Float32[np.ndarray, " n"]) -> float:
    """Give the share of frames with a pitch below 130 Hz: the teacher has none at its plainest."""
    mean, spread = PITCH_HZ
    found = pitch_of((sound * 32767.0).astype(np.int16), len(sound) // HOP)
    hz = mean + spread * found[found != 0.0]
    return float((hz < _HUM_HZ).mean())


def _flatness(sound: Float32[np.ndarray, " n"]) -> float:
    """Give the median spectral flatness of loud frames, 0 to 8 kHz."""
    window = 1024
    places = np.arange(0, len(sound) - window, HOP)
    frames = sound[places[:, None] + np.arange(window)] * np.hanning(window)
    power = np.abs(np.fft.rfft(frames))[:, 1 : window * 8000 // SAMPLE_RATE_HZ] ** 2 + 1e-10
    loud = power.sum(1) > np.percentile(power.sum(1), 60)
    flatness = np.exp(np.log(power[loud]).mean(1)) / power[loud].mean(1)
    return float(np.median(flatness))
