"""Trains the vocoder: a corpus in, weights of Coqui's HifiganGenerator out. Reads top to bottom.

The losses are Coqui's own: spectra of three sizes, and mel bands. At last it is taught with the
frames that the acoustic model gives for the true durations and pitch, which are smoother than
those of real sound: it learns to speak from what it will be given.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vtuber.voice.bundled import progress, pulses
from vtuber.voice.bundled.corpus import PITCH_HZ, Corpus, Utterance
from vtuber.voice.bundled.nets import (
    HOP,
    MELS,
    SAMPLE_RATE_HZ,
    keep_lengths,
    keep_smooth,
    vocoder_config,
    vocoder_model,
)

Tensor = Any


@dataclass(frozen=True, slots=True)
class Arguments:
    """Everything that a training depends on, beside the corpus."""

    seed: int = 0
    steps: int = 5000
    batch: int = 8
    segment: int = 32  # frames
    rate: float = 1.5e-3
    warm_up: int = 100
    mel_share: float = 3.0  # of the loss over mel bands
    last: int = 2700  # of the steps, with what the acoustic model makes
    every: int = 100  # steps between two lines of the curve, and two savings


def train(
    corpus: Corpus,
    resounded: Callable[[], Corpus],
    arguments: Arguments,
    folder: Path,
    report: progress.Report,
    stop_at: int | None = None,
) -> Any:
    """Train, or go on where `folder` left off; gives the model.

    `resounded` gives the corpus with the acoustic model's frames, and is called when it is needed.
    `stop_at` ends earlier than `arguments.steps`.
    """
    import torch
    from TTS.vocoder.layers.losses import L1SpecLoss, MultiScaleSTFTLoss

    torch.manual_seed(arguments.seed)
    model = vocoder_model(vocoder_config())
    spectra = MultiScaleSTFTLoss()
    bands = L1SpecLoss(SAMPLE_RATE_HZ, 1024, HOP, 1024, 0.0, SAMPLE_RATE_HZ / 2, MELS)
    optimiser = torch.optim.AdamW(
        model.parameters(), arguments.rate, betas=(0.8, 0.99), weight_decay=1e-4
    )
    turn, real = arguments.steps - arguments.last, corpus.utterances
    smoother = functools.cache(lambda: resounded().utterances)

    def losses(step: int) -> dict[str, Tensor]:
        mel, sound = _batch(smoother() if step >= turn else real, arguments, step)
        made = model(mel)[:, 0]
        magnitude, convergence = spectra(made, sound)
        heard = bands(made, sound)
        loss = magnitude + convergence + arguments.mel_share * heard
        return {"magnitude": magnitude, "convergence": convergence, "bands": heard, "loss": loss}

    progress.go_on(
        "vocoder",
        folder / "vocoder.state",
        model,
        optimiser,
        arguments,
        losses,
        report,
        stop_at,
        most=10.0,
        after=lambda: keep_smooth(model),
    )
    keep_lengths(model)
    return model.eval()


def _batch(utterances: list[Utterance], arguments: Arguments, step: int) -> tuple[Tensor, Tensor]:
    """Cut segments out of utterances: features (b, m, t), and their samples (b, t * HOP)."""
    import torch

    chance = np.random.default_rng([arguments.seed, step])
    given: list[np.ndarray] = []
    sounds: list[np.ndarray] = []
    while len(given) < arguments.batch:
        one = utterances[chance.integers(len(utterances))]
        start = chance.integers(-4, max(one.mel.shape[1] - arguments.segment + 5, 1))
        mel, pitch, sound = _segment(one, int(start), arguments.segment)
        if np.abs(sound).max() > 0.02:  # of silence there is enough around speech
            given.append(np.vstack([mel, _source(pitch, chance)]))
            sounds.append(sound)
    return torch.from_numpy(np.stack(given)), torch.from_numpy(np.stack(sounds))


def _source(pitch: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Lay pulses at a pitch, from anywhere in a period: only spectra are compared."""
    mean, spread = PITCH_HZ
    hz = pulses.joined(pitch) * spread + mean
    return pulses.source(hz, (pitch != 0.0).astype(np.float32), chance, chance.random())


def _segment(one: Utterance, start: int, length: int) -> tuple[np.ndarray, ...]:
    """Cut mel, pitch and sound of a piece out; beyond the ends of the utterance is silence."""
    mel = np.full((MELS, length), -4.0, np.float32)
    pitch = np.zeros(length, np.float32)
    sound = np.zeros(length * HOP, np.float32)
    first, last = max(start, 0), min(start + length, one.mel.shape[1])
    place = slice(first - start, last - start)
    mel[:, place] = one.mel[:, first:last]
    pitch[place] = one.pitch[first:last]
    said = one.samples[first * HOP : last * HOP].astype(np.float32) / 32768.0
    sound[place.start * HOP : place.stop * HOP] = said
    return mel, pitch, sound
