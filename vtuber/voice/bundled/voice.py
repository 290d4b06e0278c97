"""The bundled voice at run time: text in, sound with the times of phonemes and words out.

The networks are Coqui's ForwardTTS and HifiganGenerator, opened by Coqui's own loader. What is not
Coqui's is how they are driven: its `tts()` gives a whole text at once and 0.45 s of silence after
every sentence, and rounds each duration by itself, so that its visemes would drift.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from jaxtyping import Float32

from vtuber.core.speech import Word
from vtuber.voice.bundled import pulses, weights
from vtuber.voice.bundled.nets import HOP, MELS, PITCH, SAMPLE_RATE_HZ, VOICED
from vtuber.voice.bundled.phonemes import PAD, SILENCE, SOUND_OF, VOCABULARY
from vtuber.voice.bundled.read import SHORTEST, Clause, Reader, shipped
from vtuber.voice.bundled.spelling import Speller
from vtuber.voice.phonemes import Phone

FIRST_FRAMES = 16  # of a piece: 0.19 s, so that sound is early; the next are longer,
GROWTH, MOST_FRAMES = 3, 120  # up to 1.4 s
CONTEXT_FRAMES = 12  # that a piece's sound depends on, either side: exact with as many
REACH_FRAMES = 30  # that a frame depends on, either side
OPENING_FRAMES, TAIL_FRAMES = 1, 6  # of silence that are left before a text and after it
PITCH_HZ = (224.0, 36.0)  # mean and spread, as in training: the model counts in spreads
SPEEDS, PITCHES = (0.5, 2.0), (-12.0, 12.0)
_HZ = (60.0, 700.0)
_GAIN = 1.135  # -20 LUFS
_VOICELESS = frozenset(("p", "t", "k", "f", "θ", "s", "ʃ", "h", "tʃ", "ʔ"))


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A piece of speech. All times count from the text's first sample; pieces have no gaps."""

    samples: Float32[np.ndarray, " n"]  # -1..1, 22,050 Hz
    start_s: float
    phones: tuple[Phone, ...] = ()  # of a whole clause, with its first piece; a pause is "sil"
    words: tuple[Word, ...] = ()  # likewise
    is_last: bool = False


