"""The speech that the voice is trained on: a seed in, utterances with tokens, frames and pitch out.

espeak-ng says what `sentences` makes: clause by clause, since the mark at a clause's end makes its
melody. Pauses are our own. Three in ten utterances are said in another manner (faster, slower,
higher, livelier), so that the voice can be driven there; what they do not teach is how long and
how high a sound is when nobody asks for anything: `plain` says whose duration and pitch count.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32, Int16, Int64

from vtuber.voice.bundled.nets import HOP, MELS, SAMPLE_RATE_HZ, audio_processor
from vtuber.voice.bundled.phonemes import LETTERS, SILENCE, VOCABULARY
from vtuber.voice.bundled.sentences import clauses, sentence
from vtuber.voice.bundled.teacher import PLAIN, Manner, Teacher

OPENING_FRAMES = 3  # of silence, before every utterance
PAUSE_FRAMES = {",": 12, ".": 22, "?": 22, "!": 22}  # 0.14 and 0.26 s, the last sound's end in it
PITCH_HZ = (224.0, 36.0)  # mean and spread of the teacher's pitch; the models see (f0 - mean) / it
_MOST_FRAMES = 700  # 8 s
_PLAIN = 0.7  # of the utterances
_LOWEST_HZ, _HIGHEST_HZ, _WINDOW = 80.0, 480.0, 1024


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """What was said once, and all that the models learn from it."""

    text: str
    tokens: Int64[np.ndarray, " n"]  # places in VOCABULARY
    frames: Int64[np.ndarray, " n"]  # of each token
    mel: Float32[np.ndarray, "m t"]  # as Coqui's AudioProcessor normalises it: -4..4
    pitch: Float32[np.ndarray, " t"]  # (f0 - mean) / spread, 0 where there is no voice
    samples: Int16[np.ndarray, " s"]  # t * HOP of them
    plain: bool  # said as nobody asked for anything: duration and pitch count


def said(
    teacher: Teacher, text: str, manner: Manner = PLAIN
) -> tuple[Int16[np.ndarray, " s"], list[str], list[int]]:
    """Have one sentence said; give its samples, its tokens, and where each begins in samples."""
    tokens, starts, pieces = [SILENCE], [0], [np.zeros(OPENING_FRAMES * HOP, np.int16)]
    at = len(pieces[0])
    for clause in clauses(text):
        spoken = teacher.speak(clause, manner)
        if not spoken.sounds:
            continue
        tokens += [LETTERS[sound] for sound in spoken.sounds] + [clause[-1]]
        starts += [at + begin for begin in spoken.begins] + [at + spoken.end]
        pause = PAUSE_FRAMES[clause[-1]] * HOP - (len(spoken.samples) - spoken.end)
        pieces += [spoken.samples, np.zeros(max(pause, 0), np.int16)]
        at += len(spoken.samples) + max(pause, 0)
    return np.concatenate(pieces)[: at // HOP * HOP], tokens, starts


def utterance(teacher: Teacher, processor: Any, text: str, manner: Manner = PLAIN) -> Utterance:
    """Have one sentence said, and measure it."""
    samples, tokens, starts = said(teacher, text, manner)
    total = len(samples) // HOP
    mel = processor.melspectrogram(samples.astype(np.float32) / 32768.0)[:, :total]
    return Utterance(
        text,
        np.array([VOCABULARY.index(token) for token in tokens]),
        _frames(starts, total),
        mel.astype(np.float32),
        pitch_of(samples, total),
        samples,
        manner is PLAIN,
    )


def _frames(starts: list[int], total: int) -> np.ndarray:
    """Give each token its frames: rounded where tokens meet, so that no error adds up."""
    edges = [round(start / HOP) for start in starts] + [total]
    for place in range(1, len(starts)):  # everything has one at least
        edges[place] = max(edges[place], edges[place - 1] + 1)
    for place in range(len(starts) - 1, 0, -1):
        edges[place] = min(edges[place], edges[place + 1] - 1)
    return np.diff(edges)


def pitch_of(samples: Int16[np.ndarray, " s"], total: int) -> Float32[np.ndarray, " t"]:
    """Measure the pitch of frames by autocorrelation, normalised; 0 where there is none.

    The teacher's voice is a pulse train, so that the first strong peak is the period.
    """
    sound = np.pad(samples.astype(np.float32) / 32768.0, _WINDOW)
    centres = np.arange(total) * HOP + _WINDOW
    frames = sound[centres[:, None] + np.arange(-_WINDOW // 2, _WINDOW // 2)]
    frames = (frames - frames.mean(1, keepdims=True)) * np.hanning(_WINDOW)
    power = np.abs(np.fft.rfft(frames, 2 * _WINDOW)) ** 2
    again = np.fft.irfft(power)[:, :_WINDOW]
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(_WINDOW), 2 * _WINDOW)) ** 2)[:_WINDOW]
    again = again / np.maximum(again[:, :1], 1e-6) / (window / window[0])
    shortest, longest = int(SAMPLE_RATE_HZ / _HIGHEST_HZ), int(SAMPLE_RATE_HZ / _LOWEST_HZ)
    searched = again[:, shortest:longest]
    best = searched.max(1)
    first = (searched > 0.9 * best[:, None]).argmax(1)  # not its double, an octave down
    while True:  # up to the top of that peak
        higher = np.take_along_axis(
            searched, np.minimum(first + 1, searched.shape[1] - 1)[:, None], 1
        )[:, 0] > np.take_along_axis(searched, first[:, None], 1)[:, 0]  # fmt: skip
        if not higher.any():
            break
        first = np.minimum(first + higher, searched.shape[1] - 1)
    loud = np.sqrt((frames**2).mean(1)) > 0.01
    voiced = loud & (best > 0.6)
    mean, spread = PITCH_HZ
    # A parabola through the top and its neighbours: whole samples would be 1 % at 220 Hz.
    around = np.clip(first + shortest, 1, _WINDOW - 2)[:, None] + np.array([-1, 0, 1])
    before, top, after = np.take_along_axis(again, around, 1).T
    bend = np.minimum(before - 2.0 * top + after, -1e-6)
    lags = around[:, 1] + np.clip(0.5 * (before - after) / bend, -0.5, 0.5)
    return np.where(voiced, (SAMPLE_RATE_HZ / lags - mean) / spread, 0.0).astype(np.float32)


def manner(chance: random.Random) -> Manner:
    """Draw how an utterance is said."""
    if chance.random() < _PLAIN:
        return PLAIN
    return Manner(
        rate_wpm=round(chance.uniform(115, 300)),
        pitch=round(chance.uniform(25, 95)),
        lilt=round(chance.uniform(15, 100)),
    )


def drawn(seed: int) -> Iterator[tuple[str, Manner]]:
    """Draw sentences and how each is said, without end."""
    chance = random.Random(seed)
    while True:
        yield sentence(chance), manner(chance)


class Corpus:
    """All utterances, in a folder; made once, the same for the same seed."""

    def __init__(self, utterances: list[Utterance]) -> None:
        self.utterances = utterances

    @classmethod
    def made(cls, seed: int, count: int, report: Any) -> Corpus:
        """Have `count` sentences said. 1,000 take half a minute and hold 36 minutes of speech."""
        teacher, processor = Teacher(), audio_processor()
        made: list[Utterance] = []
        for text, how in drawn(seed):
            if len(made) == count:
                break
            one = utterance(teacher, processor, text, how)
            if 0 < len(one.samples) <= _MOST_FRAMES * HOP and len(one.tokens) > 2:
                made.append(one)
                report(len(made), count)
        return cls(made)

    def save(self, path: Path) -> None:
        """Keep it in one file of arrays."""
        whole = {
            "tokens": np.concatenate([one.tokens for one in self.utterances]).astype(np.int16),
            "frames": np.concatenate([one.frames for one in self.utterances]).astype(np.int16),
            "mel": np.concatenate([one.mel for one in self.utterances], 1).astype(np.float16),
            "pitch": np.concatenate([one.pitch for one in self.utterances]).astype(np.float16),
            "samples": np.concatenate([one.samples for one in self.utterances]),
            "token_counts": np.array([len(one.tokens) for one in self.utterances]),
            "frame_counts": np.array([one.mel.shape[1] for one in self.utterances]),
            "plain": np.array([one.plain for one in self.utterances]),
            "texts": np.array([one.text for one in self.utterances]),
        }
        part = path.with_suffix(".part.npz")
        np.savez(part, **whole)
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> Corpus:
        """Read what `save` wrote."""
        with np.load(path) as file:
            whole = {name: file[name] for name in file.files}
        tokens = np.concatenate([[0], whole["token_counts"].cumsum()])
        frames = np.concatenate([[0], whole["frame_counts"].cumsum()])
        read = []
        for place, text in enumerate(whole["texts"]):
            t, f = slice(*tokens[place : place + 2]), slice(*frames[place : place + 2])
            read.append(
                Utterance(
                    str(text),
                    whole["tokens"][t].astype(np.int64),
                    whole["frames"][t].astype(np.int64),
                    whole["mel"][:, f].astype(np.float32),
                    whole["pitch"][f].astype(np.float32),
                    whole["samples"][f.start * HOP : f.stop * HOP],
                    bool(whole["plain"][place]),
                )
            )
        return cls(read)


assert MELS == 80  # what the file of a corpus holds