class Bundled:
    """The voice. One thread at a time."""

    sample_rate_hz = SAMPLE_RATE_HZ

    def __init__(self, folder: Path = weights.SHIPPED, reader: Reader | None = None) -> None:
        self._folder = folder
        self._reader = reader
        self._acoustic: Any = None
        self._vocoder: Any = None

    def open(self) -> None:
        """Import torch and TTS, and load the networks by Coqui's loader.

        Raises ImportError where they, num2words or emoji are absent: not first amid a line.
        """
        import emoji  # noqa: F401
        import num2words  # noqa: F401

        from vtuber.voice.coqui_import import prepare

        prepare()
        from TTS.api import TTS

        from vtuber.voice.bundled.phonemizer import register

        register()
        self._reader = self._reader or _reader(self._folder)
        with TemporaryDirectory(prefix="vtuber-voice-") as folder:
            files = weights.as_coqui(self._folder, Path(folder))
            synthesizer = TTS(**files, progress_bar=False).synthesizer
        self._acoustic = synthesizer.tts_model
        self._vocoder = synthesizer.vocoder_model.model_g

    def speak(
        self,
        text: str,
        speed: float = 1.0,
        pitch: float = 0.0,
        energy: float = 1.0,
        lilt: float = 1.0,
        tail_frames: int = TAIL_FRAMES,
        piece_frames: int = FIRST_FRAMES,
    ) -> Iterator[Piece]:
        """Say a text, piece by piece, each as soon as it is made.

        `speed` is a factor (0.5..2), `pitch` in semitones (-12..12), `energy` a factor of the
        loudness that is also brighter or duller, `lilt` how far the pitch moves (0 is a monotone).
        The pause that the last mark asks for is cut to `tail_frames`, of 11.6 ms: who joins texts
        makes pauses. The first piece has `piece_frames`. Raises Unspeakable, before anything is
        said.
        """
        assert self._reader is not None, "open() first"
        clauses = self._reader.read(text)
        colour = _Colour(energy)
        start = 0
        for place, clause in enumerate(clauses):
            is_end = place == len(clauses) - 1
            tokens = (SILENCE if place == 0 else "") + clause.tokens
            plan = self._plan(tokens, speed, pitch, lilt)
            frames = plan.frames
            skipped = max(frames[0] - OPENING_FRAMES, 0) if place == 0 else 0
            cut = max(frames[-1] - tail_frames, 0) if is_end else 0
            length = sum(frames) - skipped - cut
            phones, words = _times(clause, frames, start, skipped, len(tokens), length)
            for begin, samples in self._sound(plan, skipped, length, piece_frames):
                last = begin + len(samples) // HOP == length
                yield Piece(
                    colour(samples), (start + begin) * HOP / SAMPLE_RATE_HZ,
                    () if begin else phones, () if begin else words, is_end and last,
                )  # fmt: skip
            start += length

    def _plan(self, tokens: str, speed: float, pitch: float, lilt: float) -> _Plan:
        """Settle how long and how high each token is."""
        import torch

        model = self._acoustic
        padded = tokens.ljust(SHORTEST, PAD)
        given = torch.tensor([[VOCABULARY.index(token) for token in padded]])
        mask = (torch.arange(len(padded)) < len(tokens)).float()[None, None]
        with torch.inference_mode():
            hidden, *_ = model._forward_encoder(given, mask, None)
            seconds = (model.duration_predictor(hidden, mask).exp() - 1.0)[0, 0, : len(tokens)]
            frames = _whole(seconds.numpy() / float(np.clip(speed, *SPEEDS)))
            frames[-1] += max(SHORTEST - frames.sum(), 0)  # the decoder refuses fewer, too
            height = model.pitch_predictor(hidden, mask)
            hidden = hidden + model.pitch_emb(_bent(height, tokens, pitch, lilt))
        return _Plan(hidden, mask, frames.astype(int).tolist())

    def _features(self, plan: _Plan, count: int) -> Any:
        """Give the first frames, as the vocoder hears them (1, features, t)."""
        import torch

        seen = min(count + REACH_FRAMES, sum(plan.frames))
        edges = np.minimum(np.cumsum([0, *plan.frames]), seen)
        durations = torch.zeros(1, plan.mask.shape[2])
        durations[0, : len(plan.frames)] = torch.from_numpy(np.diff(edges))
        with torch.inference_mode():
            made, _ = self._acoustic._forward_decoder(
                plan.hidden, durations, plan.mask, torch.tensor([seen]), None
            )
        features = made[0, :count].T.numpy()
        features[MELS:] = _source(features)
        return torch.from_numpy(features)[None]

    def _sound(
        self, plan: _Plan, first: int, length: int, size: int
    ) -> Iterator[tuple[int, np.ndarray]]:
        """Give where each piece begins, in frames after `first`, and its samples.

        The first piece waits for its own frames only, and not for those of all the clause.
        """
        import torch

        end, begin = first + length, first
        known = min(first + size + 2 * CONTEXT_FRAMES, sum(plan.frames))
        features = self._features(plan, known)
        while begin < end:
            stop = min(begin + size, end)
            if end - stop < FIRST_FRAMES // 2:  # no crumb at the end
                stop = end
            if known < min(stop + CONTEXT_FRAMES, sum(plan.frames)):
                known = sum(plan.frames)
                features = self._features(plan, known)
            left = max(begin - CONTEXT_FRAMES, 0)
            seen = features[:, :, left : stop + CONTEXT_FRAMES]
            with torch.inference_mode():
                made = self._vocoder(seen)[0, 0].numpy()
            yield begin - first, made[(begin - left) * HOP : (stop - left) * HOP].copy()
            begin, size = stop, min(size * GROWTH, MOST_FRAMES)


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What is settled of a clause before any frame of it is made."""

    hidden: Any  # of its tokens, with their pitch
    mask: Any
    frames: list[int]  # of each token


def _reader(folder: Path) -> Reader:
    if folder == weights.SHIPPED:
        return shipped()
    return Reader(folder / "exceptions.txt", Speller(folder / "spelling.safetensors"))


def _whole(frames: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, " n"]:
    """Round durations where tokens meet, so that no error adds up; each has a frame at least."""
    edges = np.round(np.cumsum(np.maximum(frames, 0.5)))
    for place in range(len(edges)):
        edges[place] = max(edges[place], (edges[place - 1] if place else 0) + 1)
    return np.diff(edges, prepend=0.0).astype(np.float32)


def _bent(height: Any, tokens: str, semitones: float, lilt: float) -> Any:
    """Move the pitch of voiced tokens; the model knows it in spreads from the mean."""
    import torch

    if semitones == 0.0 and lilt == 1.0:
        return height
    mean, spread = PITCH_HZ
    sounds = [SOUND_OF.get(token) for token in tokens]
    voiced = torch.tensor([s is not None and s.ipa not in _VOICELESS for s in sounds])
    voiced = torch.nn.functional.pad(voiced, (0, height.shape[2] - len(tokens)))
    if not voiced.any():
        return height
    centre = height[0, 0, voiced].mean()
    hz = mean + spread * (centre + lilt * (height - centre))
    factor = 2.0 ** (float(np.clip(semitones, *PITCHES)) / 12.0)
    return ((hz * factor - mean) / spread).where(voiced, height)


def _source(features: Float32[np.ndarray, "f t"]) -> Float32[np.ndarray, "b t"]:
    """Lay the pulses and the noise that the acoustic model's pitch and voicing ask for."""
    mean, spread = PITCH_HZ
    hz = np.clip(mean + spread * features[PITCH], *_HZ)
    voiced = np.where(features[VOICED] > 0.5, 1.0, 0.0).astype(np.float32)
    return pulses.source(hz, voiced, np.random.default_rng(0))  # the same text sounds the same


def _times(
    clause: Clause, frames: list[int], start: int, skipped: int, tokens: int, length: int
) -> tuple[tuple[Phone, ...], tuple[Word, ...]]:
    """Give when each phoneme and word of a clause is heard; `start` and `skipped` in frames."""
    ends = np.clip(np.concatenate([[0], np.cumsum(frames)]) - skipped, 0, length)
    edges = (start + ends) * HOP / SAMPLE_RATE_HZ
    place = tokens - len(clause.tokens)  # after the silence at the text's beginning
    phones, words = [], []
    for word in clause.words:
        first = place
        for sound in word.sounds:
            phones.append(Phone(sound.ipa, float(edges[place]), float(edges[place + 1])))
            place += 1
        words.append(Word(float(edges[first]), float(edges[place]), word.text))
    phones.append(Phone("sil", float(edges[place]), float(edges[place + 1])))
    return tuple(phones), tuple(words)


class _Colour:
    """Makes speech louder and brighter, or softer and duller, and keeps it from clipping."""

    def __init__(self, energy: float) -> None:
        self._gain = _GAIN * float(np.clip(energy, 0.1, 3.0))
        self._tilt = float(np.clip(0.35 * (energy - 1.0), -0.35, 0.35))
        self._last = 0.0

    def __call__(self, samples: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, " n"]:
        if self._tilt:
            before = np.concatenate([[self._last], samples[:-1]])
            self._last = float(samples[-1])
            samples = (samples - self._tilt * before) / (1.0 - 0.5 * self._tilt)
        samples = samples * self._gain
        over = np.abs(samples) > _KNEE
        bent = np.sign(samples) * (
            _KNEE + (1 - _KNEE) * np.tanh((np.abs(samples) - _KNEE) / (1 - _KNEE))
        )
        return np.where(over, bent, samples).astype(np.float32)


_KNEE = 0.8
